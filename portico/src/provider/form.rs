//! A posted form as parameters: strict, and with the body's limit.

use axum::extract::{FromRequest, Request};
use axum::http::header;
use oidc::Params;

use super::answers::Unanswered;
use crate::platform::web::Error;

const FORM: &str = "application/x-www-form-urlencoded";

/// The parameters of a form. What is no form has none: a body of another kind is not guessed at.
pub struct OAuthForm(pub Params);

impl<S: Send + Sync> FromRequest<S> for OAuthForm {
    type Rejection = Unanswered;

    async fn from_request(request: Request, state: &S) -> Result<Self, Unanswered> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case(FORM) {
            return match kind.is_empty() {
                true => Ok(OAuthForm(Params::default())),
                false => Err(Error::BadRequest("not a form".into()).into()),
            };
        }
        let text =
            String::from_request(request, state).await.map_err(|rejection| match rejection.status().as_u16() {
                413 => Error::TooLarge,
                _ => Error::BadRequest(rejection.body_text()),
            })?;
        let params = Params::parse(&text).map_err(|error| Error::BadRequest(error.to_string()))?;
        Ok(OAuthForm(params))
    }
}
