//! The relying party's side: what is asked of somebody else's OpenID Provider, and what its answers are worth.
//!
//! ```text
//! metadata::address(issuer) ── GET ──> Metadata::judge ── GET jwks_uri ──> Keys::read
//! AuthorizationUrl ── the browser goes, and comes back ──> Answer::read, its state, its code
//! TokenRequest::with ── POST ──> TokenAnswer::read ──> id_token::verify ──> Claims
//!                                     └── GET userinfo, as its bearer ──> userinfo::read, of the same subject
//! logout::address ── the browser goes ──>          their POST of a logout token ──> logout::verify
//! ```
//!
//! - Nothing is believed because it came over TLS: the issuer is compared character by character in the metadata, in the
//!   answer (RFC 9207), in the ID token and in the logout token, so that two providers can not be mixed up.
//! - A token is verified with the published keys of that one issuer, by an algorithm that its metadata names and that is known
//!   here; `none` and shared secrets are no algorithms here at all.
//! - Everything that can be wrong is one closed list, [`Wrong`]. Its words are for administrators; [`Kind`] says what a
//!   person is told. What a stranger said comes as [`Said`]: printable, and short.
//! - Clocks may differ by [`SKEW`] seconds.

pub mod authorize;
pub mod id_token;
mod keys;
pub mod logout;
mod members;
pub mod metadata;
#[cfg(test)]
mod tests;
pub mod token;
pub mod userinfo;
mod wrong;

pub use authorize::{Answer, AuthorizationUrl};
pub use id_token::{Claims, Expected};
pub use keys::Keys;
pub use metadata::Metadata;
pub use token::{ClientAuth, Credentials, Posted, TokenAnswer, TokenRequest};
pub use wrong::{Kind, Part, Said, Wrong, printable};

/// How far clocks may differ, in seconds.
pub const SKEW: i64 = 60;
