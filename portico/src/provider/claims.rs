//! What clients are told of a person, and under which scope. What there is nothing to say of is left out.

use oidc::Scope;
use oidc::authorize::AuthorizationRequest;
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

/// The scope that stands for a claim; `None`: it is not asked for by name.
fn scope_of(claim: &str) -> Option<&'static str> {
    BY_SCOPE.iter().find(|(_, claims)| claims.contains(&claim)).map(|(word, _)| *word)
}

fn may_have(client: &Scope, claim: &str) -> bool {
    scope_of(claim).is_some_and(|word| client.contains(word))
}

/// Everything that a request would tell its client: its scope, and what stands for each claim it names. It is this that a
/// person is asked about, or a client could learn by name what it was not given by scope.
pub fn told_by(request: &AuthorizationRequest, client: &Scope) -> Scope {
    let named = request.claims.id_token.keys().chain(request.claims.userinfo.keys());
    let words: Vec<_> = named.filter_map(|claim| scope_of(claim)).filter(|word| client.contains(word)).collect();
    request.scope.or(&Scope::of(&words))
}

/// What userinfo says: what the scope stands for, and what was asked for one by one.
pub fn userinfo(standing: &Standing, scope: &Scope) -> Map<String, Value> {
    let by_scope =
        BY_SCOPE.iter().filter(|(word, _)| scope.contains(word)).flat_map(|(_, names)| names.iter().copied());
    let registered = &standing.client.client.scope;
    let singly = standing.claims.split(' ').filter(|name| may_have(registered, name));
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
        // Not the address where there is none: that is another scope's.
        "preferred_username" => text(person.user_name.as_deref().unwrap_or_default()),
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

/// Of the names a client asks for, those that its registration covers; what is kept with a grant is thereby bounded, too.
pub fn covered<'a>(names: impl Iterator<Item = &'a String>, client: &Scope) -> Vec<String> {
    names.filter(|name| may_have(client, name)).cloned().collect()
}

/// The `acr` of a session with these methods.
pub fn acr(methods: &str) -> &'static str {
    // "mfa": the person's organization has seen them, and is believed that. A code by mail is a mailbox, and no factor. "hwk", "swk": a
    // passkey, shown by somebody who was verified where it is kept.
    let two = ["otp", "recovery", "mfa", "hwk", "swk"];
    if methods.split(' ').any(|method| two.contains(&method)) { TWO_FACTORS } else { ONE_FACTOR }
}

/// The `amr`: the names of RFC 8176, and `fed` for what the person's organization has said. A recovery code is a one-time password,
/// too.
pub fn amr(methods: &str) -> Vec<&'static str> {
    let shown = |name: &str| methods.split(' ').any(|method| method == name || (name == "otp" && method == "recovery"));
    let known: Vec<_> = ["fed", "pwd", "otp", "hwk", "swk"].into_iter().filter(|known| shown(known)).collect();
    // Whoever uses a passkey has touched it.
    let present = known.iter().any(|method| ["hwk", "swk"].contains(method)).then_some("user");
    known.into_iter().chain(present).chain((acr(methods) == TWO_FACTORS).then_some("mfa")).collect()
}
