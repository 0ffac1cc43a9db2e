//! Requests that nobody sends by mistake: a calm page with a 4xx, and the node goes on.

use super::http::{exchange, request};
use super::{Answer, Deployment, Lost, Node};
use crate::support::{Engine, PASSWORD};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Sends it, and looks whether the next person is served as if nothing had been.
async fn answer(node: &Node, request: &[u8]) -> Result<Answer, Lost> {
    let answer = exchange(node.address, request).await;
    let seen = node.visitor().sign_in("omar@riverside.example", PASSWORD).await.unwrap();
    assert_eq!(seen.who().as_deref(), Some("Omar Haddad"));
    answer
}

async fn started() -> (Deployment, Node) {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    (deployment, node)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_large_is_refused_with_413() {
    let (deployment, node) = started().await;
    let body = format!("identifier={}", "a".repeat(100_000));
    for path in ["/sign-in", "/recover", "/recover/new-password"] {
        let answer = answer(&node, &request("POST", path, &[FORM], &body)).await.unwrap();
        assert_eq!(answer.status, 413, "{path}");
        assert!(answer.body.contains("<h1>"), "{path} answers no page: {}", answer.body);
    }
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_says_it_is_endless_is_refused_before_it_comes() {
    let (deployment, node) = started().await;
    let head = "POST /sign-in HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: \
                application/x-www-form-urlencoded\r\ncontent-length: 99999999999\r\n\r\n";
    assert_eq!(answer(&node, head.as_bytes()).await.unwrap().status, 413);
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_headers_is_refused_with_431() {
    let (deployment, node) = started().await;
    let names: Vec<String> = (0..500).map(|number| format!("x-flood-{number}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    assert_eq!(answer(&node, &request("GET", "/sign-in", &many, "")).await.unwrap().status, 431);
    let long = "x".repeat(1_000_000);
    match answer(&node, &request("GET", "/sign-in", &[("x-long", &long)], "")).await {
        Ok(answer) => assert_eq!(answer.status, 431),
        // Hung up on while it was still talking.
        Err(lost) => assert_eq!(lost, Lost::Cut),
    }
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_gets_a_4xx_and_never_a_5xx() {
    let (deployment, node) = started().await;
    let percent = request("POST", "/sign-in", &[FORM], "identifier=%FF%FE%00");
    let requests: [(&[u8], &str); 9] = [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "TLS"),
        (b"GET\r\n\r\n", "half a line"),
        (b"GET / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n", "a negative length"),
        (b"POST /sign-in HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef", "two lengths"),
        (b"BREW /sign-in HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", "an unknown method"),
        (b"GET /sign-in/%00%ff HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", "bytes in a path"),
        (b"GET /recover/link/%F0%28%8C%28 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", "no UTF-8 in a link"),
        (b"POST /sign-in HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}", "JSON"),
        (&percent, "bytes in a form"),
    ];
    for (request, what) in requests {
        // Whoever does not speak HTTP may be hung up on.
        if let Ok(answer) = answer(&node, request).await {
            assert!((200..500).contains(&answer.status), "{what}: {}", answer.status);
        }
    }
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_posted_from_another_site_is_refused() {
    let (deployment, node) = started().await;
    let headers = [FORM, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let answer = answer(&node, &request("POST", "/sign-in", &headers, "identifier=omar@riverside.example")).await;
    assert_eq!(answer.unwrap().status, 403);
    node.stop().await;
    deployment.finish().await;
}
