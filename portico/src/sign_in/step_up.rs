//! A second factor for somebody who is signed in without one: what was shown for the session is not asked again.

use axum::response::Response;
use store::Tx;

use super::destination::{Destination, Resume};
use super::dispatcher::address;
use super::facts::{Method, Named, Proof};
use super::identify::resolve;
use super::queries;
use crate::people::{self, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Visit, see_other, with_cookies};
use crate::session::SignedIn;

/// Begins a sign-in whose first factor is a session that lives. It leads to the second one, or, where there is none, to setting one
/// up; the session that is born takes the place of this one.
///
/// # Errors
/// Too many, when this address has begun too many sign-ins.
pub async fn begin(visit: &Visit, person: &SignedIn, destination: Destination) -> Result<Response, Error> {
    begin_for(visit, person, destination, Wish::Proof).await
}

/// The same for somebody who wants to set an authenticator app up: the first one, one beside a passkey, or another one. What was shown
/// for the session, which is to be proved just now, is not asked again; what it lacks is.
///
/// # Errors
/// Too many, when this address has begun too many sign-ins.
pub async fn set_up_app(visit: &Visit, person: &SignedIn) -> Result<Response, Error> {
    begin_for(visit, person, Destination::Account, Wish::App).await
}

/// What it is begun for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Proof,
    App,
}

async fn begin_for(visit: &Visit, person: &SignedIn, destination: Destination, wish: Wish) -> Result<Response, Error> {
    let app = &visit.app;
    let (browser, cookie) = visit.browser_or_new();
    let id = SignInId::generate(&app.entropy);
    app.count_sign_in(visit.address).await?;
    let write = async |tx: &mut Tx| {
        let Some(account) = people::by_id(tx, &person.account).await? else { return Ok(None) };
        let name = account.sign_in_name().to_owned();
        let Some(identifier) = Identifier::parse(&name) else { return Ok(None) };
        let named = Named { subject: account.id.to_string(), ..resolve(tx, app, &identifier, &name).await? };
        queries::insert(tx, &id, &browser.hash, destination, Some(&named)).await?;
        // It was proved when the session began, and is vouched for now. Under the credentials of then: a change of them has ended both.
        let first = Proof { method: first_of(&person.methods), epoch: person.epoch, at: Time(tx.now()) };
        queries::step_up(tx, &id, &person.session, first).await?;
        if wish == Wish::App {
            if let Some(method) = second_of(&person.methods) {
                queries::prove_second(tx, &id, account.id.as_str(), Proof { method, ..first }).await?;
            }
            queries::set_app_wanted(tx, &id, true).await?;
        }
        Ok::<_, store::Error>(Some(name))
    };
    let identifier = app.db.write("sign_in.step_up", write).await?;
    let about = Resume { destination, identifier }.cookie(app, &id);
    Ok(with_cookies(see_other(&address(&id)), cookie.into_iter().chain([about])))
}

/// What was shown beside it, and made two factors of it.
fn second_of(methods: &str) -> Option<Method> {
    let others = methods.split(' ').skip(1).filter_map(|word| word.parse::<Method>().ok());
    others.filter(|method| method.is_second_factor()).last()
}

/// What was shown first for a session.
fn first_of(methods: &str) -> Method {
    methods.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(Method::Password)
}
