//! Everything that depends on the master key, which never is in the database.
//!
//! - One subkey per use, by HKDF-SHA256 (RFC 5869): what leaks of one use says nothing about another.
//! - A sealed value is AES-256-GCM over `key id ‖ nonce ‖ ciphertext ‖ tag`, bound to the place it was sealed for: its AAD
//!   is `table:column:row`, so a value copied into somebody else's row does not open.
//! - A MAC names its purpose for the same reason.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use data_encoding::HEXLOWER_PERMISSIVE;
use thiserror::Error;
use zeroize::Zeroizing;

use super::entropy::Entropy;

/// Length of the master key and of every key derived from it.
pub const KEY_LEN: usize = 32;
/// Names the key a value was sealed with, so that a later key can stand beside it.
const KEY_ID: u8 = 1;
const SALT_LEN: usize = 24;
const SALT: &[u8] = b"portico master key 1";

#[derive(Debug, Error)]
pub enum SealError {
    #[error("the sealed value is damaged, or was sealed with another key or for another place")]
    Damaged,
    #[error("the value was sealed with key {0}, which this deployment does not have")]
    UnknownKey(u8),
}

#[derive(Debug, Error)]
#[error("the master key must be 64 hexadecimal digits; make one with `openssl rand -hex 32`")]
pub struct BadMasterKey;

/// The keys of this deployment. Clones share them.
#[derive(Clone)]
pub struct Keys {
    ring: Arc<Ring>,
    entropy: Entropy,
}

struct Ring {
    root: Prk,
    sealing: LessSafeKey,
}

impl Keys {
    pub fn new(master: &[u8; KEY_LEN], entropy: Entropy) -> Keys {
        let root = Salt::new(HKDF_SHA256, SALT).extract(master);
        let sealing = subkey(&root, &[b"seal"]);
        let sealing = UnboundKey::new(&AES_256_GCM, sealing.as_slice()).unwrap_or_else(stop);
        let sealing = LessSafeKey::new(sealing);
        Keys { ring: Arc::new(Ring { root, sealing }), entropy }
    }

    /// Seals `plain` for the place `aad` (`table:column:row`).
    pub fn seal(&self, aad: &str, plain: &[u8]) -> Vec<u8> {
        // Random nonces are safe for 2^32 values under one key; this is used for rows, not for traffic.
        let nonce: [u8; NONCE_LEN] = self.entropy.bytes();
        let mut body = plain.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        let aad = Aad::from(aad.as_bytes());
        self.ring.sealing.seal_in_place_append_tag(unique, aad, &mut body).unwrap_or_else(stop);
        [&[KEY_ID], nonce.as_slice(), &body].concat()
    }

    /// Opens what [`Keys::seal`] sealed for the same place.
    ///
    /// # Errors
    /// When a bit is wrong, the place is another, or the key is one this deployment does not have.
    pub fn open(&self, aad: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (key, rest) = sealed.split_first().ok_or(SealError::Damaged)?;
        if *key != KEY_ID {
            return Err(SealError::UnknownKey(*key));
        }
        let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Damaged)?;
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let mut body = body.to_vec();
        let opened = self.ring.sealing.open_in_place(nonce, Aad::from(aad.as_bytes()), &mut body);
        opened.map(|plain| plain.to_vec()).map_err(|_| SealError::Damaged)
    }

    /// Seals what travels through somebody else's hands and comes back soon, however many of these there are: each under a
    /// key of its own, derived from the 192 random bits in front of it, so that no nonce has to be unique.
    pub fn seal_passing(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let salt: [u8; SALT_LEN] = self.entropy.bytes();
        let mut body = plain.to_vec();
        let nonce = Nonce::assume_unique_for_key([0; NONCE_LEN]);
        self.passing_key(purpose, &salt).seal_in_place_append_tag(nonce, Aad::empty(), &mut body).unwrap_or_else(stop);
        [salt.as_slice(), &body].concat()
    }

    /// Opens what [`Keys::seal_passing`] sealed for the same purpose; `None` for anything else.
    pub fn open_passing(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (salt, body) = sealed.split_first_chunk::<SALT_LEN>()?;
        let mut body = body.to_vec();
        let nonce = Nonce::assume_unique_for_key([0; NONCE_LEN]);
        let opened = self.passing_key(purpose, salt).open_in_place(nonce, Aad::empty(), &mut body);
        opened.map(|plain| plain.to_vec()).ok()
    }

    fn passing_key(&self, purpose: &str, salt: &[u8; SALT_LEN]) -> LessSafeKey {
        let key = subkey(&self.ring.root, &[b"passing:", purpose.as_bytes(), b":", salt]);
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_slice()).unwrap_or_else(stop))
    }

    /// HMAC-SHA256 of `message` with the subkey of `purpose`.
    pub fn mac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let key = subkey(&self.ring.root, &[b"mac:", purpose.as_bytes()]);
        let tag = hmac::sign(&hmac::Key::new(HMAC_SHA256, key.as_slice()), message);
        tag.as_ref().try_into().unwrap_or_else(stop)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// Reads the text of a master key file: 64 hexadecimal digits and nothing but white space around them.
