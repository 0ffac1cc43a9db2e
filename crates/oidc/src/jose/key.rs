//! Keys, parsed once.

use std::fmt;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaKeyPair, RsaPublicKeyComponents,
};
use thiserror::Error;
use zeroize::Zeroizing;

use super::{Algorithm, Jwk, PublicKey};

/// A private key as PKCS#8, to be sealed before it rests anywhere.
pub type Pkcs8 = Zeroizing<Vec<u8>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the key is damaged, or is not one for this algorithm")]
pub struct BadKey;

/// A private key with its algorithm. It signs; it cannot be read back.
pub struct SigningKey {
    algorithm: Algorithm,
    kid: String,
    pair: Pair,
    public: PublicKey,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl SigningKey {
    /// A new key. RSA keys have 3,072 bits (128 bits of strength), which takes some tenths of a second to find.
    ///
    /// # Errors
    /// When the library has no randomness.
    pub fn generate(algorithm: Algorithm) -> Result<Pkcs8, BadKey> {
        let bytes = match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => {
                let pair = RsaKeyPair::generate(KeySize::Rsa3072).map_err(|_| BadKey)?;
                let der = pair.as_der().map_err(|_| BadKey)?;
                der.as_ref().to_vec()
            }
            Algorithm::Es256 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| BadKey)?;
                pair.to_pkcs8v1().map_err(|_| BadKey)?.as_ref().to_vec()
            }
            Algorithm::EdDsa => {
                let pair = Ed25519KeyPair::generate().map_err(|_| BadKey)?;
                pair.to_pkcs8().map_err(|_| BadKey)?.as_ref().to_vec()
            }
        };
        Ok(Zeroizing::new(bytes))
    }

    /// # Errors
    /// When this is no private key for the algorithm.
    pub fn from_pkcs8(algorithm: Algorithm, pkcs8: &[u8]) -> Result<SigningKey, BadKey> {
        let (pair, public) = match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => {
                let pair = RsaKeyPair::from_pkcs8(pkcs8).map_err(|_| BadKey)?;
                let public = numbers(pair.public_key().as_ref()).ok_or(BadKey)?;
                (Pair::Rsa(Box::new(pair)), public)
            }
            Algorithm::Es256 => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).map_err(|_| BadKey)?;
                let public = point(pair.public_key().as_ref())?;
                (Pair::P256(pair), public)
            }
            Algorithm::EdDsa => {
                let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(|_| BadKey)?;
                let x = pair.public_key().as_ref().try_into().map_err(|_| BadKey)?;
                (Pair::Ed25519(pair), PublicKey::Ed25519 { x })
            }
        };
        Ok(SigningKey { algorithm, kid: public.thumbprint_text(), pair, public })
    }

    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The thumbprint of the public key (RFC 7638): the same wherever and whenever it is computed.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// What is published of it.
    #[must_use]
    pub fn jwk(&self) -> Jwk {
        Jwk { key: self.public.clone(), kid: Some(self.kid.clone()), algorithm: Some(self.algorithm) }
    }

    /// The signature over `message`, as JWS wants it: for ES256 the two numbers side by side, never DER.
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, BadKey> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let padding: &'static dyn signature::RsaEncoding = match self.algorithm {
                    Algorithm::Ps256 => &signature::RSA_PSS_SHA256,
                    _ => &signature::RSA_PKCS1_SHA256,
                };
                let mut bytes = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &random, message, &mut bytes).map_err(|_| BadKey)?;
                Ok(bytes)
            }
            Pair::P256(pair) => {
                pair.sign(&random, message).map(|signature| signature.as_ref().to_vec()).map_err(|_| BadKey)
            }
            Pair::Ed25519(pair) => {
                pair.try_sign(message).map(|signature| signature.as_ref().to_vec()).map_err(|_| BadKey)
            }
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({} {})", self.algorithm.name(), self.kid)
    }
}

/// A public key with its algorithm, ready to verify.
#[derive(Clone, Debug)]
pub struct VerifyingKey {
    algorithm: Algorithm,
    kid: Option<String>,
    parsed: ParsedPublicKey,
}

impl VerifyingKey {
    /// A key for one algorithm: the key's own, or for an RSA key that names none, `registered`.
    ///
    /// # Errors
    /// When the algorithm is not the key's, or the numbers make no key.
    pub fn new(jwk: &Jwk, registered: Option<Algorithm>) -> Result<VerifyingKey, BadKey> {
        let algorithm = match (jwk.algorithm, registered) {
            (Some(own), None) => own,
            (Some(own), Some(registered)) if own == registered => own,
            (None, Some(registered)) => registered,
            _ => return Err(BadKey),
        };
        let parsed = match (&jwk.key, algorithm) {
            (PublicKey::Rsa { n, e }, Algorithm::Rs256) => {
                RsaPublicKeyComponents { n, e }.to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
            }
            (PublicKey::Rsa { n, e }, Algorithm::Ps256) => {
                RsaPublicKeyComponents { n, e }.to_parsed_public_key(&RSA_PSS_2048_8192_SHA256)
            }
            (PublicKey::P256 { x, y }, Algorithm::Es256) => {
                ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, [&[4], x.as_slice(), y.as_slice()].concat())
            }
            (PublicKey::Ed25519 { x }, Algorithm::EdDsa) => ParsedPublicKey::new(&ED25519, x),
            _ => return Err(BadKey),
        };
        Ok(VerifyingKey { algorithm, kid: jwk.kid.clone(), parsed: parsed.map_err(|_| BadKey)? })
    }

    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.parsed.verify_sig(message, signature).is_ok()
    }
}

/// An uncompressed point (SEC 1 section 2.3.3): 4, then both coordinates.
fn point(bytes: &[u8]) -> Result<PublicKey, BadKey> {
    let both = bytes.strip_prefix(&[4]).ok_or(BadKey)?;
    let (x, y) = both.split_first_chunk::<32>().ok_or(BadKey)?;
    Ok(PublicKey::P256 { x: *x, y: y.try_into().map_err(|_| BadKey)? })
}

/// The two numbers of an `RSAPublicKey` (RFC 8017 appendix A.1.1), in DER as the library writes it.
fn numbers(der: &[u8]) -> Option<PublicKey> {
    let (sequence, rest) = element(0x30, der)?;
    let (n, both) = element(0x02, sequence)?;
    let (e, behind) = element(0x02, both)?;
    let plain = |number: &[u8]| number.strip_prefix(&[0]).unwrap_or(number).to_vec();
    (rest.is_empty() && behind.is_empty()).then(|| PublicKey::Rsa { n: plain(n), e: plain(e) })
}

/// The content of the first element, which must have this tag, and what follows it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = der.strip_prefix(&[tag])?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short if short < 0x80 => (usize::from(short), rest),
        0x81 => rest.split_first().map(|(one, rest)| (usize::from(*one), rest))?,
        0x82 => rest.split_first_chunk::<2>().map(|(two, rest)| (usize::from(u16::from_be_bytes(*two)), rest))?,
        _ => return None,
    };
    rest.split_at_checked(length)
}
