//! My second step: what there is, and everything that its owner may do about it; offered once on the portal to whoever has none.
//!
//! - Each act takes a proof of this moment, and a code by mail is none: whoever finds a browser that somebody has left signed in must
//!   not lock its owner out, and whoever reads the mail must not set up a factor of their own.
//! - Setting an app up, the first one or another, is a sign-in of its own with the session as its proof: the steps are the same, and the
//!   session that is born in the place of this one has shown both factors.
//! - The last factor stays where one is required. Recovery codes come with the first one and go with the last.
//! - Nobody is offered one whose organization has its own sign-in: what a sign-in takes there is its business.

mod codes;
mod page;
mod queries;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use store::{Error as StoreError, Tx};

use crate::app::App;
use crate::organizations::{Mfa, SignInWay};
use crate::platform::web::{Error, see_other};
use crate::session::{OwnForm, Pressed, SignedIn};

/// Where the codes that came with a first passkey are shown.
pub const CODES_WITH_PASSKEY: &str = "/account/second-factor/recovery-codes?with=passkey";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/second-factor", get(page::page).post(page::set_up))
        .route("/account/second-factor/later", post(put_off))
        .route("/account/second-factor/remove", post(page::remove))
        .route("/account/second-factor/recovery-codes", get(codes::page).post(codes::make))
        .route("/account/second-factor/recovery-codes/kept", post(codes::kept))
}

/// Whether the portal offers one: the policy wants it, there is none, and nobody has said "not now".
///
/// # Errors
/// When the database says no.
pub async fn is_offered(tx: &mut Tx, person: &SignedIn) -> Result<bool, StoreError> {
    let organization = &person.organization;
    if organization.sign_in != SignInWay::Password || organization.suspended.is_some() {
        return Ok(false);
    }
    let wanted = organization.policy.mfa >= Mfa::Offered || queries::product_offers(tx, &person.account).await?;
    Ok(wanted && queries::may_be_offered(tx, &person.account).await?)
}

/// `POST /account/second-factor/later`: it is not offered on the portal any more.
async fn put_off(person: SignedIn, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(see_other("/")) };
    let write = async |tx: &mut Tx| queries::put_off(tx, &person.account).await;
    person.visit.app.db.write("mfa.put_off", write).await?;
    Ok(see_other("/"))
}
