//! Userinfo (OpenID Connect Core section 5.3): what a client may know of its person, at this moment.

use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use oidc::Params;
use oidc::bearer::INVALID_TOKEN;

use super::answers::{self, Unanswered};
use super::bearers::{self, Holder};
use super::claims;
use super::form::OAuthForm;
use crate::app::App;

const PATH: &str = "/oauth2/userinfo";

/// `GET /oauth2/userinfo`
pub async fn get(State(app): State<App>, method: Method, headers: HeaderMap) -> Result<Response, Unanswered> {
    answer(&app, &headers, None, method.as_str()).await
}

/// `POST /oauth2/userinfo`
pub async fn post(
    State(app): State<App>,
    headers: HeaderMap,
    OAuthForm(form): OAuthForm,
) -> Result<Response, Unanswered> {
    answer(&app, &headers, Some(&form), "POST").await
}

async fn answer(app: &App, headers: &HeaderMap, form: Option<&Params>, method: &str) -> Result<Response, Unanswered> {
    let held = bearers::presented(app, headers, form, (method, PATH)).await?;
    bearers::require(&held, "openid")?;
    let Holder::Person(standing) = &held.holder else {
        return Err(held.refused(INVALID_TOKEN));
    };
    Ok(answers::json(StatusCode::OK, &claims::userinfo(standing, &held.scope)))
}
