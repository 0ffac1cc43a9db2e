//! The link that was opened in this browser, with its account, and what it leads to.

use secrecy::{ExposeSecret, SecretString};
use store::Tx;

use super::rules::{Step, TicketFacts, next_step};
use super::send::{is_typed_for, opens, question_due};
use super::{mailboxes, pair, queries};
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Browser, Cookie, Error, Visit};

pub struct Ticket {
    pub id: OneTimeId,
    pub purpose: Purpose,
    pub account: Account,
    pub step: Step,
    /// Where the link was mailed; empty for one that was shown at once.
    pub sent_to: String,
}

impl Ticket {
    /// What the page may call the account: nothing where the link lies in a mailbox that is no longer the account's. Whoever
    /// reads there has no business with its address of today.
    pub fn identifier(&self) -> Option<String> {
        let here = self.sent_to.is_empty() || self.account.has_mailbox(&self.sent_to);
        here.then(|| self.account.sign_in_name().to_owned())
    }
}

/// The opened link of this browser; `None` when there is none, or nothing of ours.
pub async fn of_visit(visit: &Visit) -> Result<Option<Ticket>, Error> {
    let (Some(token), Some(browser)) = (token(visit), visit.browser()) else { return Ok(None) };
    Ok(visit.app.db.read("recovery.ticket", async |tx: &mut Tx| load(tx, &token, &browser).await).await?)
}

pub fn token(visit: &Visit) -> Option<SecretString> {
    visit.cookie(Cookie::Recovery).map(|token| SecretString::from(token.to_owned()))
}

/// Whether the step that a form was sent for is due still: asked in the write that takes what the form shows.
pub async fn is_due(tx: &mut Tx, visit: &Visit, ticket: &Ticket, browser: &Browser) -> Result<bool, store::Error> {
    let Some(token) = token(visit) else { return Ok(false) };
    let now = load(tx, &token, browser).await?;
    Ok(now.is_some_and(|now| now.id == ticket.id && now.step == ticket.step))
}

/// What these have in common: all of them set a password.
const PURPOSES: [Purpose; 5] = [
    Purpose::ResetPassword,
    Purpose::AdministratorsReset,
    Purpose::AnsweredQuestions,
    Purpose::FirstOperator,
    Purpose::SecondaryReset,
];

pub async fn load(tx: &mut Tx, token: &SecretString, browser: &Browser) -> Result<Option<Ticket>, store::Error> {
    let hash = one_time::hash(token.expose_secret());
    for purpose in PURPOSES {
        let Some(found) = one_time::peek(tx, purpose, &hash).await? else { continue };
        let Some(account) = people::by_id(tx, &found.account).await? else { return Ok(None) };
        // What answers gave belongs to the browser they were given in; nobody else's has ever seen it.
        if purpose == Purpose::AnsweredQuestions && !queries::is_granted_to(tx, &found.id, &browser.hash).await? {
            return Ok(None);
        }
        let other = mailboxes::other_half(&account, purpose);
        let other_mailbox_shown = match other {
            Some(other) => pair::is_shown(tx, other, &account.id, &found, browser).await?,
            None => false,
        };
        let here = |hash: &Option<Vec<u8>>| hash.as_deref() == Some(browser.hash.as_slice());
        let facts = TicketFacts {
            status: found.status,
            used_here_at: found.used_at.filter(|_| here(&found.used_in)),
            // Asked again: what may be reset, and which is its mailbox, can have changed since the link was mailed.
            barred: !opens(purpose, &account)
                || (purpose == Purpose::SecondaryReset && !account.has_mailbox(&found.sent_to)),
            is_half: other.is_some(),
            mailbox_shown: here(&found.mailbox_in),
            other_mailbox_shown,
            // The first operator has just been handed the authenticator's secret on the terminal, and shows it at sign-in.
            second_factor_due: account.has_second_factor() && purpose != Purpose::FirstOperator,
            second_factor_shown: here(&found.second_factor_in),
            question_due: is_typed_for(purpose) && question_due(&account),
            question_answered: here(&found.answered_in),
        };
        let step = next_step(&facts, Time(tx.now()));
        return Ok(Some(Ticket { id: found.id, purpose, step, account, sent_to: found.sent_to }));
    }
    Ok(None)
}
