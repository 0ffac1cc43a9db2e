//! Public keys as JSON (RFC 7517, 7518 section 6, 8037). There is no way to write a private one.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use super::{Algorithm, object};

/// A set that somebody else publishes may not be larger, in bytes. Some put chains of certificates beside their keys.
pub const MAX_SET: usize = 256 * 1024;
/// More keys than anybody rotates at once.
const MAX_KEYS: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum JwkError {
    #[error("this is no JSON Web Key, or none of a kind that is known here")]
    Unknown,
    #[error("a key that is to be published holds its private part")]
    Private,
    #[error("the set of keys is too large, or is no set")]
    NoSet,
}

/// The public part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// Big-endian, without leading zeros.
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// A point on P-256, each coordinate 32 bytes.
    P256 {
        x: [u8; 32],
        y: [u8; 32],
    },
    Ed25519 {
        x: [u8; 32],
    },
}

/// A public key with what its owner says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jwk {
    pub key: PublicKey,
    pub kid: Option<String>,
    /// `None` only for RSA keys, which do not say by themselves whether they are RS256 or PS256.
    pub algorithm: Option<Algorithm>,
}

/// A set, in the order in which it is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JwkSet {
    pub keys: Vec<Jwk>,
}

#[derive(Serialize)]
struct Written<'a> {
    kty: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alg: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crv: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<String>,
}

#[derive(Deserialize)]
struct Read {
    kty: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    kid: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl PublicKey {
    /// The thumbprint of RFC 7638: SHA-256 over the required members in the order of their names.
    #[must_use]
    pub fn thumbprint(&self) -> [u8; 32] {
        let canonical = match self {
            PublicKey::Rsa { n, e } => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text(e), text(n)),
            PublicKey::P256 { x, y } => {
                format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, text(x), text(y))
            }
            PublicKey::Ed25519 { x } => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, text(x)),
        };
        let mut thumbprint = [0; 32];
        for (to, from) in thumbprint.iter_mut().zip(digest(&SHA256, canonical.as_bytes()).as_ref()) {
            *to = *from;
        }
        thumbprint
    }

    /// The thumbprint as text: the `kid` of our own keys, and DPoP's `jkt`.
    #[must_use]
    pub fn thumbprint_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.thumbprint())
    }

    /// The one algorithm such a key can have; `None` for RSA.
    #[must_use]
    pub fn algorithm(&self) -> Option<Algorithm> {
        match self {
            PublicKey::Rsa { .. } => None,
            PublicKey::P256 { .. } => Some(Algorithm::Es256),
            PublicKey::Ed25519 { .. } => Some(Algorithm::EdDsa),
        }
    }
}

impl Jwk {
    /// Reads a public key out of the members of a JSON object.
    ///
    /// # Errors
    /// [`JwkError::Private`] when a private part is there, [`JwkError::Unknown`] for what is not a key for signatures.
    pub fn read(members: &Map<String, Value>) -> Result<Jwk, JwkError> {
        // Whoever sends a private key has made a mistake that must not be carried further.
        if ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].iter().any(|name| members.contains_key(*name)) {
            return Err(JwkError::Private);
        }
        let read: Read = serde_json::from_value(Value::Object(members.clone())).map_err(|_| JwkError::Unknown)?;
        if read.usage.as_deref().is_some_and(|usage| usage != "sig") {
            return Err(JwkError::Unknown);
        }
        let key = match (read.kty.as_str(), read.crv.as_deref()) {
            ("RSA", None) => rsa(&read)?,
            ("EC", Some("P-256")) => PublicKey::P256 { x: coordinate(read.x)?, y: coordinate(read.y)? },
            ("OKP", Some("Ed25519")) => PublicKey::Ed25519 { x: coordinate(read.x)? },
            _ => return Err(JwkError::Unknown),
        };
        let stated = match read.alg.as_deref() {
            None => None,
            Some(name) => Some(Algorithm::of_name(name).ok_or(JwkError::Unknown)?),
        };
        let rsa = |algorithm: &Algorithm| matches!(algorithm, Algorithm::Rs256 | Algorithm::Ps256);
        let algorithm = match (key.algorithm(), stated) {
            (Some(own), None) => Some(own),
            (Some(own), Some(stated)) if own == stated => Some(own),
            (None, stated) if stated.as_ref().is_none_or(rsa) => stated,
            _ => return Err(JwkError::Unknown),
        };
        Ok(Jwk { key, kid: read.kid.filter(|kid| kid.len() <= 256), algorithm })
    }

    fn written(&self) -> Written<'_> {
        let blank = Written {
            kty: "",
            usage: "sig",
            kid: self.kid.as_deref(),
            alg: self.algorithm.map(Algorithm::name),
            crv: None,
            n: None,
            e: None,
            x: None,
            y: None,
        };
        match &self.key {
            PublicKey::Rsa { n, e } => Written { kty: "RSA", n: Some(text(n)), e: Some(text(e)), ..blank },
            PublicKey::P256 { x, y } => {
                Written { kty: "EC", crv: Some("P-256"), x: Some(text(x)), y: Some(text(y)), ..blank }
            }
            PublicKey::Ed25519 { x } => Written { kty: "OKP", crv: Some("Ed25519"), x: Some(text(x)), ..blank },
        }
    }
}

impl Serialize for Jwk {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written().serialize(serializer)
    }
}

impl JwkSet {
    /// Reads a set that somebody published. Keys of a kind that is not known here, or for encryption, are passed over, as
    /// RFC 7517 section 5 asks; a private key in it is an error.
    ///
    /// # Errors
    /// [`JwkError::NoSet`] and [`JwkError::Private`].
    pub fn read(text: &[u8]) -> Result<JwkSet, JwkError> {
        if text.len() > MAX_SET {
            return Err(JwkError::NoSet);
        }
        let members = object(text).map_err(|_| JwkError::NoSet)?;
        let Some(Value::Array(list)) = members.get("keys") else { return Err(JwkError::NoSet) };
        if list.len() > MAX_KEYS {
            return Err(JwkError::NoSet);
        }
        let mut keys = Vec::new();
        for item in list {
            let Value::Object(members) = item else { return Err(JwkError::NoSet) };
            match Jwk::read(members) {
                Ok(key) => keys.push(key),
                Err(JwkError::Unknown) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(JwkSet { keys })
    }
}

impl Serialize for JwkSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Set<'a> {
            keys: &'a [Jwk],
        }
        Set { keys: &self.keys }.serialize(serializer)
    }
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn bytes(text: Option<&String>) -> Result<Vec<u8>, JwkError> {
    let text = text.filter(|text| text.len() <= 2048).ok_or(JwkError::Unknown)?;
    BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| JwkError::Unknown)
}

fn rsa(read: &Read) -> Result<PublicKey, JwkError> {
    let (n, e) = (bytes(read.n.as_ref())?, bytes(read.e.as_ref())?);
    let leads = |number: &[u8]| number.first().is_some_and(|first| *first != 0);
    // 2,048 bits are the least anybody should still have (ASVS 11.2.3); 8,192 the most that is worth the time.
    if !leads(&n) || !leads(&e) || e.len() > 8 || !(256..=1024).contains(&n.len()) {
        return Err(JwkError::Unknown);
    }
    Ok(PublicKey::Rsa { n, e })
}

fn coordinate(text: Option<String>) -> Result<[u8; 32], JwkError> {
    bytes(text.as_ref())?.try_into().map_err(|_| JwkError::Unknown)
}
