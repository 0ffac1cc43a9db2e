//! The form: topic preselected from what has just failed, and nothing typed is lost.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::queries;
use super::rules::{self, Draft, LONGEST_MESSAGE, Lack};
use super::send::{self, Around};
use super::topic::Topic;
use crate::people;
use crate::platform::ids::SupportId;
use crate::platform::web::{self, Error, Form, Page, Problem, Query, Visit, html, see_other, with_cookies};
use crate::session::SignedIn;
use crate::sign_in::{self, Resume};

const DRAFT: &str = "support_draft";

#[derive(Template)]
#[template(path = "support/form.html")]
struct FormPage {
    page: Page,
    /// The id of this form: what makes two posts of it one request.
    form: String,
    resume: String,
    draft: Draft,
    topics: Vec<(&'static str, String)>,
    call_back: bool,
    longest: String,
    back_url: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    topic: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    resume: String,
    #[serde(default)]
    problem: String,
}

#[derive(Deserialize)]
pub struct Posted {
    #[serde(default)]
    form: String,
    #[serde(default)]
    resume: String,
    #[serde(flatten)]
    draft: Draft,
}

/// `GET /support`
pub async fn page(visit: Visit, person: Option<SignedIn>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &arrival.resume);
    let lack: Option<Lack> = arrival.problem.parse().ok();
    let draft = match kept(&visit).await?.filter(|_| lack.is_some()) {
        Some(draft) => draft,
        None => blank(&visit, &arrival, &resume, person.as_ref()).await?,
    };
    let (_, cookie) = visit.browser_or_new();
    Ok(with_cookies(show(&visit, person.as_ref(), resume, draft, lack)?, cookie))
}

/// `POST /support`
pub async fn submit(visit: Visit, person: Option<SignedIn>, Form(posted): Form<Posted>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &posted.resume);
    let request = match posted.draft.read() {
        Ok(request) => request,
        Err(lack) => return again(&visit, &posted, lack).await,
    };
    let (browser, cookie) = visit.browser_or_new();
    // An id of ours, or one that will do as well: whoever makes up ids only ever meets their own forms.
    let form = SupportId::from(posted.form.chars().take(64).collect::<String>()).to_string();
    let around = Around { form, browser: browser.hash, identifier: resume.identifier, person: person.as_ref() };
    match send::send(&visit, &request, &around).await {
        Ok(id) => Ok(with_cookies(see_other(&format!("/support/{id}?resume={}", posted.resume_kept(&visit))), cookie)),
        Err(Error::TooMany { .. }) => again(&visit, &posted, Lack::Crowd).await,
        Err(error) => Err(error),
    }
}

impl Posted {
    /// What the form carried, sealed anew: nothing of a request comes back in an address as it was.
    fn resume_kept(&self, visit: &Visit) -> String {
        Resume::open(&visit.app, &self.resume).seal(&visit.app)
    }
}

/// The form again with what was typed, and why it cannot be sent.
async fn again(visit: &Visit, posted: &Posted, lack: Lack) -> Result<Response, Error> {
    let (browser, cookie) = visit.browser_or_new();
    let sealed = web::seal(&visit.app.keys, DRAFT, &posted.draft.tidied());
    visit
        .app
        .db
        .write("support.keep", async |tx: &mut Tx| {
            send::count_draft(tx, visit).await?;
            Ok::<_, Error>(queries::keep_draft(tx, &browser.hash, &sealed).await?)
        })
        .await?;
    let back = format!("/support?problem={}&resume={}", lack.as_str(), posted.resume_kept(visit));
    Ok(with_cookies(see_other(&back), cookie))
}

async fn kept(visit: &Visit) -> Result<Option<Draft>, Error> {
    let Some(browser) = visit.browser() else { return Ok(None) };
    let sealed =
        visit.app.db.read("support.draft", async |tx: &mut Tx| queries::draft(tx, &browser.hash).await).await?;
    Ok(sealed.and_then(|sealed| web::unseal(&visit.app.keys, DRAFT, &sealed)))
}

/// What can be filled in: who is signed in, else the address typed at the door.
async fn blank(visit: &Visit, arrival: &Arrival, resume: &Resume, person: Option<&SignedIn>) -> Result<Draft, Error> {
    let topic = arrival.topic.parse().unwrap_or(Topic::Other);
    let draft = Draft {
        kind: rules::Kind::Question.as_str().into(),
        topic: topic.as_str().into(),
        reference: rules::reference(&arrival.reference).unwrap_or_default(),
        ..Draft::default()
    };
    let Some(person) = person else {
        let typed = resume.identifier.clone().filter(|typed| typed.contains('@')).unwrap_or_default();
        return Ok(Draft { email: typed, ..draft });
    };
    let account =
        visit.app.db.read("support.person", async |tx: &mut Tx| people::by_id(tx, &person.account).await).await?;
    Ok(Draft { name: person.name.clone(), email: account.map(|account| account.email).unwrap_or_default(), ..draft })
}

fn show(
    visit: &Visit,
    person: Option<&SignedIn>,
    resume: Resume,
    draft: Draft,
    lack: Option<Lack>,
) -> Result<Response, Error> {
    let sealed = resume.seal(&visit.app);
    let page = person.map_or_else(|| visit.page().help(format!("/help?resume={sealed}")), SignedIn::page);
    let longest = LONGEST_MESSAGE.to_string();
    let told = |lack: Lack| Problem {
        summary: page.with(&format!("support-lack-{}", lack.as_str()), &[("longest", &longest)]),
        field: lack.field(),
    };
    html(&FormPage {
        problem: lack.map(told),
        form: visit.app.entropy.id(),
        back_url: if person.is_some() { "/".into() } else { sign_in::address_for(&visit.app, &resume) },
        resume: sealed,
        topics: Topic::ALL.map(|topic| (topic.as_str(), page.t(&topic.key()).into_owned())).into(),
        call_back: draft.kind == rules::Kind::CallBack.as_str(),
        draft,
        longest,
        page,
    })
}
