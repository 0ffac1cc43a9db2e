//! The first proof. Counted before it is verified; the same words, pages and work for a name nobody has.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::Tx;

use super::destination::Resume;
use super::dispatcher::{Opened, address, go_on, go_on_proved, opened, step_address};
use super::facts::{Method, Named, Proof, Refusal};
use super::identify;
use super::queries;
use super::refused;
use super::rules::Step;
use crate::app::App;
use crate::audit::{self, Event};
use crate::invitations::Pending;
use crate::lockout::{self, Attempt, Class, Counter, Factor, Lock, Permit};
use crate::notices::{self, Guessed};
use crate::organizations::{self, LockRule, Policy, SignInWay};
use crate::password::{self, Places, Stored, Verdict};
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::ids::{OneTimeId, SignInId};
use crate::platform::one_time;
use crate::platform::web::{Error, Form, Moment, Page, Problem, Query, Visit, html, see_other, to_the_end};
use crate::support::Topic;
use crate::{invitations, recovery, session};

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct PasswordPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    recover_url: String,
    contact_url: String,
    locked: Option<Moment>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default = "password::missing")]
    password: SecretString,
    #[serde(default)]
    resume: String,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
}

/// `GET /sign-in/{id}/password`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return Ok(super::dispatcher::begin_anew(&visit, &id)) };
    let (Step::Password, Some(named)) = (opened.step, &opened.sign_in.named) else {
        return Ok(see_other(&address(&id)));
    };
    let now = visit.app.clock.now();
    let resume = Resume { destination: opened.sign_in.destination, identifier: Some(named.identifier.clone()) };
    let resume = resume.seal(&visit.app);
    let page = visit.page().help(format!("/help?resume={resume}"));
    let locked = match opened.sign_in.refusal {
        Some(Refusal::PasswordLocked { until }) if still_locked(&visit, &named.subject, until).await? => {
            Some(Moment::new(until, &visit.app.zone_of(named.organization.as_ref()).await?, now))
        }
        _ => None,
    };
    let problem = match opened.sign_in.refusal {
        _ if locked.is_some() => Some("sign-in-locked"),
        _ if arrival.problem == "missing" => Some("sign-in-password-missing"),
        _ if arrival.problem == "replaced" => Some("sign-in-password-replaced"),
        Some(Refusal::WrongPassword) => Some("sign-in-wrong"),
        _ => None,
    };
    html(&PasswordPage {
        problem: problem.map(|key| Problem { summary: page.t(key).into_owned(), field: "password" }),
        locked,
        action: step_address(&id, Step::Password),
        identifier: named.identifier.clone(),
        identify_url: step_address(&id, Step::Identify),
        recover_url: format!("/recover?sign_in={id}"),
        contact_url: Topic::Locked.contact(&resume),
        resume,
        page,
    })
}

/// A lock may have ended before its time, by a finished reset or an administrator: then the page no longer tells of it.
async fn still_locked(visit: &Visit, subject: &str, until: Time) -> Result<bool, Error> {
    let locks = visit.app.db.read("password.locks", async |tx: &mut Tx| lockout::locks_of(tx, subject).await).await?;
    Ok(locks.iter().any(|(_, end)| *end == until))
}

/// `POST /sign-in/{id}/password`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<PasswordForm>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return identify::resume(&visit, &form.resume).await };
    if opened.step == Step::Password
        && let Some(named) = opened.sign_in.named.clone()
        && !Resume::is_for_another(&visit.app, &form.resume, &named.identifier)
    {
        if form.password.expose_secret().is_empty() {
            // Nothing was guessed, so nothing is counted.
            return Ok(see_other(&format!("{}?problem=missing", step_address(&id, Step::Password))));
        }
        let here = id.clone();
        return to_the_end(async move {
            let proved = try_password(&visit, &here, &named, opened, form.password).await?;
            if proved { go_on_proved(&visit, &here).await } else { go_on(&visit, &here).await }
        })
        .await;
    }
    Ok(see_other(&address(&id)))
}

