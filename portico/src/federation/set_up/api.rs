//! `/api/v1/organizations/{organization}/connections`

use std::collections::HashMap;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use store::Tx;

use super::acts::{
    NotAdded, NotSwitched, Switched, Wish, add, change, new_key, new_link, no_link, put_secret, turn_off, turn_on,
};
use super::findings::{Finding, Weight, findings};
use super::look::{Look, Seen, look};
use super::moved::{TakesAnOperator, kept};
use super::settings::{May, Wanted};
use super::told::{Told, told};
use crate::api::{Body, Caller, Problem, Refused};
use crate::app::App;
use crate::federation::{self, ClientAuth, Connection, Protocol};
use crate::platform::clock::Time;
use crate::platform::domain::Domain;
use crate::provider::json as answer;

const LAST_FAILURES: i64 = 50;
const MOST_CONNECTIONS: usize = 20;

pub fn open_routes() -> Router<App> {
    let one = "/api/v1/organizations/{organization}/connections/{connection}";
    let of = |what: &str| format!("{one}/{what}");
    Router::new()
        .route("/api/v1/organizations/{organization}/connections", get(all).post(make))
        .route(one, get(show).patch(edit))
        .route(&of("test"), post(test))
        .route(&of("secret"), put(secret))
        .route(&of("trial"), post(begin_trial).delete(end_trial))
        .route(&of("state"), put(switch))
        .route(&of("failures"), get(failures))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    #[serde(default)]
    settings: Wanted,
    #[serde(default)]
    secret: Option<SecretString>,
    #[serde(default)]
    secret_expires_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    /// Left out: a key is made here, for `private_key_jwt`.
    #[serde(default)]
    secret: Option<SecretString>,
    #[serde(default)]
    expires_at: Option<String>,
    #[serde(default)]
    auth_method: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    state: String,
    /// On: for these. Left out: for those that lead there already.
    #[serde(default)]
    domains: Option<Vec<String>>,
    #[serde(default)]
    all_domains: bool,
}

/// What a program may not decide is the operator's.
fn may(app: &App) -> May {
    May { loopback: federation::is_on_loopback(app), operators: false }
}

/// `GET …/connections`
async fn all(caller: Caller) -> Result<Response, Refused> {
    let found = of_caller(&caller).await?;
    let told: Vec<&Told> = found.iter().map(|(_, told)| told).collect();
    Ok(answer(StatusCode::OK, &json!({ "connections": told })))
}

async fn of_caller(caller: &Caller) -> Result<Vec<(Connection, Told)>, Refused> {
    let read = async |tx: &mut Tx| told(tx, &caller.app, Some(&caller.organization.id)).await;
    Ok(caller.app.db.read("federation.told", read).await?)
}

/// The connection in the address, if it is the caller's.
async fn find(caller: &Caller, named: &HashMap<String, String>) -> Result<(Connection, Told), Refused> {
    let id = named.get("connection").map(String::as_str).unwrap_or_default();
    let found = of_caller(caller).await?.into_iter().find(|(connection, _)| connection.id.as_str() == id);
    found.ok_or_else(|| Problem::not_found().into())
}

/// `POST …/connections`
async fn make(caller: Caller, Body(new): Body<New>) -> Result<Response, Refused> {
    let app = &caller.app;
    if of_caller(&caller).await?.len() >= MOST_CONNECTIONS {
        return Err(Problem::conflict("too_many_connections", "There are enough of them. Change one instead.").into());
    }
    let settings = new
        .settings
        .new_settings(may(app), caller.organization.policy.preset)
        .map_err(|problems| Problem::unusable(&problems))?;
    let Protocol::Oidc(oidc) = &settings.protocol;
    let (plain, expires_at) = match (oidc.auth, &new.secret) {
        (ClientAuth::PrivateKeyJwt, None) => (Some(new_key()?), None),
        (ClientAuth::PrivateKeyJwt, Some(_)) => return Err(key_is_ours().into()),
        (_, secret) => (secret.as_ref().map(usable).transpose()?, time(new.secret_expires_at.as_deref())?),
    };
    let make = async |tx: &mut Tx| {
        let made = (settings.clone(), plain.as_deref(), expires_at);
        add(tx, app, caller.actor(), &caller.organization, made).await
    };
    let id = match app.db.write("federation.add", make).await {
        Ok(id) => id,
        Err(NotAdded::Database(error)) => return Err(error.into()),
        Err(error) => return Err(Problem::conflict("operators", format!("It was not made: {error}.")).into()),
    };
    let (_, told) = find(&caller, &HashMap::from([("connection".to_owned(), id.to_string())])).await?;
    Ok(answer(StatusCode::CREATED, &told))
}

fn key_is_ours() -> Problem {
    Problem::unusable(&["With private_key_jwt the key is made here: leave `secret` out.".to_owned()])
}

