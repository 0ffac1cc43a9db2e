//! OpenID Connect as a relying party: the contract of a connection, kept with the messages and checks of `oidc::rp`.
//!
//! - What is sent and how an answer is judged is that crate's; here are the network, and what is remembered of a provider.
//! - Each answer is judged against the connection's own issuer, keys and client, and against the departure it answers.
//! - Tokens are used once and let go, but for the ID token: it is what ends the session over there.

mod claims;
mod client;
mod look;

use ::oidc::Scope;
use ::oidc::authorize::Prompt;
use ::oidc::pkce::Challenge;
use ::oidc::rp::{self, Answer, AuthorizationUrl, Expected, Kind, Wrong};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

pub use client::public_keys;
pub use look::{look, on_loopback, show};

use super::connections::{Connection, Oidc};
use super::contract::{Arrived, Wish, reach};
use super::departure::{Departure, State};
use super::failure::{Cause, Trouble};
use super::published::{Source, Unpublished};
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::ids::ConnectionId;
use crate::platform::outgoing::{Failed, Trip};

/// Where answers come back to: registered at the provider.
pub fn redirect_uri(app: &App, id: &ConnectionId) -> String {
    format!("{}/federation/{id}/callback", app.public_url)
}

/// Where a browser comes back to after signing out there: registered at the provider.
pub fn signed_out_uri(app: &App, id: &ConnectionId) -> String {
    format!("{}/federation/{id}/signed-out", app.public_url)
}

/// Which departure an answer belongs to; `None`: it is no answer.
pub fn state_of(query: &str) -> Option<String> {
    Answer::read(query).ok()?.state().map(str::to_owned)
}

pub async fn begin(
    app: &App,
    connection: &Connection,
    settings: &Oidc,
    departure: &Departure,
    state: &State,
    wish: &Wish<'_>,
) -> Result<String, Trouble> {
    let metadata = app.federation.published.metadata(source(connection, settings)).await?;
    let verifier = departure.verifier(&app.keys);
    let challenge = Challenge::of(verifier.expose_secret());
    let challenge = challenge.ok_or_else(|| Trouble::new(Cause::NotSetUp, "A verifier of ours is none."))?;
    let second: Vec<&str> = settings.mfa_acr.iter().map(String::as_str).filter(|_| wish.second_factor).collect();
    let url = AuthorizationUrl {
        client_id: &settings.client_id,
        redirect_uri: &redirect_uri(app, &connection.id),
        scope: &Scope::parse(&settings.scopes).unwrap_or_default(),
        state: state.text(),
        nonce: &departure.nonce(&app.keys),
        challenge,
        login_hint: wish.login_hint,
        prompt: Prompt { login: wish.login, select_account: wish.select_account, ..Prompt::default() },
        // With a zero the provider has to tell when it was: that is how it shows that it has asked.
        max_age: if wish.login { Some(0) } else { wish.max_age },
        acr_values: &second,
        ui_locales: &[],
    };
    Ok(url.at(&metadata))
}

pub async fn complete(
    app: &App,
    trip: &Trip,
    connection: &Connection,
    settings: &Oidc,
    departure: &Departure,
    wish: &Wish<'_>,
    answer: &str,
) -> Result<Arrived, Trouble> {
    let metadata = app.federation.published.metadata(source(connection, settings)).await?;
    let answer = Answer::read(answer)?;
    let code = answer.code(&metadata)?;
    let verifier = departure.verifier(&app.keys);
    let request = rp::TokenRequest {
        client_id: &settings.client_id,
        code,
        redirect_uri: &redirect_uri(app, &connection.id),
        verifier: verifier.expose_secret(),
    };
    let tokens = client::tokens(app, trip, connection, settings, &metadata, &request).await?;
    let now = app.clock.now();
    let expected = Expected {
        issuer: &settings.issuer,
        client_id: &settings.client_id,
        nonce: &departure.nonce(&app.keys),
        max_age: most_age(wish, departure, now),
        access_token: Some(&tokens.access_token),
        algorithms: &metadata.algorithms,
        now: now.seconds(),
    };
    let check = |keys: &rp::Keys| rp::id_token::verify(&tokens.id_token, keys, &expected);
    let said = app.federation.published.verified(source(connection, settings), &metadata, check).await?;
    let mut all = said.all.clone();
    if let Some(endpoint) = metadata.userinfo_endpoint.as_deref().filter(|_| claims::lack(&connection.settings, &all)) {
        let (status, body) = client::userinfo(trip, endpoint, &tokens).await?;
        claims::fill_in(&mut all, rp::userinfo::read(status, &body, &said.sub)?);
    }
    Ok(claims::arrived(settings, said, &all, Zeroizing::new(tokens.id_token.to_string())))
}

