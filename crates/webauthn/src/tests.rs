//! The test vectors of the specification, and one thing wrong at a time.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use rstest::rstest;

use crate::{
    Answer, Authenticated, Backup, Challenge, Demand, PublicKey, Registered, Registration, RelyingParty, Wrong,
    authenticate, count_goes_on, register,
};

/// One example of the specification: a registration, and an authentication with the credential it made.
#[derive(Clone)]
struct Vector(HashMap<String, Vec<u8>>);

impl Vector {
    fn named(name: &str) -> Vector {
        let text = include_str!("vectors.txt");
        let lines = text.lines().skip_while(|line| *line != format!("[{name}]")).skip(1);
        let lines = lines.take_while(|line| !line.starts_with('['));
        let value = |line: &str| {
            let (name, hex) = line.split_once(" = ")?;
            Some((name.to_owned(), HEXLOWER.decode(hex.as_bytes()).unwrap()))
        };
        let all: HashMap<_, _> = lines.filter_map(value).collect();
        assert!(!all.is_empty(), "{name}");
        Vector(all)
    }

    fn get(&self, name: &str) -> &[u8] {
        &self.0[name]
    }

    fn change(&mut self, name: &str, change: impl Fn(&mut Vec<u8>)) {
        change(self.0.get_mut(name).unwrap());
    }

    /// Says something else in the client data.
    fn say(&mut self, name: &str, from: &str, to: &str) {
        let said = String::from_utf8(self.get(name).to_vec()).unwrap();
        assert!(said.contains(from), "{said}");
        self.0.insert(name.to_owned(), said.replacen(from, to, 1).into_bytes());
    }

    fn challenge(&self, of: &str) -> Challenge {
        self.get(&format!("{of}.challenge")).try_into().unwrap()
    }

    fn register(&self, demand: Demand) -> Result<Registered, Wrong> {
        let answer = Registration {
            client_data_json: self.get("create.clientDataJSON"),
            attestation_object: self.get("create.attestationObject"),
        };
        register(&rp(), &self.challenge("create"), demand, answer)
    }

    fn authenticate(&self, demand: Demand) -> Result<Authenticated, Wrong> {
        self.authenticate_as(&rp(), demand, &self.clone().register_anyhow())
    }

    fn authenticate_as(&self, rp: &RelyingParty, demand: Demand, key: &PublicKey) -> Result<Authenticated, Wrong> {
        let answer = Answer {
            client_data_json: self.get("get.clientDataJSON"),
            authenticator_data: self.get("get.authenticatorData"),
            signature: self.get("get.signature"),
        };
        authenticate(rp, &self.challenge("get"), demand, key, answer)
    }

    /// The key of the unchanged example.
    fn register_anyhow(&self) -> PublicKey {
        self.register(Demand::UserPresent).unwrap().key
    }
}

fn rp() -> RelyingParty {
    RelyingParty::of_origin("https://example.org").unwrap()
}

#[rstest]
#[case::es256("none-es256")]
#[case::attested_by_itself("packed-self-es256")]
#[case::long_credential_id("none-es256-long-credential-id")]
#[case::attested("packed-es256")]
#[case::rs256("packed-rs256")]
#[case::ed25519("packed-eddsa")]
#[case::tpm("tpm-es256")]
#[case::android("android-key-es256")]
#[case::apple("apple-es256")]
#[case::u2f("fido-u2f-es256")]
fn the_examples_of_the_specification_are_believed(#[case] name: &str) {
    let vector = Vector::named(name);
    let registered = vector.register(Demand::UserPresent).unwrap();
    assert_eq!(registered.credential_id, vector.get("create.credential_id"));
    let again = PublicKey::read(registered.key.as_bytes()).unwrap();
    let authenticated = vector.authenticate_as(&rp(), Demand::UserPresent, &again).unwrap();
    assert!(count_goes_on(registered.sign_count, authenticated.sign_count));
    assert_eq!(registered.backup.eligible, authenticated.backup.eligible);
}

#[rstest]
#[case::es384("packed-es384", Wrong::Key)]
#[case::ed448("packed-ed448", Wrong::Key)]
#[case::in_a_frame("none-es256-crossOrigin", Wrong::CrossOrigin)]
#[case::in_somebody_elses_page("none-es256-topOrigin", Wrong::CrossOrigin)]
fn what_was_not_asked_for_is_refused(#[case] name: &str, #[case] wrong: Wrong) {
    assert_eq!(Vector::named(name).register(Demand::UserPresent).unwrap_err(), wrong);
}

