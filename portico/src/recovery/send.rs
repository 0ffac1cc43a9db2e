//! Which mail answers a request. Every typed address gets exactly one; an unknown user name gets the row of one.

use store::{Error, Tx};

use super::letters::{NoAccountLetter, PasswordElsewhereLetter, ResetLetter, SwitchedOffLetter, UserNamesLetter, Way};
use super::queries::{self, Kind};
use super::rules::{MAILBOX_LIMIT, MAILBOX_WINDOW};
use crate::app::App;
use crate::organizations::SignInWay;
use crate::people::{self, Account, Email, Identifier};
use crate::platform::clock::micros;
use crate::platform::ids::OutboxId;
use crate::platform::limits;
use crate::platform::mail::{self, Post};
use crate::platform::one_time::{self, Issue, Purpose};

/// Queues the one mail that answers a request, within the caps; `None` when a cap holds it back (which shows nowhere).
pub async fn send(tx: &mut Tx, app: &App, kind: Kind, identifier: &Identifier) -> Result<Option<OutboxId>, Error> {
    let cap = app.limit_key("mail", identifier.as_str());
    if !limits::count(tx, &cap, MAILBOX_WINDOW, MAILBOX_LIMIT).await?.is_within() {
        return Ok(None);
    }
    let accounts = match identifier {
        Identifier::Email(email) => at_mailbox(tx, email).await?,
        Identifier::UserName(_) => people::by_identifier(tx, identifier).await?.into_iter().collect(),
    };
    let to = match (identifier, accounts.first()) {
        (Identifier::Email(email), _) => Some(email.as_str().to_owned()),
        (Identifier::UserName(_), Some(account)) => Some(account.email.clone()),
        // Nobody has this name: the row is written all the same, for its timing, and never sent.
        (Identifier::UserName(_), None) => None,
    };
    let to = to.as_deref();
    let queued = match kind {
        Kind::UserName => user_names(tx, app, to, &accounts).await?,
        Kind::Password => reset(tx, app, to, &accounts).await?,
    };
    Ok(Some(queued))
}

/// Starts a reset for one account, as an administrator may: the mail goes to the mailbox on file.
pub async fn send_reset(tx: &mut Tx, app: &App, account: &Account) -> Result<OutboxId, Error> {
    reset(tx, app, Some(&account.email), std::slice::from_ref(account)).await
}

/// The account that signs in with this address first, then the others whose mail goes there.
async fn at_mailbox(tx: &mut Tx, email: &Email) -> Result<Vec<Account>, Error> {
    let named = people::by_identifier(tx, &Identifier::Email(email.clone())).await?;
    let mut accounts = people::all_sharing_mailbox(tx, email).await?;
    if let Some(named) = named {
        accounts.retain(|account| account.id != named.id);
        accounts.insert(0, named);
    }
    Ok(accounts)
}

async fn reset(tx: &mut Tx, app: &App, to: Option<&str>, accounts: &[Account]) -> Result<OutboxId, Error> {
    let Some(first) = accounts.first() else {
        return mail::queue(tx, app.desk(), Post { to, letter: &NoAccountLetter {}, account: None, language: "en" }).await;
    };
    let able: Vec<&Account> = accounts.iter().filter(|account| can_reset(account)).collect();
    let post = |language| (to, Some(&first.id), language);
    let (to, account, language) = post(first.language());
    if able.is_empty() {
        return if first.organization.sign_in == SignInWay::Sso {
            let letter = PasswordElsewhereLetter { organization: first.organization.name.clone() };
            mail::queue(tx, app.desk(), Post { to, letter: &letter, account, language }).await
        } else {
            let letter = SwitchedOffLetter { helpers: helpers(tx, first).await? };
            mail::queue(tx, app.desk(), Post { to, letter: &letter, account, language }).await
        };
    }
    let mut ways = Vec::new();
    let mut products = Vec::new();
    let lifetime = first.organization.policy.reset_link;
    for account in &able {
        let issue = Issue {
            purpose: Purpose::ResetPassword,
            account: &account.id,
            epoch: account.credentials_epoch,
            sent_to: to.unwrap_or_default(),
            lifetime: account.organization.policy.reset_link,
        };
        let link = one_time::issue(tx, &app.entropy, &app.keys, issue).await?;
        ways.push(Way { user_name: account.user_name.clone(), link });
        products.extend(queries::products_of(tx, &account.id).await?);
    }
    products.dedup();
    let minutes = micros(lifetime) / 60_000_000;
    let letter = ResetLetter { ways, products, minutes };
    let outbox = mail::queue(tx, app.desk(), Post { to, letter: &letter, account, language }).await?;
    for way in &letter.ways {
        one_time::sent_with(tx, &way.link, &outbox).await?;
    }
    Ok(outbox)
}

/// SSO people's passwords live elsewhere; a shared credential is its administrators' to reset (product.md C10).
fn can_reset(account: &Account) -> bool {
    account.disabled_at.is_none() && account.shared_at.is_none() && account.organization.sign_in == SignInWay::Password
}

async fn helpers(tx: &mut Tx, account: &Account) -> Result<Vec<String>, Error> {
    let administrators = people::administrators_of(tx, &account.organization.id).await?;
    Ok(administrators.into_iter().map(|helper| format!("{}, {}", helper.name, helper.email)).collect())
}

async fn user_names(tx: &mut Tx, app: &App, to: Option<&str>, accounts: &[Account]) -> Result<OutboxId, Error> {
    let Some(first) = accounts.first() else {
        return mail::queue(tx, app.desk(), Post { to, letter: &NoAccountLetter {}, account: None, language: "en" }).await;
    };
    let names = accounts.iter().map(|account| account.user_name.clone().unwrap_or_else(|| account.email.clone()));
    let letter = UserNamesLetter { names: names.collect() };
    mail::queue(tx, app.desk(), Post { to, letter: &letter, account: Some(&first.id), language: first.language() }).await
}
