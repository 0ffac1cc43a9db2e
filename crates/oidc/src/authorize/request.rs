//! A request that has passed every check.

use crate::claims::ClaimsRequest;
use crate::pkce::Challenge;
use crate::scope::Scope;

/// What the client wants to happen in front of the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    pub none: bool,
    pub login: bool,
    pub consent: bool,
    pub select_account: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationRequest {
    pub client_id: String,
    /// Verified: one of the client's own.
    pub redirect_uri: String,
    pub scope: Scope,
    pub state: Option<String>,
    pub nonce: Option<String>,
    pub prompt: Prompt,
    /// Seconds since the person last proved who they are.
    pub max_age: Option<u32>,
    /// In order of preference.
    pub acr_values: Vec<String>,
    pub claims: ClaimsRequest,
    pub ui_locales: Vec<String>,
    pub login_hint: Option<String>,
    /// As sent; whoever has the keys verifies it.
    pub id_token_hint: Option<String>,
    pub challenge: Option<Challenge>,
    /// The thumbprint of the DPoP key the code is to be bound to (RFC 9449 section 10).
    pub dpop_jkt: Option<String>,
}
