//! Where a request may go.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::Uri;
use http::uri::Scheme;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is no https address")]
    Address,
    #[error("the name leads to this machine, or to a place that no product is at")]
    Place,
}

/// An address as far as it can be judged before it is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub tls: bool,
    pub host: String,
    pub port: u16,
    /// As it goes into the `Host` header.
    pub authority: String,
    /// Path and query.
    pub path: String,
}

impl Target {
    /// # Errors
    /// [`Refused::Address`], when it is not https, and not http on loopback where this deployment is there itself.
    pub fn parse(url: &str, loopback: bool) -> Result<Target, Refused> {
        let uri: Uri = url.parse().map_err(|_| Refused::Address)?;
        let tls = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP && loopback => false,
            _ => return Err(Refused::Address),
        };
        let authority = uri.authority().ok_or(Refused::Address)?;
        if authority.as_str().contains('@') {
            return Err(Refused::Address);
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if !tls && !matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1") {
            return Err(Refused::Address);
        }
        Ok(Target {
            tls,
            host,
            port: authority.port_u16().unwrap_or(if tls { 443 } else { 80 }),
            authority: authority.as_str().to_owned(),
            path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        })
    }
}

/// Whether a connection may go to this address.
pub fn is_allowed(address: IpAddr, loopback: bool) -> bool {
    let address = match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    if address.is_loopback() {
        return loopback;
    }
    match address {
        IpAddr::V4(v4) => !is_special(v4),
        IpAddr::V6(v6) => !is_special_v6(v6),
    }
}

fn is_special(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    // 169.254.169.254 gives a machine's own credentials to whoever asks from it; so does 192.0.0.192, or 100.100.100.200,
    // as others have it.
    address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast()
        || first == 0
        || (first, second, third) == (192, 0, 0)
        || address == Ipv4Addr::new(100, 100, 100, 200)
}

/// The same credentials as at 169.254.169.254, in a range that is private otherwise.
const METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

fn is_special_v6(address: Ipv6Addr) -> bool {
    let [first, ..] = address.segments();
    // Link-local, what was meant for a site, and the ranges in which an IPv4 address hides (NAT64, 6to4, Teredo, "compatible").
    let hides = first == 0x2002
        || address.segments().starts_with(&[0x64, 0xff9b])
        || address.segments().starts_with(&[0x2001, 0])
        || address.segments().starts_with(&[0; 6]);
    let near = (first & 0xff80) == 0xfe80;
    address.is_unspecified() || address.is_multicast() || near || hides || address == METADATA
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("192.0.2.1", true)]
    #[case("10.1.2.3", true)]
    #[case("2001:db8::1", true)]
    #[case("169.254.169.254", false)]
    #[case("::ffff:169.254.169.254", false)]
    #[case("64:ff9b::a9fe:a9fe", false)]
    #[case("2002:a9fe:a9fe::1", false)]
    #[case("fd00::1", true)]
    #[case("100.64.0.1", true)]
    #[case("fd00:ec2::254", false)]
    #[case("100.100.100.200", false)]
    #[case("192.0.0.192", false)]
    #[case("::a9fe:a9fe", false)]
    #[case("2001:0:1::1", false)]
    #[case("fec0::1", false)]
    #[case("0.0.0.0", false)]
    #[case("0.1.2.3", false)]
    #[case("255.255.255.255", false)]
    #[case("224.0.0.1", false)]
    #[case("fe80::1", false)]
    #[case("::", false)]
    fn a_connection_goes_where_a_product_can_be(#[case] address: &str, #[case] allowed: bool) {
        assert_eq!(is_allowed(address.parse().unwrap(), true), allowed, "{address}");
        assert_eq!(is_allowed(address.parse().unwrap(), false), allowed, "{address}");
    }

    #[rstest]
    #[case("127.0.0.1")]
    #[case("127.9.9.9")]
    #[case("::1")]
    #[case("::ffff:127.0.0.1")]
    fn this_machine_is_for_those_who_are_on_it_only(#[case] address: &str) {
        assert!(is_allowed(address.parse().unwrap(), true));
        assert!(!is_allowed(address.parse().unwrap(), false));
    }

    #[test]
    fn an_address_is_https_or_on_this_machine() {
        let target = Target::parse("https://bed.example/logout?x=1", false).unwrap();
        assert_eq!((target.host.as_str(), target.port, target.path.as_str()), ("bed.example", 443, "/logout?x=1"));
        let here = Target::parse("http://[::1]:8081/logout", true).unwrap();
        assert_eq!((here.host.as_str(), here.port, here.tls), ("::1", 8081, false));
        for (bad, loopback) in [
            ("http://bed.example/logout", true),
            ("http://127.0.0.1/logout", false),
            ("ftp://bed.example", true),
            ("https://user@bed.example/", true),
            ("/logout", true),
            ("", true),
        ] {
            assert_eq!(Target::parse(bad, loopback), Err(Refused::Address), "{bad}");
        }
    }
}
