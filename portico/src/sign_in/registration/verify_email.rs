//! *Verify Your Email Address*: a code is mailed, and typed.
//!
//! - Eight digits, ten minutes from hand-over, five tries, newest only; one a minute and five an hour of an account.
//! - A code counts in the sign-in it was asked for in, for the account that sign-in names, and nowhere else: somebody else's
//!   registration with the same address is not confirmed by it.

use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::ExposeSecret;
use serde::Deserialize;
use store::Tx;
use subtle::ConstantTimeEq;

use super::{Due, Frame, Gate, still_due};
use crate::audit::{self, Event};
use crate::lockout::{self, Attempt, Class, Counter, Factor, Permit};
use crate::organizations::LockRule;
use crate::people;
use crate::platform::clock::Time;
use crate::platform::ids::{OneTimeId, SignInId};
use crate::platform::mail::{self, Post};
use crate::platform::one_time::{self, Issue, Open, Purpose, Status, Validity};
use crate::platform::spelled::spelled;
use crate::platform::web::{Arrival, Error, Form, Moment, Page, Problem, Query, Visit, html, see_other, to_the_end};
use crate::sign_in::dispatcher::{address, step_address};
use crate::sign_in::letters::CodeLetter;
use crate::sign_in::queries;
use crate::sign_in::rules::Step;

pub const LIVES: Duration = Duration::from_secs(10 * 60);
pub const RESEND_AFTER: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
pub const AN_HOUR: i64 = 5;
/// A code that has been guessed at five times is burnt, for longer than it lives.
pub const TRIES: LockRule = LockRule { failures: 5, window: HOUR, length: HOUR, cap: 5, sliding: false };

#[derive(Template)]
#[template(path = "sign_in/registration/verify_email.html")]
struct VerifyEmailPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    address: String,
    sender: String,
    /// A code was sent for this sign-in, and is asked for.
    sent: bool,
    send_action: String,
    resend_at: Option<Moment>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    resume: String,
}

#[derive(Deserialize)]
pub struct SendForm {
    #[serde(default)]
    resume: String,
}

/// What a page says is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Missing,
    Wrong,
    Over,
    Burnt,
    Soon,
    Often,
}

spelled!(Trouble {
    Missing = "missing",
    Wrong = "wrong",
    Over = "over",
    Burnt = "burnt",
    Soon = "soon",
    Often = "often",
});

/// `GET /sign-in/{id}/verify-email`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::VerifyEmail).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, arrival.problem.parse().ok()).await,
    }
}

/// `POST /sign-in/{id}/verify-email/send`
pub async fn send(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<SendForm>) -> Result<Response, Error> {
    if let Gate::Elsewhere(answer) = Gate::of_form(&visit, &id, Step::VerifyEmail, &form.resume).await? {
        return Ok(*answer);
    }
    let write = async |tx: &mut Tx| send_code(tx, &visit, &id).await;
    let trouble = visit.app.db.write("sign_in.send_code", write).await?;
    Ok(see_other(&back(&id, trouble)))
}

/// `POST /sign-in/{id}/verify-email`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    let due = match Gate::of_form(&visit, &id, Step::VerifyEmail, &form.resume).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let digits: String = form.code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.is_empty() {
        return Ok(see_other(&back(&id, Some(Trouble::Missing))));
    }
    let here = id.clone();
    let trouble = to_the_end(async move { try_code(&visit, &here, &due, &digits).await }).await?;
    Ok(see_other(&trouble.map_or_else(|| address(&id), |trouble| back(&id, Some(trouble)))))
}

fn back(id: &SignInId, trouble: Option<Trouble>) -> String {
    let page = step_address(id, Step::VerifyEmail);
    trouble.map_or_else(|| page.clone(), |trouble| format!("{page}?problem={}", trouble.as_str()))
}

