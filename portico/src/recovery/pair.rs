//! Two mailboxes that say yes to one person: both in one browser, or each in one of its own, and then the number that the one browser
//! shows is typed in the other (docs/decisions/0012-two-mailboxes.md).
//!
//! Whoever reads one of somebody's mailboxes would else wait for that person's yes in the other one. The number goes from the browser
//! that shows it to the one that goes on: a person who is made to type a stranger's goes on themselves.

use std::time::Duration;

use axum::response::Response;
use secrecy::ExposeSecret;
use serde::Deserialize;
use store::Tx;
use subtle::ConstantTimeEq;

use super::mailboxes::other_half;
use super::rules::Step;
use super::ticket::{self, Ticket};
use crate::app::App;
use crate::audit::{self, Event};
use crate::lockout::{self, Attempt, Class, Counter, Factor, Permit};
use crate::organizations::LockRule;
use crate::platform::ids::{AccountId, OneTimeId};
use crate::platform::one_time::{self, Purpose, State};
use crate::platform::web::{Browser, Error, Form, Visit, see_other, to_the_end};

const HOUR: Duration = Duration::from_secs(3_600);
/// A link at which a number has been guessed at five times takes none any more, for as long as it lives.
const TRIES: LockRule = LockRule { failures: 5, window: HOUR, length: HOUR, cap: 5, sliding: false };

#[derive(Deserialize)]
pub struct NumberForm {
    #[serde(default)]
    number: String,
}

/// Whether the other mailbox has said yes to whoever sits at this browser.
pub async fn is_shown(
    tx: &mut Tx,
    other: Purpose,
    account: &AccountId,
    found: &State,
    browser: &Browser,
) -> Result<bool, store::Error> {
    let shown = one_time::mailboxes_shown(tx, other, account).await?;
    let here = |said_in: &[u8]| said_in == browser.hash.as_slice();
    Ok(shown.iter().any(|(id, said_in)| here(said_in) || found.mailbox_pair.as_ref() == Some(id)))
}

/// The number of a link, as it is read from one screen and typed at another: `1234 5678`.
pub fn number(app: &App, link: &OneTimeId) -> String {
    let digits = one_time::code(&app.keys, link);
    let (first, last) = digits.expose_secret().split_at_checked(4).unwrap_or_default();
    format!("{first} {last}")
}

/// `POST /recover/mailbox/number`
pub async fn submit(visit: Visit, Form(form): Form<NumberForm>) -> Result<Response, Error> {
    let (Some(ticket), Some(browser)) = (ticket::of_visit(&visit).await?, visit.browser()) else {
        return Ok(see_other("/recover/mailbox"));
    };
    if ticket.step != Step::OtherMailbox {
        return Ok(see_other("/recover/mailbox"));
    }
    let digits: String = form.number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.is_empty() {
        return Ok(see_other("/recover/mailbox?problem=missing"));
    }
    let problem = to_the_end(async move { guess(&visit, &ticket, &browser, &digits).await }).await?;
    Ok(see_other(&problem.map_or_else(|| "/recover/mailbox".into(), |word| format!("/recover/mailbox?problem={word}"))))
}

/// Counted before it is compared, like every guess: each link has tries of its own, so that nobody uses up somebody else's.
async fn guess(visit: &Visit, ticket: &Ticket, browser: &Browser, digits: &str) -> Result<Option<&'static str>, Error> {
    let app = &visit.app;
    let counter = Counter { subject: ticket.id.to_string(), factor: Factor::MailboxNumber, class: Class::Unrecognized };
    let place = || Some(());
    let permit = match lockout::reserve(&app.db, &app.entropy, &app.lockout, counter.clone(), TRIES, place).await? {
        Attempt::Permit(permit, ()) => permit,
        Attempt::Locked { .. } => {
            let account = Some(&ticket.account);
            let record = async |tx: &mut Tx| lockout::record_refused(tx, visit, account, &counter).await;
            app.db.write("recovery.number_burnt", record).await?;
            return Ok(Some("burnt"));
        }
        Attempt::Crowded => return Err(Error::Busy { retry_after: crate::password::RETRY_AFTER }),
    };
    let write = async |tx: &mut Tx| settle(tx, visit, browser, &permit, digits).await;
    let problem = app.db.write("recovery.number", write).await?;
    permit.settled(&app.lockout);
    Ok(problem)
}

/// One write: the link looked at again, the number compared, and what follows.
async fn settle(
    tx: &mut Tx,
    visit: &Visit,
    browser: &Browser,
    permit: &Permit,
    digits: &str,
) -> Result<Option<&'static str>, store::Error> {
    let ticket = match ticket::token(visit) {
        Some(token) => ticket::load(tx, &token, browser).await?,
        None => None,
    };
    let Some(ticket) = ticket.filter(|ticket| ticket.step == Step::OtherMailbox) else {
        // It has gone on meanwhile: nothing was guessed.
        permit.release(tx).await?;
        return Ok(None);
    };
    let other = other_half(&ticket.account, ticket.purpose);
    let shown = match other {
        Some(other) => one_time::mailboxes_shown(tx, other, &ticket.account.id).await?,
        None => Vec::new(),
    };
    let is_meant = |id: &OneTimeId| {
        let right = one_time::code(&visit.app.keys, id);
        bool::from(right.expose_secret().as_bytes().ct_eq(digits.as_bytes()))
    };
    let pair = shown.into_iter().map(|(id, _)| id).find(is_meant);
    let (event, problem) = match pair {
        Some(pair) if one_time::mark_pair(tx, &ticket.id, &browser.hash, &pair).await? => {
            permit.succeed(tx).await?;
            (Event::MailboxesPaired, None)
        }
        _ => {
            let burnt = permit.fail(tx).await?.is_some();
            (Event::MailboxNumberRefused, Some(if burnt { "burnt" } else { "wrong" }))
        }
    };
    audit::record(tx, &visit.app.entropy, audit::Entry::of(event, &ticket.account).from(visit)).await?;
    Ok(problem)
}
