//! Where everything of the demo answers: one address is given, the others follow from it.

use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;

use super::data::Product;

/// Ports above the front door's.
const IDP: u16 = 4;
const SMTP: u16 = 5;
const OPS: u16 = 6;

/// Where the front door listens, and whether people come to it by name.
#[derive(Clone, Copy, Debug)]
pub struct Listen {
    at: SocketAddr,
    by_name: bool,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("give an address with its port, such as 127.0.0.1:8080 or localhost:8080")]
pub struct NoListen;

impl FromStr for Listen {
    type Err = NoListen;

    /// `localhost` is 127.0.0.1 to the machine, and a name to browsers, which passkeys need.
    fn from_str(text: &str) -> Result<Listen, NoListen> {
        match text.strip_prefix("localhost:") {
            Some(port) => {
                let port = port.parse().map_err(|_| NoListen)?;
                Ok(Listen { at: SocketAddr::from((Ipv4Addr::LOCALHOST, port)), by_name: true })
            }
            None => Ok(Listen { at: text.parse().map_err(|_| NoListen)?, by_name: false }),
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Addresses {
    listen: SocketAddr,
    by_name: bool,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsuitable {
    #[error("The demo shows its passwords to everybody, so it listens on this machine only: use 127.0.0.1, not {0}.")]
    NotLoopback(SocketAddr),
    #[error("A browser's policy cannot name {0}, and the demo's products would have no menu there: use 127.0.0.1.")]
    NoName(SocketAddr),
    #[error("The demo needs seven ports in a row: give --listen a port from 1 to {last}, not {0}.", last = u16::MAX - OPS)]
    NoRoom(u16),
}

impl Addresses {
    /// # Errors
    /// When others could reach the address, a browser could not be told of it, or the ports above it do not exist.
    pub fn new(listen: Listen) -> Result<Addresses, Unsuitable> {
        let Listen { at: listen, by_name } = listen;
        if !listen.ip().is_loopback() {
            return Err(Unsuitable::NotLoopback(listen));
        }
        // A host of a content security policy is no IPv6 address (CSP 3, host-source).
        if listen.is_ipv6() {
            return Err(Unsuitable::NoName(listen));
        }
        let port = listen.port();
        if port == 0 || port.checked_add(OPS).is_none() {
            return Err(Unsuitable::NoRoom(port));
        }
        Ok(Addresses { listen, by_name })
    }

    pub fn front_door(&self) -> SocketAddr {
        self.listen
    }

    /// Without a slash at the end.
    pub fn public_url(&self) -> String {
        match self.by_name {
            true => format!("http://localhost:{}", self.listen.port()),
            false => format!("http://{}", self.listen),
        }
    }

    /// Passkeys are for houses with a name.
    pub fn takes_passkeys(&self) -> bool {
        self.by_name
    }

    pub fn product(&self, product: &Product) -> SocketAddr {
        self.above(product.port)
    }

    /// Where a product is opened.
    pub fn product_url(&self, product: &Product) -> String {
        format!("http://{}/", self.product(product))
    }

    /// The sign-in page of a product from before it stood behind the front door.
    pub fn old_url(&self, product: &Product) -> String {
        format!("http://{}/old", self.product(product))
    }

    pub fn idp(&self) -> SocketAddr {
        self.above(IDP)
    }

    /// The sample identity provider, as it calls itself: without a slash at the end.
    pub fn idp_url(&self) -> String {
        format!("http://{}", self.idp())
    }

    pub fn smtp_port(&self) -> u16 {
        self.above(SMTP).port()
    }

    pub fn ops(&self) -> SocketAddr {
        self.above(OPS)
    }

    fn above(&self, ports: u16) -> SocketAddr {
        let mut address = self.listen;
        address.set_port(address.port().saturating_add(ports));
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::data::PRODUCTS;

    #[test]
    fn all_addresses_follow_from_the_first() {
        let addresses = Addresses::new("127.0.0.1:8080".parse().unwrap()).unwrap();
        let products: Vec<_> = PRODUCTS.iter().map(|product| addresses.product_url(product)).collect();
        assert_eq!(products, ["http://127.0.0.1:8081/", "http://127.0.0.1:8082/", "http://127.0.0.1:8083/"]);
        assert_eq!(addresses.idp_url(), "http://127.0.0.1:8084");
        assert_eq!((addresses.smtp_port(), addresses.ops().port()), (8085, 8086));
        assert_eq!(addresses.public_url(), "http://127.0.0.1:8080");
    }

    #[test]
    fn by_name_it_is_the_same_place() {
        let addresses = Addresses::new("localhost:8080".parse().unwrap()).unwrap();
        assert_eq!(addresses.public_url(), "http://localhost:8080");
        assert_eq!(addresses.front_door().to_string(), "127.0.0.1:8080");
        assert_eq!(addresses.idp_url(), "http://127.0.0.1:8084");
        assert!("localhost".parse::<Listen>().is_err() && "localhost:x".parse::<Listen>().is_err());
    }

    #[test]
    fn the_demo_listens_nowhere_else() {
        let refused = |listen: &str| Addresses::new(listen.parse().unwrap()).unwrap_err();
        assert_eq!(refused("0.0.0.0:8080"), Unsuitable::NotLoopback("0.0.0.0:8080".parse().unwrap()));
        assert_eq!(refused("127.0.0.1:65530"), Unsuitable::NoRoom(65530));
        assert!(Addresses::new("127.0.0.1:65529".parse().unwrap()).is_ok());
        assert_eq!(refused("[::1]:8080"), Unsuitable::NoName("[::1]:8080".parse().unwrap()));
    }
}
