//! JOSE, as much of it as sign-in needs: JWS compact serialization (RFC 7515), JWK (RFC 7517), thumbprints (RFC 7638).
//!
//! - Four algorithms and no `none`: RS256, PS256, ES256 (RFC 7518), EdDSA with Ed25519 (RFC 8037).
//! - A key has one algorithm, chosen when the key is made or registered. A token is verified with the key's algorithm and
//!   never with the one its header asks for, so no header can turn a public key into an HMAC secret.
//! - Keys are parsed once and kept: signing then costs what the raw signature costs.
//! - Strict base64url, JSON objects without repeated members, sizes bounded before anything is decoded.
//! - What a header offers as a key (`jwk`, `jku`, `x5c`) is never trusted; only DPoP reads `jwk`, where the key is the proof's
//!   own and is trusted with nothing but itself.

mod date;
mod jwk;
mod jws;
mod key;
mod strict;
#[cfg(test)]
mod tests;

pub use date::NumericDate;
pub use jwk::{Jwk, JwkError, JwkSet, PublicKey};
pub use jws::{BadToken, Header, MAX_TOKEN, Unverified, Verified, sign, sign_with_header};
pub use key::{BadKey, Pkcs8, SigningKey, VerifyingKey};
pub use strict::{NotStrict, object};

use serde::{Deserialize, Serialize};

/// A signature algorithm of RFC 7518 or RFC 8037, by its registered name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Algorithm {
    #[serde(rename = "RS256")]
    Rs256,
    #[serde(rename = "PS256")]
    Ps256,
    #[serde(rename = "ES256")]
    Es256,
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl Algorithm {
    pub const ALL: [Algorithm; 4] = [Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256, Algorithm::EdDsa];

    /// The registered name. Case counts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Rs256 => "RS256",
            Algorithm::Ps256 => "PS256",
            Algorithm::Es256 => "ES256",
            Algorithm::EdDsa => "EdDSA",
        }
    }

    /// All names that are understood. RFC 9864 calls EdDSA by its curve, and libraries sign under that name already; we sign
    /// under the older one, which everybody knows.
    pub const NAMES: [&str; 5] = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"];

    #[must_use]
    pub fn of_name(name: &str) -> Option<Algorithm> {
        let name = if name == "Ed25519" { "EdDSA" } else { name };
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }
}
