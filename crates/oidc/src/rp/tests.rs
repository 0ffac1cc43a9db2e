//! Both sides of the crate, against each other: what the provider's side makes, the relying party's side takes.

use serde_json::json;

use super::*;
use crate::authorize::{self, Prompt};
use crate::client::{AuthMethod, Client, GrantType, Profile};
use crate::client_auth::{Presented, verify_assertion};
use crate::id_token::{IdToken, at_hash};
use crate::jose::{Algorithm, JwkSet, SigningKey, VerifyingKey};
use crate::params::Params;
use crate::pkce::Challenge;
use crate::redirect::RedirectUri;
use crate::scope::Scope;
use crate::token::{self, CodeBinding, Redemption, TokenResponse};

const NOW: i64 = 1_800_000_000;
const ISSUER: &str = "https://idp.example";
const BACK: &str = "https://door.example/federation/1/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn signing_key() -> SigningKey {
    SigningKey::from_pkcs8(Algorithm::Es256, &SigningKey::generate(Algorithm::Es256).unwrap()).unwrap()
}

fn client(auth: AuthMethod) -> Client {
    Client {
        id: "portico".into(),
        profile: Profile::Default,
        auth,
        native: false,
        redirect_uris: vec![RedirectUri::register(BACK, false).unwrap()],
        post_logout_redirect_uris: Vec::new(),
        grants: vec![GrantType::AuthorizationCode],
        scope: Scope::of(&["openid", "email"]),
        pkce_pinned: false,
        id_token_algorithm: Algorithm::Es256,
    }
}

fn metadata() -> Metadata {
    let document = json!({
        "issuer": ISSUER, "authorization_endpoint": "https://idp.example/a", "token_endpoint": "https://idp.example/t",
        "jwks_uri": "https://idp.example/j", "id_token_signing_alg_values_supported": Algorithm::NAMES,
        "code_challenge_methods_supported": ["S256"], "authorization_response_iss_parameter_supported": true,
    });
    Metadata::judge(document.to_string().as_bytes(), ISSUER, false).unwrap()
}

/// What the provider has bound its code to.
fn asked(client: &Client) -> authorize::AuthorizationRequest {
    let url = AuthorizationUrl {
        client_id: "portico",
        redirect_uri: BACK,
        scope: &Scope::of(&["email"]),
        state: "s",
        nonce: "n",
        challenge: Challenge::of(VERIFIER).unwrap(),
        login_hint: Some("lee@lakeside.example"),
        prompt: Prompt { select_account: true, ..Prompt::default() },
        max_age: Some(600),
        acr_values: &["a"],
        ui_locales: &["es", "en"],
    };
    let url = url.at(&metadata());
    authorize::judge(&Params::parse(url.split_once('?').unwrap().1).unwrap(), client).unwrap()
}

/// The token endpoint, as the provider's side sees it.
fn redeemed(posted: &Posted, client: &Client, key: &SigningKey, request: &authorize::AuthorizationRequest) -> Vec<u8> {
    let form = Params::parse(&posted.form).unwrap();
    let presented = Presented::read(posted.authorization.as_ref().map(|text| text.as_str()), &form).unwrap();
    assert!(presented.fits(client.auth) && presented.client_id() == client.id);
    if let Presented::Assertion { token, .. } = &presented {
        let keys = [VerifyingKey::new(&key.jwk(), None).unwrap()];
        assert_eq!(verify_assertion(token, client, &keys, &[ISSUER], NOW + 5).unwrap().jti, "j");
    }
    let token::TokenRequest::Code { code, redirect_uri, verifier } = token::TokenRequest::read(&form, client).unwrap()
    else {
        panic!("a code was sent")
    };
    assert_eq!(code, "the code");
    let binding = CodeBinding {
        client_id: request.client_id.clone(),
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.challenge,
        dpop_jkt: None,
    };
    let by = Redemption {
        client_id: presented.client_id(),
        redirect_uri: redirect_uri.as_deref(),
        verifier: verifier.as_deref(),
        dpop_jkt: None,
    };
    binding.allows(&by).unwrap();
    let id_token = IdToken {
        iss: ISSUER.into(),
        sub: "s-1".into(),
        aud: client.id.clone(),
        exp: NOW + 300,
        iat: NOW,
        auth_time: NOW - 10,
        nonce: request.nonce.clone(),
        amr: vec!["pwd", "otp", "mfa"],
        at_hash: at_hash(key.algorithm(), "the-access-token"),
        ..IdToken::default()
    };
    let answer = TokenResponse {
        access_token: "the-access-token".into(),
        token_type: "Bearer",
        expires_in: 300,
        scope: request.scope.to_string(),
        refresh_token: None,
        id_token: Some(id_token.sign(key).unwrap()),
    };
    serde_json::to_vec(&answer).unwrap()
}

#[test]
fn what_the_providers_side_makes_the_relying_partys_side_takes() {
    let key = signing_key();
    let assertion = Credentials::PrivateKeyJwt { key: &key, jti: "j", audience: ISSUER, now: NOW };
    let ways = [
        (AuthMethod::Secret, Credentials::SecretBasic("s")),
        (AuthMethod::Secret, Credentials::SecretPost("s")),
        (AuthMethod::PrivateKeyJwt, assertion),
    ];
    for (auth, credentials) in ways {
        let client = client(auth);
        let request = asked(&client);
        let url = authorize::code_redirect(&request.redirect_uri, ISSUER, request.state.as_deref(), "the code");
        let answer = Answer::read(url.split_once('?').unwrap().1).unwrap();
        assert_eq!(answer.state(), Some("s"));
        let code = answer.code(&metadata()).unwrap();
        let asking = TokenRequest { client_id: "portico", code, redirect_uri: BACK, verifier: VERIFIER };
        let body = redeemed(&asking.with(credentials).unwrap(), &client, &key, &request);
        let tokens = TokenAnswer::read(200, &body).ok().unwrap();
        let keys = Keys::read(&serde_json::to_vec(&JwkSet { keys: vec![key.jwk()] }).unwrap()).unwrap();
        let expected = Expected {
            issuer: ISSUER,
            client_id: "portico",
            nonce: "n",
            max_age: Some(600),
            access_token: Some(&tokens.access_token),
            algorithms: &metadata().algorithms,
            now: NOW + 1,
        };
        let claims = id_token::verify(&tokens.id_token, &keys, &expected).unwrap();
        assert_eq!((claims.sub.as_str(), claims.amr.len()), ("s-1", 3));
    }
}

#[test]
fn a_refusal_of_the_providers_side_is_told_in_its_words() {
    let refusal = crate::Refusal::new(crate::ErrorCode::AccessDenied, "not at this hour");
    let url = authorize::error_redirect(BACK, ISSUER, Some("s"), refusal);
    let answer = Answer::read(url.split_once('?').unwrap().1).unwrap();
    let wrong = answer.code(&metadata()).unwrap_err();
    assert_eq!(wrong.kind(), Kind::SaysNo);
    assert_eq!(wrong.to_string(), "the answer that the browser brought says `access_denied`: not at this hour");
    let body = serde_json::to_vec(&crate::client_auth::NOT_AUTHENTICATED).unwrap();
    assert_eq!(TokenAnswer::read(401, &body).err().unwrap().kind(), Kind::SetUp);
}
