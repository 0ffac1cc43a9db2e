//! An ID token, verified (OpenID Connect Core section 3.1.3.7).

use serde_json::{Map, Value};

use super::SKEW;
use super::keys::{Keys, Rule};
use super::members::Members;
use super::wrong::{Part, Said, Wrong};
use crate::id_token::at_hash;
use crate::jose::Algorithm;

const PART: Part = Part::IdToken;
const RULE: [&str; 1] = ["jwt"];

/// What is expected of the token.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// As configured.
    pub issuer: &'a str,
    pub client_id: &'a str,
    /// The nonce of this very request.
    pub nonce: &'a str,
    /// Seconds, if it was asked for.
    pub max_age: Option<u32>,
    /// The one that came along: the token may say that it belongs to it.
    pub access_token: Option<&'a str>,
    /// Those that the provider's metadata names.
    pub algorithms: &'a [Algorithm],
    pub now: i64,
}

/// What a token that is good says. `sub` together with the issuer is who it is; nothing else is.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    pub sub: String,
    /// When the person last proved who they are, if it says.
    pub auth_time: Option<i64>,
    /// How strongly (section 2; RFC 8176 for the names of `amr`).
    pub acr: Option<String>,
    pub amr: Vec<String>,
    /// What a logout token will name.
    pub sid: Option<String>,
    /// Everything it says, for whoever maps names and roles.
    pub all: Map<String, Value>,
}

/// One check: looks at one thing.
pub type Check = fn(&Looked, &Expected<'_>) -> Result<(), Wrong>;

/// What the checks look at: claims whose signature is right.
pub struct Looked {
    members: Members,
    algorithm: Algorithm,
}

/// What is asked of the claims, in the order of section 3.1.3.7.
pub const CHECKS: [(&str, Check); 8] = [
    ("iss", issuer),
    ("aud", audience),
    ("exp", expires),
    ("iat", issued),
    ("nbf", not_before),
    ("nonce", nonce),
    ("auth_time", auth_time),
    ("at_hash", access_token),
];

/// Verifies the signature, then the claims.
///
/// # Errors
/// [`Wrong`]; where [`Wrong::may_be_a_new_key`], it is worth reading the keys anew, once.
pub fn verify(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Claims, Wrong> {
    let rule = Rule { types: &RULE, algorithms: expected.algorithms };
    let verified = keys.verify(PART, token, &rule)?;
    let algorithm = verified.header.algorithm;
    let looked = Looked { members: Members::of(PART, verified.into_members()), algorithm };
    for (_, check) in CHECKS {
        check(&looked, expected)?;
    }
    let members = looked.members;
    let text = |name| Ok::<_, Wrong>(members.text(name)?.map(str::to_owned));
    Ok(Claims {
        sub: members.subject()?.to_owned(),
        auth_time: members.time("auth_time")?,
        acr: text("acr")?,
        amr: members.texts("amr")?.unwrap_or_default(),
        sid: text("sid")?,
        all: members.into_map(),
    })
}

fn issuer(token: &Looked, expected: &Expected<'_>) -> Result<(), Wrong> {
    match token.members.needed("iss")? {
        issuer if issuer == expected.issuer => Ok(()),
        other => Err(Wrong::OtherIssuer(PART, Said::of(other))),
    }
}

/// Several audiences without a word on who may use it, or a word that names another: not ours to use.
fn audience(token: &Looked, expected: &Expected<'_>) -> Result<(), Wrong> {
    let audience = token.members.texts("aud")?.ok_or(Wrong::Missing(PART, "aud"))?;
    let ours = audience.iter().any(|one| one == expected.client_id);
    let party = match token.members.text("azp")? {
        Some(party) => party == expected.client_id,
        None => audience.len() == 1,
    };
    match ours && party {
        true => Ok(()),
        false => Err(Wrong::Audience(PART)),
    }
}

fn expires(token: &Looked, expected: &Expected<'_>) -> Result<(), Wrong> {
    let ago = expected.now.saturating_sub(token.members.needed_time("exp")?);
    match ago < SKEW {
        true => Ok(()),
        false => Err(Wrong::Expired(PART, ago)),
    }
}

fn issued(token: &Looked, expected: &Expected<'_>) -> Result<(), Wrong> {
    not_ahead(token.members.needed_time("iat")?, expected.now)
}

fn not_before(token: &Looked, expected: &Expected<'_>) -> Result<(), Wrong> {
    token.members.time("nbf")?.map_or(Ok(()), |time| not_ahead(time, expected.now))
}

fn not_ahead(time: i64, now: i64) -> Result<(), Wrong> {
    let ahead = time.saturating_sub(now);
    match ahead <= SKEW {
        true => Ok(()),
        false => Err(Wrong::Early(PART, ahead)),
    }
}

/// Or a token of another sign-in, of another browser perhaps, would do for this one.
fn nonce(token: &Looked, expected: &Expected<'_>) -> Result<(), Wrong> {
    match token.members.text("nonce")? {
        Some(nonce) if nonce == expected.nonce => Ok(()),
        _ => Err(Wrong::Nonce),
    }
}

fn auth_time(token: &Looked, expected: &Expected<'_>) -> Result<(), Wrong> {
    let time = token.members.time("auth_time")?;
    if let Some(time) = time {
        not_ahead(time, expected.now)?;
    }
    let Some(age) = expected.max_age else { return Ok(()) };
    let oldest = expected.now.saturating_sub(i64::from(age)).saturating_sub(SKEW);
    match time.is_some_and(|time| time >= oldest) {
        true => Ok(()),
        false => Err(Wrong::MaxAge),
    }
}

/// Section 3.1.3.8. A hash of an algorithm for which none is named is passed over: the token came from the same answer.
fn access_token(token: &Looked, expected: &Expected<'_>) -> Result<(), Wrong> {
    let (Some(said), Some(came)) = (token.members.text("at_hash")?, expected.access_token) else { return Ok(()) };
    match at_hash(token.algorithm, came).is_none_or(|hash| hash == said) {
        true => Ok(()),
        false => Err(Wrong::AccessToken),
    }
}
