//! What an operator should know of a product's registration: what cannot work, and what is weaker than it could be.

use std::time::Duration;

use oidc::client::{AuthMethod, GrantType, Profile};
use serde::Serialize;
use store::{Error, Tx};

use super::license::License;
use super::queries;
use super::stored::{Stored, StoredClient};
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::outgoing::Target;
use crate::provider::{self, Undelivered};

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// A secret that has been somewhere for a year has been everywhere.
const OLD: Duration = Duration::from_secs(365 * 24 * 3_600);

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Nobody can use it like this.
    Broken,
    /// It works, and holds less than `default` and today's custom would: shown wherever the product is.
    Weaker,
    Note,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub weight: Weight,
    pub client: Option<String>,
    /// What it is, and what to do about it.
    pub text: String,
}

/// What findings are made of beside a registration.
pub struct Around {
    pub licenses: Vec<License>,
    pub undelivered: Vec<Undelivered>,
    /// This deployment is on loopback itself, and may talk to others that are.
    pub loopback: bool,
    pub now: Time,
}

impl Around {
    /// # Errors
    /// When the database says no.
    pub async fn read(tx: &mut Tx, app: &App) -> Result<Around, Error> {
        let now = Time(tx.now());
        Ok(Around {
            licenses: queries::licenses(tx).await?,
            undelivered: provider::undelivered(tx, now - DAY).await?,
            loopback: app.public_url.starts_with("http://"),
            now,
        })
    }
}

/// Everything there is to say of one product, the heaviest first.
pub fn findings(product: &Stored, around: &Around) -> Vec<Finding> {
    let now = around.now;
    let slug = &product.product.id;
    let mut findings = Vec::new();
    let mut add = |weight, text: String| findings.push(Finding { weight, client: None, text });
    if product.retired_at.is_some() {
        add(Weight::Note, format!("It is retired. `portico product restore {slug}` brings it back."));
        return findings;
    }
    let held: Vec<&License> = around.licenses.iter().filter(|license| license.product == product.id).collect();
    if !held.iter().any(|license| license.is_in_force(now)) {
        let text = format!("No organization may use it now. `portico product open-to {slug} ORGANIZATION --seats 50`.");
        add(Weight::Broken, text);
    }
    for license in
        held.iter().filter(|license| license.valid_until.is_some_and(|until| until > now && until < now + DAY * 30))
    {
        let until = license.valid_until.map(Time::to_text).unwrap_or_default();
        add(Weight::Note, format!("The license of {} ends at {until}.", license.slug));
    }
    let living: Vec<&StoredClient> = product.clients.iter().filter(|client| !client.is_disabled()).collect();
    if living.is_empty() {
        add(Weight::Note, "It has no client, so it is a link: people sign in there once more.".into());
    }
    findings.extend(living.iter().flat_map(|client| of_client(client, around)));
    findings.sort_by_key(|finding| finding.weight);
    findings
}

/// The same of one client.
pub fn of_client(client: &StoredClient, around: &Around) -> Vec<Finding> {
    let (new, listed, now) = (&client.listed.new, &client.listed, around.now);
    let mut findings = Vec::new();
    let mut add = |weight, text: &str| {
        let text = format!("{}: {text}", new.id);
        findings.push(Finding { weight, client: Some(new.id.clone()), text });
    };
    let signs_in = new.grants.contains(&GrantType::AuthorizationCode);
    if new.profile == Profile::OidcBasic && new.auth != AuthMethod::None && !listed.pkce_pinned {
        add(
            Weight::Weaker,
            "Its profile is `oidc-basic`: PKCE is not asked of it, so a code that was stolen on its way is held by the secret \
             alone. Use `default` once its library can do PKCE (RFC 9700 section 2.1.1).",
        );
    }
    if signs_in && !new.native && new.redirect_uris.iter().any(|uri| uri.starts_with("http://")) {
        add(
            Weight::Weaker,
            "It redirects to http on a person's own machine: for trying, not for a product that others use.",
        );
    }
    if signs_in && new.backchannel_logout_uri.is_none() && !new.native {
        add(Weight::Note, "It has no `backchannel_logout_uri`, so it is not told when somebody signs out elsewhere.");
    }
    if new.product.is_none() && signs_in && new.organizations.is_empty() {
        add(Weight::Broken, "It is open to no organization, so nobody can sign in.");
    }
    if let Some(uri) = &new.backchannel_logout_uri {
        if Target::parse(uri, around.loopback).is_err() {
            add(Weight::Broken, "Its `backchannel_logout_uri` is no https address, and no notice is sent to it.");
        }
        for lost in around.undelivered.iter().filter(|lost| lost.client == new.id) {
            let answer = lost.answer.as_deref().unwrap_or("no answer");
            add(
                Weight::Weaker,
                &format!("Of today's notices that people have signed out {} did not arrive ({answer}).", lost.notices),
            );
        }
    }
    if new.auth == AuthMethod::Secret {
        let mut in_force = listed.secrets.iter().filter(|secret| secret.is_in_force(now)).peekable();
        if in_force.peek().is_none() {
            add(Weight::Broken, "It has no secret. `portico product secret add` gives it one.");
        }
        let secrets: Vec<_> = in_force.collect();
        if secrets.iter().any(|secret| now.since(secret.created_at) > OLD) {
            add(
                Weight::Weaker,
                "It has a secret that is older than a year. `portico product secret add` begins a change.",
            );
        }
        if secrets.len() > 1 && secrets.iter().filter(|secret| secret.expires_at.is_none()).count() > 1 {
            add(Weight::Note, "It has more than one secret without end. Revoke those that are not used any more.");
        }
    }
    findings
}
