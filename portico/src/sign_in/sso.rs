//! The first factor of whoever proves it at their organization's identity provider. What happens there and how it is judged is
//! `federation`'s; what it means for the sign-in is decided here.

use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::destination::Destination;
use super::dispatcher::{self, address, begin_anew, step_address};
use super::facts::{Method, Named, Proof, SignIn};
use super::finish::{Finished, Newcomer, finish_within};
use super::queries;
use super::refused;
use super::rules::Step;
use crate::app::App;
use crate::federation;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::{ConnectionId, SignInId};
use crate::platform::web::{Error, Query, Visit, see_other};

/// A sign-in that waits for an identity provider.
pub struct Awaited {
    pub sign_in: SignIn,
    pub named: Named,
    pub connection: ConnectionId,
}

impl Awaited {
    pub fn id(&self) -> &SignInId {
        &self.sign_in.id
    }

    pub fn destination(&self) -> Destination {
        self.sign_in.destination
    }
}

#[derive(Deserialize)]
pub struct Asked {
    /// `select_account`: whoever is signed in there is not the one who is wanted.
    #[serde(default)]
    prompt: String,
}

/// `GET /sign-in/{id}/sso`: leaves for the identity provider.
pub async fn leave(visit: Visit, Path(id): Path<SignInId>, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let Some(browser) = visit.browser() else { return Ok(begin_anew(&visit, &id)) };
    let app = &visit.app;
    let open = async |tx: &mut Tx| dispatcher::open(tx, app, &id, &browser.hash).await;
    let Some(opened) = app.db.read("sign_in.leave", open).await? else { return Ok(begin_anew(&visit, &id)) };
    match waits(opened) {
        Some(awaited) => federation::leave(&visit, &browser, &awaited, asked.prompt == "select_account").await,
        None => Ok(see_other(&address(&id))),
    }
}

/// The sign-in, if it is this browser's and waits for an identity provider.
pub async fn awaited(
    tx: &mut Tx,
    app: &App,
    id: &SignInId,
    browser: &[u8; 32],
) -> Result<Option<Awaited>, store::Error> {
    Ok(dispatcher::open(tx, app, id, browser).await?.and_then(waits))
}

fn waits(opened: dispatcher::Opened) -> Option<Awaited> {
    let named = opened.sign_in.named.clone().filter(|_| opened.step == Step::Sso)?;
    let connection = named.connection.clone()?;
    Some(Awaited { sign_in: opened.sign_in, named, connection })
}

/// Records that the identity provider has said who it is, in the transaction that has judged it, and finishes where nothing else
/// is missing.
///
/// # Errors
/// When the database says no.
pub async fn proved_there(
    tx: &mut Tx,
    visit: &Visit,
    awaited: &Awaited,
    account: &Account,
    second_factor: bool,
    newcomer: &Newcomer,
) -> Result<Finished, store::Error> {
    let id = awaited.id();
    if awaited.named.subject != account.id.as_str() {
        // Nobody's name until this moment: it is the account's that was just made.
        queries::becomes(tx, id, &awaited.named.subject, &account.id).await?;
    }
    let subject = account.id.as_str();
    let now = Time(tx.now());
    let proof = |method| Proof { method, epoch: account.credentials_epoch, at: now };
    queries::prove_first(tx, id, subject, proof(Method::Federated), None).await?;
    match second_factor {
        true => drop(queries::prove_second(tx, id, subject, proof(Method::FederatedMfa)).await?),
        // One that was shown there before what was said there was taken back is worth as little.
        false => queries::forget_second(tx, id, Method::FederatedMfa).await?,
    }
    let second = second_factor.then(|| proof(Method::FederatedMfa));
    let sign_in = SignIn { second, ..awaited.sign_in.clone() };
    refused::record_if_refused(tx, visit, &sign_in, account, proof(Method::Federated)).await?;
    finish_within(tx, visit, id, newcomer).await
}

/// The page on which somebody else can be named.
pub fn identify_address(id: &SignInId) -> String {
    step_address(id, Step::Identify)
}

/// The way to the identity provider on which one chooses there who one is.
pub fn choose_address(id: &SignInId) -> String {
    format!("{}?prompt=select_account", step_address(id, Step::Sso))
}
