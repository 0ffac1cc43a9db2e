//! All three questions at once, one verdict on the set. Right answers give this browser, once, what sets a password.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use store::Tx;

use super::check_mail::ask_again;
use super::link::OPENED;
use super::queries::{self, Recovery};
use super::rules::{GRANT, Stage, stage};
use crate::notices::{self, Cause};
use crate::organizations;
use crate::password::missing;
use crate::people::Identifier;
use crate::platform::clock::{Time, micros};
use crate::platform::ids::RecoveryId;
use crate::platform::one_time::{self, Issue, Purpose, Validity};
use crate::platform::web::{
    Arrival, Browser, Cookie, Error, Form, Moment, Page, Problem, Query, Visit, html, see_other, to_the_end,
    with_cookies,
};
use crate::questions::{self, Challenge, Checked};
use crate::sign_in::{self, Resume};

#[derive(Template)]
#[template(path = "recovery/questions.html")]
struct QuestionsPage {
    page: Page,
    action: String,
    identifier: String,
    identify_url: String,
    questions: Vec<Asked>,
    resume: String,
    sign_in: String,
    back_url: String,
    problem: Option<Problem>,
}

struct Asked {
    id: String,
    text: String,
}

#[derive(Deserialize)]
pub struct AnswersForm {
    #[serde(default = "missing")]
    answer_1: SecretString,
    #[serde(default = "missing")]
    answer_2: SecretString,
    #[serde(default = "missing")]
    answer_3: SecretString,
}

/// A request of this browser at which questions are asked.
struct Open {
    recovery: Recovery,
    browser: Browser,
    challenge: Challenge,
    closed_until: Option<Option<Time>>,
    zone: String,
}

/// `GET /recover/{id}/questions`
pub async fn page(visit: Visit, Path(id): Path<RecoveryId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let Some(open) = open(&visit, &id).await? else { return Ok(see_other(&format!("/recover/{id}"))) };
    let page = visit.page();
    let recovery = &open.recovery;
    let resume = Resume { destination: recovery.destination, identifier: Some(recovery.identifier.clone()) };
    let sealed = resume.seal(&visit.app);
    let questions = (1..).zip(open.challenge.questions());
    html(&QuestionsPage {
        action: format!("/recover/{id}/questions"),
        questions: questions
            .map(|(number, question)| Asked { id: format!("answer_{number}"), text: question.text(page.words()) })
            .collect(),
        problem: problem(&page, &open, &arrival.problem, visit.app.clock.now()),
        identify_url: ask_again(recovery, &sealed),
        back_url: match &recovery.sign_in {
            Some(sign_in) => format!("/sign-in/{sign_in}"),
            None => sign_in::address_for(&visit.app, &resume),
        },
        sign_in: recovery.sign_in.as_ref().map(ToString::to_string).unwrap_or_default(),
        identifier: recovery.identifier.clone(),
        page: page.help(format!("/help?resume={sealed}")),
        resume: sealed,
    })
}

/// `POST /recover/{id}/questions`
pub async fn submit(
    visit: Visit,
    Path(id): Path<RecoveryId>,
    Form(form): Form<AnswersForm>,
) -> Result<Response, Error> {
    let request = format!("/recover/{id}");
    let Some(open) = open(&visit, &id).await? else { return Ok(see_other(&request)) };
    let answers = [form.answer_1, form.answer_2, form.answer_3];
    if answers.iter().any(|answer| answer.expose_secret().trim().is_empty()) {
        // Nothing was guessed, so nothing is counted.
        return Ok(see_other(&format!("{request}/questions?problem=missing")));
    }
    let checked = to_the_end(async move { answer(&visit, &open, &answers).await }).await?;
    Ok(match checked {
        Checked::Right | Checked::Locked => see_other(&request),
        Checked::Wrong => see_other(&format!("{request}/questions?problem=wrong")),
    })
}