/// Queues a code, within the limits. The newest is the only one that counts.
async fn send_code(tx: &mut Tx, visit: &Visit, id: &SignInId) -> Result<Option<Trouble>, store::Error> {
    let app = &visit.app;
    let Some(Due { account, .. }) = still_due(tx, visit, id, Step::VerifyEmail).await? else { return Ok(None) };
    let account = account.or_reads(visit.reads);
    let now = Time(tx.now());
    let made = one_time::made_since(tx, Purpose::VerifyEmail, &account.id, now - HOUR).await?;
    if made.last_at.is_some_and(|at| now < at + RESEND_AFTER) {
        return Ok(Some(Trouble::Soon));
    }
    if made.count >= AN_HOUR {
        return Ok(Some(Trouble::Often));
    }
    let mail = app.office.next_id();
    one_time::retire(tx, Purpose::VerifyEmail, &account.id).await?;
    let issue = Issue {
        purpose: Purpose::VerifyEmail,
        account: &account.id,
        credentials_epoch: account.credentials_epoch,
        sent_to: &account.email,
        validity: Validity::FromHandOver(&mail),
        lifetime: LIVES,
    };
    let code = one_time::issue(tx, &app.keys, &app.entropy, issue).await?;
    queries::set_email_code(tx, id, &code).await?;
    let letter = CodeLetter { address: account.email.clone(), code, minutes: 10 };
    let to = Some(account.email.as_str());
    let post = Post { to, letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await?;
    Ok(None)
}

/// The code of this sign-in, as long as it is the account's newest.
async fn code_of(tx: &mut Tx, due: &Due) -> Result<Option<Open>, store::Error> {
    let open = one_time::open_of(tx, Purpose::VerifyEmail, &due.account.id).await?;
    Ok(open.filter(|open| due.sign_in.email_code.as_ref() == Some(&open.id) && open.sent_to == due.account.email))
}

fn counter(code: &OneTimeId) -> Counter {
    Counter { subject: code.to_string(), factor: Factor::EmailCode, class: Class::Unrecognized }
}

/// Counted before it is compared, like every guess; `None` when there is nothing more to say here.
async fn try_code(visit: &Visit, id: &SignInId, due: &Due, digits: &str) -> Result<Option<Trouble>, Error> {
    let app = &visit.app;
    let open = app.db.read("sign_in.code", async |tx: &mut Tx| code_of(tx, due).await).await?;
    let Some(open) = open.filter(|open| matches!(open.status, Status::Valid { .. })) else {
        return Ok(Some(Trouble::Over));
    };
    let place = || Some(());
    let counter = counter(&open.id);
    let attempt = lockout::reserve(&app.db, &app.entropy, &app.lockout, counter.clone(), TRIES, place).await?;
    let permit = match attempt {
        Attempt::Permit(permit, ()) => permit,
        Attempt::Locked { .. } => {
            let account = Some(&due.account);
            let record = async |tx: &mut Tx| lockout::record_refused(tx, visit, account, &counter).await;
            app.db.write("sign_in.code_burnt", record).await?;
            return Ok(Some(Trouble::Burnt));
        }
        Attempt::Crowded => return Err(Error::Busy { retry_after: crate::password::RETRY_AFTER }),
    };
    let right = one_time::code(&app.keys, &open.id);
    let right = bool::from(right.expose_secret().as_bytes().ct_eq(digits.as_bytes()));
    let write = async |tx: &mut Tx| settle(tx, visit, id, &open.id, &permit, right).await;
    let trouble = app.db.write("sign_in.verify_email", write).await?;
    permit.settled(&app.lockout);
    Ok(trouble)
}

/// One write: the count, the code used up, the address verified.
async fn settle(
    tx: &mut Tx,
    visit: &Visit,
    id: &SignInId,
    code: &OneTimeId,
    permit: &Permit,
    right: bool,
) -> Result<Option<Trouble>, store::Error> {
    let entropy = &visit.app.entropy;
    let due = still_due(tx, visit, id, Step::VerifyEmail).await?;
    let Some(due) = due.filter(|due| due.sign_in.email_code.as_ref() == Some(code)) else {
        // Verified meanwhile, or a newer code sent: nothing was guessed.
        permit.release(tx).await?;
        return Ok(None);
    };
    let account = &due.account;
    let browser = visit.browser().map_or([0; 32], |browser| browser.hash);
    if right && one_time::consume(tx, Purpose::VerifyEmail, code, &browser).await? {
        permit.succeed(tx).await?;
        people::set_email_verified(tx, &account.id).await?;
        audit::record(tx, entropy, audit::Entry::of(Event::EmailVerified, account).from(visit)).await?;
        return Ok(None);
    }
    if right {
        permit.succeed(tx).await?;
        return Ok(Some(Trouble::Over));
    }
    let burnt = permit.fail(tx).await?.is_some();
    audit::record(tx, entropy, audit::Entry::of(Event::EmailCodeRefused, account).from(visit)).await?;
    Ok(Some(if burnt { Trouble::Burnt } else { Trouble::Wrong }))
}

async fn show(visit: &Visit, due: &Due, trouble: Option<Trouble>) -> Result<Response, Error> {
    let app = &visit.app;
    let open = app.db.read("sign_in.code", async |tx: &mut Tx| code_of(tx, due).await).await?;
    let now = app.clock.now();
    let sent = open.is_some();
    let resend_at = open.map(|open| open.created_at + RESEND_AFTER).filter(|at| now < *at);
    let zone = &due.account.organization.time_zone;
    let Frame { page, action, resume, identifier, identify_url } = Frame::of(visit, due, Step::VerifyEmail);
    let problem = trouble.map(|trouble| Problem {
        summary: page.with(&format!("registration-code-{}", trouble.as_str()), &[]),
        field: if sent && matches!(trouble, Trouble::Missing | Trouble::Wrong) { "code" } else { "" },
    });
    html(&VerifyEmailPage {
        send_action: format!("{action}/send"),
        page,
        action,
        resume,
        identifier,
        identify_url,
        address: due.account.email.clone(),
        sender: app.sender.clone(),
        sent,
        resend_at: resend_at.map(|at| Moment::new(at, zone, now)),
        problem,
    })
}
