//! From the claims of a provider to what a connection asks of them.

use ::oidc::rp::Claims as Said;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::federation::connections::Oidc;
use crate::federation::contract::Arrived;
use crate::platform::clock::Time;

/// Longer values are none that could be used.
const LONGEST: usize = 300;
const MOST_ROLES: usize = 200;

/// Ways to show something that is not known but had, or is one's own (RFC 8176): with what is known, two factors.
const HAD: [&str; 11] = ["otp", "hwk", "swk", "sc", "sms", "tel", "fpt", "face", "iris", "retina", "vbm"];
const KNOWN: [&str; 3] = ["pwd", "pin", "kba"];

/// Whether something that is mapped is missing.
pub fn lack(settings: &Oidc, claims: &Map<String, Value>) -> bool {
    let mapped = &settings.claims;
    let texts = [&mapped.email, &mapped.first_name, &mapped.last_name, &mapped.user_name];
    texts.into_iter().any(|names| !names.is_empty() && text(names, claims).is_none())
        || (!mapped.roles.is_empty() && mapped.roles.iter().all(|name| !claims.contains_key(name)))
}

/// What only the userinfo endpoint has told. What the ID token says stays: it is signed.
pub fn fill_in(claims: &mut Map<String, Value>, told: Map<String, Value>) {
    let doubts = is_false(told.get("email_verified"));
    for (name, value) in told {
        claims.entry(name).or_insert(value);
    }
    if doubts {
        claims.insert("email_verified".to_owned(), Value::Bool(false));
    }
}

pub fn arrived(settings: &Oidc, said: Said, claims: &Map<String, Value>, id_token: Zeroizing<String>) -> Arrived {
    let mapped = &settings.claims;
    Arrived {
        email: text(&mapped.email, claims),
        email_unverified: is_false(claims.get("email_verified")),
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

/// Some providers write truth as text.
fn is_false(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Bool(false))) || matches!(value, Some(Value::String(text)) if text == "false")
}
