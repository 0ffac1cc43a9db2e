//! My passkeys.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use store::Tx;

use super::add::{self, AddForm, Added, NotAdded, new_handle};
use super::asked::About;
use super::queries::{self, Line};
use super::{Ask, relying_party, remove, rules};
use crate::mfa::{self, NotRemoved};
use crate::people::{self, Account};
use crate::platform::ids::PasskeyId;
use crate::platform::web::{Browser, Error, Form, Moment, Page, Problem, Query, html, see_other, with_cookies};
use crate::session::{self, OwnForm, Pressed, RecentlyVerified, STALE, SignedIn, browser_name};

const HERE: &str = "/account/passkeys";

#[derive(Template)]
#[template(path = "passkeys/passkeys.html")]
struct PasskeysPage {
    page: Page,
    lines: Vec<Shown>,
    /// Where one can be added now.
    ask: Option<AddHere>,
    /// None can be the account's.
    closed: bool,
    /// This deployment has no name that passkeys could be for.
    nameless: bool,
    most: bool,
    done: Option<&'static str>,
    problem: Option<Problem>,
}

struct Shown {
    id: String,
    name: String,
    syncs: bool,
    created: Moment,
    created_in: String,
    used: Option<(Moment, String)>,
}

/// What the script needs beside the question.
struct AddHere {
    ask: Ask,
    /// The holder, as authenticators know and show them.
    handle: String,
    account: String,
    person: String,
    algorithms: String,
    /// A name to begin with.
    name: String,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
    #[serde(default)]
    done: String,
}

#[derive(Deserialize)]
pub struct NameForm {
    #[serde(default)]
    name: String,
}

/// `GET /account/passkeys`
pub async fn page(person: SignedIn, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let app = &person.visit.app;
    let read = async |tx: &mut Tx| {
        let account = people::by_id(tx, &person.account).await?;
        let lines = queries::of_account(tx, &person.account).await?;
        Ok::<_, store::Error>((account, lines, queries::handle(tx, &person.account).await?))
    };
    let (account, lines, handle) = app.db.read("passkeys.show", read).await?;
    let account = account.ok_or(Error::NotFound)?;
    let (browser, cookie) = person.visit.browser_or_new();
    let most = lines.len() >= rules::MOST;
    let ask = match !most && account.takes_passkeys() && person.is_recently_verified() {
        true => add_here(&person, &browser, &account, &lines, handle),
        false => None,
    };
    let page = person.page();
    let answer = html(&PasskeysPage {
        problem: problem_of(&page, &arrival.problem),
        done: done_of(&arrival.done),
        closed: !account.takes_passkeys(),
        nameless: relying_party(app).is_none(),
        lines: lines.into_iter().map(|line| shown(&person, line)).collect(),
        ask,
        most,
        page,
    })?;
    Ok(with_cookies(answer, cookie))
}

/// `POST /account/passkeys`
pub async fn add(RecentlyVerified { person }: RecentlyVerified, Form(form): Form<AddForm>) -> Result<Response, Error> {
    let Some(browser) = person.visit.browser() else { return Ok(back(NotAdded::Refused.word())) };
    let added = add::add(&person, &browser, &form).await?;
    Ok(match added {
        Ok((Added::Alone, renewed)) => renewed.answer(&person, see_other(&format!("{HERE}?done=added"))),
        Ok((Added::WithCodes, renewed)) => renewed.answer(&person, see_other(mfa::CODES_WITH_PASSKEY)),
        Err(why) => back(why.word()),
    })
}

/// `POST /account/passkeys/{id}/name`
pub async fn rename(person: SignedIn, Path(id): Path<PasskeyId>, form: OwnForm<NameForm>) -> Result<Response, Error> {
    let Some(form) = form.of(&person) else { return Ok(back(STALE)) };
    if form.name.trim().is_empty() {
        return Ok(back("nameless"));
    }
    let name = rules::name(&form.name, "");
    let write = async |tx: &mut Tx| queries::rename(tx, &id, &person.account, &name).await;
    person.visit.app.db.write("passkeys.rename", write).await?;
    Ok(see_other(&format!("{HERE}?done=renamed")))
}

/// `POST /account/passkeys/{id}/remove`
pub async fn remove(
    RecentlyVerified { person }: RecentlyVerified,
    Path(id): Path<PasskeyId>,
    form: OwnForm<Pressed>,
) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(back(STALE)) };
    Ok(match remove::remove(&person, &id).await? {
        Ok(renewed) => renewed.answer(&person, see_other(&format!("{HERE}?done=removed"))),
        Err(NotRemoved::Gone) => see_other(HERE),
        Err(NotRemoved::Last) => back("last"),
    })
}

/// `POST /account/passkeys/confirm`: shows once more who it is, and comes back.
pub async fn confirm(_: RecentlyVerified) -> Response {
    see_other(HERE)
}

fn add_here(
    person: &SignedIn,
    browser: &Browser,
    account: &Account,
    lines: &[Line],
    handle: Option<Vec<u8>>,
) -> Option<AddHere> {
    let app = &person.visit.app;
    let handle = handle.unwrap_or_else(|| new_handle(person));
    let about = About::Registration { session: person.session.clone(), epoch: person.epoch, handle: handle.clone() };
    Some(AddHere {
        ask: Ask::new(app, browser, about, lines)?,
        handle: BASE64URL_NOPAD.encode(&handle),
        account: account.sign_in_name().to_owned(),
        person: account.name(),
        algorithms: webauthn::ALGORITHMS.map(|number| number.to_string()).join(","),
        name: browser_name(&person.visit.user_agent),
    })
}

fn shown(person: &SignedIn, line: Line) -> Shown {
    let now = person.visit.app.clock.now();
    let told = |at| Moment::new(at, &person.organization.time_zone, now);
    let place = [line.last_used_in, line.last_used_from].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Shown {
        id: line.id.to_string(),
        name: line.name,
        syncs: line.syncs,
        created: told(line.created_at),
        created_in: line.created_in,
        used: line.last_used_at.map(|at| (told(at), place)),
    }
}

fn back(problem: &str) -> Response {
    see_other(&format!("{HERE}?problem={problem}"))
}

/// Closed sets: what stands in an address is never shown.
fn problem_of(page: &Page, word: &str) -> Option<Problem> {
    let (key, field) = match word {
        "refused" => ("passkeys-not-added", ""),
        "taken" => ("passkeys-taken", ""),
        "most" => ("passkeys-most", ""),
        "last" => ("passkeys-last", ""),
        "nameless" => ("passkeys-nameless", ""),
        STALE => return Some(session::stale(page)),
        _ => return None,
    };
    Some(Problem { summary: page.t(key).into_owned(), field })
}

fn done_of(word: &str) -> Option<&'static str> {
    ["added", "renamed", "removed"].into_iter().find(|done| *done == word)
}
