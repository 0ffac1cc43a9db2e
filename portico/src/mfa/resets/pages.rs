//! Lost second steps, for those who look after an organization's people: who asks, what waits, and what there is to do.
//!
//! Who acts here decides over somebody else's account: a proof of this moment, and their own second factor where they have or need one.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::administer::{self, Asked, Begun, Refused};
use crate::mfa::rules::is_required;
use crate::people::{self, Account};
use crate::platform::ids::AccountId;
use crate::platform::web::{Error, Moment, Page, Problem, Query, Visit, html, see_other};
use crate::session::{self, OwnForm, Pressed, RecentlyVerified, STALE, SignedIn};
use crate::sign_in::{self, AccountPage, Destination};

const HERE: &str = "/account/lost-factors";

#[derive(Template)]
#[template(path = "mfa/resets/lost.html")]
struct LostPage {
    page: Page,
    organization: String,
    asked: Vec<AskedLine>,
    begun: Vec<BegunLine>,
    /// How long a reset waits.
    hours: String,
    /// Whom the form is about, as far as one was chosen above.
    who: String,
    done: Option<&'static str>,
    problem: Option<Problem>,
}

struct AskedLine {
    id: String,
    name: String,
    account: String,
    at: Moment,
}

struct BegunLine {
    id: String,
    name: String,
    account: String,
    by: Option<String>,
    reason: String,
    due: Moment,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
    #[serde(default)]
    done: String,
    /// One of those who ask.
    #[serde(default)]
    whom: String,
}

#[derive(Deserialize)]
pub struct ResetForm {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    reason: String,
}

/// `GET /account/lost-factors`
pub async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let app = &person.visit.app;
    let read = async |tx: &mut Tx| match administrator(tx, &person).await? {
        Some(by) => Ok::<_, store::Error>(Some((administer::to_look_at(tx, &by).await?, by))),
        None => Ok(None),
    };
    let ((asked, begun), by) = app.db.read("mfa.lost", read).await?.ok_or(Error::NotFound)?;
    if lacks_own_factor(&person, &by) {
        return show_own_factor(&person).await;
    }
    let moment = |at| Moment::new(at, &person.organization.time_zone, app.clock.now());
    let page = person.page();
    let asked: Vec<_> = asked.into_iter().map(|asked| AskedLine::of(&asked, moment(asked.at))).collect();
    let who = asked.iter().find(|line| line.id == arrival.whom).map(|line| line.account.clone());
    html(&LostPage {
        problem: match arrival.problem == STALE {
            true => Some(session::stale(&page)),
            false => arrival.problem.parse().ok().map(|refused| problem_of(&page, refused)),
        },
        done: ["begun", "stopped"].into_iter().find(|done| *done == arrival.done),
        organization: person.organization.name.clone(),
        hours: (by.organization.policy.factor_reset.as_secs() / 3_600).to_string(),
        begun: begun.into_iter().map(|begun| BegunLine::of(&begun, moment(begun.waiting.due_at))).collect(),
        who: who.unwrap_or_default(),
        asked,
        page,
    })
}

/// `POST /account/lost-factors`: one is to be taken away.
pub async fn begin(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<ResetForm>) -> Result<Response, Error> {
    act(&person, form.of(&person).map(Act::Begin)).await
}

/// `POST /account/lost-factors/{account}/stop`
pub async fn stop(
    RecentlyVerified { person }: RecentlyVerified,
    Path(account): Path<AccountId>,
    form: OwnForm<Pressed>,
) -> Result<Response, Error> {
    act(&person, form.of(&person).map(|Pressed {}| Act::Stop(account))).await
}

enum Act {
    Begin(ResetForm),
    Stop(AccountId),
}

impl Act {
    async fn run(&self, tx: &mut Tx, visit: &Visit, by: &Account) -> Result<Result<(), Refused>, store::Error> {
        match self {
            Act::Begin(form) => administer::begin(tx, visit, by, &form.identifier, &form.reason).await,
            Act::Stop(person) => administer::stop(tx, visit, by, person).await,
        }
    }

    fn done(&self) -> &'static str {
        match self {
            Act::Begin(_) => "begun",
            Act::Stop(_) => "stopped",
        }
    }
}

/// Asked again in the write, whoever the page was shown to: an administrator may be none any more.
async fn act(person: &SignedIn, act: Option<Act>) -> Result<Response, Error> {
    let app = &person.visit.app;
    let find = async |tx: &mut Tx| administrator(tx, person).await;
    let by = app.db.read("mfa.administrator", find).await?.ok_or(Error::NotFound)?;
    if lacks_own_factor(person, &by) {
        return show_own_factor(person).await;
    }
    // The trail and the mails would name another administrator than the one who has decided.
    let Some(act) = act else { return Ok(see_other(&format!("{HERE}?problem={STALE}"))) };
    let write = async |tx: &mut Tx| match administrator(tx, person).await? {
        Some(by) => act.run(tx, &person.visit, &by).await.map(Some),
        None => Ok::<_, store::Error>(None),
    };
    let acted = app.db.write("mfa.lost_act", write).await?.ok_or(Error::NotFound)?;
    Ok(see_other(&match acted {
        Ok(()) => format!("{HERE}?done={}", act.done()),
        Err(why) => format!("{HERE}?problem={}", why.as_str()),
    }))
}

/// The account, if it looks after people, under the credentials of this session.
async fn administrator(tx: &mut Tx, person: &SignedIn) -> Result<Option<Account>, store::Error> {
    let Some(account) = people::by_id(tx, &person.account).await? else { return Ok(None) };
    let may = account.credentials_epoch == person.epoch && administer::administers(tx, &account).await?;
    Ok(may.then_some(account))
}

/// Whoever has one, or needs one by the most restrictive rule, has to have shown it for this session, which may be older than the rule or
/// their part. Where no rule asks one of administrators (`classic` only offers it to them, security.md C8), they act without: what they
/// begin waits, every address is told and can stop it, and it takes a password that they do not know. Asking more of them here than the
/// policy does would leave the people of such an organization with nobody who can help.
fn lacks_own_factor(person: &SignedIn, by: &Account) -> bool {
    (by.has_second_factor() || is_required(by)) && !person.has_shown_two_factors()
}

async fn show_own_factor(person: &SignedIn) -> Result<Response, Error> {
    sign_in::step_up(&person.visit, person, Destination::Verified(AccountPage::LostFactors)).await
}

impl AskedLine {
    fn of(asked: &Asked, at: Moment) -> AskedLine {
        let Asked { person, .. } = asked;
        AskedLine { id: person.id.to_string(), name: person.name(), account: person.sign_in_name().to_owned(), at }
    }
}

impl BegunLine {
    fn of(begun: &Begun, due: Moment) -> BegunLine {
        let Begun { person, by, waiting } = begun;
        BegunLine {
            id: person.id.to_string(),
            name: person.name(),
            account: person.sign_in_name().to_owned(),
            by: by.clone(),
            reason: waiting.reason.clone(),
            due,
        }
    }
}

fn problem_of(page: &Page, refused: Refused) -> Problem {
    let field = match refused {
        Refused::Reason => "reason",
        Refused::Over => "",
        _ => "identifier",
    };
    Problem { summary: page.t(&format!("mfa-people-{}", refused.as_str())).into_owned(), field }
}
