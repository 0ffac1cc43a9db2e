//! Signing in: out to Portico from any page, and back to it.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use oidc::Params;
use secrecy::ExposeSecret;

use super::member::Member;
use super::sessions::Waiting;
use super::trouble::Trouble;
use super::{Here, Stall, sheets};
use crate::platform::web::see_other;

/// Sends whoever asked for `page` to Portico.
pub async fn begin(stall: &Stall, headers: &HeaderMap, page: &'static str, hint: Option<String>) -> Response {
    let (address, waiting) = match stall.issuer.begin(&stall.entropy, page, hint).await {
        Ok(begun) => begun,
        Err(trouble) => return trouble.page(stall, page),
    };
    // Only a cookie that was given here names a session: nobody else's choice does.
    let known = stall.cookie_of(headers).filter(|cookie| stall.sessions.knows(cookie));
    let cookie = known.unwrap_or_else(|| stall.entropy.token().expose_secret().to_owned());
    stall.sessions.wait(&cookie, waiting);
    with_cookie(see_other(&address), stall, &cookie)
}

/// `GET /sign-in`: somebody else asks this product to begin (OpenID Connect Core section 4).
pub async fn asked(State(stall): State<Here>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.as_deref().unwrap_or_default()).unwrap_or_default();
    if params.get("iss").is_some_and(|iss| iss != stall.issuer.url()) {
        return Trouble::Refused.page(&stall, "/");
    }
    // Only pages of this product, or it would lead anywhere that anybody likes.
    let wanted = params.get("target_link_uri").and_then(|uri| uri.strip_prefix(stall.url.trim_end_matches('/')));
    let page = sheets::find(stall.product.slug, wanted.unwrap_or_default()).map_or("/", |sheet| sheet.path);
    let hint = params.get("login_hint").filter(|hint| hint.len() <= 300).map(str::to_owned);
    begin(&stall, &headers, page, hint).await
}

/// `GET /callback`
pub async fn callback(State(stall): State<Here>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let params = Params::parse(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let cookie = stall.cookie_of(&headers).unwrap_or_default();
    let state = params.get("state").unwrap_or_default();
    let Some(waiting) = stall.sessions.take(&cookie, state, stall.clock.now()) else {
        // Back, or a reload: whoever is signed in is where they wanted to be.
        let here = stall.sessions.seated(&cookie, stall.clock.now()).is_some();
        return if here { see_other("/") } else { Trouble::Over.page(&stall, "/") };
    };
    match arrive(&stall, &params, &waiting).await {
        Ok(member) => {
            let fresh = stall.entropy.token().expose_secret().to_owned();
            stall.sessions.seat(&cookie, &fresh, member, stall.clock.now());
            with_cookie(see_other(waiting.page), &stall, &fresh)
        }
        Err(trouble) => trouble.page(&stall, waiting.page),
    }
}

async fn arrive(stall: &Stall, params: &Params, waiting: &Waiting) -> Result<Member, Trouble> {
    // Whose answer it is (RFC 9207): another issuer's code must not be shown to ours.
    if params.get("iss") != Some(stall.issuer.url()) {
        return Err(Trouble::refused("an answer of another issuer"));
    }
    if params.get("error").is_some() {
        return Err(Trouble::Denied);
    }
    let code = params.get("code").ok_or(Trouble::Refused)?;
    let arrived = stall.issuer.redeem(code.to_owned(), waiting).await?;
    let person = stall.issuer.person(&arrived.tokens.access, &arrived.sub).await?;
    Ok(Member { sub: arrived.sub, sid: arrived.sid, tokens: arrived.tokens, person, menu: None })
}

/// Ends with the browser. No `Secure`: the demo is on this machine, without TLS.
pub fn with_cookie(mut response: Response, stall: &Stall, value: &str) -> Response {
    let ends = if value.is_empty() { "; Max-Age=0" } else { "" };
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{ends}", stall.cookie);
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
