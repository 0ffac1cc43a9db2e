//! Gathers what the verdict depends on.

use store::{Error, Tx};

use super::rules::{AccountFacts, Facts, Report, report};
use crate::app::App;
use crate::organizations::{self, SignInWay};
use crate::people::{self, Account, Identifier};
use crate::platform::clock::Time;
use crate::platform::mail::{self, Recent, Whose};
use crate::platform::web::Moment;
use crate::{lockout, portal, session, sign_in};

/// Examines one person; reads only.
pub async fn examine(app: &App, identifier: &Identifier) -> Result<Report, Error> {
    let facts = app.db.read("doctor.examine", async |tx: &mut Tx| facts(tx, identifier).await).await?;
    Ok(report(&facts))
}

async fn facts(tx: &mut Tx, identifier: &Identifier) -> Result<Facts, Error> {
    let account = people::by_identifier(tx, identifier).await?;
    let organization = match identifier.email() {
        Some(email) => organizations::by_domain(tx, email.domain()).await?,
        None => None,
    };
    let sso = organization.as_ref().map(|organization| organization.sign_in) == Some(SignInWay::Sso)
        || account.as_ref().is_some_and(|account| account.organization.sign_in == SignInWay::Sso);
    let whose = match (&account, identifier.email()) {
        (Some(account), _) => Some(Whose::Account(&account.id)),
        (None, Some(email)) => Some(Whose::Recipient(email.as_str())),
        (None, None) => None,
    };
    let mails = match whose {
        Some(whose) => mail::recent_for(tx, whose).await?,
        None => Vec::new(),
    };
    Ok(Facts {
        typed: identifier.as_str().to_owned(),
        routed_to: organization.map(|organization| organization.name),
        sso,
        account: match &account {
            Some(account) => Some(account_facts(tx, account).await?),
            None => None,
        },
        mails: mails.iter().map(told).collect(),
    })
}

async fn account_facts(tx: &mut Tx, account: &Account) -> Result<AccountFacts, Error> {
    let now = Time(tx.now());
    let zone = &account.organization.time_zone;
    let locks = lockout::locks_of(tx, account.id.as_str()).await?;
    let administrators = people::administrators_of(tx, &account.organization.id).await?;
    let standing = sign_in::standing(account);
    Ok(AccountFacts {
        name: account.name(),
        organization: account.organization.name.clone(),
        disabled: account.disabled_at.is_some(),
        has_password: account.password.is_some(),
        locks: locks.into_iter().map(|(counter, until)| lock(&counter, &Moment::new(until, zone, now).text)).collect(),
        mfa_due: standing.mfa_due,
        has_authenticator: account.has_authenticator,
        sessions: session::list_of(tx, &account.id).await?.len(),
        products: portal::count_of(tx, account).await?,
        helpers: administrators.into_iter().map(|helper| format!("{}, {}", helper.name, helper.email)).collect(),
    })
}

/// `subject/factor/class`, as a sentence.
fn lock(counter: &str, until: &str) -> String {
    let factor = if counter.contains("/totp/") { "codes" } else { "passwords" };
    if counter.ends_with("/-") {
        format!("Too many wrong {factor}: browsers this account is not known in are locked out until {until}.")
    } else {
        format!("Too many wrong {factor} in one of this person's own browsers, which is locked out until {until}.")
    }
}

fn told(mail: &Recent) -> String {
    let reply = match (mail.line.smtp_code, &mail.line.smtp_reply) {
        (Some(code), Some(reply)) => format!(": {code} {reply}"),
        (None, Some(reply)) => format!(": {reply}"),
        _ => String::new(),
    };
    format!("{} was {}{reply}", mail.kind, mail.line.state.name().replace('_', " "))
}
