//! The second proof: a code of the authenticator app. Its page appears only after a right password, so it needs no decoy.

use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::destination::Resume;
use super::dispatcher::{self, address, begin_anew, go_on_from, opened, step_address};
use super::facts::{Method, Proof, Refusal};
use super::finish::{Finished, Newcomer, finish_within};
use super::identify;
use super::passkey_second;
use super::queries;
use super::rules::Step;
use crate::mfa::{self, Checked, CodePage};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::SignInId;
use crate::platform::web::{Arrival, Error, Form, Moment, Query, Visit, html, see_other, to_the_end};

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/code`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return Ok(begin_anew(&visit, &id)) };
    let (Step::SecondFactor, Some(named), Some(account)) = (opened.step, opened.sign_in.named, opened.account) else {
        return Ok(see_other(&address(&id)));
    };
    if !account.has_authenticator {
        return Ok(see_other(&passkey_second::here(&id)));
    }
    let now = visit.app.clock.now();
    let resume =
        Resume { destination: opened.sign_in.destination, identifier: Some(named.identifier.clone()) }.seal(&visit.app);
    let page = visit.page().help(format!("/help?resume={resume}"));
    // A lock that has been cleared since is not told any more.
    let locked = match opened.sign_in.refusal {
        Some(Refusal::CodeLocked { .. }) => mfa::locked_until(&visit, &account.id).await?,
        _ => None,
    };
    let locked = locked.map(|until| Moment::new(until, named.zone(), now));
    let word = match opened.sign_in.refusal {
        _ if arrival.problem == "missing" => "missing",
        Some(Refusal::WrongCode) => "wrong",
        _ => "",
    };
    html(&CodePage {
        problem: mfa::problem(&page, locked.as_ref(), word),
        action: step_address(&id, Step::SecondFactor),
        identifier: named.identifier,
        identify_url: step_address(&id, Step::Identify),
        passkey_url: account.has_passkey.then(|| passkey_second::here(&id)),
        resume,
        page,
    })
}

/// `POST /sign-in/{id}/code`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<CodeForm>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return identify::resume(&visit, &form.resume).await };
    let (Step::SecondFactor, Some(account)) = (opened.step, opened.account) else {
        return Ok(see_other(&address(&id)));
    };
    let typed_for = opened.sign_in.named.as_ref().map_or("", |named| named.identifier.as_str());
    if Resume::is_for_another(&visit.app, &form.resume, typed_for) {
        return Ok(see_other(&address(&id)));
    }
    if form.code.trim().is_empty() {
        return Ok(see_other(&format!("{}?problem=missing", step_address(&id, Step::SecondFactor))));
    }
    let here = id.clone();
    to_the_end(async move {
        let finished = try_code(&visit, &here, &account, &form.code).await?;
        go_on_from(&visit, &here, finished).await
    })
    .await
}

async fn try_code(visit: &Visit, id: &SignInId, account: &Account, code: &str) -> Result<Finished, Error> {
    let subject = account.id.as_str();
    let Some(newcomer) = Newcomer::of(visit, id) else { return Ok(Finished::NotDue) };
    let guess = mfa::guess(visit, account, code).await?;
    let write = async |tx: &mut Tx| {
        let opened = dispatcher::open(tx, &visit.app, id, newcomer.browser()).await?;
        if opened.is_none_or(|opened| opened.step != Step::SecondFactor) {
            guess.drop_within(tx).await?;
            return finish_within(tx, visit, id, &newcomer).await;
        }
        let refusal = match guess.settle(tx, visit, account).await? {
            Checked::Right => {
                let proof = Proof { method: Method::Otp, epoch: account.credentials_epoch, at: Time(tx.now()) };
                queries::prove_second(tx, id, subject, proof).await?;
                return finish_within(tx, visit, id, &newcomer).await;
            }
            Checked::Wrong => Refusal::WrongCode,
            Checked::Locked(lock) => Refusal::CodeLocked { until: lock.until },
        };
        queries::refuse(tx, id, subject, refusal).await?;
        Ok(Finished::NotDue)
    };
    let finished = visit.app.db.write("second_factor.settle", write).await?;
    guess.settled(visit);
    Ok(finished)
}