/// Whom a provider says to have signed out, by its own signature.
pub async fn signed_out(
    app: &App,
    connection: &Connection,
    settings: &Oidc,
    token: &str,
) -> Result<::oidc::logout::SignedOut, Trouble> {
    let metadata = app.federation.published.metadata(source(connection, settings)).await?;
    let now = app.clock.now().seconds();
    let check = |keys: &rp::Keys| {
        rp::logout::verify(token, keys, &metadata.algorithms, &settings.issuer, &settings.client_id, now)
    };
    Ok(app.federation.published.verified(source(connection, settings), &metadata, check).await?)
}

/// Where a browser ends its session over there; `None` where the provider has no such place.
pub async fn end_session(
    app: &App,
    connection: &Connection,
    settings: &Oidc,
    hint: Option<&str>,
    state: &str,
) -> Result<Option<String>, Trouble> {
    let metadata = app.federation.published.metadata(source(connection, settings)).await?;
    let leaving = rp::logout::Leaving {
        id_token_hint: hint,
        client_id: &settings.client_id,
        back: &signed_out_uri(app, &connection.id),
        state: Some(state),
    };
    Ok(rp::logout::address(&metadata, &leaving))
}

fn source<'a>(connection: &'a Connection, settings: &'a Oidc) -> Source<'a> {
    Source {
        connection: connection.id.as_str(),
        owner: connection.organization.as_str(),
        issuer: &settings.issuer,
        reach: reach(connection),
    }
}

/// How old a sign-in over there may be. One that was made on this way always is young enough.
fn most_age(wish: &Wish<'_>, departure: &Departure, now: Time) -> Option<u32> {
    let away = departure.seconds_away(now);
    match (wish.login, wish.max_age) {
        (true, _) => Some(away),
        (false, most) => most.map(|most| most.max(away)),
    }
}

impl From<Wrong> for Trouble {
    fn from(wrong: Wrong) -> Trouble {
        let cause = match wrong.kind() {
            Kind::Clock => Cause::ClockOff,
            Kind::Key => Cause::SignatureUnknown,
            Kind::SaysNo => Cause::SaysNo,
            Kind::Away => Cause::NotAnswering,
            Kind::SetUp => Cause::NotSetUp,
            Kind::Answer => Cause::WrongAnswer,
        };
        Trouble { brought: wrong.may_be_brought(), ..Trouble::new(cause, wrong.to_string()) }
    }
}

impl From<Failed> for Trouble {
    fn from(failed: Failed) -> Trouble {
        let cause = match failed {
            Failed::Crowded => return Trouble::crowded(),
            Failed::Refused(_) | Failed::Redirects | Failed::Type(_) | Failed::TooLarge(_) => Cause::NotSetUp,
            Failed::Unreachable(_) | Failed::Late | Failed::Broken(_) => Cause::NotAnswering,
        };
        Trouble::new(cause, failed.to_string())
    }
}

impl From<Unpublished> for Trouble {
    fn from(unpublished: Unpublished) -> Trouble {
        match unpublished {
            Unpublished::Failed(failed) => failed.into(),
            Unpublished::Wrong(wrong) => wrong.into(),
        }
    }
}
