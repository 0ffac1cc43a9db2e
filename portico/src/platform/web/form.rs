//! Posted forms: what cannot be read is a calm 4xx, never a library's text.

use axum::extract::rejection::FormRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::Error;

/// A urlencoded body, read into `T`.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        match axum::Form::<T>::from_request(request, state).await {
            Ok(axum::Form(form)) => Ok(Form(form)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Error::TooLarge),
            Err(FormRejection::InvalidFormContentType(_)) => Err(Error::BadRequest("not a form".into())),
            Err(rejection) => Err(Error::BadRequest(rejection.body_text())),
        }
    }
}
