//! Three security questions, where the organization's way of recovery needs them. In `classic` they may wait.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;
use store::Tx;

use super::{Due, Frame, Gate, still_due};
use crate::organizations::Preset;
use crate::password;
use crate::people::{Account, Identifier};
use crate::platform::ids::SignInId;
use crate::platform::web::{self, Error, Form, Page, Problem, Query, Visit, html, kept, see_other};
use crate::questions::{self, About, COUNT, Chosen, Flaw, Occasion, Question, Typed, Weakness};
use crate::sign_in::dispatcher::{address, step_address};
use crate::sign_in::queries;
use crate::sign_in::rules::Step;

const PURPOSE: &str = "questions";

#[derive(Template)]
#[template(path = "sign_in/registration/questions.html")]
struct QuestionsPage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    rows: Vec<Row>,
    /// Where *Cancel* goes, where the policy lets questions wait.
    later_action: Option<String>,
    problem: Option<Problem>,
}

/// One question to be chosen, and its answer.
struct Row {
    number: String,
    question_id: &'static str,
    answer_id: &'static str,
    options: Vec<Choice>,
}

struct Choice {
    value: &'static str,
    words: String,
    chosen: bool,
}

const IDS: [(&str, &str); COUNT] = [("question_1", "answer_1"), ("question_2", "answer_2"), ("question_3", "answer_3")];

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
    /// The questions that were chosen, sealed. Answers are not given back.
    #[serde(default)]
    chosen: String,
}

#[derive(Deserialize)]
pub struct QuestionsForm {
    #[serde(default)]
    question_1: String,
    #[serde(default)]
    question_2: String,
    #[serde(default)]
    question_3: String,
    #[serde(default = "password::missing")]
    answer_1: SecretString,
    #[serde(default = "password::missing")]
    answer_2: SecretString,
    #[serde(default = "password::missing")]
    answer_3: SecretString,
    #[serde(default)]
    resume: String,
}

#[derive(Deserialize)]
pub struct LaterForm {
    #[serde(default)]
    resume: String,
}

/// `GET /sign-in/{id}/questions`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::SecurityQuestions).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &arrival),
    }
}

/// `POST /sign-in/{id}/questions`
pub async fn submit(
    visit: Visit,
    Path(id): Path<SignInId>,
    Form(form): Form<QuestionsForm>,
) -> Result<Response, Error> {
    let due = match Gate::of_form(&visit, &id, Step::SecurityQuestions, &form.resume).await? {
        Gate::Elsewhere(answer) => return Ok(*answer),
        Gate::Due(due) => due,
    };
    let typed = [
        Typed { question: form.question_1, answer: form.answer_1 },
        Typed { question: form.question_2, answer: form.answer_2 },
        Typed { question: form.question_3, answer: form.answer_3 },
    ];
    let about = About { person: &due.account.words_about() };
    let chosen = match Chosen::check(&typed, &visit.words, &about) {
        Ok(chosen) => chosen,
        Err(flaw) => return Ok(see_other(&again(&visit, &id, flaw, &typed))),
    };
    if let Some(flaw) = questions::is_password(&visit.app, &due.account, &chosen).await? {
        return Ok(see_other(&again(&visit, &id, flaw, &typed)));
    }
    let hashed = questions::hash(&visit.app.keys, &visit.app.hasher, &chosen).await?;
    visit
        .app
        .db
        .write("sign_in.set_questions", async |tx: &mut Tx| {
            let Some(Due { account, .. }) = still_due(tx, &visit, &id, Step::SecurityQuestions).await? else {
                return Ok(());
            };
            if account.password != due.account.password {
                // Set in another tab meanwhile: these answers have not been compared with it.
                return Ok(());
            }
            // Without a password there is nothing yet that older proofs could be worth.
            let occasion = if account.is_pending() { Occasion::FirstTime } else { Occasion::Change };
            let epoch = questions::keep(tx, &visit, &account, &hashed, occasion).await?;
            queries::restamp(tx, &id, account.credentials_epoch, epoch, false).await
        })
        .await?;
    Ok(see_other(&address(&id)))
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

fn again(visit: &Visit, id: &SignInId, flaw: Flaw, typed: &[Typed; COUNT]) -> String {
    let chosen: Vec<String> = typed.iter().map(|one| kept(&one.question)).collect();
    let chosen = web::seal(&visit.app.keys, PURPOSE, &chosen);
    format!("{}?problem={flaw}&chosen={chosen}", step_address(id, Step::SecurityQuestions))
}

fn show(visit: &Visit, due: &Due, arrival: &Arrival) -> Result<Response, Error> {
    let Frame { page, action, resume, identifier, identify_url } = Frame::of(visit, due, Step::SecurityQuestions);
    let chosen: Vec<String> = web::unseal(&visit.app.keys, PURPOSE, &arrival.chosen).unwrap_or_default();
    let flaw: Option<Flaw> = arrival.problem.parse().ok();
    let problem = flaw.map(|flaw| {
        let (question, answer) = IDS.get(flaw.number.saturating_sub(1)).copied().unwrap_or_default();
        let of_question = matches!(flaw.weakness, Weakness::Unknown | Weakness::Twice);
        Problem { summary: flaw.weakness.words(page.words()), field: if of_question { question } else { answer } }
    });
    let chosen = begin_with(visit, &due.account, &chosen);
    let rows = (0..).zip(IDS).map(|(index, ids)| row(&page, index, ids, &chosen)).collect();
    html(&QuestionsPage {
        later_action: can_wait(due).then(|| format!("{action}/later")),
        page,
        action,
        resume,
        identifier,
        identify_url,
        rows,
        problem,
    })
}

/// What was chosen before, and else the three questions a stranger who typed this address has been shown all along: whoever
/// likes them has only to answer, and that they are the first ones of a list tells nobody that there is an account.
fn begin_with(visit: &Visit, account: &Account, chosen: &[String]) -> Vec<Question> {
    let name = Identifier::parse(&account.email).map_or_else(String::new, |email| email.as_str().to_owned());
    let offered = questions::decoys(&visit.app.keys, &name);
    let chosen = |index: usize| chosen.get(index).and_then(|name| name.parse().ok());
    (0..).zip(offered).map(|(index, offered)| chosen(index).unwrap_or(offered)).collect()
}

fn row(page: &Page, index: usize, (question_id, answer_id): (&'static str, &'static str), chosen: &[Question]) -> Row {
    let chosen = chosen.get(index).copied();
    let option = |question: &Question| Choice {
        value: question.as_str(),
        words: question.text(page.words()),
        chosen: Some(*question) == chosen,
    };
    Row { number: (index + 1).to_string(), question_id, answer_id, options: Question::ALL.iter().map(option).collect() }
}
