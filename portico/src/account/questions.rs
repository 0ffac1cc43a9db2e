//! Security questions: which are set, others, none any more. Answers are shown to nobody, their owner included.

use askama::Template;
use axum::response::Response;
use store::Tx;

use super::own::{self, Change};
use crate::people::Account;
use crate::platform::web::{Error, Page, Problem, Query, html, see_other};
use crate::questions::{self, About, Chosen, FormRow, Hashed, OVERTAKEN, Occasion, QuestionsArrival, QuestionsForm};
use crate::session::{self, OwnForm, Pressed, RecentlyVerified, STALE, SignedIn};

const HERE: &str = "/account/questions";

#[derive(Template)]
#[template(path = "account/questions.html")]
struct QuestionsPage {
    page: Page,
    set: Vec<String>,
    /// The form, where the policy has a use for answers of this account.
    rows: Option<Vec<FormRow>>,
    problem: Option<Problem>,
}

/// `GET /account/questions`
pub async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<QuestionsArrival>,
) -> Result<Response, Error> {
    let app = &person.visit.app;
    let account = own::account_of(&person).await?;
    let set = app.db.read("account.questions", async |tx: &mut Tx| questions::asked_of(tx, &account.id).await).await?;
    let page = person.page();
    html(&QuestionsPage {
        set: set.into_iter().map(|question| question.text(page.words())).collect(),
        rows: questions::are_of_use(&account).then(|| questions::rows(&app.keys, &page, &account, &arrival)),
        problem: match arrival.problem == STALE {
            true => Some(session::stale(&page)),
            false => questions::problem_of(&page, &arrival.problem),
        },
        page,
    })
}

/// `POST /account/questions`
pub async fn submit(
    RecentlyVerified { person }: RecentlyVerified,
    form: OwnForm<QuestionsForm>,
) -> Result<Response, Error> {
    let app = &person.visit.app;
    let account = own::account_of(&person).await?;
    let are_of_use = questions::are_of_use(&account);
    let Some(form) = form.of(&person).filter(|_| are_of_use) else { return Ok(own::back(HERE, STALE)) };
    let typed = form.typed();
    let again = |problem: &str| see_other(&questions::again(&app.keys, HERE, problem, &typed));
    let chosen = match Chosen::check(&typed, &person.visit.words, &About { person: &account.words_about() }) {
        Ok(chosen) => chosen,
        Err(flaw) => return Ok(again(&flaw.to_string())),
    };
    if let Some(flaw) = questions::is_password(app, &account, &chosen).await? {
        return Ok(again(&flaw.to_string()));
    }
    let hashed = questions::hash(&app.keys, &app.hasher, &chosen).await?;
    Ok(match keep(&person, &account, &hashed).await? {
        Change::Done(renewed) => renewed.answer(&person, own::done("questions")),
        Change::Overtaken => again(STALE),
        Change::Refused(word) => again(word),
    })
}

/// `POST /account/questions/remove`
pub async fn remove(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(own::back(HERE, STALE)) };
    let write = async |tx: &mut Tx| {
        let own = own::still(tx, &person).await?.filter(|account| account.shared_at.is_none());
        let Some(account) = own else { return Ok(Change::Overtaken) };
        let Some(epoch) = questions::remove_own(tx, &person.visit, &account).await? else {
            return Ok(Change::Refused(()));
        };
        let account = Account { credentials_epoch: epoch, ..account };
        Ok::<_, store::Error>(Change::Done(session::renew(tx, &person, &account).await?.0))
    };
    Ok(match person.visit.app.db.write("account.remove_questions", write).await? {
        Change::Done(renewed) => renewed.answer(&person, own::done("questions-gone")),
        Change::Overtaken => own::back(HERE, STALE),
        Change::Refused(()) => see_other(HERE),
    })
}

/// One write. `judged` is the account whose password the answers were compared with.
async fn keep(person: &SignedIn, judged: &Account, hashed: &Hashed) -> Result<Change<&'static str>, Error> {
    let write = async |tx: &mut Tx| {
        let account = own::still(tx, person).await?.filter(questions::are_of_use);
        let Some(account) = account else { return Ok(Change::Overtaken) };
        if account.password != judged.password {
            return Ok(Change::Refused(OVERTAKEN));
        }
        let epoch = questions::keep(tx, &person.visit, &account, hashed, Occasion::Change).await?;
        let account = Account { credentials_epoch: epoch, ..account };
        Ok::<_, store::Error>(Change::Done(session::renew(tx, person, &account).await?.0))
    };
    Ok(person.visit.app.db.write("account.questions", write).await?)
}
