//! Gathers what the verdict depends on.

use std::collections::BTreeMap;

use store::{Error, Tx};

use super::rules::{AccountFacts, Elsewhere, Facts, Lock, Report, Second, report};
use crate::app::App;
use crate::lockout::{self, Closed, Factor};
use crate::organizations::{Continuity, SignInWay};
use crate::people::{self, Account, Email, Identifier};
use crate::platform::clock::Time;
use crate::platform::mail::Whose;
use crate::platform::web::Moment;
use crate::sign_in::{self, Lacks};
use crate::{continuity, delivery, federation, mfa, portal, recovery, session, sources};

/// Slowed addresses that are told of.
const SLOWED_TOLD: usize = 3;

/// Examines one person; reads only.
pub async fn examine(app: &App, identifier: &Identifier) -> Result<Report, Error> {
    let facts = app.db.read("doctor.examine", async |tx: &mut Tx| facts(tx, app, identifier).await).await?;
    Ok(report(&facts))
}

async fn facts(tx: &mut Tx, app: &App, identifier: &Identifier) -> Result<Facts, Error> {
    let account = people::by_identifier(tx, identifier).await?;
    let routed = match identifier.email() {
        Some(email) => federation::route(tx, email.domain()).await?,
        None => None,
    };
    let elsewhere = elsewhere(tx, identifier, account.as_ref()).await?;
    let organization = routed.map(|(organization, _)| organization);
    let sso = match (&account, &organization) {
        (Some(account), _) => account.signs_in_elsewhere(),
        (None, organization) => {
            organization.as_ref().is_some_and(|organization| organization.sign_in == SignInWay::Sso)
        }
    };
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
    let suspended = match &account {
        Some(account) => account.suspended(),
        None => organization.as_ref().and_then(|organization| organization.suspended),
    };
    let suspended = suspended.map(|at| Moment::new(at, &zone, Time(tx.now())).text);
    let (slowed, more_slowed) = slowed(tx, &zone).await?;
    Ok(Facts {
        suspended,
        typed: identifier.as_str().to_owned(),
        routed_to: organization.map(|organization| organization.name),
        sso,
        elsewhere,
        account: match &account {
            Some(account) => Some(account_facts(tx, app, account).await?),
            None => None,
        },
        mails,
        refused_mail,
        slowed,
        more_slowed,
    })
}

/// A few of them, and how many more there are: whoever needs all has `portico address list`.
async fn slowed(tx: &mut Tx, zone: &str) -> Result<(Vec<(String, String)>, i64), Error> {
    let now = Time(tx.now());
    let all = sources::count_waiting(tx).await?;
    let waiting = sources::list(tx).await?.into_iter().filter(|slowed| now < slowed.until).take(SLOWED_TOLD);
    let told = |sources::Slowed { address, names, until, .. }: sources::Slowed| {
        let until = Moment::new(until, zone, now).text;
        let whom = "Whoever is there waits in a browser that is not known.";
        let told = format!("{address} is slowed until {until}: sign-in failed there for {names} names. {whom}");
        (address, told)
    };
    let told: Vec<_> = waiting.map(told).collect();
    let more = all.saturating_sub(i64::try_from(told.len()).unwrap_or(i64::MAX));
    Ok((told, more))
}

/// Where the person is sent to show who they are: by their own address, which is what they have to type.
async fn elsewhere(
    tx: &mut Tx,
    identifier: &Identifier,
    account: Option<&Account>,
) -> Result<Option<Elsewhere>, Error> {
    let own = account.and_then(|account| Email::parse(&account.email));
    let Some(email) = identifier.email().cloned().or(own) else { return Ok(None) };
    let Some((organization, Some(id))) = federation::route(tx, email.domain()).await? else { return Ok(None) };
    let Some(connection) = federation::connection(tx, &id).await? else { return Ok(None) };
    let now = Time(tx.now());
    let failures = match account {
        Some(account) => federation::failures_of_account(tx, &account.id, 3).await?,
        None => Vec::new(),
    };
    let told = |failure: federation::ListedFailure| {
        let at = Moment::new(failure.at, &organization.time_zone, now).text;
        format!("{at}, {} ({}): {}", failure.cause.as_str(), failure.reference, failure.detail)
    };
    Ok(Some(Elsewhere {
        linked: match account {
            Some(account) => federation::is_linked(tx, &id, &account.id).await?,
            None => false,
        },
        fails_for_many: federation::fails_for_many(tx, &id).await?,
        broken: federation::findings(&connection, &[], None, now)
            .into_iter()
            .find_map(|finding| (finding.weight == federation::Weight::Broken).then_some(finding.text)),
        id: id.to_string(),
        name: connection.settings.name,
        email: email.as_str().to_owned(),
        failures: failures.into_iter().map(told).collect(),
    }))
}

