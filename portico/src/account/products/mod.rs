//! Products and consents: which of them know the person, by whose word, and how that is taken back (security.md C11, ASVS 10.7.3).
//!
//! - What the person has allowed a third party is theirs to withdraw: what that was given ends on every node, it is told, and it
//!   asks anew.
//! - What an administrator has allowed only an administrator takes away. The person can sign out there, and nowhere else.
//! - A form counts for the account that is signed in and whose page it stands on, and for nobody else: it names a client, never a person.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use oidc::params::encoded;
use serde::Deserialize;
use store::Tx;

use crate::account::own;
use crate::app::App;
use crate::people;
use crate::platform::clock::Time;
use crate::platform::web::{Error, Moment, Page, Problem, Query, html, see_other};
use crate::products::Mark;
use crate::provider::{self, Reach, Word};
use crate::session::{self, OwnForm, Pressed, STALE, SignedIn};

const HERE: &str = "/account/products";

pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/account/products/{client}", get(one))
        .route("/account/products/{client}/withdraw", post(withdraw))
        .route("/account/products/{client}/sign-out", post(sign_out))
}

/// A product in a list, or by itself.
struct Line {
    name: String,
    mark: Mark,
    url: String,
    since: Option<Moment>,
    used_at: Option<Moment>,
    /// The person is signed in there.
    lives: bool,
}

impl Line {
    fn of(reach: &Reach, person: &SignedIn) -> Line {
        let now = person.visit.app.clock.now();
        let moment = |at: Time| Moment::new(at, &person.organization.time_zone, now);
        let since = match reach.word {
            Word::Person(at) => Some(at),
            Word::Administrator(at) => at,
        };
        Line {
            name: reach.name.clone(),
            mark: reach.mark.clone(),
            url: format!("{HERE}/{}", encoded(&reach.client)),
            since: since.map(moment),
            used_at: reach.used_at.map(moment),
            lives: reach.lives,
        }
    }
}

#[derive(Template)]
#[template(path = "account/products/products.html")]
struct ProductsPage {
    page: Page,
    problem: Option<Problem>,
    /// What has just been done, in words.
    done: Option<String>,
    groups: Vec<Group>,
}

/// Products by whose word it is that they know the person.
struct Group {
    heading: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "account/products/product.html")]
struct ProductPage {
    page: Page,
    organization: String,
    line: Line,
    learns: Vec<String>,
    /// It is the person's to withdraw.
    own: bool,
    /// Who can take it away, where the person cannot.
    helpers: Vec<String>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    done: String,
    #[serde(default)]
    problem: String,
}

/// `GET /account/products`
async fn list(person: SignedIn, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let (own, given): (Vec<_>, Vec<_>) = provider::reach(&person).await?.into_iter().partition(is_own);
    let page = person.page();
    let lines = |reach: Vec<Reach>| reach.iter().map(|reach| Line::of(reach, &person)).collect();
    let mut groups = vec![Group { heading: page.t("own-products-yours").into_owned(), lines: lines(own) }];
    if !given.is_empty() {
        let heading = page.with("own-products-theirs", &[("organization", &person.organization.name)]);
        groups.push(Group { heading, lines: lines(given) });
    }
    html(&ProductsPage {
        problem: (arrival.problem == STALE).then(|| session::stale(&page)),
        done: done(&arrival.done).map(|key| page.t(key).into_owned()),
        groups,
        page,
    })
}

/// `GET /account/products/{client}`: what it learns, and what can be done about it.
async fn one(person: SignedIn, Path(client): Path<String>) -> Result<Response, Error> {
    let reach = provider::reach_of(&person, &client).await?.ok_or(Error::NotFound)?;
    let page = person.page();
    let own = is_own(&reach);
    html(&ProductPage {
        organization: person.organization.name.clone(),
        line: Line::of(&reach, &person),
        learns: reach.learns.iter().map(|key| page.t(key).into_owned()).collect(),
        helpers: if own { Vec::new() } else { helpers(&person).await? },
        own,
        page,
    })
}

/// `POST /account/products/{client}/withdraw`: nothing where there is nothing of the person's own to withdraw.
async fn withdraw(person: SignedIn, Path(client): Path<String>, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(own::back(HERE, STALE)) };
    let is_theirs = provider::reach_of(&person, &client).await?.is_some_and(|reach| is_own(&reach));
    if !is_theirs {
        return Ok(see_other(HERE));
    }
    let withdraw = async |tx: &mut Tx| provider::withdraw_consent(tx, &person, &client).await;
    let withdrawn = person.visit.app.db.write("account.withdraw_consent", withdraw).await?;
    Ok(see_other(if withdrawn { "/account/products?done=withdrawn" } else { HERE }))
}

/// `POST /account/products/{client}/sign-out`: out of this product and of nothing else.
async fn sign_out(person: SignedIn, Path(client): Path<String>, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(own::back(HERE, STALE)) };
    if provider::reach_of(&person, &client).await?.is_none() {
        return Ok(see_other(HERE));
    }
    let leave = async |tx: &mut Tx| provider::leave(tx, &person, &client).await;
    let left = person.visit.app.db.write("account.leave_product", leave).await?;
    Ok(see_other(if left { "/account/products?done=signed-out" } else { HERE }))
}

fn is_own(reach: &Reach) -> bool {
    matches!(reach.word, Word::Person(_))
}

async fn helpers(person: &SignedIn) -> Result<Vec<String>, Error> {
    let read = async |tx: &mut Tx| match people::by_id(tx, &person.account).await? {
        Some(account) => people::helpers_of(tx, &account).await,
        None => Ok(Vec::new()),
    };
    Ok(person.visit.app.db.read("account.helpers", read).await?)
}

/// A closed set: what stands in an address is never shown.
fn done(word: &str) -> Option<&'static str> {
    match word {
        "withdrawn" => Some("own-products-withdrawn"),
        "signed-out" => Some("own-products-signed-out"),
        _ => None,
    }
}
