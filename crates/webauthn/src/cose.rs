//! Public keys as authenticators write them (RFC 9052, RFC 9053), and signatures by them.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
};

use crate::Wrong;
use crate::cbor::Reader;

/// What is asked for, by the numbers of the COSE registry, dearest first: EdDSA, ES256, RS256.
pub const ALGORITHMS: [i64; 3] = [ED_DSA, ES256, RS256];

const ES256: i64 = -7;
const ED_DSA: i64 = -8;
const RS256: i64 = -257;

/// A key may not be longer, in bytes: RSA keys of 8,192 bits are the longest.
const MOST: usize = 1200;

// Labels: of every key, then of each kind.
const KIND: i64 = 1;
const ALGORITHM: i64 = 3;
const FIRST: i64 = -1;
const SECOND: i64 = -2;
const THIRD: i64 = -3;

// Kinds and curves.
const OKP: i64 = 1;
const EC2: i64 = 2;
const RSA: i64 = 3;
const P256: i64 = 1;
const CURVE_ED25519: i64 = 6;

/// A credential's public key. It is kept as the authenticator wrote it.
#[derive(Clone, Debug)]
pub struct PublicKey {
    written: Vec<u8>,
    parsed: ParsedPublicKey,
}

/// What stands under a label.
enum Part<'a> {
    Integer(i64),
    Bytes(&'a [u8]),
}

#[derive(Default)]
struct Parts<'a> {
    kind: Option<i64>,
    algorithm: Option<i64>,
    first: Option<Part<'a>>,
    second: Option<&'a [u8]>,
    third: Option<&'a [u8]>,
}

impl PublicKey {
    /// Reads a key that stands alone.
    ///
    /// # Errors
    /// [`Wrong::Key`] when it is damaged, weak, or of a kind that was not asked for.
    pub fn read(bytes: &[u8]) -> Result<PublicKey, Wrong> {
        let mut reader = Reader::new(bytes);
        let key = PublicKey::read_from(&mut reader)?;
        if reader.rest().is_empty() { Ok(key) } else { Err(Wrong::Key) }
    }

    /// Reads a key, and leaves what stands behind it.
    pub(crate) fn read_from(reader: &mut Reader<'_>) -> Result<PublicKey, Wrong> {
        let before = reader.rest();
        let parsed = parts(reader).and_then(|parts| parts.parse()).ok_or(Wrong::Key)?;
        let length = before.len().saturating_sub(reader.rest().len());
        let written = before.get(..length).filter(|written| written.len() <= MOST).ok_or(Wrong::Key)?;
        Ok(PublicKey { written: written.to_vec(), parsed })
    }

    /// As the authenticator wrote it, to be kept.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.written
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Wrong> {
        self.parsed.verify_sig(message, signature).map_err(|_| Wrong::Signature)
    }
}

/// The parts of a key. The order of labels is the canonical one, which is also what keeps any of them from standing there twice.
fn parts<'a>(reader: &mut Reader<'a>) -> Option<Parts<'a>> {
    let mut parts = Parts::default();
    let mut before = None;
    for _ in 0..reader.map()? {
        let label = reader.integer()?;
        let rank = rank(label);
        if before.is_some_and(|before| rank <= before) {
            return None;
        }
        before = Some(rank);
        match label {
            KIND => parts.kind = Some(reader.integer()?),
            ALGORITHM => parts.algorithm = Some(reader.integer()?),
            // A curve, or the modulus of an RSA key.
            FIRST if parts.kind == Some(RSA) => parts.first = Some(Part::Bytes(reader.bytes()?)),
            FIRST => parts.first = Some(Part::Integer(reader.integer()?)),
            SECOND => parts.second = Some(reader.bytes()?),
            THIRD => parts.third = Some(reader.bytes()?),
            // Whatever else is said of a key here (a private part among it) was not asked for.
            _ => return None,
        }
    }
    Some(parts)
}

/// Where a label comes in canonical order: positive numbers before negative ones, small before large.
fn rank(label: i64) -> (bool, u64) {
    (label < 0, label.unsigned_abs())
}

impl Parts<'_> {
    fn parse(self) -> Option<ParsedPublicKey> {
        match (self.kind?, self.algorithm?, self.first?, self.second?, self.third) {
            (EC2, ES256, Part::Integer(P256), x, Some(y)) if x.len() == 32 && y.len() == 32 => {
                ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, [&[4], x, y].concat()).ok()
            }
            (OKP, ED_DSA, Part::Integer(CURVE_ED25519), x, None) if x.len() == 32 => {
                ParsedPublicKey::new(&ED25519, x).ok()
            }
            (RSA, RS256, Part::Bytes(n), e, None) if leads(n) && leads(e) && e.len() <= 8 => {
                RsaPublicKeyComponents { n, e }.to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256).ok()
            }
            _ => None,
        }
    }
}

fn leads(number: &[u8]) -> bool {
    number.first().is_some_and(|first| *first != 0)
}
