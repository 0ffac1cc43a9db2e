//! `portico connection`: from the first address to on for all, as an operator does it.

use std::fs;

use portico::platform::clock::Clock;

use super::Deployment;
use crate::support::Engine;
use crate::support::idp::{CLIENT, Idp, SECRET};

const LEE: &str = "lee@lakeshore.example";

async fn add(deployment: &Deployment, idp: &Idp, more: &[&str]) -> super::Finished {
    let of = ["connection", "add", "--organization", "lakeshore", "--name", "Lakeshore ID", "--client-id", CLIENT];
    deployment.run(&[&of[..], &["--issuer", idp.issuer()], more].concat()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_added_tested_tried_and_switched_on() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let idp = Idp::start_by(Clock::system()).await;
    let file = deployment.path("secret.txt");
    fs::write(&file, format!("{SECRET}\n")).unwrap();
    let file = file.to_str().unwrap().to_owned();

    let added = add(&deployment, &idp, &["--secret-file", &file, "--secret-expires", "2099-12-31"]).await;
    added.exits(0).says("Nobody is sent there yet.").says("It knows us by this client and secret.");
    added.says("Redirect URI").says("/callback").says("portico connection trial");
    assert!(!added.stdout.contains(SECRET), "a secret is shown nowhere");
    deployment.run(&["connection", "test", "lakeshore"]).await.exits(0).says(idp.issuer());
    deployment.run(&["connection", "list"]).await.exits(0).says("Lakeshore ID, no domain").says("trial");
    let shown = deployment.run(&["connection", "show", "lakeshore", "--json"]).await.exits(0).json();
    assert_eq!((shown["state"].as_str(), shown["has_secret"].as_bool()), (Some("trial"), Some(true)), "{shown}");
    let link = deployment.run(&["connection", "trial", "lakeshore", "--json"]).await.exits(0).json();
    assert!(link["link"].as_str().unwrap().starts_with("http://127.0.0.1:8080/sign-in/with/"), "{link}");
    deployment.run(&["connection", "trial", "lakeshore", "--no-link"]).await.exits(0).says("The link has ended.");

    let nothing = deployment.run(&["connection", "on", "lakeshore"]).await;
    nothing.refuses(1, &["no domain leads there yet", "portico domain list"]);
    let foreign = deployment.run(&["connection", "on", "lakeshore", "--domain", "riverside.example"]).await;
    foreign.refuses(1, &["riverside.example is no verified domain of the organization"]);
    let on = deployment.run(&["connection", "on", "lakeshore", "--all"]).await;
    on.exits(0).says("People of lakeshore.example are sent to Lakeshore ID.").says("all domains of the organization");
    deployment.run(&["doctor", LEE]).await.says("leads to its own sign-in, Lakeshore ID");
    let word = ["--by", "root@portico.example", "--because", "contract 4711"];
    let accept = [&["connection", "accept-mfa", "lakeshore"], word.as_slice()].concat();
    deployment.run(&accept).await.refuses(1, &["--trusts-mfa true comes first"]);
    deployment.run(&["connection", "accept-mfa", "lakeshore"]).await.exits(2);
    deployment.run(&["connection", "change", "lakeshore", "--trusts-mfa", "true"]).await.exits(0);
    deployment.run(&accept).await.exits(0).says("counts for everybody from now on");
    deployment.run(&["connection", "show", "lakeshore"]).await.exits(0).says("by the word of root@portico.example");
    deployment.run(&["connection", "accept-mfa", "lakeshore", "--withdraw"]).await.exits(0).says("counts no more");
    deployment.run(&["connection", "failures", "lakeshore"]).await.exits(0).says("Nothing has gone wrong");
    let linked = ["connection", "link", "lakeshore", "--person", LEE, "--subject", "lee-there"];
    deployment.run(&linked).await.exits(0).says("is lee-there at Lakeshore ID");
    deployment.run(&linked).await.refuses(1, &["unlink first"]);
    deployment.run(&["connection", "unlink", "lakeshore", "--person", LEE]).await.exits(0).says("signed out");
    let off = deployment.run(&["connection", "off", "lakeshore"]).await;
    off.exits(0).says("Nobody is sent to Lakeshore ID any more. 1 people sign in here now");
    deployment.run(&["connection", "off", "lakeshore"]).await.exits(0).says("was off before");
    let another = deployment.run(&["connection", "change", "lakeshore", "--client-id", "another"]).await;
    another.exits(1).says("✗ There is no secret");
    let own =
        ["connection", "add", "--organization", "portico", "--name", "X", "--client-id", "x", "--issuer", idp.issuer()];
    deployment.run(&own).await.refuses(1, &["No connection was made", "the people who run this"]);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_connection_is_said_in_words_and_keeps_it_off() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let idp = Idp::start_by(Clock::system()).await;
    let bad =
        ["connection", "add", "--organization", "lakeshore", "--name", "X", "--client-id", "x", "--issuer", "http://x"];
    deployment.run(&bad).await.refuses(2, &["Nothing was changed.", "`issuer` is an https address"]);
    add(&deployment, &idp, &["--scopes", "email"]).await.refuses(2, &["`scopes`"]);
    add(&deployment, &idp, &[]).await.exits(0).says("✗ There is no secret").says("portico connection test");
    let on = ["connection", "on", "lakeshore", "--all"];
    deployment.run(&["connection", "test", "lakeshore"]).await.exits(1).says("✗ There is no secret");

    let file = deployment.path("secret.txt");
    fs::write(&file, "not it").unwrap();
    let put = ["connection", "secret", "lakeshore", "--secret-file", file.to_str().unwrap()];
    deployment.run(&put).await.exits(0).says("The secret is kept, sealed.");
    deployment.run(&["connection", "test", "lakeshore"]).await.exits(1).says("invalid_client");
    let refused = deployment.run(&[&on[..], &["--json"]].concat()).await;
    refused.refuses(1, &["It was not switched on: nobody would get in."]);
    fs::write(&file, SECRET).unwrap();
    deployment.run(&put).await.exits(0);
    idp.behave(|script| script.metadata = crate::support::idp::saying("issuer", "https://evil.example"));
    deployment.run(&["connection", "test", "lakeshore"]).await.exits(1).says("is of another issuer");
    deployment.run(&[&on[..], &["--despite-findings"]].concat()).await.exits(0);
    deployment.run(&["connection", "show", "atlantis"]).await.refuses(1, &["There is no connection atlantis."]);
    let nobody = deployment.run(&["connection", "secret", "lakeshore"]).await;
    nobody.refuses(2, &["--secret-file FILE", "--new-key"]);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_our_own_is_made_here_and_its_public_half_is_published() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let idp = Idp::start_by(Clock::system()).await;
    add(&deployment, &idp, &["--auth-method", "private_key_jwt"]).await.exits(0).says("JWKS URI").says("/jwks");
    let shown = deployment.run(&["connection", "show", "lakeshore", "--json"]).await.exits(0).json();
    let node = deployment.start();
    let mut visitor = node.visitor();
    let jwks = async |visitor: &mut super::Visitor| {
        let page = visitor.get(&format!("/federation/{}/jwks", shown["id"].as_str().unwrap())).await.unwrap();
        page.answer.body
    };
    let first = jwks(&mut visitor).await;
    assert!(first.contains("\"kty\":\"EC\"") && !first.contains("\"d\""), "{first}");
    deployment.run(&["connection", "secret", "lakeshore", "--new-key"]).await.exits(0).says("A new key is made");
    assert_ne!(jwks(&mut visitor).await, first);
    node.stop().await;
    deployment.finish().await;
}
