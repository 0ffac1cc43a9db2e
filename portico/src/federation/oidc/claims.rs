//! From the claims of a provider to what a connection asks of them.

use ::oidc::rp::Claims as Said;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::federation::connections::{Oidc, Protocol, Settings};
use crate::federation::contract::Arrived;
use crate::platform::clock::Time;

/// Longer values are none that could be used.
const LONGEST: usize = 300;
const MOST_ROLES: usize = 200;

/// Ways to show something that is not known but had, or is one's own (RFC 8176): with what is known, two factors.
const HAD: [&str; 11] = ["otp", "hwk", "swk", "sc", "sms", "tel", "fpt", "face", "iris", "retina", "vbm"];
const KNOWN: [&str; 3] = ["pwd", "pin", "kba"];

/// Whether something that is mapped, or without which an email counts for nothing, is missing.
pub fn lack(settings: &Settings, claims: &Map<String, Value>) -> bool {
    let Protocol::Oidc(oidc) = &settings.protocol;
    let mapped = &oidc.claims;
    let texts = [&mapped.email, &mapped.first_name, &mapped.last_name, &mapped.user_name];
    texts.into_iter().any(|names| !names.is_empty() && text(names, claims).is_none())
        || (!mapped.roles.is_empty() && mapped.roles.iter().all(|name| !claims.contains_key(name)))
        || (settings.requires_verified_email && !claims.contains_key("email_verified"))
}

/// What only the userinfo endpoint has told. What the ID token says stays: it is signed.
pub fn fill_in(claims: &mut Map<String, Value>, told: Map<String, Value>) {
    let doubts = is(false, told.get("email_verified"));
    // What it says of an address is about the one that it tells itself.
    let another = claims.get("email").is_some_and(|email| told.get("email") != Some(email));
    for (name, value) in told.into_iter().filter(|(name, _)| !(another && name == "email_verified")) {
        claims.entry(name).or_insert(value);
    }
    if doubts {
        claims.insert("email_verified".to_owned(), Value::Bool(false));
    }
}

pub fn arrived(settings: &Oidc, said: Said, claims: &Map<String, Value>, id_token: Zeroizing<String>) -> Arrived {
    let mapped = &settings.claims;
    let email = text(&mapped.email, claims);
    Arrived {
        email_verified: verified(email.as_deref(), claims),
        email,
        first_name: text(&mapped.first_name, claims),
        last_name: text(&mapped.last_name, claims),
        user_name: text(&mapped.user_name, claims),
        roles: mapped.roles.iter().find_map(|name| claims.get(name)).map(values).unwrap_or_default(),
        second_factor: second_factor(settings, &said),
        authenticated_at: said.auth_time.map(Time::from_seconds),
        sid: said.sid.filter(|sid| sid.len() <= LONGEST),
        hint: Some(id_token),
        subject: said.sub,
    }
}

/// By the provider's own word for it, or by the ways it names.
fn second_factor(settings: &Oidc, said: &Said) -> bool {
    let named = said.acr.as_ref().is_some_and(|acr| settings.mfa_acr.contains(acr));
    let shown = |ways: &[&str]| said.amr.iter().any(|way| ways.contains(&way.as_str()));
    named || shown(&["mfa"]) || (shown(&KNOWN) && shown(&HAD))
}

/// The first of these claims that is a text.
fn text(names: &[String], claims: &Map<String, Value>) -> Option<String> {
    let found = names.iter().filter_map(|name| claims.get(name)?.as_str()).map(str::trim);
    found.filter(|text| !text.is_empty() && text.len() <= LONGEST).map(str::to_owned).next()
}

fn values(claim: &Value) -> Vec<String> {
    match claim {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).take(MOST_ROLES).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// The word is about the claim `email`: where the address is read from another one, a good word is worth something if they are
/// the same, and a bad one in any case.
fn verified(email: Option<&str>, claims: &Map<String, Value>) -> Option<bool> {
    let word = claims.get("email_verified");
    let is_about_it = email.is_some() && claims.get("email").and_then(Value::as_str).map(str::trim) == email;
    match () {
        () if is(false, word) => Some(false),
        () if is(true, word) && is_about_it => Some(true),
        () => None,
    }
}

/// Some providers write truth as text.
fn is(truth: bool, value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(told)) => *told == truth,
        Some(Value::String(told)) => *told == truth.to_string(),
        _ => false,
    }
}
