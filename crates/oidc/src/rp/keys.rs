//! The published keys of one issuer, and which of them has signed a token.

use super::wrong::{Part, Said, Wrong};
use crate::jose::{Algorithm, BadToken, Header, JwkError, JwkSet, Unverified, Verified, VerifyingKey};

/// Keys of one issuer, parsed once.
#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<VerifyingKey>);

impl Keys {
    /// Reads what lies at `jwks_uri` (RFC 7517 section 5).
    ///
    /// # Errors
    /// [`Wrong::NotJson`], [`Wrong::PrivateKey`], and [`Wrong::NoKeys`] when nothing in it is of any use here.
    pub fn read(text: &[u8]) -> Result<Keys, Wrong> {
        let set = JwkSet::read(text).map_err(|error| match error {
            JwkError::Private => Wrong::PrivateKey,
            JwkError::Unknown | JwkError::NoSet => Wrong::NotJson(Part::Keys),
        })?;
        let mut keys = Vec::new();
        for jwk in &set.keys {
            // An RSA key that names no algorithm may sign by either of its two; the metadata says which are in use.
            let algorithms = match jwk.algorithm {
                Some(own) => vec![own],
                None => vec![Algorithm::Rs256, Algorithm::Ps256],
            };
            keys.extend(algorithms.into_iter().filter_map(|algorithm| VerifyingKey::new(jwk, Some(algorithm)).ok()));
        }
        match keys.is_empty() {
            true => Err(Wrong::NoKeys),
            false => Ok(Keys(keys)),
        }
    }

    /// The claims of a token that one of these keys has signed, by one of these algorithms.
    pub(super) fn verify(&self, part: Part, token: &str, rule: &Rule<'_>) -> Result<Verified, Wrong> {
        let token = Unverified::parse(token).map_err(|error| told(part, error))?;
        if !rule.algorithms.contains(&token.header.algorithm) {
            return Err(Wrong::Algorithm(part));
        }
        // What an issuer signs for other purposes with the same key is no such token (RFC 8725 section 3.11).
        if token.header.typ.as_deref().is_some_and(|typ| !rule.types.contains(&typ)) {
            return Err(Wrong::OtherType(part));
        }
        let keys = self.named_by(part, &token.header)?;
        token.verify_any(keys).map_err(|error| told(part, error))
    }

    /// The keys that a header means: those of its name, else the only one there is. With several to choose from a name is
    /// needed (OpenID Connect Core section 10.1), and none is guessed.
    fn named_by(&self, part: Part, header: &Header) -> Result<Vec<&VerifyingKey>, Wrong> {
        let fitting = self.0.iter().filter(|key| key.algorithm() == header.algorithm);
        let (named, nameless): (Vec<_>, Vec<_>) = fitting.partition(|key| key.kid().is_some());
        let of_name = named.iter().copied().filter(|key| key.kid() == header.kid.as_deref()).collect::<Vec<_>>();
        let candidates = match &header.kid {
            Some(_) if !of_name.is_empty() => return Ok(of_name),
            Some(_) => nameless,
            None => [named, nameless].concat(),
        };
        match candidates.len() {
            0 => Err(Wrong::UnknownKey(part, Said::of(header.kid.as_deref().unwrap_or_default()))),
            1 => Ok(candidates),
            _ => Err(Wrong::AmbiguousKey(part)),
        }
    }
}

/// What a token has to be before its claims are looked at.
pub(super) struct Rule<'a> {
    /// In lower case. A token that says no type passes: the specification does not ask for one.
    pub types: &'a [&'a str],
    pub algorithms: &'a [Algorithm],
}

