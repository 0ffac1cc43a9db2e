//! Proofs that a caller has a key (RFC 9449).
//!
//! A proof is a token signed with the key it brings along. What it proves is possession now: of this method, this
//! address, this access token. Its `jti` is still to be used up by whoever keeps such things.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use crate::error::{ErrorCode, Refusal};
use crate::jose::{NumericDate, Unverified, VerifyingKey};

/// How old a proof may be, in seconds. For so long a `jti` has to be remembered.
pub const MAX_AGE: i64 = 60;
/// How far ahead of ours its maker's clock may be.
pub const AHEAD: i64 = 10;
const MAX_JTI: usize = 256;

const BAD_PROOF: Refusal =
    Refusal::new(ErrorCode::InvalidDpopProof, "the DPoP proof is none of this request, or not of now");

/// The request a proof has to be made for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub method: &'a str,
    /// Scheme, host and path as configured; what the proof has behind `?` or `#` does not count.
    pub url: &'a str,
    /// The access token it comes with, when it comes with one.
    pub access_token: Option<&'a str>,
    /// The nonce this server has given, when it asks for one.
    pub nonce: Option<&'a str>,
    pub now: i64,
}

/// A proof that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The thumbprint of the key, to which tokens are bound.
    pub jkt: String,
    pub jti: String,
    pub expires_at: i64,
}

#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: NumericDate,
    #[serde(default)]
    ath: Option<String>,
    #[serde(default)]
    nonce: Option<String>,
}

/// Verifies a proof; its checks stand in the order of RFC 9449 section 4.3.
///
/// # Errors
/// `invalid_dpop_proof`.
pub fn verify(proof: &str, request: Request<'_>) -> Result<Proof, Refusal> {
    let token = Unverified::parse(proof).map_err(|_| BAD_PROOF)?;
    if token.header.typ.as_deref() != Some("dpop+jwt") {
        return Err(BAD_PROOF);
    }
    // Reading the key refuses one with a private part, too.
    let jwk = token.header.own_key().map_err(|_| BAD_PROOF)?;
    let key = VerifyingKey::new(&jwk, Some(token.header.algorithm)).map_err(|_| BAD_PROOF)?;
    let claims: Claims = token.verify(&key).and_then(|token| token.claims()).map_err(|_| BAD_PROOF)?;
    let good = claims.htm == request.method
        && bare(&claims.htu) == bare(request.url)
        && request.nonce.is_none_or(|nonce| claims.nonce.as_deref() == Some(nonce))
        && claims.iat.0 > request.now.saturating_sub(MAX_AGE)
        && claims.iat.0 <= request.now.saturating_add(AHEAD)
        && request.access_token.is_none_or(|token| claims.ath.as_deref() == Some(hash_of(token).as_str()))
        && (1..=MAX_JTI).contains(&claims.jti.len());
    match good {
        true => Ok(Proof {
            jkt: jwk.key.thumbprint_text(),
            jti: claims.jti,
            expires_at: claims.iat.0.saturating_add(MAX_AGE),
        }),
        false => Err(BAD_PROOF),
    }
}

fn bare(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// The `ath` of an access token.
#[must_use]
pub fn hash_of(token: &str) -> String {
    BASE64URL_NOPAD.encode(digest(&SHA256, token.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;
    use crate::jose::{Algorithm, SigningKey};

    const NOW: i64 = 1_800_000_000;

    /// Sections 5 and 7.1 of RFC 9449.
    const AT_TOKEN_ENDPOINT: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
    const AT_RESOURCE: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";

    #[test]
    fn the_proofs_of_rfc_9449_are_good() {
        let url = "https://server.example.com/token";
        let request = Request { method: "POST", url, access_token: None, nonce: None, now: 1_562_262_616 };
        let proof = verify(AT_TOKEN_ENDPOINT, request).unwrap();
        assert_eq!(proof.jkt, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
        assert_eq!(proof.jti, "-BwC3ESc6acc2lTc");
        let url = "https://resource.example.org/protectedresource";
        let token = Some("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
        let request = Request { method: "GET", url, access_token: token, nonce: None, now: 1_562_262_618 };
        assert_eq!(verify(AT_RESOURCE, request).unwrap().jti, "e1j3V_bKic8-LAEB");
        assert!(verify(AT_RESOURCE, Request { access_token: Some("another"), ..request }).is_err());
    }

    #[rstest]
    #[case("as it should be", json!({}), json!({}), true)]
    #[case("a query does not count", json!({ "htu": "https://door.example/oauth2/token?a=b#c" }), json!({}), true)]
    #[case("a little ahead", json!({ "iat": NOW + 10 }), json!({}), true)]
    #[case("a fraction of a second", json!({ "iat": 1_800_000_000.5 }), json!({}), true)]
    #[case("too far ahead", json!({ "iat": NOW + 11 }), json!({}), false)]
    #[case("too old", json!({ "iat": NOW - 60 }), json!({}), false)]
    #[case("another method", json!({ "htm": "GET" }), json!({}), false)]
    #[case("another address", json!({ "htu": "https://door.example/oauth2/userinfo" }), json!({}), false)]
    #[case("no jti", json!({ "jti": "" }), json!({}), false)]
    #[case("another type", json!({}), json!({ "typ": "JWT" }), false)]
    #[case("no key", json!({}), json!({ "jwk": null }), false)]
    #[case("a nonce that was given", json!({ "nonce": "n" }), json!({}), true)]
    fn a_proof_is_of_this_request_and_of_now(
        #[case] why: &str,
        #[case] claims: Value,
        #[case] header: Value,
        #[case] good: bool,
    ) {
        let key = SigningKey::from_pkcs8(Algorithm::Es256, &SigningKey::generate(Algorithm::Es256).unwrap()).unwrap();
        let mut all = json!({ "jti": "1", "htm": "POST", "htu": "https://door.example/oauth2/token", "iat": NOW });
        all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        let jwk = serde_json::to_value(key.jwk()).unwrap();
        let mut head = json!({ "alg": "ES256", "typ": "dpop+jwt", "jwk": jwk });
        head.as_object_mut().unwrap().extend(header.as_object().unwrap().clone());
        let proof = crate::jose::sign_with_header(&key, &head, &all).unwrap();
        let nonce = claims.get("nonce").and_then(Value::as_str);
        let url = "https://door.example/oauth2/token";
        let request = Request { method: "POST", url, access_token: None, nonce, now: NOW };
        assert_eq!(verify(&proof, request).is_ok(), good, "{why}");
        assert!(verify(&proof, Request { nonce: Some("other"), ..request }).is_err());
    }
}
