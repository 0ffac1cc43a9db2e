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