fn told(part: Part, error: BadToken) -> Wrong {
    match error {
        BadToken::Shape => Wrong::NotAToken(part),
        BadToken::Algorithm => Wrong::Algorithm(part),
        BadToken::Critical => Wrong::Extension(part),
        BadToken::Signature => Wrong::Signature(part),
        BadToken::Claims => Wrong::NotJson(part),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;
    use crate::jose::{SigningKey, sign, sign_with_header};

    const PART: Part = Part::IdToken;
    const RULE: Rule<'static> = Rule { types: &["jwt"], algorithms: &[Algorithm::Es256, Algorithm::EdDsa] };

    fn key(algorithm: Algorithm) -> SigningKey {
        SigningKey::from_pkcs8(algorithm, &SigningKey::generate(algorithm).unwrap()).unwrap()
    }

    /// The key as it is published, with some members changed.
    fn published(key: &SigningKey, change: Value) -> Value {
        let mut jwk = serde_json::to_value(key.jwk()).unwrap();
        jwk.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        jwk
    }

    fn set(keys: &[Value]) -> Keys {
        Keys::read(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
    }

    fn verified(keys: &Keys, token: &str) -> Option<Wrong> {
        keys.verify(PART, token, &RULE).err()
    }

    #[test]
    fn a_token_is_verified_with_the_key_of_its_name_and_with_no_other() {
        let (old, new, gone) = (key(Algorithm::Es256), key(Algorithm::Es256), key(Algorithm::Es256));
        let keys = set(&[published(&old, json!({})), published(&new, json!({}))]);
        for signer in [&old, &new] {
            assert_eq!(verified(&keys, &sign(signer, "JWT", &json!({})).unwrap()), None);
        }
        let wrong = verified(&keys, &sign(&gone, "JWT", &json!({})).unwrap()).unwrap();
        assert_eq!(wrong, Wrong::UnknownKey(PART, Said::of(gone.kid())));
        assert!(wrong.may_be_a_new_key());
        let forged = sign_with_header(&gone, &json!({ "alg": "ES256", "kid": old.kid() }), &json!({})).unwrap();
        assert_eq!(verified(&keys, &forged), Some(Wrong::Signature(PART)));
    }

    #[test]
    fn without_a_name_there_must_be_no_choice() {
        let (one, two, other) = (key(Algorithm::Es256), key(Algorithm::Es256), key(Algorithm::EdDsa));
        let nameless = json!({ "alg": "ES256" });
        let token = sign_with_header(&one, &nameless, &json!({})).unwrap();
        assert_eq!(verified(&set(&[published(&one, json!({})), published(&other, json!({}))]), &token), None);
        let both = set(&[published(&one, json!({})), published(&two, json!({}))]);
        assert_eq!(verified(&both, &token), Some(Wrong::AmbiguousKey(PART)));
        // A set that names its keys not, and a token that does.
        let named = sign(&one, "JWT", &json!({})).unwrap();
        let anonymous = |key: &SigningKey| published(key, json!({ "kid": null }));
        assert_eq!(verified(&set(&[anonymous(&one)]), &named), None);
        assert_eq!(verified(&set(&[anonymous(&one), anonymous(&two)]), &named), Some(Wrong::AmbiguousKey(PART)));
        assert!(matches!(verified(&set(&[anonymous(&other)]), &named), Some(Wrong::UnknownKey(..))));
    }

    #[rstest]
    #[case(json!({ "alg": "none" }), Wrong::Algorithm(PART))]
    #[case(json!({ "alg": "HS256" }), Wrong::Algorithm(PART))]
    #[case(json!({ "alg": "RS256" }), Wrong::Algorithm(PART))]
    #[case(json!({ "alg": "ES256", "typ": "at+jwt" }), Wrong::OtherType(PART))]
    #[case(json!({ "alg": "ES256", "typ": "logout+jwt" }), Wrong::OtherType(PART))]
    #[case(json!({ "alg": "ES256", "crit": ["b64"] }), Wrong::Extension(PART))]
    #[case(json!({ "alg": "ES256", "kid": 7 }), Wrong::NotAToken(PART))]
    #[case(json!({ "alg": "EdDSA" }), Wrong::UnknownKey(PART, Said::default()))]
    fn a_header_decides_nothing(#[case] header: Value, #[case] expected: Wrong) {
        let key = key(Algorithm::Es256);
        let token = sign_with_header(&key, &header, &json!({})).unwrap();
        assert_eq!(verified(&set(&[published(&key, json!({}))]), &token), Some(expected), "{header}");
    }

    #[test]
    fn an_rsa_key_that_names_no_algorithm_signs_by_those_the_metadata_names() {
        let key = key(Algorithm::Rs256);
        let token = sign(&key, "JWT", &json!({})).unwrap();
        let keys = set(&[published(&key, json!({ "alg": null }))]);
        let by = |algorithms: &[Algorithm]| keys.verify(PART, &token, &Rule { types: &["jwt"], algorithms }).err();
        assert_eq!(by(&[Algorithm::Rs256]), None);
        assert_eq!(by(&[Algorithm::Ps256]), Some(Wrong::Algorithm(PART)));
    }

    #[test]
    fn a_set_that_is_none_or_gives_secrets_away_is_refused() {
        let read = |value: Value| Keys::read(value.to_string().as_bytes()).err();
        assert_eq!(read(json!({ "keys": [] })), Some(Wrong::NoKeys));
        assert_eq!(read(json!({ "keys": [{ "kty": "EC", "crv": "P-521" }] })), Some(Wrong::NoKeys));
        assert_eq!(read(json!({ "keys": [{ "kty": "oct", "k": "AA" }] })), Some(Wrong::PrivateKey));
        assert_eq!(read(json!({})), Some(Wrong::NotJson(Part::Keys)));
        assert_eq!(Keys::read(&vec![b' '; 300_000]).err(), Some(Wrong::NotJson(Part::Keys)));
    }
}
