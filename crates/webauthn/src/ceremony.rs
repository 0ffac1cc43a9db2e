//! The two ceremonies (Level 3, sections 7.1 and 7.2), as far as they are a relying party's judgment of bytes.

use aws_lc_rs::digest::{SHA256, digest};

use crate::authenticator_data::{AuthenticatorData, Backup};
use crate::cbor::Reader;
use crate::{Challenge, PublicKey, RelyingParty, Wrong, client_data};

/// What must be shown of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// It is the one whose key it is.
    UserVerified,
    /// Somebody is there.
    UserPresent,
}

/// An answer to `navigator.credentials.create()`.
#[derive(Clone, Copy, Debug)]
pub struct Registration<'a> {
    pub client_data_json: &'a [u8],
    pub attestation_object: &'a [u8],
}

/// A new credential.
#[derive(Clone, Debug)]
pub struct Registered {
    pub credential_id: Vec<u8>,
    pub key: PublicKey,
    pub sign_count: u32,
    pub backup: Backup,
}

/// An answer to `navigator.credentials.get()`.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub client_data_json: &'a [u8],
    pub authenticator_data: &'a [u8],
    pub signature: &'a [u8],
}

/// What an answer says that was signed with the key. Whether its count goes on from the one that is kept is for the caller to ask
/// ([`count_goes_on`]), in the write that keeps the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authenticated {
    pub sign_count: u32,
    pub backup: Backup,
}

/// Judges a new credential.
///
/// # Errors
/// Why it is not believed.
pub fn register(
    relying_party: &RelyingParty,
    challenge: &Challenge,
    demand: Demand,
    answer: Registration<'_>,
) -> Result<Registered, Wrong> {
    client_data::judge(answer.client_data_json, client_data::CREATE, challenge, relying_party)?;
    let data = AuthenticatorData::read(authenticator_data(answer.attestation_object).ok_or(Wrong::Attestation)?)?;
    data.judge(relying_party, demand)?;
    let (sign_count, backup) = (data.sign_count, data.backup());
    let credential = data.credential.ok_or(Wrong::AuthenticatorData)?;
    Ok(Registered { credential_id: credential.id, key: credential.key, sign_count, backup })
}

/// Judges an answer that should be signed with `key`.
///
/// # Errors
/// Why it is not believed.
pub fn authenticate(
    relying_party: &RelyingParty,
    challenge: &Challenge,
    demand: Demand,
    key: &PublicKey,
    answer: Answer<'_>,
) -> Result<Authenticated, Wrong> {
    client_data::judge(answer.client_data_json, client_data::GET, challenge, relying_party)?;
    let data = AuthenticatorData::read(answer.authenticator_data)?;
    data.judge(relying_party, demand)?;
    let signed = [answer.authenticator_data, digest(&SHA256, answer.client_data_json).as_ref()].concat();
    key.verify(&signed, answer.signature)?;
    Ok(Authenticated { sign_count: data.sign_count, backup: data.backup() })
}

/// Whether a count comes after the one that is kept. Authenticators that do not count say 0 for ever; a count that stands still or
/// goes back is the sign of a second device with the same key.
#[must_use]
pub fn count_goes_on(kept: u32, now: u32) -> bool {
    now > kept || (now == 0 && kept == 0)
}

/// The authenticator data in an attestation object. Its statement is stepped over: nothing it says would be believed.
fn authenticator_data(object: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::new(object);
    let (mut format, mut statement, mut data) = (None, None, None);
    for _ in 0..reader.map()? {
        let twice = match reader.text()? {
            "fmt" => format.replace(reader.text()?).is_some(),
            "attStmt" => statement.replace(reader.skip()?).is_some(),
            "authData" => data.replace(reader.bytes()?).is_some(),
            _ => return None,
        };
        if twice {
            return None;
        }
    }
    (reader.rest().is_empty() && format.is_some() && statement.is_some()).then_some(data)?
}
