//! What an authenticator says (Level 3, section 6.1).

use crate::cbor::Reader;
use crate::{Demand, MOST_CREDENTIAL_ID, PublicKey, RelyingParty, Wrong};

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
const HAS_CREDENTIAL: u8 = 0x40;
const HAS_EXTENSIONS: u8 = 0x80;

/// Whether a key can leave its device, and whether it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    /// It may be synchronized; never changes.
    pub eligible: bool,
    /// It is.
    pub state: bool,
}

/// A new credential, as its authenticator tells of it.
pub struct Credential {
    pub id: Vec<u8>,
    pub key: PublicKey,
}

pub struct AuthenticatorData {
    relying_party: [u8; 32],
    flags: u8,
    pub sign_count: u32,
    pub credential: Option<Credential>,
}

impl AuthenticatorData {
    pub fn read(bytes: &[u8]) -> Result<AuthenticatorData, Wrong> {
        let broken = Wrong::AuthenticatorData;
        let (relying_party, rest) = bytes.split_first_chunk::<32>().ok_or(broken)?;
        let (flags, rest) = rest.split_first().ok_or(broken)?;
        let (count, rest) = rest.split_first_chunk::<4>().ok_or(broken)?;
        let (credential, rest) = match flags & HAS_CREDENTIAL {
            0 => (None, rest),
            _ => credential(rest).map(|(credential, rest)| (Some(credential), rest))?,
        };
        let mut reader = Reader::new(rest);
        if flags & HAS_EXTENSIONS != 0 {
            // None are asked for; an authenticator may speak unasked, and nobody listens.
            let pairs = reader.map().ok_or(broken)?;
            for _ in 0..pairs {
                reader.text().ok_or(broken)?;
                reader.skip().ok_or(broken)?;
            }
        }
        if !reader.rest().is_empty() {
            return Err(broken);
        }
        let sign_count = u32::from_be_bytes(*count);
        Ok(AuthenticatorData { relying_party: *relying_party, flags: *flags, sign_count, credential })
    }

    /// Whether it is for this relying party, and of somebody as it is demanded.
    pub fn judge(&self, relying_party: &RelyingParty, demand: Demand) -> Result<(), Wrong> {
        if !relying_party.is_hash_of_id(&self.relying_party) {
            return Err(Wrong::RelyingParty);
        }
        if !self.has(USER_PRESENT) {
            return Err(Wrong::UserPresent);
        }
        if demand == Demand::UserVerified && !self.has(USER_VERIFIED) {
            return Err(Wrong::UserVerified);
        }
        if self.has(BACKED_UP) && !self.has(BACKUP_ELIGIBLE) {
            return Err(Wrong::Backup);
        }
        Ok(())
    }

    pub fn backup(&self) -> Backup {
        Backup { eligible: self.has(BACKUP_ELIGIBLE), state: self.has(BACKED_UP) }
    }

    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// The attested credential data (section 6.5.1), and what stands behind it.
fn credential(bytes: &[u8]) -> Result<(Credential, &[u8]), Wrong> {
    let broken = Wrong::AuthenticatorData;
    // The make of the authenticator, which nobody has vouched for.
    let (_, rest) = bytes.split_first_chunk::<16>().ok_or(broken)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(broken)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (id, rest) = rest.split_at_checked(length).ok_or(broken)?;
    if id.is_empty() || id.len() > MOST_CREDENTIAL_ID {
        return Err(broken);
    }
    let mut reader = Reader::new(rest);
    let key = PublicKey::read_from(&mut reader)?;
    Ok((Credential { id: id.to_vec(), key }, reader.rest()))
}
