//! What a program sends: JSON, read whole. Unlike a form it is told what is wrong with it.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::{Problem, Refused};
use crate::platform::web::Error;

/// A body of JSON.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let bytes = match Bytes::from_request(request, state).await {
            Ok(bytes) => bytes,
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(Error::TooLarge.into());
            }
            Err(rejection) => return Err(Error::BadRequest(rejection.body_text()).into()),
        };
        // Its words name members and what was awaited, never a value of ours.
        let read = serde_json::from_slice(&bytes);
        read.map(Body).map_err(|error| Problem::new(StatusCode::BAD_REQUEST, "unreadable", error.to_string()).into())
    }
}