///
/// # Errors
/// When it is anything else; the message says how to make one.
pub fn parse_master_key(text: &str) -> Result<Zeroizing<[u8; KEY_LEN]>, BadMasterKey> {
    let bytes = Zeroizing::new(HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).map_err(|_| BadMasterKey)?);
    let mut key = Zeroizing::new([0; KEY_LEN]);
    if bytes.len() != KEY_LEN {
        return Err(BadMasterKey);
    }
    key.copy_from_slice(&bytes);
    Ok(key)
}

struct Length;

impl KeyType for Length {
    fn len(&self) -> usize {
        KEY_LEN
    }
}

fn subkey(root: &Prk, info: &[&[u8]]) -> Zeroizing<[u8; KEY_LEN]> {
    let mut key = Zeroizing::new([0; KEY_LEN]);
    let okm = root.expand(info, Length).unwrap_or_else(stop);
    okm.fill(key.as_mut_slice()).unwrap_or_else(stop);
    key
}

/// The lengths here are fixed, so these operations cannot fail. If one did, going on with a key or a tag of zeros would
/// make every link guessable: better no service than that one.
fn stop<E, T>(_: E) -> T {
    tracing::error!("the cryptographic library refused a fixed-size operation; stopping");
    std::process::abort()
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;
    use crate::platform::clock::Clock;

    fn keys(master: u8) -> Keys {
        Keys::new(&[master; KEY_LEN], Entropy::new(Clock::system()))
    }

    #[test]
    fn hkdf_gives_the_bytes_of_rfc_5869_test_case_1() {
        let salt = HEXLOWER.decode(b"000102030405060708090a0b0c").unwrap();
        let info = HEXLOWER.decode(b"f0f1f2f3f4f5f6f7f8f9").unwrap();
        let root = Salt::new(HKDF_SHA256, &salt).extract(&[0x0b; 22]);
        let key = subkey(&root, &[&info]);
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf";
        assert_eq!(HEXLOWER.encode(key.as_slice()), expected);
    }

    #[test]
    fn what_was_sealed_opens_at_its_own_place_only() {
        let keys = keys(7);
        let sealed = keys.seal("accounts:password:a", b"secret");
        assert_eq!(keys.open("accounts:password:a", &sealed).unwrap(), b"secret");
        assert!(matches!(keys.open("accounts:password:b", &sealed), Err(SealError::Damaged)));
        assert_ne!(sealed, keys.seal("accounts:password:a", b"secret"));
    }

    #[test]
    fn any_changed_bit_any_cut_and_any_other_key_is_refused() {
        let keys = keys(7);
        let sealed = keys.seal("t:c:r", b"secret");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys.open("t:c:r", &changed).is_err(), "byte {at}");
            assert!(keys.open("t:c:r", &sealed[..at]).is_err(), "cut at {at}");
        }
        assert!(self::keys(8).open("t:c:r", &sealed).is_err());
        assert!(matches!(keys.open("t:c:r", &[2, 0, 0]), Err(SealError::UnknownKey(2))));
    }

    #[test]
    fn what_travels_comes_back_for_its_purpose_only() {
        let keys = keys(7);
        let sealed = keys.seal_passing("code", b"secret");
        assert_eq!(keys.open_passing("code", &sealed).unwrap(), b"secret");
        assert_ne!(sealed, keys.seal_passing("code", b"secret"));
        assert!(keys.open_passing("other", &sealed).is_none());
        assert!(self::keys(8).open_passing("code", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys.open_passing("code", &changed).is_none(), "byte {at}");
            assert!(keys.open_passing("code", &sealed[..at]).is_none(), "cut at {at}");
        }
    }

    #[test]
    fn a_mac_depends_on_key_purpose_and_message_and_on_nothing_else() {
        let keys = keys(7);
        let mac = keys.mac("one_time", b"id");
        assert_eq!(mac, self::keys(7).mac("one_time", b"id"));
        assert_ne!(mac, self::keys(8).mac("one_time", b"id"));
        assert_ne!(mac, keys.mac("one_time", b"ie"));
        assert_ne!(mac, keys.mac("one_tim", b"eid"));
    }

    #[test]
    fn a_master_key_file_is_64_hexadecimal_digits() {
        assert_eq!(*parse_master_key(&format!("{}\n", "0A".repeat(32))).unwrap(), [10; 32]);
        for bad in ["", "0a", &"0g".repeat(32), &"0a".repeat(33)] {
            assert!(parse_master_key(bad).is_err(), "{bad}");
        }
        assert_eq!(format!("{:?}", keys(7)), "Keys(…)");
    }
}
