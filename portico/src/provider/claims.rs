//! What clients are told of a person, and under which scope. What there is nothing to say of is left out.

use oidc::Scope;
use serde_json::{Map, Value, json};

use super::grants::Standing;
use crate::organizations::Organization;

/// One factor was shown, or two. Nothing stronger exists here yet (docs/operate/provider.md).
pub const ONE_FACTOR: &str = "urn:portico:acr:one-factor";
pub const TWO_FACTORS: &str = "urn:portico:acr:two-factors";

/// Every claim there is, for discovery.
pub const CLAIMS: [&str; 17] = [
    "sub",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "locale",
    "zoneinfo",
    "email",
    "email_verified",
    "organization",
    "sites",
    "roles",
    "sid",
    "auth_time",
    "acr",
    "amr",
    "nonce",
];

/// The claims a scope stands for (OpenID Connect Core section 5.4). `address` and `phone` stand for nothing: nobody's are kept.
const BY_SCOPE: [(&str, &[&str]); 3] = [
    ("profile", &["name", "given_name", "family_name", "preferred_username", "locale", "zoneinfo"]),
    ("email", &["email", "email_verified"]),
    ("access", &["organization", "sites", "roles"]),
];

/// What userinfo says: what the scope stands for, and what was asked for one by one.
pub fn userinfo(standing: &Standing, scope: &Scope) -> Map<String, Value> {
    let by_scope =
        BY_SCOPE.iter().filter(|(word, _)| scope.contains(word)).flat_map(|(_, names)| names.iter().copied());
    let singly = standing.claims.split(' ').filter(|name| !name.is_empty());
    let mut claims = pick(standing, by_scope.chain(singly));
    claims.insert("sub".into(), Value::from(standing.subject.as_str()));
    claims
}

/// The claims of these names, as far as there is something to say.
pub fn pick<'a>(standing: &Standing, names: impl Iterator<Item = &'a str>) -> Map<String, Value> {
    names.filter_map(|name| Some((name.to_owned(), value_of(standing, name)?))).collect()
}

fn value_of(standing: &Standing, name: &str) -> Option<Value> {
    let person = &standing.person;
    let text = |text: &str| (!text.is_empty()).then(|| Value::from(text));
    match name {
        "name" => text(format!("{} {}", person.first_name, person.last_name).trim()),
        "given_name" => text(&person.first_name),
        "family_name" => text(&person.last_name),
        "preferred_username" => text(person.user_name.as_ref().unwrap_or(&person.email)),
        "locale" => text(person.language.as_deref().unwrap_or_default()),
        "zoneinfo" => text(&standing.organization.time_zone),
        "email" => text(&person.email),
        "email_verified" => Some(Value::from(person.email_verified)),
        "organization" => Some(organization(&standing.organization)),
        "sites" => serde_json::to_value(&standing.places).ok(),
        "roles" => serde_json::to_value(&standing.roles).ok(),
        _ => None,
    }
}

fn organization(organization: &Organization) -> Value {
    json!({ "id": organization.id, "slug": organization.slug, "name": organization.name })
}

/// Of the names a client asks for, those that can be given at all; what is kept with a grant is thereby bounded.
pub fn known<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let given = |name: &&String| BY_SCOPE.iter().any(|(_, claims)| claims.contains(&name.as_str()));
    names.filter(given).cloned().collect()
}

/// The `acr` of a session with these methods.
pub fn acr(methods: &str) -> &'static str {
    if methods.split(' ').any(|method| method == "otp") { TWO_FACTORS } else { ONE_FACTOR }
}

/// The `amr` (RFC 8176).
pub fn amr(methods: &str) -> Vec<&'static str> {
    let known = ["pwd", "otp"].into_iter().filter(|known| methods.split(' ').any(|method| method == *known));
    known.chain((acr(methods) == TWO_FACTORS).then_some("mfa")).collect()
}
