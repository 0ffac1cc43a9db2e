//! While single sign-on is suspended: which mailboxes a reset takes, and the mails to both.

use store::{Error, Tx};

use super::letters::Way;
use super::mailbox_letters::{Half, MailboxLetter};
use super::queries;
use super::rules::MAILS_WINDOW;
use super::send::{can_reset, issue, issue_link, minutes_of};
use crate::app::App;
use crate::continuity::masked;
use crate::organizations::Continuity;
use crate::people::{self, Account, Email};
use crate::platform::ids::OutboxId;
use crate::platform::limits;
use crate::platform::mail::{self, Post};
use crate::platform::one_time::Purpose;

/// Whether a secret of this purpose is among those that a reset takes today. What an administrator sends is.
pub fn opens(purpose: Purpose, account: &Account) -> bool {
    let suspended = account.suspended().is_some();
    let through = account.organization.policy.continuity;
    match purpose {
        Purpose::ResetPassword if suspended => account.second_mailbox.is_some() && through == Continuity::Both,
        Purpose::SecondaryReset => suspended && account.second_mailbox.is_some(),
        // Answers are weaker than one mailbox, and two are asked for.
        Purpose::AnsweredQuestions => !suspended,
        _ => true,
    }
}

/// The other one of two links that a reset takes; `None` where it takes one.
pub fn other_half(account: &Account, purpose: Purpose) -> Option<Purpose> {
    let both = account.suspended().is_some() && account.organization.policy.continuity == Continuity::Both;
    match purpose {
        Purpose::ResetPassword if both => Some(Purpose::SecondaryReset),
        Purpose::SecondaryReset if both => Some(Purpose::ResetPassword),
        _ => None,
    }
}

/// One mail to the address that was typed, as ever; behind it those to the second mailboxes. Answers the first: what the page follows is
/// the mail that everybody gets.
pub async fn send(
    tx: &mut Tx,
    app: &App,
    to: Option<&str>,
    accounts: &[Account],
    able: &[&Account],
) -> Result<OutboxId, Error> {
    let mail = app.office.next_id();
    let mut ways = Vec::new();
    let mut products = Vec::new();
    for account in able {
        products.extend(queries::products_of(tx, &account.id).await?);
        if opens(Purpose::ResetPassword, account) {
            let link = issue_link(tx, app, account, account.credentials_epoch, to.unwrap_or_default(), &mail).await?;
            ways.push(Way { account: account.sign_in_name().to_owned(), link });
        }
    }
    products.sort();
    products.dedup();
    let Some(first) = able.first() else { return Ok(mail) };
    let without: Vec<&Account> = accounts.iter().filter(|account| !can_reset(account)).collect();
    let helpers = match without.first() {
        Some(account) => people::helpers_of(tx, account).await?,
        None => Vec::new(),
    };
    let half = if ways.is_empty() { Half::Elsewhere } else { Half::First };
    let letter = MailboxLetter {
        half: half.as_str().to_owned(),
        accounts: names(able),
        organization: first.organization.name.clone(),
        others: able.iter().filter_map(|account| account.second_mailbox.as_deref().map(masked)).collect(),
        ways,
        without: names(&without),
        helpers,
        products,
        minutes: minutes_of(first),
    };
    let post = Post { to, letter: &letter, account: Some(&first.id), language: first.language() };
    mail::queue_as(tx, &app.office, &mail, post).await?;
    for account in able {
        send_second(tx, app, account).await?;
    }
    Ok(mail)
}

fn names(accounts: &[&Account]) -> Vec<String> {
    accounts.iter().map(|account| account.sign_in_name().to_owned()).collect()
}

/// The mail to a second mailbox, within its cap: several accounts may have the same one.
async fn send_second(tx: &mut Tx, app: &App, account: &Account) -> Result<(), Error> {
    let Some(second) = account.second_mailbox.as_deref() else { return Ok(()) };
    let canonical = Email::parse(second).map_or_else(|| second.to_owned(), |email| email.as_str().to_owned());
    let key = app.limit_key("mails_to_second", &canonical);
    if !limits::count(tx, &key, MAILS_WINDOW, app.limits.mails_per_mailbox).await?.is_within() {
        return Ok(());
    }
    let mail = app.office.next_id();
    let epoch = account.credentials_epoch;
    let link = issue(tx, app, Purpose::SecondaryReset, account, epoch, second, &mail).await?;
    let half = match account.organization.policy.continuity {
        Continuity::Both => Half::Second,
        Continuity::Secondary => Half::Alone,
    };
    let letter = MailboxLetter {
        half: half.as_str().to_owned(),
        accounts: vec![account.sign_in_name().to_owned()],
        organization: account.organization.name.clone(),
        others: vec![masked(&account.email)],
        ways: vec![Way { account: account.sign_in_name().to_owned(), link }],
        without: Vec::new(),
        helpers: Vec::new(),
        products: queries::products_of(tx, &account.id).await?,
        minutes: minutes_of(account),
    };
    let post = Post { to: Some(second), letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await
}