#[test]
fn verification_is_demanded_of_the_person_and_not_taken_for_granted() {
    let vector = Vector::named("none-es256");
    assert_eq!(vector.register(Demand::UserVerified).unwrap_err(), Wrong::UserVerified);
    assert_eq!(vector.authenticate(Demand::UserVerified).unwrap_err(), Wrong::UserVerified);
    let verified = Vector::named("packed-self-es256").register(Demand::UserVerified).unwrap();
    assert_eq!(verified.backup, Backup { eligible: true, state: true });
}

#[rstest]
#[case::another_ceremony("get.clientDataJSON", "webauthn.get", "webauthn.create", Wrong::Type)]
#[case::another_origin("get.clientDataJSON", "https://example.org", "https://example.net", Wrong::Origin)]
#[case::another_port("get.clientDataJSON", "https://example.org", "https://example.org:8443", Wrong::Origin)]
#[case::without_tls("get.clientDataJSON", "https://example.org", "http://example.org", Wrong::Origin)]
#[case::below_the_name("get.clientDataJSON", "https://example.org", "https://a.example.org", Wrong::Origin)]
#[case::said_twice("get.clientDataJSON", "{", "{\"origin\":\"https://example.org\",", Wrong::ClientData)]
#[case::no_json("get.clientDataJSON", "}", "", Wrong::ClientData)]
#[case::another_text("get.clientDataJSON", "\"crossOrigin\":false", "\"crossOrigin\":false ", Wrong::Signature)]
fn client_data_of_something_else_is_refused(
    #[case] name: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] wrong: Wrong,
) {
    let mut vector = Vector::named("none-es256");
    vector.say(name, from, to);
    assert_eq!(vector.authenticate(Demand::UserPresent).unwrap_err(), wrong);
}

#[rstest]
#[case::another_rp("get.authenticatorData", |bytes: &mut Vec<u8>| bytes[0] ^= 1, Wrong::RelyingParty)]
#[case::nobody_there("get.authenticatorData", |bytes: &mut Vec<u8>| bytes[32] &= !1, Wrong::UserPresent)]
#[case::backed_up_and_not("get.authenticatorData", |bytes: &mut Vec<u8>| bytes[32] = 0x11, Wrong::Backup)]
#[case::flags_set_later("get.authenticatorData", |bytes: &mut Vec<u8>| bytes[32] |= 0x04, Wrong::Signature)]
#[case::count_set_later("get.authenticatorData", |bytes: &mut Vec<u8>| bytes[36] = 1, Wrong::Signature)]
#[case::cut_off("get.authenticatorData", |bytes: &mut Vec<u8>| bytes.truncate(36), Wrong::AuthenticatorData)]
#[case::more_behind("get.authenticatorData", |bytes: &mut Vec<u8>| bytes.push(0), Wrong::AuthenticatorData)]
#[case::another_challenge("get.challenge", |bytes: &mut Vec<u8>| bytes[0] ^= 1, Wrong::Challenge)]
#[case::another_signature("get.signature", |bytes: &mut Vec<u8>| bytes[10] ^= 1, Wrong::Signature)]
#[case::no_signature("get.signature", Vec::clear, Wrong::Signature)]
fn one_bit_that_is_wrong_is_refused(#[case] name: &str, #[case] change: fn(&mut Vec<u8>), #[case] wrong: Wrong) {
    let mut vector = Vector::named("none-es256");
    vector.change(name, change);
    assert_eq!(vector.authenticate(Demand::UserPresent).unwrap_err(), wrong);
}

#[rstest]
#[case::another_challenge("create.challenge", |bytes: &mut Vec<u8>| bytes[0] ^= 1, Wrong::Challenge)]
#[case::cut_off("create.attestationObject", |bytes: &mut Vec<u8>| bytes.truncate(100), Wrong::Attestation)]
#[case::more_behind("create.attestationObject", |bytes: &mut Vec<u8>| bytes.push(0), Wrong::Attestation)]
#[case::more_announced("create.attestationObject", |bytes: &mut Vec<u8>| bytes[0] = 0xa4, Wrong::Attestation)]
#[case::no_length("create.attestationObject", |bytes: &mut Vec<u8>| bytes[0] = 0xbf, Wrong::Attestation)]
#[case::no_point_of_the_curve("create.attestationObject", |bytes: &mut Vec<u8>| *bytes.last_mut().unwrap() ^= 1, Wrong::Key)]
fn a_registration_with_something_wrong_is_refused(
    #[case] name: &str,
    #[case] change: fn(&mut Vec<u8>),
    #[case] wrong: Wrong,
) {
    let mut vector = Vector::named("none-es256");
    vector.change(name, change);
    assert_eq!(vector.register(Demand::UserPresent).unwrap_err(), wrong);
}

