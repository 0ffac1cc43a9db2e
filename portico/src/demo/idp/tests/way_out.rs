use http::StatusCode;
use oidc::Params;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::super::staff::LEE;
use super::{Lakeshore, OUT};

/// Somebody who is told of sign-outs: where, and the form that comes.
async fn told() -> (String, tokio::task::JoinHandle<Params>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/told", listener.local_addr().unwrap());
    let form = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut text = String::new();
        loop {
            let mut bytes = [0; 4096];
            let read = stream.read(&mut bytes).await.unwrap();
            text.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            if head.to_lowercase().contains(&format!("content-length: {}", body.len())) {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
                return Params::parse(body).unwrap();
            }
        }
    });
    (address, form)
}

#[tokio::test]
async fn a_client_that_asks_is_answered_at_once_and_told_of_the_end() {
    let (address, form) = told().await;
    let mut lee = Lakeshore::that_tells(&address);
    let code = lee.sign_in(LEE.email, &[]).await.code();
    let (claims, tokens) = lee.tokens(&code).await;
    let asks = Params::default().and("id_token_hint", tokens["id_token"].as_str().unwrap());
    let asks = asks.and("post_logout_redirect_uri", OUT).and("state", "x").to_text();
    let out = lee.get(&format!("/logout?{asks}")).await;
    assert_eq!((out.status, out.location), (StatusCode::SEE_OTHER, format!("{OUT}?state=x")));
    let form = form.await.unwrap();
    let notice = lee.verified(form.get("logout_token").unwrap()).await.unwrap();
    assert_eq!(
        (&notice["sid"], &notice["sub"], notice["aud"].as_str()),
        (&claims["sid"], &claims["sub"], Some("portico"))
    );
    assert_eq!(lee.ask(&[]).await.heading(), "Staff entrance");
    assert_eq!(lee.person(&tokens).await.status, StatusCode::UNAUTHORIZED);
    let again = lee.get(&format!("/logout?{asks}")).await;
    assert_eq!(again.location, format!("{OUT}?state=x"), "nobody is signed in: nothing to ask");
}

#[tokio::test]
async fn anybody_elses_wish_that_lee_be_gone_is_asked_about() {
    let (address, form) = told().await;
    let mut lee = Lakeshore::that_tells(&address);
    lee.sign_in(LEE.email, &[]).await;
    let evil = Params::default().and("client_id", "portico").and("post_logout_redirect_uri", "https://evil.example/");
    let page = lee.get(&format!("/logout?{}", evil.to_text())).await;
    assert_eq!((page.status, page.heading().as_str()), (StatusCode::OK, "Leave Lakeshore?"));
    assert!(!lee.ask(&[]).await.code().is_empty(), "still here");
    let out = lee.post(&format!("/sign-out?{}", evil.to_text()), &[]).await;
    assert_eq!(out.location, "/signed-out", "and never to a stranger");
    assert_eq!(lee.get("/signed-out").await.heading(), "You have left Lakeshore");
    assert!(form.await.unwrap().get("logout_token").is_some());
}

#[tokio::test]
async fn somebody_else_who_signs_in_takes_the_place_of_who_was_there() {
    let (address, form) = told().await;
    let mut browser = Lakeshore::that_tells(&address);
    let code = browser.sign_in(LEE.email, &[]).await.code();
    let (first, _) = browser.tokens(&code).await;
    let code = browser.sign_in(LEE.email, &[("badge", "shown")]).await.code();
    assert_eq!(browser.tokens(&code).await.0["sid"], first["sid"], "the same person stays in the session");
    browser.sign_in("noor@lakeshore.example", &[]).await;
    let form = form.await.unwrap();
    let notice = browser.verified(form.get("logout_token").unwrap()).await.unwrap();
    assert_eq!(notice["sid"], first["sid"]);
}
