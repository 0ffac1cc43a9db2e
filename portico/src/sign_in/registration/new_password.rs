//! The first password of one's own, or a new one where an administrator has taken it away. The temporary password that led
//! here is used up with it, and not before.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::Tx;

use super::{Due, Frame, Gate, still_due};
use crate::audit::{self, Event};
use crate::notices::{self, Cause};
use crate::password::{self, Weakness};
use crate::people;
use crate::platform::ids::SignInId;
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Error, Form, Page, Problem, Query, Visit, html, see_other};
use crate::sign_in::dispatcher::{address, step_address};
use crate::sign_in::queries;
use crate::sign_in::rules::Step;
use crate::{invitations, lockout, recovery, session};

/// The page of a reset, without the link that led there.
#[derive(Template)]
#[template(path = "recovery/set_password.html")]
struct NewPasswordPage {
    page: Page,
    action: String,
    identifier: String,
    products: Vec<String>,
    min_length: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
}

#[derive(Deserialize)]
pub struct NewPasswordForm {
    #[serde(default = "password::missing")]
    password: SecretString,
    #[serde(default = "password::missing")]
    again: SecretString,
}

/// `GET /sign-in/{id}/new-password`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::NewPassword).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &arrival.problem).await,
    }
}

/// `POST /sign-in/{id}/new-password`
pub async fn submit(
    visit: Visit,
    Path(id): Path<SignInId>,
    Form(form): Form<NewPasswordForm>,
) -> Result<Response, Error> {
    let due = match Gate::of_form(&visit, &id, Step::NewPassword, "").await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    if let Err(weakness) = judge(&visit, &due, &form).await? {
        let back = step_address(&id, Step::NewPassword);
        return Ok(see_other(&format!("{back}?problem={}", weakness.as_str())));
    }
    let slot = visit.app.hasher.reserve().map_err(|_| Error::Busy { retry_after: password::RETRY_AFTER })?;
    let hash = slot.hash(form.password).await.map_err(|error| Error::Internal(error.to_string()))?;
    let sealed = password::seal(&visit.app.keys, &due.account.id, &hash);
    Ok(see_other(&match set(&visit, &id, &sealed).await? {
        Set::Replaced => format!("{}?problem=replaced", step_address(&id, Step::Password)),
        // Won or lost the race: the dispatcher says what is due now.
        Set::Settled => address(&id),
    }))
}

enum Set {
    Settled,
    /// The temporary password that was shown is void: a newer one has been sent, or another browser has used it up.
    Replaced,
}

/// One write. The temporary password is consumed by a conditional UPDATE: of many browsers that have shown it one wins, and
/// what the others proved is void with the old credentials.
async fn set(visit: &Visit, id: &SignInId, sealed: &[u8]) -> Result<Set, Error> {
    let Some(browser) = visit.browser() else { return Ok(Set::Settled) };
    let app = &visit.app;
    let set = app
        .db
        .write("sign_in.set_password", async |tx: &mut Tx| {
            let Some(Due { sign_in, account, .. }) = still_due(tx, visit, id, Step::NewPassword).await? else {
                return Ok(Set::Settled);
            };
            let Some(secret) = sign_in.first_secret else { return Ok(Set::Settled) };
            if !one_time::consume_shown(tx, Purpose::TemporaryPassword, &secret, &browser.hash).await? {
                // Left standing, this proof would lead back to this page again and again.
                queries::forget_first(tx, id, &secret).await?;
                return Ok(Set::Replaced);
            }
            let epoch = people::set_password(tx, &account.id, sealed).await?;
            queries::restamp(tx, id, account.credentials_epoch, epoch, true).await?;
            if !invitations::accepted(tx, &account.id).await? {
                // There was one before: an administrator has ended it, and now there is another.
                notices::password_changed(tx, &Cause::of(visit), &account).await?;
            }
            session::end_all(tx, &account.id).await?;
            lockout::clear_subject(tx, account.id.as_str()).await?;
            audit::record(tx, &app.entropy, audit::Entry::of(Event::PasswordChanged, &account).from(visit)).await?;
            Ok::<_, store::Error>(Set::Settled)
        })
        .await?;
    Ok(set)
}

async fn judge(visit: &Visit, due: &Due, form: &NewPasswordForm) -> Result<Result<(), Weakness>, Error> {
    let app = &visit.app;
    let words = async |tx: &mut Tx| people::words_around(tx, &due.account).await;
    let mut about = app.db.read("sign_in.words", words).await?;
    about.push(app.brand.name.clone());
    let judged = password::judge(&form.password, &form.again, floor(due), &about);
    // It was in a mail, and it would never be asked for again.
    let is_temporary = due.sign_in.first_secret.as_ref().is_some_and(|secret| {
        let canonical = |text: &str| one_time::canonical(text).map(|secret| secret.expose_secret().to_owned());
        let temporary = one_time::temporary_password(&app.keys, secret);
        canonical(form.password.expose_secret())
            .is_some_and(|typed| canonical(temporary.expose_secret()) == Some(typed))
    });
    Ok(if judged.is_ok() && is_temporary { Err(Weakness::Temporary) } else { judged })
}

async fn show(visit: &Visit, due: &Due, problem: &str) -> Result<Response, Error> {
    let products = async |tx: &mut Tx| recovery::products_of(tx, &due.account.id).await;
    let products = visit.app.db.read("sign_in.products", products).await?;
    let Frame { page, action, identifier, .. } = Frame::of(visit, due, Step::NewPassword);
    let floor = floor(due);
    html(&NewPasswordPage {
        problem: problem.parse().ok().map(|weakness: Weakness| weakness.told(&page, floor)),
        page,
        action,
        identifier,
        products,
        min_length: floor.to_string(),
    })
}

fn floor(due: &Due) -> usize {
    due.account.organization.policy.password_floor(due.account.has_authenticator)
}
