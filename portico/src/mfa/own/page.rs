//! My second step, as its owner sees it.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use crate::mfa::authenticator;
use crate::mfa::change::{self, NotRemoved};
use crate::mfa::recovery_codes;
use crate::mfa::rules::{is_required, may_remove, may_set_up};
use crate::passkeys;
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::web::{Error, Moment, Page, Problem, Query, html, see_other};
use crate::session::{self, OwnForm, Pressed, RecentlyVerified, STALE, SignedIn};
use crate::sign_in;

pub const HERE: &str = "/account/second-factor";

#[derive(Template)]
#[template(path = "mfa/own/second_factor.html")]
struct SecondFactorPage {
    page: Page,
    /// Since when there is an authenticator app.
    app: Option<Moment>,
    /// It may go: another factor stays, or none is required.
    may_remove: bool,
    required: bool,
    /// Several people share the account: none of them sets one up for all.
    shared: bool,
    /// How many there are, where there can be any.
    passkeys: Option<usize>,
    by_passkey: bool,
    codes_left: String,
    /// They were made, and nobody has said that they are kept.
    codes_to_keep: bool,
    done: Option<&'static str>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
    #[serde(default)]
    done: String,
}

struct Gathered {
    account: Account,
    since: Option<Time>,
    codes: i64,
    passkeys: Option<usize>,
}

/// `GET /account/second-factor`
pub async fn page(
    RecentlyVerified { person }: RecentlyVerified,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let app = &person.visit.app;
    let found = app.db.read("mfa.own", async |tx: &mut Tx| gather(tx, &person).await).await?;
    let Gathered { account, since, codes, passkeys } = found.ok_or(Error::NotFound)?;
    let page = person.page();
    html(&SecondFactorPage {
        problem: problem_of(&page, &arrival.problem),
        app: since.map(|at| Moment::new(at, &person.organization.time_zone, app.clock.now())),
        may_remove: may_remove(&account, account.has_passkey),
        required: is_required(&account),
        shared: !may_set_up(&account),
        by_passkey: account.has_passkey,
        codes_left: codes.to_string(),
        codes_to_keep: account.has_codes_to_keep,
        done: ["removed", "kept"].into_iter().find(|done| *done == arrival.done),
        passkeys,
        page,
    })
}

async fn gather(tx: &mut Tx, person: &SignedIn) -> Result<Option<Gathered>, store::Error> {
    let Some(account) = people::by_id(tx, &person.account).await? else { return Ok(None) };
    let since = authenticator::since(tx, &account.id).await?;
    let codes = recovery_codes::left(tx, &account.id).await?;
    let passkeys = passkeys::count_of(tx, &person.visit.app, &account).await?;
    Ok(Some(Gathered { account, since, codes, passkeys }))
}

/// `POST /account/second-factor`: the first app, or another.
pub async fn set_up(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(look_again()) };
    sign_in::set_up_app(&person.visit, &person).await
}

/// `POST /account/second-factor/remove`
pub async fn remove(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(look_again()) };
    let write = async |tx: &mut Tx| change::remove_app(tx, &person).await;
    Ok(match person.visit.app.db.write("mfa.remove_app", write).await? {
        Ok(renewed) => renewed.answer(&person, see_other(&format!("{HERE}?done=removed"))),
        Err(NotRemoved::Gone) => see_other(HERE),
        Err(NotRemoved::Last) => see_other(&format!("{HERE}?problem=last")),
    })
}

/// The page was shown to somebody else, or before the credentials changed.
pub fn look_again() -> Response {
    see_other(&format!("{HERE}?problem={STALE}"))
}

/// A closed set: what stands in an address is never shown.
fn problem_of(page: &Page, word: &str) -> Option<Problem> {
    match word {
        "last" => Some(Problem { summary: page.t("mfa-own-last").into_owned(), field: "" }),
        STALE => Some(session::stale(page)),
        _ => None,
    }
}
