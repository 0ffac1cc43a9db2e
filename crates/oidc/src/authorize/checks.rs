//! The checks, and their order.

use super::request::{AuthorizationRequest, Prompt};
use crate::claims::ClaimsRequest;
use crate::client::{Client, GrantType};
use crate::error::{ErrorCode, Refusal};
use crate::params::Params;
use crate::pkce::Challenge;
use crate::scope::Scope;

/// One check: looks at one thing, and writes what it has understood into the request.
pub type Check = fn(&Params, &Client, &mut AuthorizationRequest) -> Result<(), Refusal>;

/// Every check, in the order in which they are made. As long as [`redirect_uri`] has not passed, a refusal stays here: a
/// redirect to an address nobody registered would make this server a tool for sending people to strangers.
pub const CHECKS: [(&str, Check); 16] = [
    ("redirect_uri", redirect_uri),
    ("state", state),
    ("repeated", repeated),
    ("request objects", request_objects),
    ("grant type", grant_type),
    ("response_type", response_type),
    ("response_mode", response_mode),
    ("scope", scope),
    ("nonce", nonce),
    ("pkce", pkce),
    ("prompt", prompt),
    ("max_age", max_age),
    ("acr_values", acr_values),
    ("claims", claims),
    ("hints", hints),
    ("dpop_jkt", dpop_jkt),
];

/// What the checks read. Of a request that is kept the rest need not be.
pub const PARAMETERS: [&str; 20] = [
    "client_id",
    "redirect_uri",
    "state",
    "request",
    "request_uri",
    "registration",
    "response_type",
    "response_mode",
    "scope",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "max_age",
    "acr_values",
    "claims",
    "login_hint",
    "id_token_hint",
    "ui_locales",
    "dpop_jkt",
];

/// Long enough for what any library sends, and short enough to travel back in an address.
const MAX_STATE: usize = 2048;
const MAX_NONCE: usize = 512;
const MAX_HINT: usize = 8192;
const MAX_VALUES: usize = 20;
const MAX_WORDS: usize = 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Told to the person, on a page of this server.
    Here(Refusal),
    /// Told to the client, at a redirect URI that is its own.
    AtClient { redirect_uri: String, state: Option<String>, refusal: Refusal },
}

/// Judges a request of this client (which `client_id` named, or a pushed request was made by).
///
/// # Errors
/// [`Refused`] by the first check that does not pass.
pub fn judge(params: &Params, client: &Client) -> Result<AuthorizationRequest, Refused> {
    let mut request = AuthorizationRequest { client_id: client.id.clone(), ..AuthorizationRequest::default() };
    for (_, check) in CHECKS {
        if let Err(refusal) = check(params, client, &mut request) {
            return Err(match request.redirect_uri.is_empty() {
                true => Refused::Here(refusal),
                false => Refused::AtClient { redirect_uri: request.redirect_uri, state: request.state, refusal },
            });
        }
    }
    Ok(request)
}

fn redirect_uri(params: &Params, client: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    if params.is_repeated("redirect_uri") || params.is_repeated("client_id") {
        return Err(Refusal::invalid("client_id and redirect_uri are sent once"));
    }
    if params.get("client_id").is_some_and(|id| id != client.id) {
        return Err(Refusal::invalid("client_id is not that of the client who pushed the request"));
    }
    let asked = params.get("redirect_uri").ok_or(Refusal::invalid("redirect_uri is missing"))?;
    if !client.redirects_to(asked) {
        return Err(Refusal::invalid("redirect_uri is none that the client has registered"));
    }
    asked.clone_into(&mut request.redirect_uri);
    Ok(())
}

/// Before the checks that answer the client: their answer carries it back.
fn state(params: &Params, _: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    if params.is_repeated("state") {
        return Err(Refusal::invalid("state is sent once"));
    }
    request.state = bounded(params, "state", MAX_STATE).map_err(|()| Refusal::invalid("state is too long"))?;
    Ok(())
}

fn repeated(params: &Params, _: &Client, _: &mut AuthorizationRequest) -> Result<(), Refusal> {
    match params.any_repeated() {
        true => Err(Refusal::invalid("a parameter is sent more than once")),
        false => Ok(()),
    }
}

fn request_objects(params: &Params, _: &Client, _: &mut AuthorizationRequest) -> Result<(), Refusal> {
    if params.get("request").is_some() {
        return Err(Refusal::new(
            ErrorCode::RequestNotSupported,
            "request objects are not read here; push the request",
        ));
    }
    // A pushed request's own address has been replaced by what was pushed before anything is judged.
    if params.get("request_uri").is_some() {
        return Err(Refusal::new(ErrorCode::RequestUriNotSupported, "only a pushed request has a request_uri here"));
    }
    if params.get("registration").is_some() {
        return Err(Refusal::new(ErrorCode::RegistrationNotSupported, "clients are registered beforehand"));
    }
    Ok(())
}

