use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Map, Value, json};

use super::*;

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => panic!("an object was expected"),
    }
}

fn jwk(value: Value) -> Jwk {
    Jwk::read(&members(value)).unwrap()
}

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::from_pkcs8(algorithm, &SigningKey::generate(algorithm).unwrap()).unwrap()
}

fn verifier(key: &SigningKey) -> VerifyingKey {
    VerifyingKey::new(&key.jwk(), None).unwrap()
}

/// RFC 7515 appendices A.2 and A.3, RFC 8037 appendix A.4.
fn rsa_of_rfc_7515() -> Jwk {
    jwk(
        json!({ "kty": "RSA", "e": "AQAB", "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ" }),
    )
}

fn ec_of_rfc_7515() -> Jwk {
    jwk(
        json!({ "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }),
    )
}

fn ed_of_rfc_8037() -> Jwk {
    jwk(json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }))
}

const PAYLOAD_OF_RFC_7515: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const RS256_OF_RFC_7515: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const ES256_OF_RFC_7515: &str =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

#[rstest]
#[case(rsa_of_rfc_7515(), Algorithm::Rs256, "eyJhbGciOiJSUzI1NiJ9", RS256_OF_RFC_7515)]
#[case(ec_of_rfc_7515(), Algorithm::Es256, "eyJhbGciOiJFUzI1NiJ9", ES256_OF_RFC_7515)]
fn the_tokens_of_rfc_7515_are_verified(
    #[case] jwk: Jwk,
    #[case] algorithm: Algorithm,
    #[case] header: &str,
    #[case] signature: &str,
) {
    let key = VerifyingKey::new(&jwk, Some(algorithm)).unwrap();
    let token = format!("{header}.{PAYLOAD_OF_RFC_7515}.{signature}");
    let verified = Unverified::parse(&token).unwrap().verify(&key).unwrap();
    assert_eq!(verified.members()["iss"], "joe");
}

#[test]
fn the_token_of_rfc_8037_has_the_right_signature_and_says_no_claims() {
    let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    let key = VerifyingKey::new(&ed_of_rfc_8037(), None).unwrap();
    assert_eq!(Unverified::parse(token).unwrap().verify(&key).unwrap_err(), BadToken::Claims);
}

