//! A provider's own document (OpenID Connect Discovery 1.0, RFC 8414), judged: can we go there, and is it theirs?

use super::members::Members;
use super::token::ClientAuth;
use super::wrong::{Part, Said, Wrong};
use crate::jose::Algorithm;
use crate::redirect::RedirectUri;

/// Where the document of an issuer lies (section 4). `loopback`: whether an issuer may be on this very machine, without TLS.
///
/// # Errors
/// [`Wrong::IssuerAddress`] when it can be no issuer.
pub fn address(issuer: &str, loopback: bool) -> Result<String, Wrong> {
    if !is_address(issuer, loopback) || issuer.contains('?') {
        return Err(Wrong::IssuerAddress);
    }
    Ok(format!("{}/.well-known/openid-configuration", issuer.strip_suffix('/').unwrap_or(issuer)))
}

/// A provider as far as a relying party needs to know it. Every address in it is https, or where that was allowed, http on
/// loopback; whether it leads to a place where one may go is asked when one goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub userinfo_endpoint: Option<String>,
    pub end_session_endpoint: Option<String>,
    /// Every answer of the authorization endpoint names the issuer; one that does not is somebody else's (RFC 9207 section 3).
    pub answers_with_issuer: bool,
    /// Signs ID tokens with one of these; never empty.
    pub algorithms: Vec<Algorithm>,
    /// Ways of showing who we are that it takes and that are known here; maybe none.
    pub client_auth: Vec<ClientAuth>,
    /// What it says it has, to be looked at when a connection is set up; empty when it does not say.
    pub scopes: Vec<String>,
    pub claims: Vec<String>,
    pub acr_values: Vec<String>,
    /// Tells us when somebody has signed out there.
    pub tells_of_logout: bool,
}

impl Metadata {
    /// Judges the document that was found for `issuer`.
    ///
    /// # Errors
    /// [`Wrong`], naming the member. A document of another issuer is not believed in anything (RFC 8414 section 3.3).
    pub fn judge(text: &[u8], issuer: &str, loopback: bool) -> Result<Metadata, Wrong> {
        let members = Members::read(Part::Metadata, text)?;
        let named = members.needed("issuer")?;
        if named != issuer {
            return Err(Wrong::OtherIssuer(Part::Metadata, Said::of(named)));
        }
        offers(&members, "response_types_supported", "code")?;
        offers(&members, "response_modes_supported", "query")?;
        // Absent is common with servers that do take it; `plain` alone would be worse than none (RFC 9700 section 2.1.1).
        offers(&members, "code_challenge_methods_supported", "S256")?;
        let needed = |name| secure(&members, name, loopback)?.ok_or(Wrong::Missing(Part::Metadata, name));
        Ok(Metadata {
            issuer: named.to_owned(),
            authorization_endpoint: needed("authorization_endpoint")?,
            token_endpoint: needed("token_endpoint")?,
            jwks_uri: needed("jwks_uri")?,
            userinfo_endpoint: secure(&members, "userinfo_endpoint", loopback)?,
            end_session_endpoint: secure(&members, "end_session_endpoint", loopback)?,
            answers_with_issuer: members.flag("authorization_response_iss_parameter_supported")?,
            algorithms: algorithms(&members)?,
            client_auth: client_auth(&members)?,
            scopes: members.texts("scopes_supported")?.unwrap_or_default(),
            claims: members.texts("claims_supported")?.unwrap_or_default(),
            acr_values: members.texts("acr_values_supported")?.unwrap_or_default(),
            tells_of_logout: members.flag("backchannel_logout_supported")?,
        })
    }
}

/// Passes when the list has the word, or is not there: then what the specifications ask of everybody is believed.
fn offers(members: &Members, name: &'static str, word: &str) -> Result<(), Wrong> {
    match members.texts(name)? {
        Some(words) if !words.iter().any(|known| known == word) => Err(Wrong::Unsupported(name)),
        _ => Ok(()),
    }
}