#[test]
fn somebody_elses_key_and_somebody_elses_house_do_not_fit() {
    let [one, other] = ["none-es256", "tpm-es256"].map(Vector::named);
    let theirs = other.register_anyhow();
    assert_eq!(one.authenticate_as(&rp(), Demand::UserPresent, &theirs), Err(Wrong::Signature));
    let house = RelyingParty::of_origin("https://login.example.org").unwrap();
    assert_eq!(one.authenticate_as(&house, Demand::UserPresent, &theirs), Err(Wrong::Origin));
}

#[test]
fn an_assertion_is_no_registration() {
    let mut vector = Vector::named("none-es256");
    let data = vector.get("get.authenticatorData").to_vec();
    // { "fmt": "none", "attStmt": {}, "authData": … } around data without a credential.
    let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58\x25".as_slice(), &data].concat();
    vector.0.insert("create.attestationObject".into(), object);
    assert_eq!(vector.register(Demand::UserPresent).unwrap_err(), Wrong::AuthenticatorData);
}

/// A COSE key of pairs that are CBOR already.
fn key(pairs: &[&[u8]]) -> Result<PublicKey, Wrong> {
    let count = u8::try_from(pairs.len()).unwrap();
    PublicKey::read(&[&[0xa0 | count], pairs.concat().as_slice()].concat())
}

#[test]
fn a_key_has_one_spelling() {
    let x = [b"\x21\x58\x20".as_slice(), &HEXLOWER.decode(X.as_bytes()).unwrap()].concat();
    let [kind, alg, curve]: [&[u8]; 3] = [b"\x01\x01", b"\x03\x27", b"\x20\x06"];
    assert!(key(&[kind, alg, curve, &x]).is_ok());
    for odd in [
        key(&[kind, curve, alg, &x]),
        key(&[kind, kind, alg, curve, &x]),
        key(&[kind, alg, curve]),
        key(&[kind, b"\x03\x26", curve, &x]),
        key(&[b"\x01\x18\x01", alg, curve, &x]),
        key(&[kind, alg, curve, &x, b"\x23\x41\x00"]),
        PublicKey::read(&[]),
    ] {
        assert_eq!(odd.unwrap_err(), Wrong::Key);
    }
}

/// The public key of RFC 8032, section 7.1, test 1.
const X: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

#[rstest]
#[case::never_counts(0, 0, true)]
#[case::counts(4, 5, true)]
#[case::begins_to_count(0, 1, true)]
#[case::stands_still(5, 5, false)]
#[case::goes_back(5, 4, false)]
#[case::stops_to_count(5, 0, false)]
fn a_count_goes_on_or_does_not(#[case] kept: u32, #[case] now: u32, #[case] goes_on: bool) {
    assert_eq!(count_goes_on(kept, now), goes_on);
}

#[rstest]
#[case("https://id.example.org", Some("id.example.org"))]
#[case("https://id.example.org:8443", Some("id.example.org"))]
#[case("http://localhost:8080", Some("localhost"))]
#[case("http://id.example.org", None)]
#[case("http://127.0.0.1:8080", None)]
#[case("https://192.0.2.1", None)]
#[case("https://[2001:db8::1]", None)]
#[case("https://", None)]
#[case("https://id.example.org/path", None)]
#[case("id.example.org", None)]
fn passkeys_are_for_houses_with_a_name(#[case] origin: &str, #[case] id: Option<&str>) {
    assert_eq!(RelyingParty::of_origin(origin).as_ref().map(RelyingParty::id), id);
}

#[test]
fn what_is_signed_is_what_the_specification_says() {
    // Made here, so that the arrangement of what is signed is written down twice.
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
    let pair = Ed25519KeyPair::generate().unwrap();
    let x = [b"\x21\x58\x20".as_slice(), pair.public_key().as_ref()].concat();
    let key = key(&[b"\x01\x01", b"\x03\x27", b"\x20\x06", &x]).unwrap();
    let challenge = [7; 32];
    let said = format!(
        r#"{{"type":"webauthn.get","challenge":"{}","origin":"https://example.org"}}"#,
        BASE64URL_NOPAD.encode(&challenge)
    );
    let rp_hash = digest(&SHA256, b"example.org");
    let data = [rp_hash.as_ref(), &[0x05], &9_u32.to_be_bytes()].concat();
    let signature = pair.sign(&[data.as_slice(), digest(&SHA256, said.as_bytes()).as_ref()].concat());
    let answer = Answer { client_data_json: said.as_bytes(), authenticator_data: &data, signature: signature.as_ref() };
    let believed = authenticate(&rp(), &challenge, Demand::UserVerified, &key, answer).unwrap();
    assert_eq!(believed, Authenticated { sign_count: 9, backup: Backup { eligible: false, state: false } });
}
