use std::future::poll_fn;
use std::task::Poll;

use http::StatusCode;
use rstest::rstest;

use super::super::mood::Mood;
use super::super::staff::{LEE, STAFF};
use super::{ISSUER, Lakeshore, NOW, VERIFIER};
use crate::platform::i18n::Locales;

#[rstest]
#[case("says-no", "error")]
#[case("other-issuer", "code")]
#[tokio::test]
async fn moods_of_the_way_back(#[case] mood: &str, #[case] carries: &str) {
    let mut lee = Lakeshore::open();
    lee.be(mood).await;
    let back = lee.sign_in(LEE.email, &[]).await.back();
    assert!(back.get(carries).is_some());
    assert_eq!(back.get("iss") == Some(ISSUER), mood != "other-issuer");
    lee.be("well").await;
    assert_eq!(lee.ask(&[]).await.back().get("iss"), Some(ISSUER));
}

#[rstest]
#[case("colleague", "vera@lakeshore.example")]
#[case("stranger", "omar@riverside.example")]
#[case("well", "lee@lakeshore.example")]
#[tokio::test]
async fn moods_of_who_has_come(#[case] mood: &str, #[case] email: &str) {
    let mut lee = Lakeshore::open();
    lee.be(mood).await;
    let code = lee.sign_in(LEE.email, &[]).await.code();
    let (claims, tokens) = lee.tokens(&code).await;
    let person = lee.person(&tokens).await.json();
    assert_eq!((person["email"].as_str(), &person["sub"]), (Some(email), &claims["sub"]));
}

#[tokio::test]
async fn moods_of_what_is_signed() {
    let mut lee = Lakeshore::open();
    lee.be("clock").await;
    let code = lee.sign_in(LEE.email, &[]).await.code();
    assert_eq!(lee.tokens(&code).await.0["iat"].as_i64(), Some(NOW.seconds() + 600));
    lee.be("unknown-key").await;
    let code = lee.ask(&[]).await.code();
    let tokens = lee.redeem(&code, VERIFIER).await.json();
    assert_eq!(lee.verified(tokens["id_token"].as_str().unwrap()).await, None);
}

#[tokio::test]
async fn moods_of_whom_programs_ask() {
    let mut lee = Lakeshore::open();
    lee.be("down").await;
    assert_eq!(lee.get("/jwks").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(lee.ask(&[]).await.heading(), "Staff entrance", "people still find it open");
    lee.be("hangs").await;
    let mut program = Lakeshore { router: lee.router.clone(), clock: lee.clock.clone(), cookie: String::new() };
    let mut asked = std::pin::pin!(program.get("/jwks"));
    assert!(poll_fn(|context| Poll::Ready(asked.as_mut().poll(context))).await.is_pending());
    assert_eq!(lee.get("/").await.status, StatusCode::OK, "while the desk goes on");
    lee.be("well").await;
    assert_eq!(asked.await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_desk_shows_who_is_here_and_what_is_wrong() {
    let mut lee = Lakeshore::open();
    assert!(lee.get("/").await.body.contains("Nobody."));
    lee.be("clock").await;
    lee.sign_in(LEE.email, &[]).await;
    let desk = lee.get("/").await;
    assert!(desk.body.contains("Lee Nakamura, lee@lakeshore.example"));
    assert!(desk.body.contains("value=\"clock\" aria-describedby=\"shows-clock\" checked"));
    assert!(lee.ask(&[("prompt", "login")]).await.text_of(".incident").contains("misbehave"));
    let words = Locales::embedded().words("en");
    let keys = Mood::ALL.iter().flat_map(|mood| ["mood", "shows"].map(|kind| format!("idp-{kind}-{}", mood.name())));
    for key in keys.chain(STAFF.iter().map(|one| one.about.to_owned())) {
        assert_ne!(words.t(&key), key);
    }
}