/// Whether the password was right.
pub async fn try_password(
    visit: &Visit,
    id: &SignInId,
    named: &Named,
    opened: Opened,
    typed: SecretString,
) -> Result<bool, Error> {
    let app = &visit.app;
    let guess = prepare(visit, named, opened.account.as_ref()).await?;
    let counter = Counter { subject: named.subject.clone(), factor: Factor::Password, class: guess.class };
    // Without a place among the hashes load is shed before anything is counted, and alike for everybody.
    let place = || Places::take(&app.hasher, &typed);
    let reserved = lockout::reserve(&app.db, &app.entropy, &app.lockout, counter.clone(), guess.rule, place);
    let (permit, places) = match reserved.await? {
        Attempt::Permit(permit, places) => (permit, places),
        Attempt::Crowded => return Err(crowded(visit).await),
        Attempt::Locked { lock, began } => {
            refuse_locked(visit, id, &counter, &opened, lock, began).await?;
            return Ok(false);
        }
    };
    // Whose organization signs in elsewhere has no password here, whatever is left of an old one.
    let here = opened.account.as_ref().filter(|account| account.organization.sign_in == SignInWay::Password);
    let stored = Stored {
        password: here.and_then(|account| {
            account.password.as_deref().and_then(|sealed| password::unseal(&app.keys, &account.id, sealed))
        }),
        temporary: guess.pending.as_ref().and_then(|pending| pending.phc.clone()),
    };
    // Where none is pending a failure is counted for nobody, in the same time.
    let nobodys = || OneTimeId::from("-");
    let secret = places.may_be_temporary().then(|| guess.pending.map_or_else(nobodys, |pending| pending.secret));
    let verdict = password::verify(&app.hasher, places, &permit, typed, stored).await;
    let proved = !matches!(verdict, Verdict::Wrong);
    let tried = Tried { id, named, opened: &opened, secret };
    settle(visit, &tried, &permit, verdict).await?;
    permit.settled(&app.lockout);
    Ok(proved)
}

/// What must be known before a guess: who guesses, and under which rule.
struct Guess {
    class: Class,
    rule: LockRule,
    pending: Option<Pending>,
}

async fn prepare(visit: &Visit, named: &Named, account: Option<&Account>) -> Result<Guess, Error> {
    let app = &visit.app;
    let browser = visit.browser();
    app.db
        .read("sign_in.prepare", async |tx: &mut Tx| {
            let hash = browser.as_ref().map_or([0; 32], |browser| browser.hash);
            let device = session::recognized(tx, &hash, &named.subject).await?;
            // Recognized browsers don't share their address's budget (a hospital's shift change is one address).
            if device.is_none() {
                app.source_limit(tx, visit.address).await?;
            }
            Ok::<_, Error>(Guess {
                class: device.map_or(Class::Unrecognized, Class::Device),
                rule: policy_of(tx, app, named).await?.lock,
                pending: invitations::pending(tx, app, account).await?,
            })
        })
        .await
}

/// The numbers a stranger can see follow what was typed: its domain's organization, or the deployment's preset.
async fn policy_of(tx: &mut Tx, app: &App, named: &Named) -> Result<Policy, store::Error> {
    let organization = match &named.organization {
        Some(id) => organizations::by_id(tx, id).await?,
        None => None,
    };
    Ok(organization.map_or_else(|| Policy::preset(app.preset), |organization| organization.policy))
}

/// Whoever crowds a counter spends the budget of its address, or it could keep everybody waiting for nothing.
async fn crowded(visit: &Visit) -> Error {
    let app = &visit.app;
    let counted =
        app.db.write("password.crowded", async |tx: &mut Tx| app.count_source_failure(tx, visit.address).await).await;
    counted.map_or_else(Error::from, |()| Error::Busy { retry_after: password::RETRY_AFTER })
}

