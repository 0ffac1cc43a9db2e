//! The link by which somebody tries a connection that sends nobody yet, or chooses it without an address of its domain.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::connections::{self, Connection};
use crate::organizations::{self, Organization};
use crate::people::Identifier;
use crate::platform::hashes::sha256;
use crate::platform::web::{Error, Form, Page, Problem, Query, Visit, html, see_other, with_cookies};
use crate::sign_in::{self, Destination};

#[derive(Template)]
#[template(path = "federation/opt_in.html")]
struct OptInPage {
    page: Page,
    lead: String,
    action: String,
    identifier: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
}

#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    identifier: String,
}

/// `GET /sign-in/with/{token}`: says whose sign-in page it leads to. Opened by anybody, it uses nothing up.
pub async fn page(visit: Visit, Path(token): Path<String>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let Some((connection, organization)) = found(&visit, &token).await? else { return Err(Error::NotFound) };
    let (_, cookie) = visit.browser_or_new();
    let page = visit.page();
    let names = [("name", connection.settings.name.as_str()), ("organization", organization.name.as_str())];
    let problem = match arrival.problem.as_str() {
        "missing" => Some("sign-in-identifier-missing"),
        "odd" => Some("sign-in-identifier-odd"),
        _ => None,
    };
    let answer = html(&OptInPage {
        lead: page.with("federation-with-lead", &names),
        action: address(&token),
        identifier: String::new(),
        problem: problem.map(|key| Problem { summary: page.t(key).into_owned(), field: "identifier" }),
        page,
    })?;
    Ok(with_cookies(answer, cookie))
}

/// `POST /sign-in/with/{token}`: a sign-in routed to that connection.
pub async fn begin(visit: Visit, Path(token): Path<String>, Form(named): Form<Named>) -> Result<Response, Error> {
    let Some((connection, organization)) = found(&visit, &token).await? else { return Err(Error::NotFound) };
    let Some(identifier) = Identifier::parse(&named.identifier) else {
        let problem = if named.identifier.trim().is_empty() { "missing" } else { "odd" };
        return Ok(see_other(&format!("{}?problem={problem}", address(&token))));
    };
    let way = sign_in::OptedIn { connection: connection.id, organization };
    sign_in::start_with(&visit, Destination::default(), &identifier, &named.identifier, Some(way)).await
}

async fn found(visit: &Visit, token: &str) -> Result<Option<(Connection, Organization)>, Error> {
    let hash = sha256(token.as_bytes());
    let read = async |tx: &mut Tx| {
        let Some(connection) = connections::connection_to_try(tx, &hash).await? else { return Ok(None) };
        let organization = organizations::by_id(tx, &connection.organization).await?;
        Ok::<_, store::Error>(organization.map(|organization| (connection, organization)))
    };
    Ok(visit.app.db.read("federation.opt_in", read).await?)
}

fn address(token: &str) -> String {
    let safe: String = token.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("/sign-in/with/{safe}")
}
