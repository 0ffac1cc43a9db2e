//! What there is to say of a connection: what cannot work, and what is weaker than it could be. Pure.

use std::time::Duration;

use serde::Serialize;

use super::look::{Look, Seen};
use crate::federation::{ClientAuth, Connection, Oidc, Protocol, Role, State};
use crate::platform::clock::Time;

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Nobody gets in like this.
    Broken,
    /// It works, and holds less than it could, or not for long.
    Weaker,
    Note,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub weight: Weight,
    /// What it is, and what to do about it.
    pub text: String,
}

/// Everything there is to say, the heaviest first. `look`: what the provider itself has said, where it was asked.
pub fn findings(connection: &Connection, domains: &[String], look: Option<&Look>, now: Time) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |weight, text: String| found.push(Finding { weight, text });
    let Protocol::Oidc(oidc) = &connection.settings.protocol;
    secret(oidc, now, &mut add);
    if let Some(look) = look {
        provider(connection, oidc, look, &mut add);
    }
    settings(connection, oidc, &mut add);
    if domains.is_empty() && connection.state == State::On {
        add(Weight::Note, "It is on, and no domain leads there: only its link does.".into());
    }
    found.sort_by_key(|finding| finding.weight);
    found
}

fn secret(oidc: &Oidc, now: Time, add: &mut impl FnMut(Weight, String)) {
    if oidc.secret.is_none() {
        add(Weight::Broken, "There is no secret, so that the provider cannot know who asks it.".into());
    }
    match oidc.secret_expires_at {
        Some(end) if end <= now => {
            add(Weight::Broken, format!("The secret ended {}. Have a new one made, and put it in.", end.to_text()));
        }
        Some(end) if end < now + DAY * 30 => {
            add(Weight::Weaker, format!("The secret ends {}. Have a new one made in time.", end.to_text()));
        }
        None if oidc.auth != ClientAuth::PrivateKeyJwt && oidc.secret.is_some() => {
            add(Weight::Note, "Nobody has said when the secret ends, so that nobody can be warned.".into());
        }
        _ => {}
    }
}

fn provider(connection: &Connection, oidc: &Oidc, look: &Look, add: &mut impl FnMut(Weight, String)) {
    let metadata = match &look.metadata {
        Err(why) => return add(Weight::Broken, format!("The provider cannot be used: {why}.")),
        Ok(metadata) => metadata,
    };
    let offered: Vec<&str> = metadata.client_auth.iter().map(|way| way.name()).collect();
    if !offered.contains(&oidc.auth.as_str()) {
        let instead = if offered.is_empty() { "nothing that is known here".to_owned() } else { offered.join(", ") };
        add(Weight::Broken, format!("It does not take {}; it takes {instead}.", oidc.auth.as_str()));
    }
    match &look.client {
        Seen::Refused(why) => add(Weight::Broken, format!("It does not know us by this client and secret: {why}.")),
        Seen::Silent(why) => add(Weight::Weaker, format!("Whether it knows us could not be seen: {why}.")),
        Seen::Known | Seen::NotAsked => {}
    }
    // Empty lists say nothing: a provider need not tell.
    for scope in oidc.scopes.split(' ').filter(|scope| lacks(&metadata.scopes, scope)) {
        add(Weight::Weaker, format!("It does not say that it has the scope `{scope}`."));
    }
    let claims = &oidc.claims;
    for (what, names) in [("email", &claims.email), ("roles", &claims.roles), ("user name", &claims.user_name)] {
        if !names.is_empty() && names.iter().all(|name| lacks(&metadata.claims, name)) {
            add(Weight::Note, format!("It does not say that it has a claim for the {what} ({}).", names.join(", ")));
        }
    }
    if connection.settings.requires_verified_email && lacks(&metadata.claims, "email_verified") {
        let text = "It does not say that it has a claim `email_verified`, without which nobody is known by an email.";
        add(Weight::Weaker, text.into());
    }
    for value in oidc.mfa_acr.iter().filter(|value| lacks(&metadata.acr_values, value)) {
        add(Weight::Weaker, format!("It does not say that it knows the acr value `{value}`."));
    }
    if !metadata.answers_with_issuer {
        add(Weight::Note, "Its answers do not name it (RFC 9207); they are told apart by other means.".into());
    }
    if metadata.end_session_endpoint.is_none() {
        add(Weight::Note, "It has no address for signing out, so that its own session goes on.".into());
    }
    if !metadata.tells_of_logout {
        add(Weight::Note, "It does not tell us when somebody signs out there.".into());
    }
    if connection.settings.private_network {
        let beside: String =
            connection.settings.private_hosts.iter().map(|host| format!(", and so may {host}")).collect();
        add(Weight::Note, format!("Its issuer's host may lie in the private network{beside}."));
    }
}

fn settings(connection: &Connection, oidc: &Oidc, add: &mut impl FnMut(Weight, String)) {
    let settings = &connection.settings;
    if settings.trusts_mfa {
        let by = match oidc.mfa_acr.as_slice() {
            [] => "what it says in `amr`".to_owned(),
            values => format!("`acr` {} or `amr`", values.join(", ")),
        };
        match &settings.mfa_accepted {
            None => add(
                Weight::Note,
                format!(
                    "A second factor shown there counts here, by {by}; not for administrators and products that demand one."
                ),
            ),
            Some(accepted) => add(
                Weight::Weaker,
                format!(
                    "A second factor shown there counts here for everybody, by {by}: accepted {}.",
                    accepted.at.to_text()
                ),
            ),
        }
    }
    if !settings.requires_verified_email {
        add(
            Weight::Note,
            "An email counts although nobody says that it is verified, unless the provider denies it.".into(),
        );
    }
    if settings.roles.iter().any(|(_, role)| *role == Role::LicenseOwner) {
        add(Weight::Weaker, "Whoever gives out groups there makes License Owners here.".into());
    }
    if !settings.roles.is_empty() && oidc.claims.roles.is_empty() {
        add(Weight::Broken, "Roles are mapped, and no claim is named that they are read from.".into());
    }
}

fn lacks(told: &[String], word: &str) -> bool {
    !told.is_empty() && !told.iter().any(|known| known == word)
}
