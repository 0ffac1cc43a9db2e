use std::time::Duration;

use http::{Request, StatusCode, header};
use oidc::Params;

use super::super::staff::LEE;
use super::{CALLBACK, ISSUER, Lakeshore, SECRET, VERIFIER};

#[tokio::test]
async fn a_code_works_once_and_a_second_use_ends_what_the_first_has_brought() {
    let mut lee = Lakeshore::open();
    let code = lee.sign_in(LEE.email, &[]).await.code();
    let (_, tokens) = lee.tokens(&code).await;
    assert_eq!(lee.person(&tokens).await.status, StatusCode::OK);
    assert_eq!(lee.redeem(&code, VERIFIER).await.json()["error"], "invalid_grant");
    assert_eq!(lee.person(&tokens).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_code_is_good_for_a_minute_its_verifier_and_a_session_that_lives() {
    let mut lee = Lakeshore::open();
    let code = lee.sign_in(LEE.email, &[]).await.code();
    let other = VERIFIER.to_uppercase();
    assert_eq!(lee.redeem(&code, &other).await.json()["error"], "invalid_grant");
    lee.clock.advance(Duration::from_secs(61));
    assert_eq!(lee.redeem(&code, VERIFIER).await.json()["error"], "invalid_grant");
    let code = lee.ask(&[]).await.code();
    lee.post("/sign-out", &[]).await;
    assert_eq!(lee.redeem(&code, VERIFIER).await.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_client_shows_its_secret_in_the_header_or_gets_nothing() {
    let mut lee = Lakeshore::open();
    let code = lee.sign_in(LEE.email, &[]).await.code();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let posted = [form.as_slice(), &[("client_id", "portico"), ("client_secret", SECRET)]].concat();
    let answer = lee.post("/token", &posted).await;
    assert_eq!((answer.status, answer.json()["error"].as_str()), (StatusCode::UNAUTHORIZED, Some("invalid_client")));
    let wrong = Request::post("/token").header(header::AUTHORIZATION, "Basic cG9ydGljbzp4");
    let body = form.iter().fold(Params::default(), |form, (name, value)| form.and(name, value)).to_text();
    assert_eq!(lee.send(wrong, body).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(lee.redeem(&code, VERIFIER).await.status, StatusCode::OK, "and nothing is used up");
}

#[tokio::test]
async fn what_it_says_of_itself_is_there() {
    let mut house = Lakeshore::open();
    let told = house.get("/.well-known/openid-configuration").await.json();
    assert_eq!(told["issuer"], ISSUER);
    for (name, status) in
        [("jwks_uri", 200), ("authorization_endpoint", 400), ("userinfo_endpoint", 401), ("end_session_endpoint", 303)]
    {
        let path = told[name].as_str().unwrap().strip_prefix(ISSUER).unwrap().to_owned();
        assert_eq!(house.get(&path).await.status.as_u16(), status, "{name}");
    }
    assert!(!house.get("/jwks").await.body.contains("\"d\""));
}
