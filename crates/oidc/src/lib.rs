//! OAuth 2 and OpenID Connect without I/O: messages in, decisions and messages out.
//!
//! - Knows no HTTP server, no database and no clock: what it needs is handed in, `now` among it (whole seconds since the
//!   epoch). What it decides is therefore a table of cases in a test.
//! - Serves both sides: the provider, which issues, and the relying party, which verifies what others issue.
//! - Codes, access tokens and refresh tokens are opaque here; their shape is the product's business.
//! - The checks of a request are an ordered table ([`authorize::CHECKS`]): one check, one function.
//! - Strict where two readers could differ (repeated parameters and members, escapes, URIs), tolerant where the
//!   specifications ask for it (parameters, claims and keys nobody knows).
//!
//! | module | what |
//! | --- | --- |
//! | [`jose`] | signatures, keys, sets of keys |
//! | [`authorize`] | the authorization request, its checks, the way back |
//! | [`client`], [`redirect`], [`scope`], [`pkce`], [`claims`] | what these are judged by |
//! | [`client_auth`], [`dpop`], [`bearer`] | who calls, with which key, with which token |
//! | [`token`] | the token endpoint: requests and answers |
//! | [`id_token`], [`logout`] | what is signed for clients, and signing out |
//! | [`discovery`] | what a server says of itself |
//! | [`rp`] | the relying party's side of all of it: what others issue, judged |
//! | [`error`], [`params`] | how refusals are told, how parameters are read |

pub mod authorize;
pub mod bearer;
pub mod claims;
pub mod client;
pub mod client_auth;
pub mod discovery;
pub mod dpop;
pub mod error;
#[cfg(test)]
mod hostile;
pub mod id_token;
pub mod jose;
pub mod logout;
pub mod params;
pub mod pkce;
pub mod redirect;
pub mod rp;
pub mod scope;
pub mod token;

pub use client::Client;
pub use error::{ErrorCode, Refusal};
pub use params::Params;
pub use scope::Scope;