/// During a lock right and wrong get the same answer, unverified; nothing is counted and the lock is not made longer.
async fn refuse_locked(
    visit: &Visit,
    id: &SignInId,
    counter: &Counter,
    opened: &Opened,
    lock: Lock,
    began: bool,
) -> Result<(), Error> {
    let refusal = Refusal::PasswordLocked { until: lock.until };
    let recorded = async |tx: &mut Tx| lockout::is_recorded(tx, visit, counter).await;
    // Whoever goes on typing into a locked page must not cost a synced write each time.
    if !began && opened.sign_in.refusal == Some(refusal) && visit.app.db.read("password.recorded", recorded).await? {
        return Ok(());
    }
    let account = opened.account.as_ref();
    visit
        .app
        .db
        .write("password.locked", async |tx: &mut Tx| {
            queries::refuse(tx, id, &counter.subject, refusal).await?;
            lockout::record_refused(tx, visit, account, counter).await?;
            if began { tell_lock(tx, visit, &counter.subject, account, lock).await } else { Ok(()) }
        })
        .await
}

/// A lock has begun: the trail and the owner learn of it.
async fn tell_lock(
    tx: &mut Tx,
    visit: &Visit,
    subject: &str,
    account: Option<&Account>,
    lock: Lock,
) -> Result<(), Error> {
    let entry = audit::Entry::about(Event::LockoutLocked, account, subject).from(visit);
    audit::record(tx, &visit.app.entropy, entry).await?;
    Ok(notices::locked(tx, &visit.app, account, subject, Guessed::Passwords, lock.until).await?)
}

/// One attempt in a sign-in.
struct Tried<'a> {
    id: &'a SignInId,
    named: &'a Named,
    opened: &'a Opened,
    /// The temporary password that what was typed has been compared with.
    secret: Option<OneTimeId>,
}

/// One write: the count, the proof or the refusal, and what is told to whom.
async fn settle(visit: &Visit, tried: &Tried<'_>, permit: &Permit, verdict: Verdict) -> Result<(), Error> {
    let app = &visit.app;
    let Tried { id, named, opened, secret } = tried;
    let account = opened.account.as_ref();
    app.db
        .write("password.settle", async |tx: &mut Tx| {
            let entry = |event| audit::Entry::about(event, account, &named.subject).from(visit);
            match (&verdict, account) {
                (Verdict::Right | Verdict::RightButStale(_) | Verdict::Temporary, Some(account)) => {
                    permit.succeed(tx).await?;
                    let epoch = account.credentials_epoch;
                    let (method, secret, event) = match verdict {
                        Verdict::Temporary => {
                            (Method::TemporaryPassword, secret.as_ref(), Event::TemporaryPasswordVerified)
                        }
                        _ => (Method::Password, None, Event::PasswordVerified),
                    };
                    let proof = Proof { method, epoch, at: Time(tx.now()) };
                    queries::prove_first(tx, id, &named.subject, proof, secret).await?;
                    refused::record_if_refused(tx, visit, opened, account, proof).await?;
                    if let Verdict::RightButStale(fresh) = &verdict {
                        let sealed = password::seal(&app.keys, &account.id, fresh);
                        people::rehash_password(tx, &account.id, epoch, &sealed).await?;
                    }
                    audit::record(tx, &app.entropy, entry(event)).await?;
                }
                _ => {
                    let lock = permit.fail(tx).await?;
                    app.count_source_failure(tx, visit.address).await?;
                    if let Some(secret) = secret {
                        one_time::count_failure(tx, secret).await?;
                    }
                    let refusal = match lock {
                        None => Refusal::WrongPassword,
                        Some(lock) => Refusal::PasswordLocked { until: lock.until },
                    };
                    queries::refuse(tx, id, &named.subject, refusal).await?;
                    audit::record(tx, &app.entropy, entry(Event::PasswordRefused)).await?;
                    recovery::tell_where_to_sign_in(tx, app, account, &named.subject).await?;
                    if let Some(lock) = lock {
                        tell_lock(tx, visit, &named.subject, account, lock).await?;
                    }
                }
            }
            Ok::<_, Error>(())
        })
        .await
}