fn usable(secret: &SecretString) -> Result<Vec<u8>, Problem> {
    let text = secret.expose_secret().trim();
    if !(1..=4_096).contains(&text.len()) || text.chars().any(char::is_control) {
        return Err(Problem::unusable(&["`secret` is one line of text.".to_owned()]));
    }
    Ok(text.as_bytes().to_vec())
}

fn time(text: Option<&str>) -> Result<Option<Time>, Problem> {
    let Some(text) = text else { return Ok(None) };
    match text.parse::<Timestamp>() {
        Ok(stamp) => Ok(Some(Time(stamp.as_microsecond()))),
        Err(_) => Err(Problem::unusable(&["A time is like 2027-06-30T00:00:00Z.".to_owned()])),
    }
}

/// `GET …/connections/{connection}`
async fn show(caller: Caller, Path(named): Path<HashMap<String, String>>) -> Result<Response, Refused> {
    let (connection, told) = find(&caller, &named).await?;
    let found = findings(&connection, &told.domains, None, caller.app.clock.now());
    Ok(answer(StatusCode::OK, &with(&told, "findings", json!(found))))
}

fn with(told: &Told, name: &str, value: Value) -> Value {
    let mut all = json!(told);
    if let Some(object) = all.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
    all
}

/// `PATCH …/connections/{connection}`
async fn edit(
    caller: Caller,
    Path(named): Path<HashMap<String, String>>,
    Body(wanted): Body<Wanted>,
) -> Result<Response, Refused> {
    let (connection, _) = find(&caller, &named).await?;
    let app = &caller.app;
    let change = async |tx: &mut Tx| change(tx, app, caller.actor(), (&connection, &wanted, may(app))).await;
    app.db.write("federation.change", change).await?.map_err(|problems| Problem::unusable(&problems))?;
    let (_, told) = find(&caller, &named).await?;
    Ok(answer(StatusCode::OK, &told))
}

/// `POST …/connections/{connection}/test`
async fn test(caller: Caller, Path(named): Path<HashMap<String, String>>) -> Result<Response, Refused> {
    let (connection, told) = find(&caller, &named).await?;
    let (look, found) = examine(&caller, &connection, &told).await?;
    let provider = look.metadata.as_ref().ok().map(|metadata| {
        json!({
            "issuer": metadata.issuer,
            "authorization_endpoint": metadata.authorization_endpoint,
            "token_endpoint": metadata.token_endpoint,
            "end_session_endpoint": metadata.end_session_endpoint,
            "scopes": metadata.scopes,
            "claims": metadata.claims,
            "acr_values": metadata.acr_values,
        })
    });
    let body = json!({
        "usable": !is_broken(&found), "knows_us": look.client == Seen::Known, "provider": provider, "findings": found,
    });
    Ok(answer(StatusCode::OK, &body))
}

async fn examine(caller: &Caller, connection: &Connection, told: &Told) -> Result<(Look, Vec<Finding>), Refused> {
    caller.counts_as_look().await?;
    let look = look(&caller.app, connection).await;
    let found = findings(connection, &told.domains, Some(&look), caller.app.clock.now());
    Ok((look, found))
}

fn is_broken(found: &[Finding]) -> bool {
    found.iter().any(|finding| finding.weight == Weight::Broken)
}

/// `PUT …/connections/{connection}/secret`
async fn secret(
    caller: Caller,
    Path(named): Path<HashMap<String, String>>,
    Body(new): Body<Secret>,
) -> Result<Response, Refused> {
    let (connection, _) = find(&caller, &named).await?;
    let (auth, plain) = match &new.secret {
        None => (Some(ClientAuth::PrivateKeyJwt), new_key()?),
        Some(text) => (shown_as(new.auth_method.as_deref())?, usable(text)?),
    };
    let expires_at = time(new.expires_at.as_deref())?;
    let put =
        async |tx: &mut Tx| put_secret(tx, &caller.app, caller.actor(), &connection, (auth, &plain, expires_at)).await;
    caller.app.db.write("federation.put_secret", put).await?;
    let (_, told) = find(&caller, &named).await?;
    Ok(answer(StatusCode::OK, &told))
}

fn shown_as(word: Option<&str>) -> Result<Option<ClientAuth>, Problem> {
    match word.map(str::parse) {
        None => Ok(None),
        Some(Ok(auth)) if auth != ClientAuth::PrivateKeyJwt => Ok(Some(auth)),
        Some(_) => Err(Problem::unusable(&["`auth_method` is client_secret_basic or client_secret_post.".to_owned()])),
    }
}

/// `POST …/connections/{connection}/trial`
async fn begin_trial(caller: Caller, Path(named): Path<HashMap<String, String>>) -> Result<Response, Refused> {
    let (connection, _) = find(&caller, &named).await?;
    let make = async |tx: &mut Tx| new_link(tx, &caller.app, caller.actor(), &connection).await;
    let (token, until) = caller.app.db.write("federation.new_link", make).await?;
    let link = format!("{}/sign-in/with/{}", caller.app.public_url, token.expose_secret());
    Ok(answer(StatusCode::CREATED, &json!({ "link": link, "until": until.to_text() })))
}

