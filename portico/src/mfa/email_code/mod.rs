//! A code by mail in place of a second factor that is not at hand: weak, and only where an organization allows it.
//!
//! - It lets in whoever has set up a second factor by their own wish, and counts for nothing more: no product is told of two factors,
//!   nothing that asks for two is opened, and no password is reset with it (a link and a code would be one mailbox, asked twice).
//! - Eight digits, ten minutes from hand-over; one a minute and five an hour of an account, and only in the sign-in that asked.

mod letter;

pub use letter::register;

use std::time::Duration;

use store::{Error, Tx};

use self::letter::EmailCodeLetter;
use super::rules::mail_may_stand_in;
use crate::app::App;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{self, Post};
use crate::platform::one_time::{self, Issue, Purpose, Validity};

const LIVES: Duration = Duration::from_secs(10 * 60);
pub const RESEND_AFTER: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const AN_HOUR: i64 = 5;

/// What became of a wish for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    Queued(OneTimeId),
    NotAllowed,
    Soon,
    Often,
}

/// Queues a code, within the limits. The newest is the only one that counts.
///
/// # Errors
/// When the database says no.
pub async fn send(tx: &mut Tx, app: &App, account: &Account) -> Result<Sent, Error> {
    if !mail_may_stand_in(account) {
        return Ok(Sent::NotAllowed);
    }
    let now = Time(tx.now());
    let made = one_time::made_since(tx, Purpose::SecondFactor, &account.id, now - HOUR).await?;
    if made.last_at.is_some_and(|at| now < at + RESEND_AFTER) {
        return Ok(Sent::Soon);
    }
    if made.count >= AN_HOUR {
        return Ok(Sent::Often);
    }
    let mail = app.office.next_id();
    one_time::retire(tx, Purpose::SecondFactor, &account.id).await?;
    let issue = Issue {
        purpose: Purpose::SecondFactor,
        account: &account.id,
        credentials_epoch: account.credentials_epoch,
        sent_to: &account.email,
        validity: Validity::FromHandOver(&mail),
        lifetime: LIVES,
    };
    let code = one_time::issue(tx, &app.keys, &app.entropy, issue).await?;
    let letter = EmailCodeLetter { account: account.sign_in_name().to_owned(), code: code.clone(), minutes: 10 };
    let to = Some(account.email.as_str());
    let post = Post { to, letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await?;
    Ok(Sent::Queued(code))
}
