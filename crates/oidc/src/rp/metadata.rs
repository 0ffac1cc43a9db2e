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
