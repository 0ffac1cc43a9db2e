//! A passkey as the second proof, after a password. What is asked belongs to this sign-in, and of all that was asked only the latest that
//! was not answered yet counts.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde_json::json;
use store::Tx;

use super::way;
use crate::audit::{self, Entry, Event};
use crate::passkeys::{self, About, AnswerForm, Ask, Asked, Found, Refused};
use crate::platform::clock::Time;
use crate::platform::ids::SignInId;
use crate::platform::web::{Arrival, Browser, Error, Form, Page, Problem, Query, Visit, html, see_other, to_the_end};
use crate::sign_in::dispatcher::{address, go_on_from, step_address};
use crate::sign_in::facts::Proof;
use crate::sign_in::finish::{Finished, Newcomer, finish_within};
use crate::sign_in::passkey::method;
use crate::sign_in::queries;
use crate::sign_in::registration::{Due, Frame, Gate, still_due};
use crate::sign_in::rules::Step;

#[derive(Template)]
#[template(path = "sign_in/second_factor/passkey.html")]
struct PasskeyPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    /// `None` where this deployment has lost the name that its passkeys were for.
    ask: Option<Ask>,
    /// For whoever has an authenticator app, too.
    code_url: Option<String>,
    /// Where whoever has no passkey at hand goes on.
    another_url: String,
    problem: Option<Problem>,
}

/// The address of the page.
pub fn here(id: &SignInId) -> String {
    way(id, "passkey")
}

/// `GET /sign-in/{id}/passkey`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::SecondFactor).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &arrival.problem).await,
    }
}

async fn show(visit: &Visit, due: &Due, problem: &str) -> Result<Response, Error> {
    let id = &due.sign_in.id;
    let Some(browser) = visit.browser().filter(|_| due.account.has_passkey) else {
        return Ok(see_other(&step_address(id, Step::SecondFactor)));
    };
    let ask = passkeys::of_second_factor(&visit.app, &browser, &due.account, id).await?;
    let Frame { page, resume, identifier, identify_url, .. } = Frame::of(visit, due, Step::SecondFactor);
    let refused = (problem == "refused").then(|| page.t("passkeys-refused").into_owned());
    html(&PasskeyPage {
        problem: refused.map(|summary| Problem { summary, field: "" }),
        action: here(id),
        code_url: due.account.has_authenticator.then(|| step_address(id, Step::SecondFactor)),
        another_url: way(id, "another-way"),
        page,
        resume,
        identifier,
        identify_url,
        ask,
    })
}

/// `POST /sign-in/{id}/passkey`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    if let Gate::Elsewhere(answer) = Gate::of_form(&visit, &id, Step::SecondFactor, &form.resume).await? {
        return Ok(*answer);
    }
    let Some(browser) = visit.browser() else { return Ok(see_other(&address(&id))) };
    to_the_end(async move {
        match try_out(&visit, &browser, &id, &form).await? {
            Some(finished) => go_on_from(&visit, &id, finished).await,
            None => Ok(see_other(&format!("{}?problem=refused", here(&id)))),
        }
    })
    .await
}

/// `None`: it is not believed.
async fn try_out(
    visit: &Visit,
    browser: &Browser,
    id: &SignInId,
    form: &AnswerForm,
) -> Result<Option<Finished>, Error> {
    let app = &visit.app;
    let credential = form.credential();
    let find = async |tx: &mut Tx| passkeys::find(tx, browser, &credential).await;
    let found: Found = app.db.read("passkeys.find", find).await?;
    let asked = Asked::open(&app.keys, &form.asked).filter(|asked| asked.about == About::SecondFactor(id.clone()));
    let judged = match &asked {
        Some(asked) => passkeys::judge(app, browser, asked, &found, form),
        None => Err(Refused::Stale),
    };
    let Some(newcomer) = Newcomer::of(visit, id) else { return Ok(None) };
    let write = async |tx: &mut Tx| {
        let Some(due) = still_due(tx, visit, id, Step::SecondFactor).await? else {
            return finish_within(tx, visit, id, &newcomer).await.map(Some);
        };
        let fresh = match &asked {
            Some(asked) => queries::take_asked(tx, id, asked.at).await?,
            None => false,
        };
        let why = match &judged {
            Ok(_) if !fresh => Refused::Stale,
            Ok(shown) if shown.account != due.account.id => Refused::Another,
            Ok(shown) if passkeys::take(tx, visit, shown).await?.is_some() => {
                let proof = Proof { method: method(shown), epoch: due.account.credentials_epoch, at: Time(tx.now()) };
                queries::prove_second(tx, id, due.account.id.as_str(), proof).await?;
                let entry = Entry::of(Event::SecondFactorVerified, &due.account).from(visit);
                let entry = Entry { details: json!({ "method": proof.method.as_str() }), ..entry };
                audit::record(tx, &app.entropy, entry).await?;
                return finish_within(tx, visit, id, &newcomer).await.map(Some);
            }
            Ok(_) => Refused::Count,
            Err(why) => *why,
        };
        passkeys::record_refused(tx, visit, Some(&due.account), why).await?;
        Ok(None)
    };
    Ok(Box::pin(app.db.write("second_factor.passkey", write)).await?)
}
