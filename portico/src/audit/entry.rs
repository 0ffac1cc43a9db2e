//! One event, about to be recorded.

use serde_json::{Value, json};

use super::Event;
use crate::people::Account;
use crate::platform::ids::{AccountId, OrganizationId};
use crate::platform::web::Visit;
use crate::session::known_browser;

/// Who did it.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    Account(&'a AccountId),
    /// Somebody who is not signed in.
    Browser,
    /// An organization's own program, by its client's id.
    Client(&'a str),
    /// Whoever may run commands on the machine.
    Command,
    /// Nobody: a job.
    System,
}

/// Where somebody sat who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub address: String,
    /// In our own words; `None` where it said nothing that we know.
    pub browser: Option<String>,
}

impl Source {
    pub fn of(visit: &Visit) -> Source {
        Source { address: visit.address.to_string(), browser: known_browser(&visit.user_agent) }
    }
}

/// An event to be recorded.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub event: Event,
    pub actor: Actor<'a>,
    /// Whom it is about.
    pub account: Option<&'a AccountId>,
    pub organization: Option<&'a OrganizationId>,
    /// `None`: nobody's browser.
    pub source: Option<Source>,
    /// What else a reader wants to know. Never a secret, never what was typed into a password field.
    pub details: Value,
}

impl<'a> Entry<'a> {
    /// What an account did, about itself.
    pub fn by(event: Event, account: &'a AccountId) -> Entry<'a> {
        Entry {
            event,
            actor: Actor::Account(account),
            account: Some(account),
            organization: None,
            source: None,
            details: json!({}),
        }
    }

    /// What was done to something that is nobody's account.
    pub fn plain(event: Event, actor: Actor<'a>, details: Value) -> Entry<'a> {
        Entry { event, actor, account: None, organization: None, source: None, details }
    }

    /// What somebody who says they are this account did.
    pub fn of(event: Event, account: &'a Account) -> Entry<'a> {
        let organization = Some(&account.organization.id);
        Entry { actor: Actor::Browser, organization, ..Entry::by(event, &account.id) }
    }

    /// The same, where there may be no such account: then only the keyed pseudo-id of what was typed is kept.
    pub fn about(event: Event, account: Option<&'a Account>, subject: &str) -> Entry<'a> {
        match account {
            Some(account) => Entry::of(event, account),
            None => Entry {
                event,
                actor: Actor::Browser,
                account: None,
                organization: None,
                source: None,
                details: json!({ "subject": subject }),
            },
        }
    }

    /// With the address and the browser that the visit came from.
    pub fn from(self, visit: &Visit) -> Entry<'a> {
        Entry { source: Some(Source::of(visit)), ..self }
    }
}
