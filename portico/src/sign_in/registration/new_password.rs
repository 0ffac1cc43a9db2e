//! The first password of one's own, or a new one where an administrator has taken it away. The temporary password that led
//! here is used up with it, and not before.

use axum::extract::Path;
use axum::response::Response;
use secrecy::ExposeSecret;
use store::Tx;

use super::{Due, Frame, Gate, still_due};
use crate::audit::{self, Event};
use crate::invitations;
use crate::notices::{self, Cause};
use crate::password::Weakness;
use crate::platform::ids::SignInId;
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Error, Form, Query, Visit, see_other};
use crate::recovery::{self, NewPasswordForm, PASSWORD_OVERTAKEN, PreparedPassword, SetPassword, SetPasswordArrival};
use crate::sign_in::dispatcher::{address, step_address};
use crate::sign_in::queries;
use crate::sign_in::rules::Step;

/// `GET /sign-in/{id}/new-password`
pub async fn page(
    visit: Visit,
    Path(id): Path<SignInId>,
    Query(arrival): Query<SetPasswordArrival>,
) -> Result<Response, Error> {
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
    let due = match Gate::of_form(&visit, &id, Step::NewPassword, &form.resume).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let again = |weakness: Weakness| {
        see_other(&format!("{}?problem={}", step_address(&id, Step::NewPassword), weakness.as_str()))
    };
    if is_temporary(&visit, &due, &form) {
        return Ok(again(Weakness::Temporary));
    }
    let prepared = match recovery::prepare_password(&visit, &due.account, form).await? {
        Ok(prepared) => prepared,
        Err(weakness) => return Ok(again(weakness)),
    };
    Ok(see_other(&match set(&visit, &id, &prepared).await? {
        Set::Replaced => format!("{}?problem=replaced", step_address(&id, Step::Password)),
        Set::Overtaken => format!("{}?problem={PASSWORD_OVERTAKEN}", step_address(&id, Step::NewPassword)),
        // Won or lost the race: the dispatcher says what is due now.
        Set::Settled => address(&id),
    }))
}

enum Set {
    Settled,
    /// The temporary password that was shown is void: a newer one has been sent, or another browser has used it up.
    Replaced,
    /// Other answers were set meanwhile, and nobody has compared the password with these.
    Overtaken,
}

/// One write. The temporary password is consumed by a conditional UPDATE: of many browsers that have shown it one wins, and
/// what the others proved is void with the old credentials.
async fn set(visit: &Visit, id: &SignInId, prepared: &PreparedPassword) -> Result<Set, Error> {
    let Some(browser) = visit.browser() else { return Ok(Set::Settled) };
    let app = &visit.app;
    let set = app
        .db
        .write("sign_in.set_password", async |tx: &mut Tx| {
            let Some(Due { sign_in, account, .. }) = still_due(tx, visit, id, Step::NewPassword).await? else {
                return Ok(Set::Settled);
            };
            let Some(secret) = sign_in.first_secret else { return Ok(Set::Settled) };
            if !prepared.still_stands(tx, &account).await? {
                return Ok(Set::Overtaken);
            }
            if !one_time::consume_shown(tx, Purpose::TemporaryPassword, &secret, &browser.hash).await? {
                // Left standing, this proof would lead back to this page again and again.
                queries::forget_first(tx, id, &secret).await?;
                return Ok(Set::Replaced);
            }
            let epoch = prepared.put(tx, &account).await?;
            queries::restamp(tx, id, account.credentials_epoch, epoch, true).await?;
            if !invitations::accepted(tx, &account.id).await? {
                // There was one before: an administrator has ended it, and now there is another.
                notices::password_changed(tx, &Cause::of(visit), &account).await?;
            }
            audit::record(tx, &app.entropy, audit::Entry::of(Event::PasswordChanged, &account).from(visit)).await?;
            Ok::<_, store::Error>(Set::Settled)
        })
        .await?;
    Ok(set)
}

/// Whether it is the temporary password, which was in a mail and would never be asked for again.
fn is_temporary(visit: &Visit, due: &Due, form: &NewPasswordForm) -> bool {
    let canonical = |text: &str| one_time::canonical(text).map(|secret| secret.expose_secret().to_owned());
    due.sign_in.first_secret.as_ref().is_some_and(|secret| {
        let temporary = one_time::temporary_password(&visit.app.keys, secret);
        canonical(form.password.expose_secret())
            .is_some_and(|typed| canonical(temporary.expose_secret()) == Some(typed))
    })
}

async fn show(visit: &Visit, due: &Due, problem: &str) -> Result<Response, Error> {
    let Frame { page, action, identifier, resume, .. } = Frame::of(visit, due, Step::NewPassword);
    recovery::show_set_password(visit, &due.account, SetPassword { page, action, identifier, resume }, problem).await
}
