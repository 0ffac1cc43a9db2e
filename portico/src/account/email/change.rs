//! Asking for another address, and changing to it. Each is one write.

use std::time::Duration;

use serde_json::json;
use store::{Error, Tx};

use super::super::own::{self, Change, KeptBy};
use super::letters::{AddressTakenLetter, ChangeCodeLetter};
use super::queries::{self, Wanted};
use crate::audit::Event;
use crate::continuity;
use crate::lockout::Permit;
use crate::notices::{self, Cause};
use crate::people::{self, Account, Email, NotMoved};
use crate::platform::clock::Time;
use crate::platform::ids::{OneTimeId, OutboxId};
use crate::platform::limits;
use crate::platform::mail::{self, Post};
use crate::platform::one_time::{self, Issue, Open, Purpose, Validity};
use crate::platform::spelled::spelled;
use crate::platform::web::Browser;
use crate::session::{self, SignedIn};
use crate::sign_in::{CODE_LIVES, CODE_RESENT_AFTER, CODES_AN_HOUR};

const HOUR: Duration = Duration::from_secs(3_600);

/// What is wrong, with the address or with the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Missing,
    Odd,
    Same,
    /// The second mailbox.
    Second,
    /// Of a domain of another organization.
    Domain,
    /// Its people sign in elsewhere.
    Elsewhere,
    Soon,
    Often,
    CodeMissing,
    CodeWrong,
    CodeOver,
    CodeBurnt,
    /// Somebody's, as it turns out, and whoever reads there has just shown so.
    Taken,
    Stale,
}

spelled!(Trouble {
    Missing = "missing",
    Odd = "odd",
    Same = "same",
    Second = "second",
    Domain = "domain",
    Elsewhere = "elsewhere",
    Soon = "soon",
    Often = "often",
    CodeMissing = "code-missing",
    CodeWrong = "code-wrong",
    CodeOver = "code-over",
    CodeBurnt = "code-burnt",
    Taken = "taken",
    Stale = "stale",
});

impl From<NotMoved> for Trouble {
    fn from(why: NotMoved) -> Trouble {
        match why {
            NotMoved::Taken => Trouble::Taken,
            NotMoved::Domain(_) => Trouble::Domain,
            NotMoved::Elsewhere => Trouble::Elsewhere,
        }
    }
}

/// An address as it was typed.
pub struct Typed<'a> {
    pub email: &'a Email,
    pub shown: &'a str,
}

/// The account, as long as its address is its owner's to change.
pub async fn still(tx: &mut Tx, person: &SignedIn) -> Result<Option<Account>, Error> {
    Ok(own::still(tx, person).await?.filter(|account| KeptBy::of(account) == KeptBy::Owner))
}

/// What waits for its code: `None` when that is void, used or of a mail that nobody asked for any more.
pub async fn waiting(tx: &mut Tx, account: &Account) -> Result<Option<(Wanted, Open)>, Error> {
    let Some(wanted) = queries::wanted(tx, &account.id).await? else { return Ok(None) };
    let open = one_time::open_of(tx, Purpose::ChangeEmail, &account.id).await?;
    let open = open.filter(|open| open.id == wanted.code && open.status != one_time::Status::Void);
    Ok(open.map(|open| (wanted, open)))
}

/// Mails a code to an address somebody wants, and tells the one they have.
pub async fn ask(
    tx: &mut Tx,
    person: &SignedIn,
    browser: &Browser,
    typed: &Typed<'_>,
) -> Result<Result<(), Trouble>, Error> {
    let Some(account) = still(tx, person).await? else { return Ok(Err(Trouble::Stale)) };
    if let Err(trouble) = may_ask(tx, person, &account, typed.email).await? {
        return Ok(Err(trouble));
    }
    send(tx, person, browser, &account, typed).await?;
    let details = json!({ "to": typed.email.as_str() });
    own::record(tx, person, Event::EmailChangeRequested, details).await?;
    notices::email_change_asked(tx, &Cause::of(&person.visit), &account, typed.email.as_str()).await?;
    Ok(Ok(()))
}

/// Another code, to the same address.
pub async fn ask_again(tx: &mut Tx, person: &SignedIn, browser: &Browser) -> Result<Result<(), Trouble>, Error> {
    let Some(account) = still(tx, person).await? else { return Ok(Err(Trouble::Stale)) };
    let Some((wanted, _)) = waiting(tx, &account).await? else { return Ok(Err(Trouble::CodeOver)) };
    // Or whoever has this session in another browser would have the code that was asked for here.
    if wanted.browser != browser.hash {
        return Ok(Err(Trouble::CodeOver));
    }
    let Some(email) = Email::parse(&wanted.address) else { return Ok(Err(Trouble::CodeOver)) };
    if let Err(trouble) = may_ask(tx, person, &account, &email).await? {
        return Ok(Err(trouble));
    }
    send(tx, person, browser, &account, &Typed { email: &email, shown: &wanted.shown }).await.map(Ok)
}

async fn may_ask(
    tx: &mut Tx,
    person: &SignedIn,
    account: &Account,
    email: &Email,
) -> Result<Result<(), Trouble>, Error> {
    if account.has_address(email.as_str()) {
        return Ok(Err(Trouble::Same));
    }
    if let Err(why) = people::may_move(tx, account, email).await? {
        return Ok(Err(why.into()));
    }
    if is_second(tx, account, email.as_str()).await? {
        return Ok(Err(Trouble::Second));
    }
    let now = Time(tx.now());
    let made = one_time::made_since(tx, Purpose::ChangeEmail, &account.id, now - HOUR).await?;
    if made.last_at.is_some_and(|at| now < at + CODE_RESENT_AFTER) {
        return Ok(Err(Trouble::Soon));
    }
    // Or somebody's mailbox could be filled by whoever has several accounts.
    let app = &person.visit.app;
    let mailbox = app.limit_key("mails_to_mailbox", email.as_str());
    let room = limits::count(tx, &mailbox, HOUR, app.limits.mails_per_mailbox).await?.is_within();
    Ok(if made.count >= CODES_AN_HOUR || !room { Err(Trouble::Often) } else { Ok(()) })
}

