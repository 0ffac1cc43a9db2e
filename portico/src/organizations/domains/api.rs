//! `/api/v1/organizations/{organization}/domains`

use std::collections::HashMap;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use serde::Deserialize;
use serde_json::{Value, json};
use store::Tx;

use super::claim::{NotClaimed, NotReleased, claim_untold, release};
use super::listed::{Listed, list};
use super::verify::{NotVerified, verify};
use crate::api::{Body, Caller, Problem, Refused};
use crate::app::App;
use crate::federation;
use crate::platform::clock::Time;
use crate::platform::domain::Domain;
use crate::provider::json as answer;

pub fn open_routes() -> Router<App> {
    Router::new()
        .route("/api/v1/organizations/{organization}/domains", get(all).post(begin))
        .route("/api/v1/organizations/{organization}/domains/{domain}", delete(end))
        .route("/api/v1/organizations/{organization}/domains/{domain}/verify", post(check))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    domain: String,
}

/// `GET …/domains`
async fn all(caller: Caller) -> Result<Response, Refused> {
    let list = async |tx: &mut Tx| list(tx, Some(&caller.organization.id)).await;
    let found = caller.app.db.read("domains.list", list).await?;
    Ok(answer(StatusCode::OK, &json!({ "domains": found.iter().map(told).collect::<Vec<_>>() })))
}

fn told(one: &Listed) -> Value {
    json!({
        "domain": one.domain,
        "state": if one.verified_at.is_some() { "verified" } else { "claimed" },
        "record": one.challenge(),
        "claimed_at": one.claimed_at.map(Time::to_text),
        "verified_at": one.verified_at.map(Time::to_text),
        "verified_by": one.verified_by.map(super::How::as_str),
        "record_missing_since": one.record.missing_since.map(Time::to_text),
    })
}

/// `POST …/domains`
async fn begin(caller: Caller, Body(named): Body<Named>) -> Result<Response, Refused> {
    let domain = parse(&named.domain)?;
    caller.counts_as_look().await?;
    let both = (&caller.organization, &domain);
    let claim = async |tx: &mut Tx| claim_untold(tx, &caller.app, caller.actor(), both).await;
    let claimed = caller.app.db.write("domains.claim", claim).await.map_err(not_claimed)?;
    let status = if claimed.new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(answer(
        status,
        &json!({
            "domain": domain.as_str(),
            "state": if claimed.verified { "verified" } else { "claimed" },
            "record": claimed.challenge,
        }),
    ))
}

fn not_claimed(error: NotClaimed) -> Refused {
    match error {
        NotClaimed::Database(error) => error.into(),
        NotClaimed::Unclaimable(why) => Problem::conflict("unclaimable", format!("Nobody can claim it: {why}.")).into(),
        NotClaimed::Anothers(_) => anothers().into(),
        NotClaimed::TooMany => Problem::conflict("too_many_claims", format!("{error}.")).into(),
    }
}

/// Told to whoever has shown that the domain's DNS is theirs; whose it is, is others' to tell.
fn anothers() -> Problem {
    Problem::conflict("anothers", "It is another organization's, verified. Only they can release it.")
}

/// `POST …/domains/{domain}/verify`
async fn check(caller: Caller, Path(named): Path<HashMap<String, String>>) -> Result<Response, Refused> {
    let domain = of_path(&named)?;
    caller.counts_as_look().await?;
    let both = (&caller.organization, &domain);
    // Doubts are an operator's to look at.
    verify(&caller.app, caller.actor(), both, false).await.map_err(not_verified)?;
    Ok(answer(StatusCode::OK, &json!({ "domain": domain.as_str(), "state": "verified" })))
}

fn not_verified(error: NotVerified) -> Refused {
    let problem = match error {
        NotVerified::Database(error) => return error.into(),
        NotVerified::NotClaimed => Problem::not_found(),
        NotVerified::Unclaimable(why) => Problem::conflict("unclaimable", format!("Nobody can have it: {why}.")),
        NotVerified::Anothers(_) => anothers(),
        // Why, is about others.
        NotVerified::Doubtful(_) => {
            Problem::conflict("needs_operator", "An operator has to look at this domain first.")
        }
        NotVerified::NotThere { wanted, found } => Problem::conflict("record_missing", "The record is not there.")
            .and("record", json!(wanted))
            .and("found", json!(found)),
        NotVerified::Silent(_) => {
            let detail = "The DNS has not answered. Try again in a minute.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "dns_silent", detail)
        }
    };
    problem.into()
}

/// `DELETE …/domains/{domain}`
async fn end(caller: Caller, Path(named): Path<HashMap<String, String>>) -> Result<Response, Refused> {
    let domain = of_path(&named)?;
    let both = (&caller.organization, &domain);
    let release = async |tx: &mut Tx| release(tx, &caller.app, caller.actor(), both).await;
    match caller.app.db.write("domains.release", release).await {
        Ok(Some(_)) => Ok(StatusCode::NO_CONTENT.into_response()),
        Ok(None) => Err(Problem::not_found().into()),
        Err(NotReleased::TakesAnOperator(refused)) => {
            Err(federation::kept_from(&caller, domain.as_str(), refused).await?.into())
        }
        Err(NotReleased::Database(error)) => Err(error.into()),
    }
}

fn of_path(named: &HashMap<String, String>) -> Result<Domain, Problem> {
    let text = named.get("domain").map(String::as_str).unwrap_or_default();
    Domain::parse(text).ok_or_else(Problem::not_found)
}

fn parse(text: &str) -> Result<Domain, Problem> {
    Domain::parse(text).ok_or_else(|| Problem::unusable(&["`domain` is no domain.".to_owned()]))
}
