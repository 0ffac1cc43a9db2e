//! The shapes of what is handed out: codes, access tokens, refresh tokens (docs/decisions/0007-token-formats.md).
//!
//! - A **code** is the whole authorization, sealed. Nothing is stored until it is redeemed; the row written then bears the
//!   code's id, and can be written once.
//! - An **access token** names a grant (or, for a client's own access, the client) and bears a MAC. Nothing is stored for it:
//!   what it is worth is asked of the grant.
//! - A **refresh token** names a grant and how often it was changed, and bears a MAC. The grant says which number is due.
//!
//! All are opaque to others. The prefixes let scanners of leaked secrets find them.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use oidc::pkce::Challenge;
use oidc::token::CodeBinding;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, GrantId, SessionId};
use crate::platform::keys::Keys;

pub const CODE_LIVES: Duration = Duration::from_secs(60);
/// Also the longest that a product which does not ask may go on after everything was revoked.
pub const ACCESS_TOKEN_LIVES: Duration = Duration::from_secs(300);

const ACCESS: &str = "portico_at_";
const REFRESH: &str = "portico_rt_";
/// Longer texts are none of ours.
const MAX_TOKEN: usize = 4096;

/// An authorization on its way through the browser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Code {
    pub id: GrantId,
    pub client: String,
    pub redirect_uri: String,
    pub challenge: Option<[u8; 32]>,
    pub dpop_jkt: Option<String>,
    pub account: AccountId,
    pub session: SessionId,
    pub epoch: i64,
    pub scope: String,
    pub nonce: Option<String>,
    /// Names of single claims asked for.
    pub id_token_claims: Vec<String>,
    pub userinfo_claims: Vec<String>,
    pub methods: String,
    pub authenticated_at: Time,
    pub expires_at: Time,
}

impl Code {
    pub fn seal(&self, keys: &Keys) -> String {
        BASE64URL_NOPAD.encode(&keys.seal_passing("code", &serde_json::to_vec(self).unwrap_or_default()))
    }

    pub fn open(keys: &Keys, text: &str) -> Option<Code> {
        let sealed = BASE64URL_NOPAD.decode(text.as_bytes()).ok().filter(|_| text.len() <= 2 * MAX_TOKEN)?;
        serde_json::from_slice(&keys.open_passing("code", &sealed)?).ok()
    }

    pub fn binding(&self) -> CodeBinding {
        CodeBinding {
            client_id: self.client.clone(),
            redirect_uri: self.redirect_uri.clone(),
            challenge: self.challenge.map(Challenge),
            dpop_jkt: self.dpop_jkt.clone(),
        }
    }
}

/// What an access token is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bearer {
    /// What a person's grant allows; `scope`: less than that.
    #[serde(rename = "g")]
    Grant { grant: GrantId, scope: Option<String> },
    /// A client's own access.
    #[serde(rename = "c")]
    Client { client: String, scope: String, jkt: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessToken {
    #[serde(rename = "b")]
    pub bearer: Bearer,
    #[serde(rename = "j")]
    pub id: String,
    /// Seconds.
    #[serde(rename = "i")]
    pub issued_at: i64,
    #[serde(rename = "e")]
    pub expires_at: i64,
}

impl AccessToken {
    pub fn new(bearer: Bearer, id: [u8; 12], now: Time) -> AccessToken {
        let expires_at = (now + ACCESS_TOKEN_LIVES).seconds();
        AccessToken { bearer, id: BASE64URL_NOPAD.encode(&id), issued_at: now.seconds(), expires_at }
    }

    pub fn to_text(&self, keys: &Keys) -> String {
        signed(keys, ACCESS, "access_token", self)
    }

    /// `None` for what is none of ours. Whether it is still good is another question.
    pub fn read(keys: &Keys, text: &str) -> Option<AccessToken> {
        read(keys, ACCESS, "access_token", text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshToken {
    #[serde(rename = "g")]
    pub grant: GrantId,
    #[serde(rename = "n")]
    pub generation: i64,
}

impl RefreshToken {
    pub fn to_text(&self, keys: &Keys) -> String {
        signed(keys, REFRESH, "refresh_token", self)
    }

    pub fn read(keys: &Keys, text: &str) -> Option<RefreshToken> {
        read(keys, REFRESH, "refresh_token", text)
    }
}

fn signed(keys: &Keys, prefix: &str, purpose: &str, value: &impl Serialize) -> String {
    let body = serde_json::to_vec(value).unwrap_or_default();
    let mac = keys.mac(purpose, &body);
    format!("{prefix}{}", BASE64URL_NOPAD.encode(&[mac.as_slice(), &body].concat()))
}

fn read<T: DeserializeOwned>(keys: &Keys, prefix: &str, purpose: &str, text: &str) -> Option<T> {
    let text = text.strip_prefix(prefix).filter(|text| text.len() <= MAX_TOKEN)?;
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (mac, body) = bytes.split_first_chunk::<32>()?;
    let ours = bool::from(keys.mac(purpose, body).ct_eq(mac));
    ours.then(|| serde_json::from_slice(body).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::Clock;
    use crate::platform::entropy::Entropy;
    use crate::platform::keys::KEY_LEN;

    fn keys(master: u8) -> Keys {
        Keys::new(&[master; KEY_LEN], Entropy::new(Clock::system()))
    }

    #[test]
    fn a_token_is_read_by_its_own_kind_and_its_own_deployment_only() {
        let (ours, others) = (keys(1), keys(2));
        let grant = GrantId::from("0192");
        let access = AccessToken::new(Bearer::Grant { grant: grant.clone(), scope: None }, [7; 12], Time(0));
        let text = access.to_text(&ours);
        assert_eq!(AccessToken::read(&ours, &text), Some(access));
        assert_eq!(AccessToken::read(&others, &text), None);
        assert_eq!(RefreshToken::read(&ours, &text.replace(ACCESS, REFRESH)), None);
        let refresh = RefreshToken { grant, generation: 3 };
        let text = refresh.to_text(&ours);
        assert_eq!(text, refresh.to_text(&ours), "the same token on every node");
        assert_eq!(RefreshToken::read(&ours, &text), Some(refresh));
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(RefreshToken::read(&ours, &String::from_utf8(changed).unwrap()), None, "{at}");
        }
    }
}