/// Whether an address is the second mailbox: both in one would be one.
async fn is_second(tx: &mut Tx, account: &Account, address: &str) -> Result<bool, Error> {
    Ok(continuity::address_of(tx, &account.id).await?.is_some_and(|second| second.email == address))
}

/// The code and its mail. Where the address is somebody's the mail is another one, and everything else is the same.
async fn send(
    tx: &mut Tx,
    person: &SignedIn,
    browser: &Browser,
    account: &Account,
    typed: &Typed<'_>,
) -> Result<(), Error> {
    let app = &person.visit.app;
    let mail = app.office.next_id();
    let address = typed.email.as_str();
    one_time::retire(tx, Purpose::ChangeEmail, &account.id).await?;
    let issue = Issue {
        purpose: Purpose::ChangeEmail,
        account: &account.id,
        credentials_epoch: account.credentials_epoch,
        sent_to: address,
        validity: Validity::FromHandOver(&mail),
        lifetime: CODE_LIVES,
    };
    let code = one_time::issue(tx, &app.keys, &app.entropy, issue).await?;
    queries::want(tx, &account.id, (&code, address, typed.shown), &browser.hash).await?;
    match people::who_has(tx, typed.email, account).await? {
        None => post_code(tx, person, account, (&mail, address), code).await,
        Some(other) => {
            let letter = AddressTakenLetter { address: address.to_owned(), code };
            let (account, language) = (Some(&other.id), other.language());
            let post = Post { to: Some(address), letter: &letter, account, language };
            mail::queue_as(tx, &app.office, &mail, post).await
        }
    }
}

async fn post_code(
    tx: &mut Tx,
    person: &SignedIn,
    account: &Account,
    (mail, address): (&OutboxId, &str),
    code: OneTimeId,
) -> Result<(), Error> {
    let letter = ChangeCodeLetter {
        address: address.to_owned(),
        organization: account.organization.name.clone(),
        code,
        minutes: i64::try_from(CODE_LIVES.as_secs() / 60).unwrap_or_default(),
    };
    let account = account.clone().or_reads(person.visit.reads);
    let post = Post { to: Some(address), letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &person.visit.app.office, mail, post).await
}

/// What was typed has been compared: one write for the count, the code used up, and the change.
pub async fn settle(
    tx: &mut Tx,
    person: &SignedIn,
    browser: &Browser,
    code: &OneTimeId,
    permit: &Permit,
    right: bool,
) -> Result<Change<Trouble>, Error> {
    let Some(account) = still(tx, person).await? else {
        permit.release(tx).await?;
        return Ok(Change::Overtaken);
    };
    let waiting = waiting(tx, &account).await?;
    let Some((wanted, _)) = waiting.filter(|(wanted, _)| wanted.code == *code && wanted.browser == browser.hash) else {
        // Cancelled meanwhile, or a newer code sent: nothing was guessed.
        permit.release(tx).await?;
        return Ok(Change::Refused(Trouble::CodeOver));
    };
    if !right {
        let burnt = permit.fail(tx).await?.is_some();
        own::record(tx, person, Event::EmailCodeRefused, json!({})).await?;
        return Ok(Change::Refused(if burnt { Trouble::CodeBurnt } else { Trouble::CodeWrong }));
    }
    // It was confirmed while this one waited. The code stays good: whoever takes the second mailbox away types it once more.
    if is_second(tx, &account, &wanted.address).await? {
        permit.release(tx).await?;
        return Ok(Change::Refused(Trouble::Second));
    }
    permit.succeed(tx).await?;
    if !one_time::consume(tx, Purpose::ChangeEmail, code, &browser.hash).await? {
        return Ok(Change::Refused(Trouble::CodeOver));
    }
    queries::forget(tx, &account.id).await?;
    become_it(tx, person, &account, &wanted).await
}

async fn become_it(
    tx: &mut Tx,
    person: &SignedIn,
    account: &Account,
    wanted: &Wanted,
) -> Result<Change<Trouble>, Error> {
    let Some(email) = Email::parse(&wanted.address) else { return Ok(Change::Refused(Trouble::Odd)) };
    // Meanwhile it may have become somebody's, or its domain an organization's.
    let after = match people::move_email(tx, &Cause::of(&person.visit), account, &email, &wanted.shown).await? {
        Ok(after) => after,
        Err(why) => return Ok(Change::Refused(why.into())),
    };
    let (renewed, ended) = session::renew(tx, person, &after).await?;
    let details = json!({ "from": account.email, "to": after.email, "sessions_ended": ended });
    own::record(tx, person, Event::EmailChanged, details).await?;
    Ok(Change::Done(renewed))
}

/// False where nothing waited.
pub async fn cancel(tx: &mut Tx, person: &SignedIn) -> Result<bool, Error> {
    let Some(account) = own::still(tx, person).await? else { return Ok(false) };
    let waited = waiting(tx, &account).await?.is_some();
    one_time::retire(tx, Purpose::ChangeEmail, &account.id).await?;
    if queries::forget(tx, &account.id).await? && waited {
        own::record(tx, person, Event::EmailChangeCancelled, json!({})).await?;
    }
    Ok(waited)
}
