//! Where forms of the sign-in may lead on to: a sign-in that began at a product ends there, and some browsers hold a page's
//! `form-action` against every redirect on the way.

use std::collections::BTreeSet;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use store::Tx;

use super::clients;
use crate::app::App;
use crate::platform::web;

/// With more products than this, any https address may follow: a header has to stay short.
const MOST: usize = 100;

/// A layer around pages whose forms end at products.
pub async fn may_end_at_products(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let html = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/html; charset=utf-8");
    if !html {
        return response;
    }
    // Without an answer of the database the page keeps the strict policy.
    if let Some(policy) = policy(&app).await {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

async fn policy(app: &App) -> Option<HeaderValue> {
    if let Some(known) = app.provider.forms.get(&()) {
        return Some(known);
    }
    let read = Instant::now();
    let uris = app.db.read("provider.forms", async |tx: &mut Tx| clients::form_targets(tx).await).await.ok()?;
    let policy = HeaderValue::from_str(&web::policy_for_forms_to(&targets(&uris))).ok()?;
    app.provider.forms.put((), read, policy.clone());
    Some(policy)
}

/// Origins, each once; of a scheme of one's own the scheme.
fn targets(uris: &[String]) -> String {
    let origins: BTreeSet<String> = uris.iter().map(|uri| origin(uri)).collect();
    if origins.len() > MOST {
        let private = origins.iter().filter(|origin| origin.ends_with(':')).take(MOST).map(String::as_str);
        let web = ["https:", "http://127.0.0.1:*", "http://localhost:*"];
        return web.into_iter().chain(private).collect::<Vec<_>>().join(" ");
    }
    origins.into_iter().collect::<Vec<_>>().join(" ")
}

fn origin(uri: &str) -> String {
    match uri.split_once("://") {
        Some((scheme @ ("https" | "http"), rest)) => {
            // What stands in a policy is an authority and nothing else: a fragment may hold whole directives.
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            // The port of a native client's loopback address varies.
            match scheme == "http" && (authority.starts_with("127.0.0.1") || authority.starts_with("[::1]")) {
                true => format!("http://{}:*", authority.rsplit_once(':').map_or(authority, |(host, _)| host)),
                false => format!("{scheme}://{authority}"),
            }
        }
        _ => format!("{}:", uri.split(':').next().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_the_origins_of_products() {
        let uris = [
            "https://bed.example/cb",
            "https://bed.example#;frame-ancestors",
            "http://127.0.0.1:9999/cb",
            "org.example.app:/cb",
        ];
        let uris = uris.map(str::to_owned);
        assert_eq!(targets(&uris), "http://127.0.0.1:* https://bed.example org.example.app:");
        let many = (0..200).map(|number| format!("https://{number}.example/cb")).chain(["org.example.app:/cb".into()]);
        let many: Vec<String> = many.collect();
        assert_eq!(targets(&many), "https: http://127.0.0.1:* http://localhost:* org.example.app:");
    }
}
