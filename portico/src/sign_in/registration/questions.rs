//! Three security questions, where the organization's way of recovery needs them. In `classic` they may wait.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::{Due, Frame, Gate, still_due};
use crate::organizations::Preset;
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Form, Page, Problem, Query, Visit, html, see_other};
use crate::questions::{
    self, About, COUNT, Chosen, FormRow, OVERTAKEN, Occasion, QuestionsArrival, QuestionsForm, Typed,
};
use crate::session;
use crate::sign_in::dispatcher::{address, step_address};
use crate::sign_in::queries;
use crate::sign_in::rules::Step;

#[derive(Template)]
#[template(path = "sign_in/registration/questions.html")]
struct QuestionsPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    rows: Vec<FormRow>,
    /// Where *Cancel* goes, where the policy lets questions wait.
    later_action: Option<String>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    resume: String,
    #[serde(flatten)]
    form: QuestionsForm,
}

#[derive(Deserialize)]
pub struct LaterForm {
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/questions`
pub async fn page(
    visit: Visit,
    Path(id): Path<SignInId>,
    Query(arrival): Query<QuestionsArrival>,
) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::SecurityQuestions).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &arrival),
    }
}

/// `POST /sign-in/{id}/questions`
pub async fn submit(
    visit: Visit,
    Path(id): Path<SignInId>,
    Form(Sent { resume, form }): Form<Sent>,
) -> Result<Response, Error> {
    let due = match Gate::of_form(&visit, &id, Step::SecurityQuestions, &resume).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let typed = form.typed();
    let about = About { person: &due.account.words_about() };
    let chosen = match Chosen::check(&typed, &visit.words, &about) {
        Ok(chosen) => chosen,
        Err(flaw) => return Ok(see_other(&again(&visit, &id, &flaw.to_string(), &typed))),
    };
    if let Some(flaw) = questions::is_password(&visit.app, &due.account, &chosen).await? {
        return Ok(see_other(&again(&visit, &id, &flaw.to_string(), &typed)));
    }
    let hashed = questions::hash(&visit.app.keys, &visit.app.hasher, &chosen).await?;
    let settled = visit
        .app
        .db
        .write("sign_in.set_questions", async |tx: &mut Tx| {
            let Some(Due { account, sign_in, .. }) = still_due(tx, &visit, &id, Step::SecurityQuestions).await? else {
                return Ok(true);
            };
            if account.password != due.account.password {
                // Set in another tab meanwhile: these answers have not been compared with it.
                return Ok(false);
            }
            // Without a password there is nothing yet that older proofs could be worth.
            let occasion = if account.is_pending() { Occasion::FirstTime } else { Occasion::Change };
            let epoch = questions::keep(tx, &visit, &account, &hashed, occasion).await?;
            if epoch != account.credentials_epoch {
                match &sign_in.stepped {
                    Some(stepped) => session::go_on_alone(tx, &account, &stepped.session, epoch).await?,
                    None => session::end_all(tx, &account.id).await?,
                };
            }
            queries::restamp(tx, &id, account.credentials_epoch, epoch, false).await?;
            Ok::<_, store::Error>(true)
        })
        .await?;
    Ok(see_other(&if settled { address(&id) } else { again(&visit, &id, OVERTAKEN, &typed) }))
}

/// `POST /sign-in/{id}/questions/later`: for this sign-in only, where the policy lets them wait.
pub async fn later(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<LaterForm>) -> Result<Response, Error> {
    if let Gate::Due(due) = Gate::of_form(&visit, &id, Step::SecurityQuestions, &form.resume).await?
        && can_wait(&due)
    {
        let put_off = async |tx: &mut Tx| queries::put_off_questions(tx, &id).await;
        visit.app.db.write("sign_in.put_off_questions", put_off).await?;
    }
    Ok(see_other(&address(&id)))
}

fn can_wait(due: &Due) -> bool {
    due.account.organization.policy.preset == Preset::Classic
}

fn again(visit: &Visit, id: &SignInId, problem: &str, typed: &[Typed; COUNT]) -> String {
    questions::again(&visit.app.keys, &step_address(id, Step::SecurityQuestions), problem, typed)
}

fn show(visit: &Visit, due: &Due, arrival: &QuestionsArrival) -> Result<Response, Error> {
    let Frame { page, action, resume, identifier, identify_url } = Frame::of(visit, due, Step::SecurityQuestions);
    html(&QuestionsPage {
        later_action: can_wait(due).then(|| format!("{action}/later")),
        problem: questions::problem_of(&page, &arrival.problem),
        rows: questions::rows(&visit.app.keys, &page, &due.account, arrival),
        page,
        action,
        resume,
        identifier,
        identify_url,
    })
}
