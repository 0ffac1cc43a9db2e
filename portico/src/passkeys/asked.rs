//! What a passkey is asked to sign, on its way through a page and back.

use std::time::Duration;

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use webauthn::Challenge;

use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;
use crate::platform::ids::{OneTimeId, SessionId, SignInId};
use crate::platform::keys::Keys;
use crate::platform::web;

/// Long enough to find one's telephone; the script asks anew where a page stays open for longer.
pub const LIVES: Duration = Duration::from_secs(15 * 60);
/// How far the clocks of two nodes may differ.
const SKEW: Duration = Duration::from_secs(60);

const PURPOSE: &str = "passkey";

/// What the answer will be about, which is also what makes it count once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A sign-in that is begun with the answer, and has this id.
    SignIn(SignInId),
    /// The second factor of this one.
    SecondFactor(SignInId),
    /// That of a reset by this link.
    Recovery(OneTimeId),
    /// A passkey that is added in this session, under the credentials of this epoch, to the holder of this handle.
    Registration { session: SessionId, epoch: i64, handle: Vec<u8> },
}

/// One question. Sealed into a form, and stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub about: About,
    pub at: Time,
    /// 256 random bits.
    unique: String,
}

impl Asked {
    pub fn new(entropy: &Entropy, now: Time, about: About) -> Asked {
        Asked { about, at: now, unique: entropy.token().expose_secret().to_owned() }
    }

    pub fn seal(&self, keys: &Keys) -> String {
        web::seal(keys, PURPOSE, self)
    }

    /// `None` for anything we did not seal.
    pub fn open(keys: &Keys, sealed: &str) -> Option<Asked> {
        web::unseal(keys, PURPOSE, sealed)
    }

    /// What is signed. Another browser's is another one.
    pub fn challenge(&self, keys: &Keys, browser: &[u8; 32]) -> Challenge {
        let text = serde_json::to_vec(self).unwrap_or_default();
        keys.mac("passkey_challenge", &[browser.as_slice(), &text].concat())
    }

    pub fn is_timely(&self, now: Time) -> bool {
        self.at <= now + SKEW && now < self.at + LIVES
    }
}
