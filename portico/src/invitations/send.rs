//! Temporary passwords: made, sent once more, looked up.

use store::{Error, Tx};

use super::letters::{ContinueLetter, TemporaryLetter};
use super::queries::{self, Newest};
use super::rules::{LIVES, MINUTES, Pending, counts, may_be_sent_again};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::lockout;
use crate::people::{self, Account, OutOfReach};
use crate::platform::ids::{OneTimeId, OutboxId};
use crate::platform::mail::{self, Post};
use crate::platform::one_time::{self, Issue, Purpose, Validity};
use crate::session;

/// A new secret for an account under its credentials of `epoch`, to go out with the mail of that id. Every older one ends.
pub(super) async fn fresh(
    tx: &mut Tx,
    app: &App,
    account: &Account,
    epoch: i64,
    mail: &OutboxId,
) -> Result<OneTimeId, Error> {
    one_time::retire(tx, Purpose::TemporaryPassword, &account.id).await?;
    let issue = Issue {
        purpose: Purpose::TemporaryPassword,
        account: &account.id,
        credentials_epoch: epoch,
        sent_to: &account.email,
        validity: Validity::FromHandOver(mail),
        lifetime: LIVES,
    };
    one_time::issue(tx, &app.keys, &app.entropy, issue).await
}

/// The mail that lets somebody who was invited go on: with the temporary password that still counts, or a fresh one. `None`
/// when no invitation is open; then a link to set a password does as well.
pub async fn send_again(tx: &mut Tx, app: &App, account: &Account, to: &str) -> Result<Option<OutboxId>, Error> {
    let Some(invitation) = queries::open(tx, &account.id).await? else { return Ok(None) };
    let mail = app.office.next_id();
    let open = one_time::open_of(tx, Purpose::TemporaryPassword, &account.id).await?;
    let secret = match open.filter(|open| may_be_sent_again(open, Some(&invitation), account)) {
        Some(open) => open.id,
        None => {
            let secret = fresh(tx, app, account, account.credentials_epoch, &mail).await?;
            queries::set_secret(tx, &invitation.id, &secret).await?;
            secret
        }
    };
    let letter = ContinueLetter {
        account: account.sign_in_name().to_owned(),
        product: invitation.product,
        secret,
        minutes: MINUTES,
    };
    let post = Post { to: Some(to), letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await?;
    Ok(Some(mail))
}

/// Takes an account's password away and mails a temporary one: an administrator's act, who sees and chooses neither. Where
/// that would let nobody in, nothing is done.
pub async fn make_temporary(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    account: &Account,
) -> Result<Result<(), OutOfReach>, Error> {
    if let Err(out_of_reach) = account.takes_new_password() {
        return Ok(Err(out_of_reach));
    }
    if account.shared_at.is_some() {
        return Ok(Err(OutOfReach::Shared));
    }
    let epoch = people::put_password_away(tx, &account.id).await?;
    session::end_all(tx, &account.id).await?;
    session::forget_browsers(tx, &account.id).await?;
    lockout::clear_subject(tx, account.id.as_str()).await?;
    let mail = app.office.next_id();
    let secret = fresh(tx, app, account, epoch, &mail).await?;
    if let Some(invitation) = queries::open(tx, &account.id).await? {
        queries::set_secret(tx, &invitation.id, &secret).await?;
    }
    let letter = TemporaryLetter { account: account.sign_in_name().to_owned(), secret, minutes: MINUTES };
    let to = Some(account.email.as_str());
    let post = Post { to, letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await?;
    audit::record(tx, &app.entropy, Entry { actor, ..Entry::of(Event::TemporaryPasswordIssued, account) }).await?;
    Ok(Ok(()))
}

/// The newest temporary password of an account, with what is compared if it counts now.
pub fn pending(app: &App, newest: Newest, account: &Account) -> Pending {
    let Newest { open, invitation } = newest;
    let counts = counts(&open, invitation.as_ref(), account);
    let phc = open.phc.filter(|_| counts).and_then(|sealed| one_time::open_phc(&app.keys, &open.id, &sealed));
    Pending { secret: open.id, phc }
}