/// `DELETE …/connections/{connection}/trial`
async fn end_trial(caller: Caller, Path(named): Path<HashMap<String, String>>) -> Result<Response, Refused> {
    let (connection, _) = find(&caller, &named).await?;
    let end = async |tx: &mut Tx| no_link(tx, &caller.app, caller.actor(), &connection).await;
    caller.app.db.write("federation.no_link", end).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `PUT …/connections/{connection}/state`
async fn switch(
    caller: Caller,
    Path(named): Path<HashMap<String, String>>,
    Body(switch): Body<Switch>,
) -> Result<Response, Refused> {
    let (connection, told) = find(&caller, &named).await?;
    match switch.state.as_str() {
        "on" => on(&caller, &connection, &told, &switch).await,
        "off" => {
            let turn = async |tx: &mut Tx| turn_off(tx, &caller.app, caller.actor(), (&connection, None)).await;
            match caller.app.db.write("federation.off", turn).await {
                Ok(_) => Ok(answer(StatusCode::OK, &json!({ "state": "off" }))),
                Err(error) => Err(not_switched(&caller, &connection, error).await?),
            }
        }
        _ => Err(Problem::unusable(&["`state` is on or off.".to_owned()]).into()),
    }
}

async fn on(caller: &Caller, connection: &Connection, told: &Told, switch: &Switch) -> Result<Response, Refused> {
    let wish = wish(switch)?;
    let (_, found) = examine(caller, connection, told).await?;
    if is_broken(&found) {
        let detail = "Nobody would get in. Put right what is broken first.";
        return Err(Problem::conflict("broken", detail).and("findings", json!(found)).into());
    }
    let turn = async |tx: &mut Tx| turn_on(tx, &caller.app, caller.actor(), (connection, &wish)).await;
    match caller.app.db.write("federation.on", turn).await {
        Ok(Switched { domains, others, .. }) => {
            Ok(answer(StatusCode::OK, &json!({ "state": "on", "domains": domains, "other_domains": others })))
        }
        Err(error) => Err(not_switched(caller, connection, error).await?),
    }
}

async fn not_switched(caller: &Caller, connection: &Connection, error: NotSwitched) -> Result<Refused, Refused> {
    Ok(match error {
        NotSwitched::Database(error) => error.into(),
        NotSwitched::TakesAnOperator(refused) => kept_from(caller, &connection.settings.name, refused).await?.into(),
        error => Problem::conflict("domain", format!("It was not switched on: {error}.")).into(),
    })
}

/// What a program is told that may not bring people back here; those who may have a mail by then. `what` it wanted to end.
///
/// # Errors
/// When the database says no.
pub async fn kept_from(caller: &Caller, what: &str, refused: TakesAnOperator) -> Result<Problem, Refused> {
    let TakesAnOperator(people) = refused;
    let tell = async |tx: &mut Tx| kept(tx, &caller.app, caller.actor(), (&caller.organization, what, people)).await;
    caller.app.db.write("federation.kept", tell).await?;
    let page = format!("{}/account/sso/{}", caller.app.public_url, caller.organization.slug);
    let detail = format!(
        "It is how {people} people sign in, and nothing has changed: an operator has to do it. Where your own sign-in is out of \
         order, two License Owners suspend it at {page}."
    );
    Ok(Problem::conflict("takes_an_operator", detail).and("people", json!(people)))
}

fn wish(switch: &Switch) -> Result<Wish, Problem> {
    match (&switch.domains, switch.all_domains) {
        (_, true) => Ok(Wish::All),
        (None, false) => Ok(Wish::AsBefore),
        (Some(texts), false) => {
            let domains = texts.iter().map(|text| Domain::parse(text)).collect::<Option<Vec<_>>>();
            let odd = || Problem::unusable(&["`domains` has something that is no domain.".to_owned()]);
            domains.map(Wish::These).ok_or_else(odd)
        }
    }
}

/// `GET …/connections/{connection}/failures`
async fn failures(caller: Caller, Path(named): Path<HashMap<String, String>>) -> Result<Response, Refused> {
    let (connection, _) = find(&caller, &named).await?;
    let read = async |tx: &mut Tx| federation::failures_of(tx, &connection.id, LAST_FAILURES).await;
    let found = caller.app.db.read("federation.failures", read).await?;
    let of = |one: &federation::ListedFailure| json!({ "reference": one.reference, "cause": one.cause.as_str(), "detail": one.detail, "at": one.at.to_text(), "times": one.times });
    Ok(answer(StatusCode::OK, &json!({ "failures": found.iter().map(of).collect::<Vec<_>>() })))
}
