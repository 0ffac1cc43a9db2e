//! Whose request is this? The peer's, unless the peer is a proxy we were told to trust.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use axum::extract::ConnectInfo;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};

/// An address, or all that begin with the same bits (`10.0.0.0/8`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(net), IpAddr::V4(one)) => same_prefix(&net.octets(), &one.octets(), self.prefix),
            (IpAddr::V6(net), IpAddr::V6(one)) => same_prefix(&net.octets(), &one.octets(), self.prefix),
            _ => false,
        }
    }
}

fn same_prefix(a: &[u8], b: &[u8], prefix: u8) -> bool {
    let mut bits = usize::from(prefix);
    for (a, b) in a.iter().zip(b) {
        let here = bits.min(8);
        let mask = u8::MAX.checked_shl(8 - u32::try_from(here).unwrap_or(8)).unwrap_or(0);
        if (a ^ b) & mask != 0 {
            return false;
        }
        bits -= here;
    }
    true
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Network, String> {
        let wrong = || format!("`{text}` is neither an address nor a network such as 10.0.0.0/8 or fd00::/8");
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let address = address.parse::<IpAddr>().map_err(|_| wrong())?.to_canonical();
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(longest), str::parse::<u8>).map_err(|_| wrong())?;
        if prefix > longest {
            return Err(wrong());
        }
        Ok(Network { address, prefix })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// Whose request is this one?
pub fn of(request: &Parts, trusted: &[Network]) -> IpAddr {
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(address)| address.ip());
    client_address(peer, &request.headers, trusted)
}

