//! What pressing "it wasn't me" does, in one write.

use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::{Error, Tx};

use super::dispute_letters::{AddressDisputedLetter, DisputedLetter};
use super::rules::{Hears, Occasion, Remedy, disputed, without_factor};
use super::send::{Cause, tell_administrators};
use crate::app::App;
use crate::audit::{self, Event};
use crate::people::{self, Account, Administrator};
use crate::platform::clock::Time;
use crate::platform::i18n::UNSAID;
use crate::platform::ids::RecoveryId;
use crate::platform::mail::{self, Post};
use crate::platform::one_time::{self, State};
use crate::platform::web::{Browser, Visit};
use crate::{continuity, federation, mfa, questions, recovery, session};

/// The notice whose button this token is.
pub async fn notice_of(tx: &mut Tx, token: &SecretString) -> Result<Option<(Occasion, State)>, Error> {
    let hash = one_time::hash(token.expose_secret());
    for occasion in Occasion::ALL {
        if let Some(found) = one_time::peek(tx, occasion.purpose(), &hash).await? {
            return Ok(Some((occasion, found)));
        }
    }
    Ok(None)
}

/// Of many posts of one link the conditional UPDATE lets one through; that one ends everything. Answers the recovery that
/// follows; `None` for the losers, and where none can.
pub async fn take_back(
    tx: &mut Tx,
    visit: &Visit,
    token: &SecretString,
    browser: &Browser,
) -> Result<Option<RecoveryId>, Error> {
    let Some((occasion, found)) = notice_of(tx, token).await? else { return Ok(None) };
    let Some(account) = people::by_id(tx, &found.account).await? else { return Ok(None) };
    if !one_time::consume(tx, occasion.purpose(), &found.id, &browser.hash).await? {
        return Ok(None);
    }
    // What earlier notices to the same mailbox offered has been done with it. Not those to another: who has the new address
    // must not be able to silence the old one.
    for done in occasion.done_with_it() {
        one_time::retire_sent_to(tx, done.purpose(), &account.id, &found.sent_to).await?;
    }
    let (occasion, remedy) = remedy_of(tx, &account, &found.sent_to, occasion).await?;
    if remedy == Remedy::Stop {
        let entry = audit::Entry::of(Event::FactorResetStopped, &account).from(visit);
        let entry = audit::Entry { details: json!({ "why": "disputed", "sent_to": found.sent_to }), ..entry };
        mfa::stop_reset(tx, &Cause::of(visit), entry, &account).await?;
        return Ok(None);
    }
    let hearers = hearers_of(tx, &visit.app, &account).await?;
    let account = match remedy {
        Remedy::Report => report(tx, visit, &account, &found.sent_to, &hearers).await.map(|()| account)?,
        Remedy::Link | Remedy::Whom => end_sessions(tx, visit, &account).await.map(|()| account)?,
        _ => end_everything(tx, visit, &account, remedy, occasion).await?,
    };
    if remedy.mails_link() {
        return recovery::begin(tx, visit, browser, &account).await.map(Some);
    }
    let helpers = match account.has_unproved_address() && account.has_mailbox(&found.sent_to) {
        // Nobody knows yet who reads there.
        true => Vec::new(),
        false => people::helpers_of(tx, &account).await?,
    };
    let letter = DisputedLetter::new(&account, &found.sent_to, remedy, hearers.who(), helpers);
    let to = Some(found.sent_to.as_str());
    let post = Post { to, letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue(tx, &visit.app.office, post).await?;
    Ok(None)
}

/// What the button does now. A reset of the second factor that has been done cannot be stopped: it is taken back like any other change.
///
/// # Errors
/// When the database says no.
pub async fn remedy_of(
    tx: &mut Tx,
    account: &Account,
    sent_to: &str,
    occasion: Occasion,
) -> Result<(Occasion, Remedy), Error> {
    let done = occasion == Occasion::FactorReset
        && account.factor_removed_at.is_some()
        && mfa::waiting_reset(tx, &account.id).await?.is_none();
    let occasion = if done { Occasion::Factor } else { occasion };
    Ok((occasion, Remedy::of(account, sent_to, occasion)))
}

/// Those who can find out what is right: the administrators whose mailbox is theirs, but for the person herself, or where there is nobody else, whoever
/// helps for this deployment.
pub struct Hearers {
    administrators: Vec<Administrator>,
    support: Option<String>,
}

impl Hearers {
    pub fn who(&self) -> Hears {
        match (self.administrators.as_slice(), &self.support) {
            ([], None) => Hears::Nobody,
            ([], Some(_)) => Hears::Support,
            _ => Hears::Administrators,
        }
    }
}

pub async fn hearers_of(tx: &mut Tx, app: &App, account: &Account) -> Result<Hearers, Error> {
    let mut administrators = people::administrators_of(tx, &account.organization.id).await?;
    administrators.retain(|one| one.account != account.id && !one.unproved);
    Ok(Hearers { administrators, support: app.brand.support_mail.clone() })
}

/// Ends the sessions, and tells those who can find out what is right.
async fn report(tx: &mut Tx, visit: &Visit, account: &Account, sent_to: &str, hearers: &Hearers) -> Result<(), Error> {
    let app = &visit.app;
    let sessions = session::end_all(tx, &account.id).await?;
    let details = json!({ "sessions": sessions, "sent_to": sent_to, "address": account.email });
    let entry = audit::Entry { details, ..audit::Entry::of(Event::AccountDisputed, account).from(visit) };
    audit::record(tx, &app.entropy, entry).await?;
    let letter = AddressDisputedLetter {
        name: account.name(),
        told: sent_to.to_owned(),
        address: account.email.clone(),
        organization: account.organization.name.clone(),
        present: account.has_mailbox(sent_to),
    };
    tell_administrators(tx, app, &hearers.administrators, &letter).await?;
    if let (Hears::Support, Some(support)) = (hearers.who(), &hearers.support) {
        let post = Post { to: Some(support), letter: &letter, account: None, language: UNSAID };
        mail::queue(tx, &app.office, post).await?;
    }
    Ok(())
}

/// Nobody got in: whoever would rather be on the safe side is signed out, and loses nothing.
async fn end_sessions(tx: &mut Tx, visit: &Visit, account: &Account) -> Result<(), Error> {
    let sessions = session::end_all(tx, &account.id).await?;
    let details = json!({ "sessions": sessions, "answers_taken_back": false, "password_put_away": false });
    let entry = audit::Entry { details, ..audit::Entry::of(Event::AccountDisputed, account).from(visit) };
    audit::record(tx, &visit.app.entropy, entry).await
}

/// Sessions, recognized browsers, answers, links to identity providers, and the password where it is the owner's alone; the epoch ends whatever was proved
/// or mailed. Answers what is left of the account.
async fn end_everything(
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    remedy: Remedy,
    occasion: Occasion,
) -> Result<Account, Error> {
    let sessions = session::end_all(tx, &account.id).await?;
    // A thief may have made them: whoever has the app makes new ones.
    let codes = mfa::forget_recovery_codes(tx, account).await?;
    let factors = occasion.takes_factors_away();
    if factors {
        let entry = audit::Entry::of(Event::SecondFactorRemoved, account).from(visit);
        let entry = audit::Entry { details: json!({ "why": "disputed" }), ..entry };
        mfa::remove_all(tx, &visit.app, account, entry).await?;
    }
    let browsers = session::forget_browsers(tx, &account.id).await?;
    // Under every policy: tomorrow's may let them open the account, and where they come on top of a mailed link they would be
    // the thief's half of it.
    let answers = questions::remove(tx, &account.id).await?;
    // Whoever comes by their organization next is looked at anew.
    let links = federation::unlink_all(tx, &account.id).await?;
    // Or whoever has named it would reset the next password with it.
    let second = continuity::forget(tx, &visit.app, account).await?;
    let credentials_epoch = match remedy.ends_password() {
        true => people::put_password_away(tx, &account.id).await?,
        false => people::credentials_changed(tx, &account.id).await?,
    };
    let details = json!({
        "sessions": sessions,
        "browsers": browsers,
        "answers_taken_back": answers,
        "recovery_codes_taken_back": codes,
        "links_taken_back": links,
        "second_mailbox": second.map(|second| second.email),
        "password_put_away": remedy.ends_password(),
    });
    let entry = audit::Entry { details, ..audit::Entry::of(Event::AccountDisputed, account).from(visit) };
    audit::record(tx, &visit.app.entropy, entry).await?;
    let left = Account { credentials_epoch, ..disputed(account) };
    Ok(if factors { without_factor(left, Time(tx.now())) } else { left })
}
