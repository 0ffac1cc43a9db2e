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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::jose::{JwkSet, SigningKey, sign};

    const NOW: i64 = 1_800_000_000;
    const EXPECTED: Expected<'static> = Expected {
        issuer: "https://idp.example",
        client_id: "portico",
        nonce: "n",
        max_age: Some(300),
        access_token: Some("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
        algorithms: &[Algorithm::Es256, Algorithm::EdDsa],
        now: NOW,
    };

    fn key(algorithm: Algorithm) -> (SigningKey, Keys) {
        let key = SigningKey::from_pkcs8(algorithm, &SigningKey::generate(algorithm).unwrap()).unwrap();
        let set = serde_json::to_vec(&JwkSet { keys: vec![key.jwk()] }).unwrap();
        (key, Keys::read(&set).unwrap())
    }

    fn verified(change: &Value, expected: &Expected<'_>) -> Result<Claims, Wrong> {
        let (key, keys) = key(Algorithm::Es256);
        let mut claims = json!({ "iss": "https://idp.example", "sub": "s", "aud": "portico", "exp": NOW + 300, "iat": NOW,
            "auth_time": NOW - 300, "nonce": "n", "sid": "1", "acr": "urn:a", "amr": ["pwd", "otp"], "groups": ["x"] });
        claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        verify(&sign(&key, "JWT", &claims).unwrap(), &keys, expected)
    }

    #[test]
    fn a_good_token_says_who_it_is_and_how_strongly() {
        let claims = verified(&json!({ "at_hash": "77QmUPtjPfzWtF2AnpK9RQ" }), &EXPECTED).unwrap();
        assert_eq!((claims.sub.as_str(), claims.sid.as_deref()), ("s", Some("1")));
        assert_eq!((claims.acr.as_deref(), claims.amr.len()), (Some("urn:a"), 2));
        assert_eq!((claims.auth_time, &claims.all["groups"]), (Some(NOW - 300), &json!(["x"])));
    }

    #[rstest]
    #[case(json!({ "aud": ["portico"] }))]
    #[case(json!({ "aud": ["portico", "other"], "azp": "portico" }))]
    #[case(json!({ "exp": NOW - 59 }))]
    #[case(json!({ "iat": NOW + 60, "nbf": NOW + 60 }))]
    #[case(json!({ "exp": 1_800_000_060.5, "iat": 1_800_000_000.25 }))]
    #[case(json!({ "auth_time": NOW - 360 }))]
    #[case(json!({ "amr": "mfa", "acr": null, "sid": null }))]
    fn what_the_specification_leaves_open_is_taken(#[case] change: Value) {
        assert!(verified(&change, &EXPECTED).is_ok(), "{change}");
    }

    fn other(issuer: &str) -> Wrong {
        Wrong::OtherIssuer(PART, Said::of(issuer))
    }

    #[rstest]
    #[case(json!({ "iss": "https://idp.example/" }), other("https://idp.example/"))]
    #[case(json!({ "iss": "https://evil.example" }), other("https://evil.example"))]
    #[case(json!({ "iss": null }), Wrong::Missing(PART, "iss"))]
    #[case(json!({ "aud": ["portico", "other"] }), Wrong::Audience(PART))]
    #[case(json!({ "aud": ["other"], "azp": "portico" }), Wrong::Audience(PART))]
    #[case(json!({ "azp": "other" }), Wrong::Audience(PART))]
    #[case(json!({ "aud": "PORTICO" }), Wrong::Audience(PART))]
    #[case(json!({ "aud": [] }), Wrong::Audience(PART))]
    #[case(json!({ "aud": { "portico": 1 } }), Wrong::Malformed(PART, "aud"))]
    #[case(json!({ "exp": NOW - 60 }), Wrong::Expired(PART, 60))]
    #[case(json!({ "exp": null }), Wrong::Missing(PART, "exp"))]
    #[case(json!({ "exp": "soon" }), Wrong::Malformed(PART, "exp"))]
    #[case(json!({ "iat": NOW + 61 }), Wrong::Early(PART, 61))]
    #[case(json!({ "iat": null }), Wrong::Missing(PART, "iat"))]
    #[case(json!({ "nbf": NOW + 3_600 }), Wrong::Early(PART, 3_600))]
    #[case(json!({ "nonce": "m" }), Wrong::Nonce)]
    #[case(json!({ "nonce": null }), Wrong::Nonce)]
    #[case(json!({ "nonce": ["n"] }), Wrong::Malformed(PART, "nonce"))]
    #[case(json!({ "auth_time": NOW - 361 }), Wrong::MaxAge)]
    #[case(json!({ "auth_time": null }), Wrong::MaxAge)]
    #[case(json!({ "auth_time": NOW + 61 }), Wrong::Early(PART, 61))]
    #[case(json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }), Wrong::AccessToken)]
    #[case(json!({ "sub": "" }), Wrong::Missing(PART, "sub"))]
    #[case(json!({ "sub": 7 }), Wrong::Malformed(PART, "sub"))]
    #[case(json!({ "sub": "s".repeat(256) }), Wrong::Malformed(PART, "sub"))]
    #[case(json!({ "sub": "s\u{0}" }), Wrong::Malformed(PART, "sub"))]
    #[case(json!({ "amr": [1] }), Wrong::Malformed(PART, "amr"))]
    fn what_is_wrong_with_a_token_is_named(#[case] change: Value, #[case] expected: Wrong) {
        assert_eq!(verified(&change, &EXPECTED), Err(expected), "{change}");
    }

    #[test]
    fn an_hour_between_the_clocks_is_told_as_that() {
        let ahead = Expected { now: NOW + 3_600, ..EXPECTED };
        assert_eq!(verified(&json!({}), &ahead), Err(Wrong::Expired(PART, 3_300)));
        let behind = Expected { now: NOW - 3_600, ..EXPECTED };
        assert_eq!(verified(&json!({}), &behind), Err(Wrong::Early(PART, 3_600)));
    }

    #[test]
    fn the_age_of_a_sign_in_matters_to_whoever_asked_only() {
        let any = Expected { max_age: None, ..EXPECTED };
        assert!(verified(&json!({ "auth_time": 1 }), &any).is_ok());
        assert!(verified(&json!({ "auth_time": null }), &any).is_ok());
    }

    #[test]
    fn a_hash_that_nobody_has_defined_is_passed_over() {
        let (key, keys) = key(Algorithm::EdDsa);
        let claims = json!({ "iss": "https://idp.example", "sub": "s", "aud": "portico", "exp": NOW, "iat": NOW,
            "nonce": "n", "auth_time": NOW, "at_hash": "of SHA-512 with some, of SHA-256 with others" });
        assert!(verify(&sign(&key, "JWT", &claims).unwrap(), &keys, &EXPECTED).is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_token_outlives_its_end_by_more_than_clocks_may_differ(
            exp in -400_i64..400, iat in -400_i64..400, now in -400_i64..400,
        ) {
            let change = json!({ "exp": NOW + exp, "iat": NOW + iat });
            let expected = Expected { now: NOW + now, max_age: None, ..EXPECTED };
            let good = verified(&json!({ "auth_time": null }), &Expected { now: NOW, ..expected });
            prop_assert!(good.is_ok());
            let mut change = change;
            change["auth_time"] = Value::Null;
            prop_assert_eq!(verified(&change, &expected).is_ok(), now < exp + SKEW && iat <= now + SKEW);
        }

        #[test]
        fn a_token_for_another_nonce_audience_or_issuer_is_nobodys(text in "[ -~]{0,20}") {
            prop_assume!(!["n", "portico", "https://idp.example"].contains(&text.as_str()));
            for name in ["nonce", "aud", "iss", "azp"] {
                prop_assert!(verified(&json!({ name: text }), &EXPECTED).is_err(), "{}", name);
            }
        }
    }
}