fn secure(members: &Members, name: &'static str, loopback: bool) -> Result<Option<String>, Wrong> {
    match members.text(name)? {
        Some(text) if !is_address(text, loopback) => Err(Wrong::Insecure(name)),
        text => Ok(text.map(str::to_owned)),
    }
}

/// What may be registered as a web address is one: absolute, https or on this machine, without user and fragment.
fn is_address(text: &str, loopback: bool) -> bool {
    RedirectUri::register(text, false).is_ok() && (loopback || text.starts_with("https://"))
}

/// RS256 is what everybody has to have (OpenID Connect Core section 15.1).
fn algorithms(members: &Members) -> Result<Vec<Algorithm>, Wrong> {
    const NAME: &str = "id_token_signing_alg_values_supported";
    let Some(names) = members.texts(NAME)? else { return Ok(vec![Algorithm::Rs256]) };
    let mut known: Vec<Algorithm> = Vec::new();
    for algorithm in names.iter().filter_map(|name| Algorithm::of_name(name)) {
        if !known.contains(&algorithm) {
            known.push(algorithm);
        }
    }
    match known.is_empty() {
        true => Err(Wrong::Unsupported(NAME)),
        false => Ok(known),
    }
}

/// A server that says nothing takes a secret in the header (Discovery section 3).
fn client_auth(members: &Members) -> Result<Vec<ClientAuth>, Wrong> {
    let names = members.texts("token_endpoint_auth_methods_supported")?;
    let offered = |way: &ClientAuth| match &names {
        None => *way == ClientAuth::SecretBasic,
        Some(names) => names.iter().any(|name| name == way.name()),
    };
    Ok(ClientAuth::ALL.into_iter().filter(offered).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    const ISSUER: &str = "https://idp.example/realms/hospital";

    fn judged(change: &Value) -> Result<Metadata, Wrong> {
        let mut document = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://idp.example/a?p=1",
            "token_endpoint": "https://idp.example/t",
            "jwks_uri": "https://keys.example/j",
            "response_types_supported": ["code", "id_token"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none", "RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "tls_client_auth"],
            "new": { "x": 1 },
        });
        document.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        Metadata::judge(document.to_string().as_bytes(), ISSUER, false)
    }

    #[test]
    fn a_good_document_says_where_to_go_and_what_to_expect() {
        let metadata = judged(&json!({ "authorization_response_iss_parameter_supported": true })).unwrap();
        assert!(metadata.answers_with_issuer && metadata.userinfo_endpoint.is_none());
        assert_eq!(metadata.algorithms, [Algorithm::Rs256, Algorithm::Es256]);
        assert_eq!(metadata.client_auth, [ClientAuth::SecretPost, ClientAuth::PrivateKeyJwt]);
    }

    #[test]
    fn a_document_that_says_little_is_taken_at_the_specifications_word() {
        let absent = [
            "response_types_supported",
            "id_token_signing_alg_values_supported",
            "token_endpoint_auth_methods_supported",
        ];
        let metadata = judged(&absent.iter().map(|name| ((*name).to_owned(), Value::Null)).collect()).unwrap();
        assert_eq!(metadata.algorithms, [Algorithm::Rs256]);
        assert_eq!(metadata.client_auth, [ClientAuth::SecretBasic]);
        assert!(!metadata.answers_with_issuer && !metadata.tells_of_logout);
    }

    #[rstest]
    #[case(json!({ "issuer": "https://idp.example/realms/hospital/" }), Wrong::OtherIssuer(Part::Metadata, Said::of("https://idp.example/realms/hospital/")))]
    #[case(json!({ "issuer": "https://idp.example/{tenantid}" }), Wrong::OtherIssuer(Part::Metadata, Said::of("https://idp.example/{tenantid}")))]
    #[case(json!({ "issuer": null }), Wrong::Missing(Part::Metadata, "issuer"))]
    #[case(json!({ "token_endpoint": null }), Wrong::Missing(Part::Metadata, "token_endpoint"))]
    #[case(json!({ "jwks_uri": ["https://idp.example"] }), Wrong::Malformed(Part::Metadata, "jwks_uri"))]
    #[case(json!({ "jwks_uri": "http://idp.example/j" }), Wrong::Insecure("jwks_uri"))]
    #[case(json!({ "token_endpoint": "http://127.0.0.1/t" }), Wrong::Insecure("token_endpoint"))]
    #[case(json!({ "userinfo_endpoint": "file:///etc/passwd" }), Wrong::Insecure("userinfo_endpoint"))]
    #[case(json!({ "authorization_endpoint": "javascript:alert(1)" }), Wrong::Insecure("authorization_endpoint"))]
    #[case(json!({ "authorization_endpoint": "https://me@idp.example/" }), Wrong::Insecure("authorization_endpoint"))]
    #[case(json!({ "end_session_endpoint": "/logout" }), Wrong::Insecure("end_session_endpoint"))]
    #[case(json!({ "response_types_supported": ["id_token"] }), Wrong::Unsupported("response_types_supported"))]
    #[case(json!({ "response_modes_supported": ["form_post"] }), Wrong::Unsupported("response_modes_supported"))]
    #[case(json!({ "code_challenge_methods_supported": ["plain"] }), Wrong::Unsupported("code_challenge_methods_supported"))]
    #[case(json!({ "id_token_signing_alg_values_supported": ["none", "HS256"] }), Wrong::Unsupported("id_token_signing_alg_values_supported"))]
    #[case(json!({ "scopes_supported": [7] }), Wrong::Malformed(Part::Metadata, "scopes_supported"))]
    #[case(json!({ "backchannel_logout_supported": "true" }), Wrong::Malformed(Part::Metadata, "backchannel_logout_supported"))]
    fn what_is_wrong_with_a_document_is_named(#[case] change: Value, #[case] expected: Wrong) {
        assert_eq!(judged(&change), Err(expected), "{change}");
    }

    #[test]
    fn a_document_that_is_none_or_has_two_meanings_is_refused() {
        let twice = br#"{"issuer":"https://evil.example","issuer":"https://idp.example/realms/hospital"}"#;
        for text in [twice.as_slice(), b"", b"[]", b"<html>", b"{} {}"] {
            assert_eq!(Metadata::judge(text, ISSUER, false), Err(Wrong::NotJson(Part::Metadata)));
        }
    }

    #[rstest]
    #[case("https://idp.example", Some("https://idp.example/.well-known/openid-configuration"))]
    #[case("https://idp.example/", Some("https://idp.example/.well-known/openid-configuration"))]
    #[case("https://idp.example:8443/a/b", Some("https://idp.example:8443/a/b/.well-known/openid-configuration"))]
    #[case("http://127.0.0.1:4444", None)]
    #[case("http://idp.example", None)]
    #[case("https://idp.example?x=1", None)]
    #[case("https://idp.example#x", None)]
    #[case("https://me@idp.example", None)]
    #[case("idp.example", None)]
    #[case("", None)]
    fn an_issuer_is_an_address_and_its_document_lies_behind_it(#[case] issuer: &str, #[case] expected: Option<&str>) {
        assert_eq!(address(issuer, false).ok().as_deref(), expected, "{issuer}");
    }

    #[test]
    fn this_machine_is_an_issuer_where_that_is_allowed_and_only_it_goes_without_tls() {
        let found = address("http://127.0.0.1:4444/x", true).unwrap();
        assert_eq!(found, "http://127.0.0.1:4444/x/.well-known/openid-configuration");
        assert_eq!(address("http://idp.example", true), Err(Wrong::IssuerAddress));
    }

    proptest! {
        #[test]
        fn every_address_of_a_document_that_passes_is_https(
            member in "(authorization_endpoint|token_endpoint|jwks_uri|userinfo_endpoint|end_session_endpoint)",
            address in "(https?://|HTTPS://|ftp:)?[a-z.@:/?#%0-9\\[\\]]{0,20}",
        ) {
            if judged(&json!({ member: address.clone() })).is_ok() {
                prop_assert!(address.starts_with("https://") && !address.contains('#'), "{address}");
            }
        }
    }
}
