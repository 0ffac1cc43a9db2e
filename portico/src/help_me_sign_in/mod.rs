//! **Help me sign in**: the page says the same to everybody, and the mailbox on file gets the personal answer with the one
//! button that helps.
//!
//! ```text
//!   GET /help/sign-in ──POST──▶ a recovery of its own kind ──▶ "Check your mail"
//!                                     │ one mail: facts ── rule ──▶ the answer
//!                                     └ nobody by that name: "no account here" to a typed address; for a typed user name
//!                                       the row of a mail that is never sent
//! ```
//!
//! - What keeps somebody out is decided by a pure rule over facts ([`rules::answer`]); the first thing that does is told.
//! - Asking is a request of recovery like any other: counted and capped alike, one row for every name, and who it is about is
//!   looked up behind it, by the clerk.
//! - People who can help are named in the mail, never on the page.

mod facts;
mod letters;
mod page;
mod rules;
#[cfg(test)]
mod tests;

pub use letters::register;

use axum::Router;
use axum::routing::get;
use store::{Error, Tx};

use crate::app::App;
use crate::people::{Account, Identifier};
use crate::platform::ids::OutboxId;
use crate::platform::mail::{self, Post};
use crate::recovery;
use letters::{AnswerLetter, Told};
use rules::Answer;

pub fn routes() -> Router<App> {
    Router::new().route("/help/sign-in", get(page::page).post(page::submit))
}

/// Queues the answer to whoever typed `identifier`, for the accounts it leads to (the first is the one it signs in as).
/// `None` where what is missing is a first password, or one for the time of a suspension: these mails are recovery's to send.
///
/// # Errors
/// When the database says no.
pub async fn answer(
    tx: &mut Tx,
    app: &App,
    to: Option<&str>,
    identifier: &Identifier,
    accounts: &[Account],
) -> Result<Option<OutboxId>, Error> {
    let Some(first) = accounts.first() else { return Ok(None) };
    let mail = app.office.next_id();
    let mut told = Vec::new();
    for account in accounts {
        let mut facts = facts::of(tx, account, identifier).await?;
        // Where there are several the mail names each by what it signs in with, and tells what else is the matter with it.
        facts.typed_is_no_name &= accounts.len() == 1;
        let answer = rules::answer(&facts);
        // While single sign-on is suspended a new password is the way in, and takes more than one link in this mail.
        let suspended = account.suspended().is_some();
        if answer == Answer::Invited && (accounts.len() == 1 || suspended) || answer == Answer::Locked && suspended {
            return Ok(None);
        }
        let link = match answer {
            Answer::Locked
                if facts.lock.is_some_and(|lock| lock.opens_by_reset)
                    && recovery::a_link_resets(account)
                    && accounts.len() == 1 =>
            {
                let to = to.unwrap_or_default();
                Some(recovery::issue_link(tx, app, account, account.credentials_epoch, to, &mail).await?)
            }
            _ => None,
        };
        told.push(Told::new(account, answer, facts, link));
    }
    let letter = AnswerLetter { address: identifier.as_str().into(), told, minutes: recovery::minutes_of(first) };
    let post = Post { to, letter: &letter, account: Some(&first.id), language: first.language() };
    mail::queue_as(tx, &app.office, &mail, post).await?;
    Ok(Some(mail))
}
