//! The certification suite's plans, module by module, as far as they can be told without the suite.
//!
//! A story is named after its module, `-` written `_`, and says what it finds. `docs/operate/conformance.md` is the table of them.

mod config_op;
mod logout_op;
mod requests;
mod responses;
mod sign_in;
mod table;

use oidc::jose::{Algorithm, Unverified};
use serde_json::{Map, Value};

use crate::support::product::{self, Answer, Product, published};
use crate::support::world::PUBLIC_URL;
use crate::support::{Browser, TestApp};

const OMAR: &str = "omar@riverside.example";

/// Registered as the suite's own client is, and somebody who has signed in.
async fn client_and_person(app: &TestApp) -> (Product, Browser) {
    let client = Product::register(app, product::try_it()).await;
    let browser = app.browser();
    browser.sign_in(OMAR).await;
    (client, browser)
}

/// The tokens for a request with these changes.
async fn tokens_for(client: &Product, browser: &Browser, changes: &[(&str, &str)]) -> Answer {
    let answer = client.redeem(&client.code(browser, changes).await).await;
    answer.is_good();
    answer
}

/// All that the suite looks for in an ID token; its claims.
async fn id_token_of(client: &Product, tokens: &Answer) -> Map<String, Value> {
    let text = tokens.text("id_token");
    let parsed = Unverified::parse(&text).unwrap();
    assert_eq!(parsed.header.algorithm, Algorithm::Rs256);
    let kid = parsed.header.kid.clone().expect("a key id");
    assert!(published(&client.app).await.iter().any(|key| key.kid() == Some(&kid)));
    let claims = client.claims_of(&text).await;
    let now = client.app.clock().now().seconds();
    assert_eq!((&claims["iss"], &claims["aud"]), (&Value::from(PUBLIC_URL), &Value::from(client.id.as_str())));
    assert!(claims["sub"].as_str().is_some_and(|sub| !sub.is_empty() && sub.len() <= 255 && sub.is_ascii()));
    let seconds = |name: &str| claims[name].as_i64().unwrap();
    assert!(seconds("iat") <= now && seconds("exp") > now && seconds("auth_time") <= seconds("iat"));
    let at_hash = oidc::id_token::at_hash(Algorithm::Rs256, &tokens.text("access_token"));
    assert_eq!(claims["at_hash"].as_str().map(str::to_owned), at_hash);
    assert!(claims.get("azp").is_none() && claims["acr"].is_string() && claims["sid"].is_string());
    claims
}