/// Where a request of this browser leads that does not stand at `here`.
pub fn elsewhere(visit: &Visit, recovery: &Recovery, here: Stage) -> Option<Response> {
    match (stage(recovery.way, recovery.grant.is_some()), &recovery.grant) {
        (now, _) if now == here => None,
        // Derived, so that an answer that was lost on its way can be given again, to the same browser.
        (Stage::Granted, Some(grant)) => {
            let token = one_time::token(&visit.app.keys, grant);
            let opened = visit.app.cookies.set(Cookie::Recovery, token.expose_secret(), Some(OPENED));
            Some(with_cookies(see_other("/recover/new-password"), [opened]))
        }
        (Stage::Questions, _) => Some(see_other(&format!("/recover/{}/questions", recovery.id))),
        (Stage::CheckMail | Stage::Granted, _) => Some(see_other(&format!("/recover/{}", recovery.id))),
    }
}

/// `None` where no questions are asked (any more): the request's own page knows what is.
async fn open(visit: &Visit, id: &RecoveryId) -> Result<Option<Open>, Error> {
    let Some(browser) = visit.browser() else { return Ok(None) };
    let app = &visit.app;
    let read = async |tx: &mut Tx| {
        let Some(recovery) = queries::of_browser(tx, id, &browser.hash).await? else { return Ok(None) };
        let Some(identifier) = Identifier::parse(&recovery.identifier) else { return Ok(None) };
        if stage(recovery.way, recovery.grant.is_some()) != Stage::Questions {
            return Ok(None);
        }
        let challenge = Challenge::all_of(tx, app, &identifier).await?;
        let closed_until = challenge.closed_until(tx).await?;
        let organization = match identifier.email() {
            Some(email) => organizations::by_domain(tx, email.domain()).await?,
            None => None,
        };
        let zone = organization.map_or_else(|| "UTC".to_owned(), |organization| organization.time_zone);
        Ok::<_, store::Error>(Some(Open { recovery, browser: browser.clone(), challenge, closed_until, zone }))
    };
    Ok(app.db.read("recovery.questions", read).await?)
}

/// Verifies outside of any transaction; settles the count, and gives what right answers give, in one.
async fn answer(visit: &Visit, open: &Open, answers: &[SecretString]) -> Result<Checked, Error> {
    let guess = questions::guess(visit, &open.challenge, answers).await?;
    let checked = visit
        .app
        .db
        .write("recovery.answer", async |tx: &mut Tx| {
            let checked = guess.settle(tx, visit, &open.challenge).await?;
            if checked == Checked::Right {
                grant(tx, visit, open).await?;
            }
            Ok::<_, store::Error>(checked)
        })
        .await?;
    guess.settled(visit);
    Ok(checked)
}

/// Once for a request, with its notice, whoever posts its answers how often.
async fn grant(tx: &mut Tx, visit: &Visit, open: &Open) -> Result<(), store::Error> {
    let (id, browser) = (&open.recovery.id, &open.browser.hash);
    let Some(account) = open.challenge.account() else { return Ok(()) };
    if queries::of_browser(tx, id, browser).await?.is_none_or(|recovery| recovery.grant.is_some()) {
        return Ok(());
    }
    let issue = Issue {
        purpose: Purpose::AnsweredQuestions,
        account: &account.id,
        // As it was when the answers were read: a change since makes this worthless.
        credentials_epoch: account.credentials_epoch,
        sent_to: "",
        validity: Validity::Now,
        lifetime: GRANT,
    };
    let issued = one_time::issue(tx, &visit.app.keys, &visit.app.entropy, issue).await?;
    if queries::grant(tx, id, browser, &issued).await? {
        // Now, and not only when a password is set: until then it can still be stopped (security.md C1).
        notices::questions_answered(tx, &Cause::of(visit), account, micros(GRANT) / 60_000_000).await?;
    }
    Ok(())
}

/// A closed set: what stands in an address is never shown. That it is locked is asked of the count, not of the address.
fn problem(page: &Page, open: &Open, problem: &str, now: Time) -> Option<Problem> {
    let summary = match (open.closed_until, problem) {
        (Some(Some(until)), _) => page
            .with("recovery-questions-locked", &[("until", &Moment::new(until, &open.zone, now).told(page.words()))]),
        (Some(None), _) => page.t("recovery-questions-closed").into_owned(),
        (None, "missing") => page.t("recovery-questions-missing").into_owned(),
        (None, "wrong") => page.t("recovery-questions-wrong").into_owned(),
        _ => return None,
    };
    Some(Problem { summary, field: "" })
}
