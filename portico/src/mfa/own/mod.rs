//! A second factor of one's own wish: offered once on the portal, and ever after in my account.
//!
//! - Setting one up takes a sign-in of a few minutes ago: whoever finds a browser that somebody has left signed in must not lock its
//!   owner out with a factor of their own. The steps are those of a sign-in, with the session as its first proof.
//! - Nobody is offered one whose organization has its own sign-in: what a sign-in takes there is its business.

mod queries;

use std::time::Duration;

use axum::Router;
use axum::response::Response;
use axum::routing::post;
use store::{Error as StoreError, Tx};

use crate::app::App;
use crate::organizations::{Mfa, SignInWay};
use crate::platform::web::{Error, see_other};
use crate::session::SignedIn;
use crate::sign_in::{self, Destination, Resume, address_for};

/// How long ago somebody may have signed in who sets one up.
const RECENTLY: Duration = Duration::from_secs(600);

pub fn routes() -> Router<App> {
    Router::new().route("/account/second-factor", post(begin)).route("/account/second-factor/later", post(put_off))
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
async fn begin(person: SignedIn) -> Result<Response, Error> {
    let app = &person.visit.app;
    let destination = Destination::Account;
    if app.clock.now().since(person.signed_in_at) < RECENTLY {
        return sign_in::step_up(&person.visit, &person, destination).await;
    }
    // Back in my account, the button is there still.
    let named = async |tx: &mut Tx| queries::sign_in_name(tx, &person.account).await;
    let identifier = app.db.read("mfa.own", named).await?;
    Ok(see_other(&address_for(app, &Resume { destination, identifier })))
}

/// `POST /account/second-factor/later`: it is not offered on the portal any more.
async fn put_off(person: SignedIn) -> Result<Response, Error> {
    let write = async |tx: &mut Tx| queries::put_off(tx, &person.account).await;
    person.visit.app.db.write("mfa.put_off", write).await?;
    Ok(see_other("/"))
}
