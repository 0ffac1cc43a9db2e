//! First and last name. They are no credential: nobody signs in with them.

use askama::Template;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use super::own::{self, Arrival, Closed, KeptBy};
use crate::audit::Event;
use crate::people::{self, Account};
use crate::platform::web::{self, Error, Page, Problem, Query, html, kept, see_other};
use crate::session::{self, OwnForm, RecentlyVerified, STALE, SignedIn};
use crate::sign_in::{NameFlaw, judge_names};

const HERE: &str = "/account/name";
const PURPOSE: &str = "own_names";

#[derive(Template)]
#[template(path = "account/name.html")]
struct NamePage {
    page: Page,
    first_name: String,
    last_name: String,
    closed: Option<Closed>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct NameForm {
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
}

/// What was typed and could not be used, given back.
#[derive(Serialize, Deserialize)]
struct Typed {
    first: String,
    last: String,
}

/// `GET /account/name`
pub async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let account = own::account_of(&person).await?;
    let page = person.page();
    let typed: Option<Typed> = web::unseal(&person.visit.app.keys, PURPOSE, &arrival.typed);
    let typed = typed.unwrap_or(Typed { first: account.first_name.clone(), last: account.last_name.clone() });
    let flaw: Option<NameFlaw> = arrival.problem.parse().ok();
    html(&NamePage {
        closed: Closed::of(&page, kept_by(&account), "name", &account),
        first_name: typed.first,
        last_name: typed.last,
        problem: match arrival.problem == STALE {
            true => Some(session::stale(&page)),
            false => flaw.map(|flaw| flaw.told(&page)),
        },
        page,
    })
}

/// `POST /account/name`
pub async fn submit(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<NameForm>) -> Result<Response, Error> {
    let Some(form) = form.of(&person) else { return Ok(own::back(HERE, STALE)) };
    let keys = &person.visit.app.keys;
    let typed = Typed { first: kept(&form.first_name), last: kept(&form.last_name) };
    let again =
        |problem: &str| see_other(&format!("{HERE}?problem={problem}&typed={}", web::seal(keys, PURPOSE, &typed)));
    let (first, last) = match judge_names(&form.first_name, &form.last_name) {
        Ok(names) => names,
        Err(flaw) => return Ok(again(flaw.as_str())),
    };
    let write = async |tx: &mut Tx| rename(tx, &person, &first, &last).await;
    Ok(match person.visit.app.db.write("account.rename", write).await? {
        true => own::done("name"),
        false => again(STALE),
    })
}

/// False where the page has closed meanwhile.
async fn rename(tx: &mut Tx, person: &SignedIn, first: &str, last: &str) -> Result<bool, store::Error> {
    let Some(account) = own::still(tx, person).await?.filter(|account| kept_by(account) == KeptBy::Owner) else {
        return Ok(false);
    };
    if people::rename(tx, &account.id, first, last).await? {
        let details = json!({ "from": account.name(), "to": format!("{first} {last}") });
        own::record(tx, person, Event::AccountRenamed, details).await?;
    }
    Ok(true)
}

/// What people are called is theirs, wherever they sign in.
fn kept_by(account: &Account) -> KeptBy {
    if account.shared_at.is_some() { KeptBy::Several } else { KeptBy::Owner }
}