fn grant_type(_: &Params, client: &Client, _: &mut AuthorizationRequest) -> Result<(), Refusal> {
    match client.may(GrantType::AuthorizationCode) {
        true => Ok(()),
        false => Err(Refusal::new(ErrorCode::UnauthorizedClient, "the client is not registered for this")),
    }
}

fn response_type(params: &Params, _: &Client, _: &mut AuthorizationRequest) -> Result<(), Refusal> {
    match params.get("response_type") {
        Some("code") => Ok(()),
        None => Err(Refusal::invalid("response_type is missing")),
        // No token ever travels through an address.
        Some(_) => Err(Refusal::new(ErrorCode::UnsupportedResponseType, "response_type is code")),
    }
}

fn response_mode(params: &Params, _: &Client, _: &mut AuthorizationRequest) -> Result<(), Refusal> {
    match params.get("response_mode") {
        None | Some("query") => Ok(()),
        Some(_) => Err(Refusal::invalid("response_mode is query")),
    }
}

/// What the client may not have is left out, not refused; it is told what it got.
fn scope(params: &Params, client: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    let bad = Refusal::new(ErrorCode::InvalidScope, "scope is missing, is not a list of words, or has no openid");
    let asked = Scope::parse(params.get("scope").unwrap_or_default()).map_err(|_| bad)?;
    if !asked.contains("openid") {
        return Err(bad);
    }
    request.scope = asked.and(&client.scope);
    if !request.scope.contains("openid") {
        return Err(Refusal::new(ErrorCode::InvalidScope, "the client is not registered for openid"));
    }
    Ok(())
}

fn nonce(params: &Params, _: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    request.nonce = bounded(params, "nonce", MAX_NONCE).map_err(|()| Refusal::invalid("nonce is too long"))?;
    Ok(())
}

fn pkce(params: &Params, client: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    match (params.get("code_challenge"), params.get("code_challenge_method")) {
        (None, None) if client.needs_pkce() => {
            Err(Refusal::invalid("code_challenge is missing: this client uses PKCE with S256"))
        }
        (None, None) => Ok(()),
        // Without a method it would be `plain`.
        (Some(challenge), Some("S256")) => {
            let challenge = Challenge::parse(challenge).ok_or(Refusal::invalid("code_challenge is none of S256"))?;
            request.challenge = Some(challenge);
            Ok(())
        }
        _ => Err(Refusal::invalid("code_challenge_method is S256")),
    }
}

fn prompt(params: &Params, _: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    let mut prompt = Prompt::default();
    for word in words(params, "prompt")? {
        match word.as_str() {
            "none" => prompt.none = true,
            "login" => prompt.login = true,
            "consent" => prompt.consent = true,
            "select_account" => prompt.select_account = true,
            _ => return Err(Refusal::invalid("prompt has a value that is not known here")),
        }
    }
    if prompt.none && (prompt.login || prompt.consent || prompt.select_account) {
        return Err(Refusal::invalid("prompt=none goes with no other"));
    }
    request.prompt = prompt;
    Ok(())
}

fn max_age(params: &Params, _: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    let Some(text) = params.get("max_age") else { return Ok(()) };
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = text.parse().ok().filter(|_| digits);
    request.max_age = Some(seconds.ok_or(Refusal::invalid("max_age is a number of seconds"))?);
    Ok(())
}

fn acr_values(params: &Params, _: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    request.acr_values = words(params, "acr_values")?;
    Ok(())
}

fn claims(params: &Params, _: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    let Some(text) = params.get("claims") else { return Ok(()) };
    request.claims = ClaimsRequest::parse(text).map_err(|_| Refusal::invalid("claims cannot be read"))?;
    Ok(())
}

fn hints(params: &Params, _: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    let hint = |name| bounded(params, name, MAX_HINT).map_err(|()| Refusal::invalid("a hint is too long"));
    request.login_hint = hint("login_hint")?;
    request.id_token_hint = hint("id_token_hint")?;
    request.ui_locales = words(params, "ui_locales")?;
    Ok(())
}

fn dpop_jkt(params: &Params, _: &Client, request: &mut AuthorizationRequest) -> Result<(), Refusal> {
    let Some(text) = params.get("dpop_jkt") else { return Ok(()) };
    let thumbprint = Challenge::parse(text).ok_or(Refusal::invalid("dpop_jkt is no thumbprint"))?;
    request.dpop_jkt = Some(thumbprint.to_text());
    Ok(())
}

fn bounded(params: &Params, name: &str, most: usize) -> Result<Option<String>, ()> {
    match params.get(name) {
        Some(text) if text.len() > most => Err(()),
        other => Ok(other.map(str::to_owned)),
    }
}

fn words(params: &Params, name: &str) -> Result<Vec<String>, Refusal> {
    let text = params.get(name).unwrap_or_default();
    let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    match words.len() <= MAX_VALUES && text.len() <= MAX_WORDS {
        true => Ok(words),
        false => Err(Refusal::invalid("a parameter has too many values, or too long ones")),
    }
}
