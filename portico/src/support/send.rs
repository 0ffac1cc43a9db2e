//! From a form that can be sent to a row and its mails, in one write.

use store::Tx;

use super::letters::{ConfirmationLetter, RequestLetter};
use super::queries::{self, New};
use super::rules::{CONFIRMATIONS, DAY, HOUR, Kind, OVERALL, PER_PERSON, Request};
use crate::app::App;
use crate::audit::{self, Event};
use crate::organizations::{self, Organization};
use crate::people::{self, Identifier};
use crate::platform::i18n::UNSAID;
use crate::platform::ids::SupportId;
use crate::platform::limits::{self, Within};
use crate::platform::mail::{self, Letter, Post};
use crate::platform::web::{Error, Visit, address};
use crate::session::SignedIn;

/// What is known around a form.
pub struct Around<'a> {
    pub form: String,
    pub browser: [u8; 32],
    /// What had been typed at the door.
    pub identifier: Option<String>,
    pub person: Option<&'a SignedIn>,
}

/// The request this form is, made now or by an earlier post of it.
///
/// # Errors
/// [`Error::TooMany`] when a limit holds it back; then nothing was written.
pub async fn send(visit: &Visit, request: &Request, around: &Around<'_>) -> Result<SupportId, Error> {
    let app = &visit.app;
    let number = app.entropy.reference();
    let id = SupportId::generate(&app.entropy);
    app.db
        .write("support.send", async |tx: &mut Tx| {
            if let Some(earlier) = queries::sent_with(tx, &around.form, &around.browser).await? {
                return Ok(earlier);
            }
            count(tx, visit, request).await?;
            let asker = asker(tx, app, around).await?;
            let new = New {
                id: &id,
                form: &around.form,
                browser: &around.browser,
                number: &number,
                request,
                identifier: around.identifier.as_deref(),
                organization: asker.organization.as_ref().map(|organization| &organization.id),
                account: around.person.map(|person| &person.account),
            };
            if !queries::insert(tx, &new).await? {
                // Somebody else's form of this name: theirs stays theirs.
                return Err(Error::BadRequest("a form of another browser".into()));
            }
            queries::drop_draft(tx, &around.browser).await?;
            tell_support(tx, app, request, &new, &asker).await?;
            confirm(tx, visit, request, &number).await?;
            let entry = audit::Entry { organization: new.organization, ..entry(&asker, around) };
            audit::record(tx, &app.entropy, entry.from(visit)).await?;
            Ok(id.clone())
        })
        .await
}

fn entry<'a>(asker: &Asker, around: &Around<'a>) -> audit::Entry<'a> {
    match around.person {
        Some(person) => audit::Entry::by(Event::SupportRequested, &person.account),
        None => audit::Entry::about(Event::SupportRequested, None, &asker.subject),
    }
}

/// Drafts are rows too.
pub async fn count_draft(tx: &mut Tx, visit: &Visit) -> Result<(), Error> {
    count_source(tx, visit, "support_drafts").await
}

async fn count_source(tx: &mut Tx, visit: &Visit, limit: &str) -> Result<(), Error> {
    let source = visit.app.limit_key(limit, &address::prefix(visit.address));
    within(limits::count(tx, &source, HOUR, visit.app.limits.mails_per_address).await?)
}

async fn count(tx: &mut Tx, visit: &Visit, request: &Request) -> Result<(), Error> {
    let app = &visit.app;
    count_source(tx, visit, "mails_per_address").await?;
    for reached in [request.email.as_ref().map(people::Email::as_str), request.phone.as_deref()].into_iter().flatten() {
        within(limits::count(tx, &app.limit_key("support_person", reached), HOUR, PER_PERSON).await?)?;
    }
    within(limits::count(tx, &app.limit_key("support_overall", ""), HOUR, OVERALL).await?)
}

fn within(within: Within) -> Result<(), Error> {
    match within {
        Within::Limit => Ok(()),
        Within::Exceeded { retry_after } => Err(Error::TooMany { retry_after }),
    }
}

/// Who asks, as far as it matters before the answer.
struct Asker {
    /// Of the session, else of the typed domain.
    organization: Option<Organization>,
    subject: String,
}

async fn asker(tx: &mut Tx, app: &App, around: &Around<'_>) -> Result<Asker, store::Error> {
    if let Some(person) = around.person {
        return Ok(Asker { organization: Some(person.organization.clone()), subject: person.account.to_string() });
    }
    let typed = around.identifier.as_deref().and_then(Identifier::parse);
    let organization = match typed.as_ref().and_then(Identifier::email) {
        Some(email) => organizations::by_domain(tx, email.domain()).await?,
        None => None,
    };
    Ok(Asker { organization, subject: typed.map(|identifier| app.pseudo_id(&identifier)).unwrap_or_default() })
}

async fn tell_support(
    tx: &mut Tx,
    app: &App,
    request: &Request,
    new: &New<'_>,
    asker: &Asker,
) -> Result<(), store::Error> {
    let letter = RequestLetter {
        number: new.number.to_owned(),
        call_back: request.kind == Kind::CallBack,
        topic: request.topic.key(),
        reference: request.reference.clone(),
        name: request.name.clone(),
        email: request.email.as_ref().map(|email| email.as_str().to_owned()),
        phone: request.phone.clone(),
        best_time: request.best_time.clone(),
        message: request.message.clone(),
        identifier: new.identifier.map(str::to_owned),
        organization: asker.organization.as_ref().map(|organization| organization.name.clone()),
        signed_in: new.account.is_some(),
    };
    // Without a mailbox for it the row is all there is: `portico support list`.
    let Some(to) = &app.brand.support_mail else { return Ok(()) };
    queue(tx, app, Post { to: Some(to), letter: &letter, account: None, language: UNSAID }).await
}

/// To whoever was named: within its cap, and counted like every mail that is asked for.
async fn confirm(tx: &mut Tx, visit: &Visit, request: &Request, number: &str) -> Result<(), store::Error> {
    let app = &visit.app;
    let Some(email) = &request.email else { return Ok(()) };
    let today = app.limit_key("support_confirmations", email.as_str());
    let mailbox = app.limit_key("mails_per_mailbox", email.as_str());
    let overall = app.limit_key("mails_overall", "");
    let within = limits::count(tx, &today, DAY, CONFIRMATIONS).await?.is_within()
        && limits::count(tx, &mailbox, HOUR, app.limits.mails_per_mailbox).await?.is_within()
        && limits::count(tx, &overall, HOUR, app.limits.mails_overall).await?.is_within();
    if !within {
        return Ok(());
    }
    let letter = ConfirmationLetter {
        number: number.to_owned(),
        call_back: request.kind == Kind::CallBack,
        topic: request.topic.key(),
    };
    let (to, language) = (Some(email.as_str()), visit.words.lang());
    queue(tx, app, Post { to, letter: &letter, account: None, language }).await
}

async fn queue<L: Letter + Sync>(tx: &mut Tx, app: &App, post: Post<'_, L>) -> Result<(), store::Error> {
    mail::queue(tx, &app.office, post).await.map(drop)
}
