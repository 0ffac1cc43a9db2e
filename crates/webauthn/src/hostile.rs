//! Whatever is sent, it is read or refused, and nothing here panics.

use proptest::prelude::*;

use crate::cbor::Reader;
use crate::{Answer, Demand, PublicKey, Registration, RelyingParty, authenticate, register};

/// Bytes in which the heads of CBOR stand close together.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let head = prop_oneof![any::<u8>(), 0xa0_u8..0xa6, 0x58_u8..0x5c, Just(0x9b), Just(0xbf), Just(0xff)];
    prop::collection::vec(head, 0..200)
}

/// An attestation object around authenticator data that nobody wrote.
fn object() -> impl Strategy<Value = Vec<u8>> {
    (bytes(), any::<u8>(), bytes()).prop_map(|(id, flags, key)| {
        let length = u16::try_from(id.len()).unwrap().to_be_bytes();
        let data = [[0; 32].as_slice(), &[flags], &[0; 4], &[0; 16], &length, id.as_slice(), key.as_slice()].concat();
        let size = u16::try_from(data.len()).unwrap().to_be_bytes();
        [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".as_slice(), &size, &data].concat()
    })
}

fn rp() -> RelyingParty {
    RelyingParty::of_origin("https://example.org").unwrap()
}

fn said(kind: &str) -> Vec<u8> {
    let challenge = data_encoding::BASE64URL_NOPAD.encode(&[0; 32]);
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"https://example.org"}}"#).into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn bytes_of_a_stranger_are_read_or_refused(bytes in bytes()) {
        let _ = PublicKey::read(&bytes);
        let mut reader = Reader::new(&bytes);
        let _ = reader.skip();
        prop_assert!(reader.rest().len() <= bytes.len());
    }

    #[test]
    fn a_registration_that_nobody_made_is_refused(object in prop_oneof![object(), bytes()], json in bytes()) {
        let made = said("webauthn.create");
        for client_data_json in [json.as_slice(), made.as_slice()] {
            let answer = Registration { client_data_json, attestation_object: &object };
            prop_assert!(register(&rp(), &[0; 32], Demand::UserPresent, answer).is_err());
        }
    }

    #[test]
    fn an_answer_that_nobody_signed_is_refused(data in bytes(), signature in bytes(), json in ".{0,200}") {
        let key = PublicKey::read(&KEY).unwrap();
        let made = said("webauthn.get");
        for client_data_json in [json.as_bytes(), made.as_slice()] {
            let answer = Answer { client_data_json, authenticator_data: &data, signature: &signature };
            prop_assert!(authenticate(&rp(), &[0; 32], Demand::UserPresent, &key, answer).is_err());
        }
    }
}

/// The public key of RFC 8032, section 7.1, test 1.
const KEY: [u8; 42] = [
    0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20, 0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5,
    0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68,
    0xf7, 0x07, 0x51, 0x1a,
];
