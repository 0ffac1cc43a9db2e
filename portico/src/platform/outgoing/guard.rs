//! Where a request may go.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use http::Uri;
use http::uri::{Authority, Scheme};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is no https address")]
    Address,
    #[error("the name leads to this machine, or to a place where nobody is to be asked")]
    Place,
    #[error("the name leads into a private network, which is out of reach here")]
    Private,
}

/// How far a request may go. This machine is reached by a deployment that is on it itself, and by no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Addresses that everybody reaches.
    Public,
    /// Those of a private network, too: what a hospital keeps for itself lives there.
    Private,
    /// Those of a private network at these hosts and ports, and elsewhere what everybody reaches: where the next request goes is said
    /// by whoever has answered the last one, and an answer must not send us around in that network.
    PrivateAt(Arc<[Host]>),
}

impl Reach {
    /// How far a request to this target may go.
    pub fn towards(&self, target: &Target) -> Reach {
        match self {
            Reach::PrivateAt(hosts) if hosts.iter().any(|host| host.is_of(target)) => Reach::Private,
            Reach::PrivateAt(_) => Reach::Public,
            known => known.clone(),
        }
    }
}

/// A name, or an address, and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    name: String,
    port: u16,
}

impl Host {
    /// Of `name` (then the port is that of https) or `name:port`.
    pub fn parse(text: &str) -> Option<Host> {
        let authority: Authority = text.parse().ok()?;
        let port = match text.rsplit_once(':') {
            Some((_, after)) if !after.ends_with(']') => authority.port_u16()?,
            _ => 443,
        };
        let odd = authority.as_str().contains(['@', '*']) || authority.host().is_empty();
        (!odd).then(|| Host { name: bare(authority.host()), port })
    }

    /// Of an address as it stands in a configuration.
    pub fn of_url(url: &str) -> Option<Host> {
        let target = Target::parse(url, true).ok()?;
        Some(Host { name: bare(&target.host), port: target.port })
    }

    fn is_of(&self, target: &Target) -> bool {
        self.port == target.port && self.name == bare(&target.host)
    }
}

/// In one form: names are the same in upper and lower case, and with a dot behind them.
fn bare(host: &str) -> String {
    host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_ascii_lowercase()
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
///
/// # Errors
/// [`Refused::Place`] and [`Refused::Private`].
pub fn judge(address: IpAddr, reach: &Reach, loopback: bool) -> Result<(), Refused> {
    let address = match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    let (here, special, private) = match address {
        IpAddr::V4(v4) => (v4.is_loopback(), is_special(v4), is_private(v4)),
        IpAddr::V6(v6) => (v6.is_loopback(), is_special_v6(v6), v6.is_unique_local()),
    };
    match reach {
        _ if here && loopback => Ok(()),
        _ if here || special => Err(Refused::Place),
        Reach::Private => Ok(()),
        Reach::Public | Reach::PrivateAt(_) if private => Err(Refused::Private),
        Reach::Public | Reach::PrivateAt(_) => Ok(()),
    }
}

/// RFC 1918, the space that carriers share (RFC 6598), that of benchmarks, and what was never given out.
fn is_private(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private() || (first, second & 0xc0) == (100, 64) || (first, second & 0xfe) == (198, 18) || first >= 240
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
        for loopback in [true, false] {
            let judged = judge(address.parse().unwrap(), &Reach::Private, loopback);
            assert_eq!(judged, if allowed { Ok(()) } else { Err(Refused::Place) }, "{address}");
        }
    }

    #[rstest]
    #[case("10.1.2.3")]
    #[case("172.16.0.1")]
    #[case("172.31.255.255")]
    #[case("192.168.1.1")]
    #[case("100.64.0.1")]
    #[case("100.127.255.255")]
    #[case("198.19.0.1")]
    #[case("240.0.0.1")]
    #[case("fd00::1")]
    #[case("fc00::1")]
    #[case("::ffff:10.1.2.3")]
    fn a_private_network_is_for_those_who_are_let_into_it(#[case] address: &str) {
        let address = address.parse().unwrap();
        assert_eq!(judge(address, &Reach::Private, false), Ok(()));
        assert_eq!(judge(address, &Reach::Public, false), Err(Refused::Private));
        assert_eq!(judge(address, &Reach::Public, true), Err(Refused::Private));
    }

    #[rstest]
    #[case("192.0.2.1")]
    #[case("100.128.0.1")]
    #[case("172.32.0.1")]
    #[case("198.20.0.1")]
    #[case("2001:db8::1")]
    fn what_everybody_reaches_is_in_everybodys_reach(#[case] address: &str) {
        assert_eq!(judge(address.parse().unwrap(), &Reach::Public, false), Ok(()));
    }

    #[rstest]
    #[case("127.0.0.1")]
    #[case("127.9.9.9")]
    #[case("::1")]
    #[case("::ffff:127.0.0.1")]
    fn this_machine_is_for_those_who_are_on_it_only(#[case] address: &str) {
        for reach in [Reach::Public, Reach::Private] {
            assert_eq!(judge(address.parse().unwrap(), &reach, true), Ok(()));
            assert_eq!(judge(address.parse().unwrap(), &reach, false), Err(Refused::Place));
        }
    }

    #[rstest]
    #[case::its_own("https://idp.hospital.example/token", true)]
    #[case::however_it_is_spelled("https://IDP.Hospital.example.:443/token", true)]
    #[case::a_host_that_was_named("https://keys.hospital.example:8443/jwks", true)]
    #[case::another_port_of_its_own("https://idp.hospital.example:8443/token", false)]
    #[case::another_port_of_one_that_was_named("https://keys.hospital.example/jwks", false)]
    #[case::a_name_below("https://a.idp.hospital.example/token", false)]
    #[case::a_name_that_ends_alike("https://notidp.hospital.example/token", false)]
    #[case::an_address("https://10.0.0.5/token", false)]
    #[case::in_what_looks_like_a_name("https://10.0.0.5/idp.hospital.example", false)]
    fn a_private_network_is_reached_where_somebody_was_let_into_it(#[case] url: &str, #[case] private: bool) {
        let hosts = [Host::of_url("https://idp.hospital.example/realm"), Host::parse("keys.hospital.example:8443")];
        let reach = Reach::PrivateAt(hosts.into_iter().flatten().collect());
        let towards = reach.towards(&Target::parse(url, false).unwrap());
        assert_eq!(towards, if private { Reach::Private } else { Reach::Public }, "{url}");
        let inside = "10.1.2.3".parse().unwrap();
        assert_eq!(judge(inside, &towards, false).is_ok(), private);
        assert_eq!(judge(inside, &reach, false), Err(Refused::Private), "not before it is known where it goes");
        assert_eq!(judge("169.254.169.254".parse().unwrap(), &towards, false), Err(Refused::Place));
    }

    #[rstest]
    #[case("idp.hospital.example", true)]
    #[case("10.0.0.5:8443", true)]
    #[case("[fd00::1]", true)]
    #[case("[fd00::1]:8443", true)]
    #[case("https://idp.hospital.example", false)]
    #[case("idp.hospital.example/token", false)]
    #[case("me@idp.hospital.example", false)]
    #[case("*.hospital.example", false)]
    #[case("idp.hospital.example:", false)]
    #[case("idp.hospital.example:port", false)]
    #[case("", false)]
    fn a_host_is_a_name_and_perhaps_a_port(#[case] text: &str, #[case] is_one: bool) {
        assert_eq!(Host::parse(text).is_some(), is_one, "{text}");
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
