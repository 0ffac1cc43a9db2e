//! Gathers what the verdict depends on.

use store::{Error, Tx};

use super::rules::{AccountFacts, Facts, Lock, Report, report};
use crate::app::App;
use crate::lockout::{self, Closed, Factor};
use crate::organizations::{self, SignInWay};
use crate::people::{self, Account, Identifier};
use crate::platform::clock::Time;
use crate::platform::mail::Whose;
use crate::platform::web::Moment;
use crate::{delivery, portal, session, sign_in};

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
    let zone = account.as_ref().map(|account| &account.organization).or(organization.as_ref());
    let zone = zone.map_or("UTC", |organization| &organization.time_zone).to_owned();
    let mails = match whose {
        Some(whose) => delivery::lives_of(tx, whose, &zone).await?,
        None => Vec::new(),
    };
    let mailbox = account.as_ref().map(|account| account.email.clone());
    let mailbox = mailbox.or_else(|| identifier.email().map(|email| email.as_str().to_owned()));
    let refused_mail = match mailbox.as_deref().and_then(|mailbox| mailbox.rsplit_once('@')) {
        Some((_, domain)) => delivery::trouble_of(tx, &domain.to_lowercase()).await?,
        None => None,
    };
    Ok(Facts {
        typed: identifier.as_str().to_owned(),
        routed_to: organization.map(|organization| organization.name),
        sso,
        account: match &account {
            Some(account) => Some(account_facts(tx, account).await?),
            None => None,
        },
        mails,
        refused_mail,
    })
}

async fn account_facts(tx: &mut Tx, account: &Account) -> Result<AccountFacts, Error> {
    let now = Time(tx.now());
    let zone = &account.organization.time_zone;
    let locks = lockout::closed_of(tx, account.id.as_str(), &account.organization.policy.lock).await?;
    // Guessing answers is paused without any effect on signing in.
    let (questions, locks): (Vec<_>, Vec<_>) = locks.into_iter().partition(|one| one.factor == Factor::Questions);
    let questions_off = questions.first().map(|closed| match closed.until {
        Some(until) => Moment::new(until, zone, now).text,
        None => "the next sign-in".to_owned(),
    });
    let standing = sign_in::standing(account);
    Ok(AccountFacts {
        name: account.name(),
        organization: account.organization.name.clone(),
        disabled: account.disabled_at.is_some(),
        has_password: account.password.is_some(),
        unproved_address: account.has_unproved_address(),
        locks: locks.into_iter().map(|closed| lock(closed, zone, now)).collect(),
        questions_off,
        mfa_due: standing.mfa_due,
        has_authenticator: account.has_authenticator,
        sessions: session::list_of(tx, &account.id, &account.organization.policy).await?.len(),
        products: portal::count_of(tx, account).await?,
        helpers: people::helpers_of(tx, account).await?,
    })
}

fn lock(closed: Closed, zone: &str, now: Time) -> Lock {
    let (wrong, way) = match closed.factor {
        Factor::Password => ("passwords", "a reset by mail"),
        Factor::Totp | Factor::EmailCode => ("codes", "an administrator"),
        Factor::Questions => ("answers", "a sign-in"),
    };
    let until = match closed.until {
        Some(until) => format!("until {}", Moment::new(until, zone, now).text),
        None => format!("until {way} opens it"),
    };
    if closed.known_browser {
        let evidence =
            format!("Too many wrong {wrong} in one browser the account is known in: that one is locked {until}.");
        return Lock { strangers: false, evidence };
    }
    let evidence = format!(
        "Too many wrong {wrong} in browsers the account is not known in: these are locked {until}. Those it is known in \
         have counts of their own."
    );
    Lock { strangers: true, evidence }
}
