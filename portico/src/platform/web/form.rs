//! Posted forms: what cannot be read is a calm 4xx, never a library's text.

use axum::body::HttpBody;
use axum::extract::rejection::FormRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::Error;
use super::layers::BODY_LIMIT;

/// A urlencoded body, read into `T`.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        // Whoever announces too much is told so at once, and not listened to until it has come or stalls.
        if request.body().size_hint().lower() > BODY_LIMIT as u64 {
            return Err(Error::TooLarge);
        }
        match axum::Form::<T>::from_request(request, state).await {
            Ok(axum::Form(form)) => Ok(Form(form)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Error::TooLarge),
            Err(FormRejection::InvalidFormContentType(_)) => Err(Error::BadRequest("not a form".into())),
            Err(rejection) => Err(Error::BadRequest(rejection.body_text())),
        }
    }
}
