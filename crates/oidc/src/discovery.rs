//! What a server says of itself (OpenID Connect Discovery 1.0, RFC 8414), so that nobody has to configure it by hand.

use serde::{Deserialize, Serialize};

/// The document at `/.well-known/openid-configuration`. What is absent is not offered.
#[derive(Clone, Debug, Serialize)]
pub struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub userinfo_endpoint: String,
    pub jwks_uri: String,
    pub introspection_endpoint: String,
    pub revocation_endpoint: String,
    pub pushed_authorization_request_endpoint: String,
    pub end_session_endpoint: String,
    pub scopes_supported: Vec<&'static str>,
    pub claims_supported: Vec<&'static str>,
    pub response_types_supported: [&'static str; 1],
    pub response_modes_supported: [&'static str; 1],
    pub grant_types_supported: Vec<&'static str>,
    pub subject_types_supported: [&'static str; 2],
    pub id_token_signing_alg_values_supported: Vec<&'static str>,
    pub token_endpoint_auth_methods_supported: Vec<&'static str>,
    pub token_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    pub introspection_endpoint_auth_methods_supported: Vec<&'static str>,
    pub introspection_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    pub revocation_endpoint_auth_methods_supported: Vec<&'static str>,
    pub revocation_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    pub code_challenge_methods_supported: [&'static str; 1],
    pub dpop_signing_alg_values_supported: Vec<&'static str>,
    pub acr_values_supported: Vec<&'static str>,
    pub prompt_values_supported: [&'static str; 4],
    pub ui_locales_supported: Vec<String>,
    pub claims_parameter_supported: bool,
    pub request_parameter_supported: bool,
    pub request_uri_parameter_supported: bool,
    pub require_request_uri_registration: bool,
    pub authorization_response_iss_parameter_supported: bool,
    pub backchannel_logout_supported: bool,
    pub backchannel_logout_session_supported: bool,
    pub frontchannel_logout_supported: bool,
}

/// What a relying party needs of somebody else's document.
#[derive(Clone, Debug, Deserialize)]
pub struct Discovered {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    #[serde(default)]
    pub userinfo_endpoint: Option<String>,
    #[serde(default)]
    pub end_session_endpoint: Option<String>,
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl Discovered {
    /// Reads a document that was fetched for `issuer`; one that names another is not its (mix-up).
    #[must_use]
    pub fn read(text: &[u8], issuer: &str) -> Option<Discovered> {
        let members = crate::jose::object(text).ok()?;
        let read: Discovered = serde_json::from_value(serde_json::Value::Object(members)).ok()?;
        (read.issuer == issuer).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_its_issuers_own() {
        let text = br#"{"issuer":"https://idp","authorization_endpoint":"https://idp/a","token_endpoint":"https://idp/t","jwks_uri":"https://idp/j","new":1}"#;
        assert!(Discovered::read(text, "https://idp").is_some());
        assert!(Discovered::read(text, "https://idp/").is_none());
        assert!(Discovered::read(b"[]", "https://idp").is_none());
    }
}