#[test]
fn thumbprints_are_those_of_rfc_7638_and_rfc_8037() {
    let rsa = jwk(
        json!({ "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw" }),
    );
    assert_eq!(rsa.key.thumbprint_text(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_eq!(ed_of_rfc_8037().key.thumbprint_text(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[rstest]
#[case(Algorithm::Rs256)]
#[case(Algorithm::Ps256)]
#[case(Algorithm::Es256)]
#[case(Algorithm::EdDsa)]
fn what_a_key_signs_its_published_half_verifies(#[case] algorithm: Algorithm) {
    let key = key(algorithm);
    let token = sign(&key, "JWT", &json!({ "sub": "omar" })).unwrap();
    // Through the published text, as another program would read it.
    let set = serde_json::to_vec(&JwkSet { keys: vec![key.jwk()] }).unwrap();
    let read = JwkSet::read(&set).unwrap();
    assert_eq!(read.keys, [key.jwk()]);
    let verifier = VerifyingKey::new(&read.keys[0], None).unwrap();
    let verified = Unverified::parse(&token).unwrap().verify_any([&verifier]).unwrap();
    assert_eq!(verified.members()["sub"], "omar");
    assert_eq!(verified.header.kid.as_deref(), Some(key.kid()));
    assert_eq!(key.kid(), key.jwk().key.thumbprint_text());
    let other = verifier_of_another(algorithm);
    assert_eq!(Unverified::parse(&token).unwrap().verify(&other).unwrap_err(), BadToken::Signature);
}

fn verifier_of_another(algorithm: Algorithm) -> VerifyingKey {
    match algorithm {
        Algorithm::Rs256 | Algorithm::Ps256 => VerifyingKey::new(&rsa_of_rfc_7515(), Some(algorithm)).unwrap(),
        _ => verifier(&key(algorithm)),
    }
}

#[test]
fn a_published_key_has_no_private_part_and_a_private_key_is_not_taken_for_one() {
    for algorithm in Algorithm::ALL {
        let text = serde_json::to_value(key(algorithm).jwk()).unwrap();
        for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert!(text.get(private).is_none(), "{algorithm:?} {private}");
            let mut with = members(text.clone());
            with.insert(private.into(), json!("AA"));
            assert_eq!(Jwk::read(&with), Err(JwkError::Private));
        }
        assert_eq!(text["use"], "sig");
        assert_eq!(text["alg"], algorithm.name());
    }
}

#[test]
fn ed25519_goes_by_its_new_name_too() {
    let key = key(Algorithm::EdDsa);
    let token = sign_with_header(&key, &json!({ "alg": "Ed25519" }), &json!({ "sub": "omar" })).unwrap();
    assert!(Unverified::parse(&token).unwrap().verify(&verifier(&key)).is_ok());
    let mut published = members(serde_json::to_value(key.jwk()).unwrap());
    published.insert("alg".into(), json!("Ed25519"));
    assert_eq!(Jwk::read(&published).unwrap(), key.jwk());
    assert!(Algorithm::NAMES.iter().all(|name| Algorithm::of_name(name).is_some()));
}

#[test]
fn the_algorithm_is_the_keys_and_never_the_headers() {
    let rsa = key(Algorithm::Rs256);
    let as_pss = json!({ "alg": "PS256", "kid": rsa.kid() });
    let token = sign_with_header(&rsa, &as_pss, &json!({})).unwrap();
    assert_eq!(Unverified::parse(&token).unwrap().verify(&verifier(&rsa)).unwrap_err(), BadToken::Algorithm);
    for unsigned in [json!({ "alg": "none" }), json!({ "alg": "HS256" }), json!({ "alg": "es256" }), json!({})] {
        let token = sign_with_header(&rsa, &unsigned, &json!({})).unwrap();
        assert_eq!(Unverified::parse(&token).unwrap_err(), BadToken::Algorithm, "{unsigned}");
    }
    assert!(VerifyingKey::new(&ec_of_rfc_7515(), Some(Algorithm::Rs256)).is_err());
    assert!(VerifyingKey::new(&rsa_of_rfc_7515(), Some(Algorithm::EdDsa)).is_err());
    // An RSA key that names no algorithm is nobody's to guess.
    assert!(VerifyingKey::new(&rsa_of_rfc_7515(), None).is_err());
}

#[test]
fn an_extension_that_must_be_understood_is_refused() {
    let key = key(Algorithm::Es256);
    let header = json!({ "alg": "ES256", "crit": ["b64"], "b64": false });
    let token = sign_with_header(&key, &header, &json!({})).unwrap();
    assert_eq!(Unverified::parse(&token).unwrap_err(), BadToken::Critical);
}

#[rstest]
#[case("")]
#[case("a.b")]
#[case("a.b.c.d")]
#[case("e30.e30.")]
#[case("eyJhbGciOiJFUzI1NiJ9.e30.AA==")]
#[case("eyJhbGciOiJFUzI1NiJ9.e30.A")]
#[case("eyJhbGciOiJFUzI1NiJ9 .e30.AA")]
#[case("eyJhbGciOiJFUzI1NiJ8.e30.AA")]
fn what_is_no_token_is_refused(#[case] text: &str) {
    assert!(Unverified::parse(text).is_err(), "{text}");
}

#[test]
fn a_token_that_is_too_long_is_not_looked_at() {
    let long = "a".repeat(MAX_TOKEN + 1);
    assert_eq!(Unverified::parse(&long).unwrap_err(), BadToken::Shape);
}

#[test]
fn a_member_that_stands_twice_is_refused_at_any_depth() {
    assert!(object(br#"{"a":1,"b":{"c":[{"d":1,"e":2}]}}"#).is_ok());
    assert_eq!(object(br#"{"a":1,"a":1}"#), Err(NotStrict));
    assert_eq!(object(br#"{"a":1,"b":{"c":[{"d":1,"d":2}]}}"#), Err(NotStrict));
    assert_eq!(object(br#"{"a":1,"\u0061":1}"#), Err(NotStrict));
    assert_eq!(object(b"{} {}"), Err(NotStrict));
    assert_eq!(object(b"[]"), Err(NotStrict));
    assert_eq!(object("[".repeat(100_000).as_bytes()), Err(NotStrict));
    let twice = format!("{}.e30.AA", BASE64URL_NOPAD.encode(br#"{"alg":"ES256","alg":"ES256"}"#));
    assert_eq!(Unverified::parse(&twice).unwrap_err(), BadToken::Shape);
}

#[test]
fn a_set_passes_over_what_it_does_not_know_and_refuses_what_is_dangerous() {
    let known = serde_json::to_value(ec_of_rfc_7515()).unwrap();
    let set = |keys: Value| JwkSet::read(json!({ "keys": keys }).to_string().as_bytes());
    let unknown = json!({ "kty": "EC", "crv": "P-521", "x": "AA", "y": "AA" });
    let for_encryption = json!({ "kty": "OKP", "crv": "Ed25519", "use": "enc", "x": "AA" });
    let small = json!({ "kty": "RSA", "e": "AQAB", "n": BASE64URL_NOPAD.encode(&[0xff; 128]) });
    assert_eq!(set(json!([unknown, for_encryption, small, known])).unwrap().keys, [ec_of_rfc_7515()]);
    assert_eq!(set(json!([{ "kty": "oct", "k": "AA" }])), Err(JwkError::Private));
    assert_eq!(set(json!(vec![known; 51])), Err(JwkError::NoSet));
    assert_eq!(JwkSet::read(&[b' '; jwk::MAX_SET + 1]), Err(JwkError::NoSet));
    assert_eq!(JwkSet::read(b"{}"), Err(JwkError::NoSet));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_changed_character_survives(at in 0_usize..200, to in "[A-Za-z0-9_-]") {
        let key = key(Algorithm::Es256);
        let token = sign(&key, "JWT", &json!({ "sub": "omar", "exp": 1 })).unwrap();
        let at = at % token.len();
        let mut changed = token.clone();
        changed.replace_range(at..=at, &to);
        let accepted = Unverified::parse(&changed).and_then(|token| token.verify(&verifier(&key))).is_ok();
        prop_assert_eq!(accepted, changed == token);
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        let _ = Unverified::parse(&text);
        let _ = JwkSet::read(text.as_bytes());
        let _ = object(text.as_bytes());
    }
}
