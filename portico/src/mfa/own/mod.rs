//! A second factor of one's own wish: offered once on the portal, and ever after in my account.
//!
//! - Setting one up takes a proof of this moment: whoever finds a browser that somebody has left signed in must not lock its
//!   owner out with a factor of their own. The steps are those of a sign-in, with the session as its first proof.
//! - Nobody is offered one whose organization has its own sign-in: what a sign-in takes there is its business.

mod queries;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use store::{Error as StoreError, Tx};

use crate::app::App;
use crate::organizations::{Mfa, SignInWay};
use crate::platform::web::{Error, see_other};
use crate::session::{RecentlyVerified, SignedIn};
use crate::sign_in::{self, Destination};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/second-factor", get(page).post(begin))
        .route("/account/second-factor/later", post(put_off))
}

/// Whether the portal offers one: the policy wants it, there is none, and nobody has said "not now".
///
/// # Errors
/// When the database says no.
pub async fn is_offered(tx: &mut Tx, person: &SignedIn) -> Result<bool, StoreError> {
    let organization = &person.organization;
    let wanted = organization.policy.mfa >= Mfa::Offered && organization.sign_in == SignInWay::Password;
    Ok(wanted && organization.suspended.is_none() && queries::may_be_offered(tx, &person.account).await?)
}

/// `POST /account/second-factor`
async fn begin(RecentlyVerified { person }: RecentlyVerified) -> Result<Response, Error> {
    sign_in::step_up(&person.visit, &person, Destination::Account).await
}

/// `GET /account/second-factor`: back from a proof of this moment. The button is in my account still.
async fn page() -> Response {
    see_other("/account")
}

/// `POST /account/second-factor/later`: it is not offered on the portal any more.
async fn put_off(person: SignedIn) -> Result<Response, Error> {
    let write = async |tx: &mut Tx| queries::put_off(tx, &person.account).await;
    person.visit.app.db.write("mfa.put_off", write).await?;
    Ok(see_other("/"))
}