async fn account_facts(tx: &mut Tx, app: &App, account: &Account) -> Result<AccountFacts, Error> {
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
    let mut openings: BTreeMap<String, Vec<portal::Entry>> = BTreeMap::new();
    for entry in portal::openings(tx, &account.organization.id, &account.id, None).await? {
        openings.entry(entry.product.clone()).or_default().push(entry);
    }
    Ok(AccountFacts {
        name: account.name(),
        organization: account.organization.name.clone(),
        disabled: account.disabled_at.is_some(),
        has_password: account.password.is_some(),
        unproved_address: account.has_unproved_address(),
        lacks_question: recovery::lacks_question(account) && recovery_is_here(account),
        still_asked: still_asked(&sign_in::lacks(account, sign_in::accepts_terms(tx, app, &account.id).await?)),
        locks: locks.into_iter().map(|closed| lock(closed, zone, now)).collect(),
        questions_off,
        mfa_due: standing.mfa_due,
        has_authenticator: account.has_authenticator,
        has_passkey: account.has_passkey,
        may_set_up: standing.may_set_up,
        recovery_codes: mfa::recovery_codes_left(tx, &account.id).await?,
        factor_goes: mfa::waiting_reset(tx, &account.id)
            .await?
            .map(|waiting| Moment::new(waiting.due_at, zone, now).text),
        sessions: session::list_of(tx, &account.id, &account.organization.policy).await?.len(),
        products: openings.len(),
        closed_products: openings.iter().filter_map(|(name, entries)| closed(name, entries, zone, now)).collect(),
        helpers: people::helpers_of(tx, account).await?,
        second: second(tx, account).await?,
        second_alone: account.organization.policy.continuity == Continuity::Secondary,
    })
}

async fn second(tx: &mut Tx, account: &Account) -> Result<Second, Error> {
    let now = Time(tx.now());
    let found = continuity::addresses_of(tx, &account.id).await?.into_iter().next();
    Ok(found.map_or(Second::None, |address| match address.verified_at {
        None => Second::Waiting(address.shown),
        Some(at) => Second::Confirmed {
            since: Moment::new(at, &account.organization.time_zone, now).text,
            counts: account.second_mailbox.as_deref() == Some(address.shown.as_str()),
            address: address.shown,
        },
    }))
}

/// Why a product opens at none of a person's sites today; `None` where it does.
fn closed(name: &str, entries: &[portal::Entry], zone: &str, now: Time) -> Option<String> {
    let entry = entries.first().filter(|_| entries.iter().all(|entry| entry.state(now) != portal::State::Open))?;
    let day = |at: Option<Time>| at.map_or_else(|| "a day not known".to_owned(), |at| Moment::new(at, zone, now).text);
    let there = entry.old_url.as_deref().map(|url| format!(" It is used at {url} until then.")).unwrap_or_default();
    Some(match entry.state(now) {
        portal::State::Open => return None,
        portal::State::Ended if entry.licensed_until.is_some_and(|until| until <= now) => {
            format!("{name}: the organization's license ended {}.", day(entry.licensed_until))
        }
        portal::State::Ended => format!("{name}: the organization has no license that is valid today."),
        portal::State::Scheduled => format!("{name}: moves here {}.{there}", day(entry.moves_at)),
        portal::State::Legacy => format!("{name}: has not moved here yet.{there}"),
    })
}

/// It has a password that a link could set, if there were a question.
fn recovery_is_here(account: &Account) -> bool {
    account.has_own_password_here() && account.disabled_at.is_none()
}

/// In the order in which a person registers.
fn still_asked(lacks: &Lacks) -> Vec<&'static str> {
    let list = [
        (lacks.name, "the name"),
        (lacks.questions, "security questions"),
        (lacks.password, "a password of their own"),
        (lacks.verified_email, "the code that confirms the address"),
        (lacks.terms, "the terms"),
    ];
    list.into_iter().filter(|(lacking, _)| *lacking).map(|(_, what)| what).collect()
}

fn lock(closed: Closed, zone: &str, now: Time) -> Lock {
    let (wrong, way) = match closed.factor {
        Factor::Password => ("passwords", "a reset by mail"),
        Factor::Totp | Factor::EmailCode | Factor::MailboxNumber => ("codes", "an administrator"),
        Factor::RecoveryCode => ("recovery codes", "an administrator"),
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
