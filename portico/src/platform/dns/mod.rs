//! Questions to the DNS, of the one kind there is here: which texts (TXT) stand at a name.
//!
//! - Asked is a resolver that does the whole work: the one the operator has named, or the machine's.
//! - It is asked over TCP first. Over UDP whoever guesses a number can put an answer of their own in the place of the true one,
//!   and what is asked here decides whose a domain is. UDP follows only where no connection can be had.
//! - *Nothing there* is an answer. A resolver that is silent, or has no answer itself, has said nothing.

mod exchange;
mod message;

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::time::timeout;

use super::entropy::Entropy;

/// For all resolvers together.
const WHOLE: Duration = Duration::from_secs(10);
const PORT: u16 = 53;
const SYSTEM: &str = "/etc/resolv.conf";
/// As many as the C library asks.
const MOST_RESOLVERS: usize = 3;

/// Why there is no answer, for an operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Silent {
    #[error("no resolver can be reached: {0}")]
    Unreachable(String),
    #[error("no resolver has answered within {} seconds", WHOLE.as_secs())]
    Late,
    #[error("the resolver has no answer itself ({0})")]
    NoAnswer(String),
    #[error("the resolver's answer cannot be read")]
    Broken,
    #[error("this can be no name in the DNS")]
    Name,
}

/// Who is asked.
#[derive(Clone, Debug)]
pub struct Resolver {
    at: Option<SocketAddr>,
    entropy: Entropy,
}

impl Resolver {
    /// `at`: the operator's choice; the machine's own resolvers where there is none.
    pub fn new(at: Option<SocketAddr>, entropy: Entropy) -> Resolver {
        Resolver { at, entropy }
    }

    /// Every text at a name; none where there is no such name.
    ///
    /// # Errors
    /// [`Silent`], when nobody has said so.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>, Silent> {
        timeout(WHOLE, self.ask(name)).await.unwrap_or(Err(Silent::Late))
    }

    async fn ask(&self, name: &str) -> Result<Vec<String>, Silent> {
        let mut last = Silent::Unreachable("this machine has none".to_owned());
        for resolver in self.resolvers() {
            let id = u16::from_be_bytes(self.entropy.bytes());
            let question = message::question(id, name).ok_or(Silent::Name)?;
            match exchange::exchange(resolver, &question, id, name).await {
                Err(silent) => last = silent,
                answer => return answer,
            }
        }
        Err(last)
    }

    fn resolvers(&self) -> Vec<SocketAddr> {
        match self.at {
            Some(address) => vec![address],
            // Read each time: a machine that moves gets others.
            None => of_system(&fs::read_to_string(SYSTEM).unwrap_or_default()),
        }
    }
}

/// The resolvers that resolv.conf(5) names; without one, this machine.
fn of_system(text: &str) -> Vec<SocketAddr> {
    let named = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        words.next().filter(|word| *word == "nameserver")?;
        words.next()?.parse::<IpAddr>().ok()
    });
    let mut found: Vec<SocketAddr> = named.take(MOST_RESOLVERS).map(|address| (address, PORT).into()).collect();
    if found.is_empty() {
        found.push((Ipv4Addr::LOCALHOST, PORT).into());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_resolvers_are_read_as_the_c_library_reads_them() {
        let text = "# one\nsearch example\nnameserver 192.0.2.1\noptions x\nnameserver\t2001:db8::1 # two\nnameserver fe80::1%eth0\n";
        let found: Vec<String> = of_system(text).iter().map(SocketAddr::to_string).collect();
        assert_eq!(found, ["192.0.2.1:53", "[2001:db8::1]:53"]);
        assert_eq!(of_system("search example\n"), [SocketAddr::from((Ipv4Addr::LOCALHOST, 53))]);
    }
}
