//! What the browser says it was asked (Level 3, section 5.8.1).

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::{Challenge, RelyingParty, Wrong};

/// More is nobody's client data, in bytes.
const MOST: usize = 4096;

pub const CREATE: &str = "webauthn.create";
pub const GET: &str = "webauthn.get";

/// Members that nobody knows are passed over, as browsers say by putting some in; one that stands there twice is an error.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<String>,
}

pub fn judge(json: &[u8], kind: &str, challenge: &Challenge, relying_party: &RelyingParty) -> Result<(), Wrong> {
    if json.len() > MOST {
        return Err(Wrong::ClientData);
    }
    let said: ClientData = serde_json::from_slice(json).map_err(|_| Wrong::ClientData)?;
    if said.kind != kind {
        return Err(Wrong::Type);
    }
    let answered = BASE64URL_NOPAD.decode(said.challenge.as_bytes()).map_err(|_| Wrong::Challenge)?;
    if !bool::from(answered.ct_eq(challenge)) {
        return Err(Wrong::Challenge);
    }
    if said.origin != relying_party.origin() {
        return Err(Wrong::Origin);
    }
    // A page of ours shows itself in nobody's frame.
    if said.cross_origin || said.top_origin.is_some() {
        return Err(Wrong::CrossOrigin);
    }
    Ok(())
}
