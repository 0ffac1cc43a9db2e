//! The link that was opened in this browser, with its account, and what it leads to.

use secrecy::SecretString;
use store::Tx;

use super::rules::{Step, TicketFacts, next_step};
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Browser, Cookie, Error, Visit};

pub struct Ticket {
    pub id: OneTimeId,
    pub account: Account,
    pub step: Step,
}

/// The opened link of this browser; `None` when there is none, or nothing of ours.
pub async fn of_visit(visit: &Visit) -> Result<Option<Ticket>, Error> {
    let (Some(token), Some(browser)) = (token(visit), visit.browser()) else { return Ok(None) };
    Ok(visit.app.db.read("recovery.ticket", async |tx: &mut Tx| load(tx, &token, &browser).await).await?)
}

pub fn token(visit: &Visit) -> Option<SecretString> {
    visit.cookie(Cookie::Recovery).map(|token| SecretString::from(token.to_owned()))
}

pub async fn load(tx: &mut Tx, token: &SecretString, browser: &Browser) -> Result<Option<Ticket>, store::Error> {
    let Some(found) = one_time::peek(tx, &[Purpose::ResetPassword, Purpose::FirstOperator], token).await? else {
        return Ok(None);
    };
    let Some(account) = people::by_id(tx, &found.account).await? else { return Ok(None) };
    let facts = TicketFacts {
        expires_at: found.expires_at,
        used_at: found.used_at,
        used_here: found.used_browser.as_deref() == Some(browser.hash.as_slice()),
        epoch_holds: found.epoch == account.credentials_epoch,
        disabled: account.disabled_at.is_some(),
        // The first operator has just been handed the authenticator's secret on the terminal; she shows it at sign-in.
        second_factor_due: account.has_authenticator && found.purpose == Purpose::ResetPassword,
        second_factor_shown: found.second_browser.as_deref() == Some(browser.hash.as_slice()),
    };
    Ok(Some(Ticket { id: found.id, step: next_step(&facts, Time(tx.now())), account }))
}
