//! A sign-in that begins on the page of a mailed link: named and tried in one step.

use axum::response::Response;
use secrecy::SecretString;
use store::Tx;

use super::destination::Destination;
use super::dispatcher::address;
use super::facts::Named;
use super::guess::{self, Prepared};
use super::identify::resolve;
use super::queries;
use crate::audit::{self, Event};
use crate::lockout::{self, Factor};
use crate::people::{Account, Identifier};
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Visit, see_other, to_the_end};
use crate::session;

/// Begins a sign-in of the account whose mailed link is open in this browser, and tries what was typed as its first proof.
///
/// Whoever opens the link has the mailbox: this browser becomes one the account is known in, and locks end. Strangers who
/// guess at an account without a password would otherwise keep its owner out, who has no other way in yet.
pub async fn arrive(visit: Visit, account: &Account, typed: SecretString) -> Result<Response, Error> {
    let Some(browser) = visit.browser() else { return Ok(see_other("/sign-in?problem=cookies")) };
    let name = account.sign_in_name().to_owned();
    let Some(identifier) = Identifier::parse(&name) else { return Err(Error::NotFound) };
    let places = guess::places(&visit, &typed)?;
    let id = SignInId::generate(&visit.app.entropy);
    let app = &visit.app;
    app.count_sign_in(visit.address).await?;
    app.db
        .write("sign_in.arrive", async |tx: &mut Tx| {
            let named = resolve(tx, app, &identifier, &name).await?;
            // The link says whose account it is, so the way in is that account's, and not the one of the address's domain.
            let elsewhere = account.signs_in_elsewhere();
            let named = Named { connection: named.connection.clone().filter(|_| elsewhere), ..named };
            // Of passwords only: a mailbox must not give anybody more guesses at a second factor.
            if lockout::clear_factor(tx, account.id.as_str(), Factor::Password).await? > 0 {
                let cleared = audit::Entry::of(Event::LockoutCleared, account).from(&visit);
                audit::record(tx, &app.entropy, cleared).await?;
            }
            if !account.has_second_factor() {
                session::recognize(tx, &visit, &browser.hash, account, account.credentials_epoch).await?;
            }
            queries::insert(tx, &id, &browser.hash, Destination::Portal, Some(&named)).await
        })
        .await?;
    match guess::prepare(&visit, &id, |_| true).await? {
        Prepared::Guess(guess) => to_the_end(async move { guess.answer(&visit, typed, places).await }).await,
        Prepared::NotDue | Prepared::Gone => Ok(see_other(&address(&id))),
    }
}
