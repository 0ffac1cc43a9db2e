//! A password hash as text: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash` (the PHC string format), so that every hash says
//! how it was made and the parameters may change without a migration.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE64_NOPAD;
use thiserror::Error;

pub const SALT_LEN: usize = 16;
pub const HASH_LEN: usize = 32;

// What a row may ask of us. Above the strongest defaults in use, far below what would stop a node: without a cap, one
// written row is a bomb.
const MAX_M_KIB: u32 = 128 * 1024;
const MAX_T: u32 = 16;
const MAX_P: u32 = 16;
const MAX_PART: usize = 64;
const MIN_PART: usize = 8;

/// What one hash costs: memory in KiB, passes, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub m_kib: u32,
    pub t: u32,
    pub p: u32,
}

impl Cost {
    /// Whether this is a cost that Argon2 knows and that we are ready to pay.
    pub fn is_sane(self) -> bool {
        (1..=MAX_T).contains(&self.t) && (1..=MAX_P).contains(&self.p) && (8 * self.p..=MAX_M_KIB).contains(&self.m_kib)
    }
}

#[derive(Clone, PartialEq, Eq)]
pub struct Phc {
    pub cost: Cost,
    pub salt: Vec<u8>,
    pub hash: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq, Error)]
#[error("the stored password hash is damaged or asks for more than is allowed")]
pub struct BadPhc;

impl FromStr for Phc {
    type Err = BadPhc;

    fn from_str(text: &str) -> Result<Phc, BadPhc> {
        let parts: Vec<&str> = text.split('$').collect();
        let ["", "argon2id", "v=19", cost, salt, hash] = parts.as_slice() else {
            return Err(BadPhc);
        };
        let cost = parse_cost(cost).filter(|cost| cost.is_sane()).ok_or(BadPhc)?;
        Ok(Phc { cost, salt: parse_part(salt)?, hash: parse_part(hash)? })
    }
}

fn parse_cost(text: &str) -> Option<Cost> {
    let mut parts = text.split(',');
    let mut number = |name: &str| parts.next()?.strip_prefix(name)?.parse::<u32>().ok();
    let cost = Cost { m_kib: number("m=")?, t: number("t=")?, p: number("p=")? };
    parts.next().is_none().then_some(cost)
}

fn parse_part(text: &str) -> Result<Vec<u8>, BadPhc> {
    let bytes = BASE64_NOPAD.decode(text.as_bytes()).map_err(|_| BadPhc)?;
    if (MIN_PART..=MAX_PART).contains(&bytes.len()) { Ok(bytes) } else { Err(BadPhc) }
}

impl fmt::Display for Phc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cost { m_kib, t, p } = self.cost;
        let (salt, hash) = (BASE64_NOPAD.encode(&self.salt), BASE64_NOPAD.encode(&self.hash));
        write!(f, "$argon2id$v=19$m={m_kib},t={t},p={p}${salt}${hash}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODw";

    #[test]
    fn what_is_read_is_written_again_the_same() {
        let phc: Phc = GOOD.parse().ok().unwrap();
        assert_eq!(phc.cost, Cost { m_kib: 19_456, t: 2, p: 1 });
        assert_eq!(phc.salt, (0..16).collect::<Vec<u8>>());
        assert_eq!(phc.to_string(), GOOD);
    }

    #[rstest::rstest]
    #[case::bomb_of_memory("m=4194304,t=2,p=1")]
    #[case::bomb_of_time("m=19456,t=4000000000,p=1")]
    #[case::too_many_lanes("m=19456,t=2,p=4294967295")]
    #[case::too_little_memory("m=7,t=2,p=1")]
    #[case::nothing("m=0,t=0,p=0")]
    #[case::more("m=19456,t=2,p=1,keyid=AA")]
    #[case::other_order("t=2,m=19456,p=1")]
    fn strange_costs_are_refused(#[case] cost: &str) {
        assert!(GOOD.replace("m=19456,t=2,p=1", cost).parse::<Phc>().is_err());
    }

    #[test]
    fn other_algorithms_and_damaged_text_are_refused() {
        for bad in ["", "$", &GOOD[1..], &GOOD[..60], "$2b$12$abc"] {
            assert!(bad.parse::<Phc>().is_err(), "{bad}");
        }
        assert!(GOOD.replace("argon2id", "argon2d").parse::<Phc>().is_err());
        assert!(GOOD.replace("v=19", "v=16").parse::<Phc>().is_err());
    }
}
