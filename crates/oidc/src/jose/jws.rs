//! Signed tokens: three parts, two dots.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use thiserror::Error;

use super::{Algorithm, BadKey, Jwk, SigningKey, VerifyingKey, object};

/// Longer tokens are refused before anything is decoded.
pub const MAX_TOKEN: usize = 16 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadToken {
    #[error("this is no signed token, or it is too long")]
    Shape,
    #[error("the token is signed in a way that is not accepted here")]
    Algorithm,
    #[error("the token's header asks for an extension that is not known here")]
    Critical,
    #[error("the token's signature is wrong, or was made with another key")]
    Signature,
    #[error("what the token says is not what such a token says")]
    Claims,
}

/// Signs `claims` as a token of type `typ` (`JWT`, `logout+jwt`, `at+jwt`, `dpop+jwt`).
///
/// # Errors
/// When the claims are no JSON, or the library fails.
pub fn sign(key: &SigningKey, typ: &str, claims: &impl Serialize) -> Result<String, BadKey> {
    sign_with_header(key, &header(key, typ), claims)
}

/// The same with a header of one's own, as a DPoP proof has one.
///
/// # Errors
/// As [`sign`].
pub fn sign_with_header(key: &SigningKey, header: &Value, claims: &impl Serialize) -> Result<String, BadKey> {
    let header = serde_json::to_vec(header).map_err(|_| BadKey)?;
    let claims = serde_json::to_vec(claims).map_err(|_| BadKey)?;
    let mut token = String::with_capacity((header.len() + claims.len()) * 4 / 3 + 600);
    BASE64URL_NOPAD.encode_append(&header, &mut token);
    token.push('.');
    BASE64URL_NOPAD.encode_append(&claims, &mut token);
    let signature = key.sign(token.as_bytes())?;
    token.push('.');
    BASE64URL_NOPAD.encode_append(&signature, &mut token);
    Ok(token)
}

fn header(key: &SigningKey, typ: &str) -> Value {
    serde_json::json!({ "alg": key.algorithm().name(), "kid": key.kid(), "typ": typ })
}

/// What a header says, as far as it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub algorithm: Algorithm,
    pub kid: Option<String>,
    /// In lower case and without `application/`: media types are compared so (RFC 7515 section 4.1.9).
    pub typ: Option<String>,
    /// The key a DPoP proof brings along. Never a reason to trust anything.
    pub jwk: Option<Map<String, Value>>,
}

/// A token that is well formed. What it says is not to be believed before [`Unverified::verify`].
#[derive(Clone, Debug)]
pub struct Unverified<'a> {
    pub header: Header,
    signed: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// The claims of a token whose signature was right.
#[derive(Clone, Debug)]
pub struct Verified {
    pub header: Header,
    claims: Map<String, Value>,
}

impl<'a> Unverified<'a> {
    /// # Errors
    /// [`BadToken`] when it is not a token at all, or of an algorithm that nobody here would verify.
    pub fn parse(token: &'a str) -> Result<Unverified<'a>, BadToken> {
        if token.len() > MAX_TOKEN {
            return Err(BadToken::Shape);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(BadToken::Shape)?;
        let (header, payload) = signed.split_once('.').ok_or(BadToken::Shape)?;
        let members = object(&decoded(header)?).map_err(|_| BadToken::Shape)?;
        Ok(Unverified {
            header: Header::read(members)?,
            signed,
            payload: decoded(payload)?,
            signature: decoded(signature)?,
        })
    }

    /// # Errors
    /// [`BadToken::Algorithm`] when the token says another algorithm than the key's, [`BadToken::Signature`] when it is not
    /// the key's signature, [`BadToken::Claims`] when what was signed is no JSON object.
    pub fn verify(self, key: &VerifyingKey) -> Result<Verified, BadToken> {
        if self.header.algorithm != key.algorithm() {
            return Err(BadToken::Algorithm);
        }
        if !key.verify(self.signed.as_bytes(), &self.signature) {
            return Err(BadToken::Signature);
        }
        let claims = object(&self.payload).map_err(|_| BadToken::Claims)?;
        Ok(Verified { header: self.header, claims })
    }

    /// Tries the keys that fit: those with the token's `kid` if it names one, else all of its algorithm.
    ///
    /// # Errors
    /// As [`Unverified::verify`]; [`BadToken::Signature`] when no key fits.
    pub fn verify_any<'k>(self, keys: impl IntoIterator<Item = &'k VerifyingKey>) -> Result<Verified, BadToken> {
        let kid = self.header.kid.clone();
        let fits = |key: &&VerifyingKey| {
            key.algorithm() == self.header.algorithm
                && (kid.is_none() || key.kid().is_none() || key.kid() == kid.as_deref())
        };
        for key in keys.into_iter().filter(fits) {
            match self.clone().verify(key) {
                Err(BadToken::Signature) => {}
                answer => return answer,
            }
        }
        Err(BadToken::Signature)
    }

    /// What is claimed, before anybody has looked at the signature: only to find out whose keys to verify with.
    ///
    /// # Errors
    /// [`BadToken::Claims`].
    pub fn claimed<T: DeserializeOwned>(&self) -> Result<T, BadToken> {
        let members = object(&self.payload).map_err(|_| BadToken::Claims)?;
        serde_json::from_value(Value::Object(members)).map_err(|_| BadToken::Claims)
    }
}

impl Verified {
    /// # Errors
    /// [`BadToken::Claims`] when a claim is missing or of another type.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, BadToken> {
        serde_json::from_value(Value::Object(self.claims.clone())).map_err(|_| BadToken::Claims)
    }

    #[must_use]
    pub fn members(&self) -> &Map<String, Value> {
        &self.claims
    }

    #[must_use]
    pub fn into_members(self) -> Map<String, Value> {
        self.claims
    }
}

impl Header {
    fn read(mut members: Map<String, Value>) -> Result<Header, BadToken> {
        // RFC 7515 section 4.1.11: whoever does not know an extension that must be understood refuses the token.
        if members.contains_key("crit") {
            return Err(BadToken::Critical);
        }
        let text = |name: &str| match members.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(BadToken::Shape),
        };
        let algorithm = text("alg")?.as_deref().and_then(Algorithm::of_name).ok_or(BadToken::Algorithm)?;
        let typ = text("typ")?.map(|typ| {
            let typ = typ.to_ascii_lowercase();
            typ.strip_prefix("application/").map(str::to_owned).unwrap_or(typ)
        });
        let kid = text("kid")?;
        let jwk = match members.remove("jwk") {
            None => None,
            Some(Value::Object(jwk)) => Some(jwk),
            Some(_) => return Err(BadToken::Shape),
        };
        Ok(Header { algorithm, kid, typ, jwk })
    }

    /// The key the header brings along.
    ///
    /// # Errors
    /// [`BadToken::Shape`] when there is none, or it is not a public key.
    pub fn own_key(&self) -> Result<Jwk, BadToken> {
        let members = self.jwk.as_ref().ok_or(BadToken::Shape)?;
        Jwk::read(members).map_err(|_| BadToken::Shape)
    }
}

fn decoded(part: &str) -> Result<Vec<u8>, BadToken> {
    BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| BadToken::Shape)
}
