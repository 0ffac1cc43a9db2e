//! Codes and access tokens, in memory, by their hashes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use oidc::Scope;
use oidc::token::{CodeBinding, Redemption};

use super::staff::Colleague;
use crate::platform::clock::Time;
use crate::platform::hashes::sha256;

const CODE_LIVES: Duration = Duration::from_secs(60);
pub const TOKEN_LIVES: Duration = Duration::from_secs(300);

/// What a code was given for, and what its tokens say.
#[derive(Clone, Debug)]
pub struct Grant {
    pub person: &'static Colleague,
    pub sid: String,
    pub auth_time: i64,
    pub badge: bool,
    pub nonce: Option<String>,
    pub scope: Scope,
}

struct Code {
    binding: CodeBinding,
    grant: Grant,
    given: Time,
    used: bool,
}

struct Token {
    grant: Grant,
    given: Time,
    /// Of which code.
    code: [u8; 32],
}

#[derive(Default)]
pub struct Grants(Mutex<Given>);

#[derive(Default)]
struct Given {
    codes: HashMap<[u8; 32], Code>,
    tokens: HashMap<[u8; 32], Token>,
}

impl Grants {
    fn all(&self, now: Time) -> MutexGuard<'_, Given> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A used code is known as long as its token lives, so that a second use can end that.
        all.codes.retain(|_, code| now.since(code.given) < CODE_LIVES + TOKEN_LIVES);
        all.tokens.retain(|_, token| now.since(token.given) < TOKEN_LIVES);
        all
    }

    pub fn give_code(&self, code: &str, binding: CodeBinding, grant: Grant, now: Time) {
        self.all(now).codes.insert(sha256(code.as_bytes()), Code { binding, grant, given: now, used: false });
    }

    /// What the code is good for, once. A second use ends what the first has brought (RFC 6749 section 4.1.2).
    pub fn redeem(&self, code: &str, by: &Redemption<'_>, now: Time) -> Option<Grant> {
        let hash = sha256(code.as_bytes());
        let mut all = self.all(now);
        let found = all.codes.get_mut(&hash)?;
        found.binding.allows(by).ok()?;
        if found.used {
            all.tokens.retain(|_, token| token.code != hash);
            return None;
        }
        found.used = true;
        (now.since(found.given) < CODE_LIVES).then(|| found.grant.clone())
    }

    pub fn give_token(&self, code: &str, token: &str, grant: Grant, now: Time) {
        let code = sha256(code.as_bytes());
        self.all(now).tokens.insert(sha256(token.as_bytes()), Token { grant, given: now, code });
    }

    pub fn of_token(&self, token: &str, now: Time) -> Option<Grant> {
        self.all(now).tokens.get(&sha256(token.as_bytes())).map(|token| token.grant.clone())
    }

    /// Everything of a session that has ended.
    pub fn end(&self, sid: &str, now: Time) {
        let mut all = self.all(now);
        all.codes.retain(|_, code| code.grant.sid != sid);
        all.tokens.retain(|_, token| token.grant.sid != sid);
    }
}
