//! The authorization endpoint's messages (RFC 6749 section 4.1, OpenID Connect Core section 3.1.2).
//!
//! ```text
//! Params ──> judge(client): CHECKS, in order ──> AuthorizationRequest ──> redirect with code, state, iss
//!                 │ before the redirect URI is verified: Refused::Here, told on a page of one's own, never redirected
//!                 └ afterwards:                          Refused::AtClient, a redirect with error, state, iss
//! ```

mod checks;
mod request;
mod response;
#[cfg(test)]
mod tests;

pub use checks::{CHECKS, Check, PARAMETERS, Refused, judge};
pub use request::{AuthorizationRequest, Prompt};
pub(crate) use response::with_query;
pub use response::{code_redirect, error_redirect};