/// What limits count by: an IPv4 address, or the /64 of an IPv6 address, which is what one subscriber has at least.
pub fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(one) => one.into(),
        IpAddr::V6(one) => {
            let [a, b, c, d, ..] = one.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

/// The same as text.
pub fn prefix(address: IpAddr) -> String {
    match subscriber(address) {
        IpAddr::V4(one) => one.to_string(),
        IpAddr::V6(net) => format!("{net}/64"),
    }
}

/// What changes only when somebody is elsewhere, most often: the /24 of an IPv4 address, the /48 of an IPv6 address. The address itself is
/// given anew each night to many.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(one) => {
            let [a, b, c, _] = one.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(one) => {
            let [a, b, c, ..] = one.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

pub fn is_among(address: IpAddr, networks: &[Network]) -> bool {
    networks.iter().any(|network| network.contains(address))
}

/// The address a request comes from: `peer`, or, when that is a trusted proxy, the right-most address in
/// `X-Forwarded-For` that is not one.
///
/// Read from the right, because what stands on the left was written by whoever sent the request. A header that cannot be
/// read counts as absent: it must not become a way past a limit.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let peer = peer.to_canonical();
    if !is_among(peer, trusted) {
        return peer;
    }
    let lines: Vec<&[u8]> = headers.get_all("x-forwarded-for").iter().map(HeaderValue::as_bytes).collect();
    let mut last_hop = peer;
    for hop in lines.join(b",".as_slice()).rsplit(|byte| *byte == b',') {
        let Some(address) = parse_hop(hop) else {
            return peer;
        };
        if !is_among(address, trusted) {
            return address;
        }
        last_hop = address;
    }
    last_hop
}

/// One entry: an address, perhaps with a port (`192.0.2.1:4711`, `[2001:db8::1]:4711`).
fn parse_hop(hop: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(hop).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| text.parse().ok().map(|socket: std::net::SocketAddr| socket.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use http::HeaderName;
    use rstest::rstest;

    use super::*;

    fn networks(list: &str) -> Vec<Network> {
        list.split_whitespace().map(|one| one.parse().unwrap()).collect()
    }

    #[rstest]
    #[case::no_proxy_trusted("198.51.100.7", &["203.0.113.9"], "", "198.51.100.7")]
    #[case::peer_is_no_proxy("198.51.100.7", &["203.0.113.9"], "10.0.0.0/8", "198.51.100.7")]
    #[case::one_proxy("10.0.0.1", &["203.0.113.9"], "10.0.0.0/8", "203.0.113.9")]
    #[case::forged_on_the_left("10.0.0.1", &["127.0.0.1, 203.0.113.9"], "10.0.0.0/8", "203.0.113.9")]
    #[case::two_proxies("10.0.0.1", &["203.0.113.9, 10.2.3.4"], "10.0.0.0/8", "203.0.113.9")]
    #[case::two_lines("10.0.0.1", &["198.51.100.1", "203.0.113.9"], "10.0.0.0/8", "203.0.113.9")]
    #[case::only_proxies("10.0.0.1", &["10.9.9.9, 10.2.3.4"], "10.0.0.0/8", "10.9.9.9")]
    #[case::with_port("10.0.0.1", &["203.0.113.9:4711"], "10.0.0.0/8", "203.0.113.9")]
    #[case::v6_with_port("10.0.0.1", &["[2001:db8::1]:4711"], "10.0.0.0/8", "2001:db8::1")]
    #[case::v6_in_brackets("10.0.0.1", &["[2001:db8::1]"], "10.0.0.0/8", "2001:db8::1")]
    #[case::mapped_peer("::ffff:10.0.0.1", &["203.0.113.9"], "10.0.0.0/8", "203.0.113.9")]
    #[case::mapped_client("10.0.0.1", &["::ffff:203.0.113.9"], "10.0.0.0/8", "203.0.113.9")]
    #[case::malformed("10.0.0.1", &["a"], "10.0.0.0/8", "10.0.0.1")]
    #[case::malformed_right("10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.0/8", "10.0.0.1")]
    #[case::malformed_left_of_a_client("10.0.0.1", &["???, 203.0.113.9"], "10.0.0.0/8", "203.0.113.9")]
    #[case::empty("10.0.0.1", &[""], "10.0.0.0/8", "10.0.0.1")]
    #[case::absent("10.0.0.1", &[], "10.0.0.0/8", "10.0.0.1")]
    #[case::not_text("10.0.0.1", &["203.0.113.9, \u{e9}"], "10.0.0.0/8", "10.0.0.1")]
    fn the_client_is_the_right_most_address_that_is_not_a_trusted_proxy(
        #[case] peer: &str,
        #[case] header: &[&str],
        #[case] trusted: &str,
        #[case] expected: &str,
    ) {
        let lines = header.iter().map(|line| HeaderValue::from_bytes(line.as_bytes()).unwrap());
        let headers = lines.map(|line| (HeaderName::from_static("x-forwarded-for"), line)).collect();
        let client = client_address(peer.parse().unwrap(), &headers, &networks(trusted));
        assert_eq!(client, expected.parse::<IpAddr>().unwrap());
    }

    #[rstest]
    #[case("10.0.0.0/8", "10.255.0.1", true)]
    #[case("10.0.0.0/8", "11.0.0.1", false)]
    #[case("192.0.2.128/25", "192.0.2.127", false)]
    #[case("192.0.2.128/25", "192.0.2.200", true)]
    #[case("192.0.2.1", "192.0.2.1", true)]
    #[case("192.0.2.1", "192.0.2.2", false)]
    #[case("0.0.0.0/0", "8.8.8.8", true)]
    #[case("0.0.0.0/0", "::1", false)]
    #[case("fd00::/9", "fd7f::1", true)]
    #[case("fd00::/9", "fd80::1", false)]
    fn a_network_contains_what_shares_its_first_bits(#[case] network: &str, #[case] one: &str, #[case] inside: bool) {
        assert_eq!(network.parse::<Network>().unwrap().contains(one.parse().unwrap()), inside);
    }

    #[rstest]
    #[case("198.51.100.7", "198.51.100.7")]
    #[case("::ffff:198.51.100.7", "198.51.100.7")]
    #[case("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    fn one_subscriber_is_one_prefix(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(prefix(address.parse().unwrap()), expected);
    }

    #[rstest]
    #[case("198.51.100.7", "198.51.100.0/24")]
    #[case("::ffff:198.51.100.200", "198.51.100.0/24")]
    #[case("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    #[case("2001:db8:2:2:3:4:5:6", "2001:db8:2::/48")]
    fn one_network_is_one_house(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(network(address.parse().unwrap()), expected);
    }

    #[rstest]
    #[case("")]
    #[case("10.0.0.0/33")]
    #[case("10.0.0.0/-1")]
    #[case("10.0.0/8")]
    #[case("proxy.example")]
    fn what_is_no_network_is_refused(#[case] text: &str) {
        assert!(text.parse::<Network>().unwrap_err().contains("10.0.0.0/8"));
    }
}
