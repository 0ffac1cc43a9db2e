//! The way to the identity provider.

use axum::response::Response;
use store::Tx;

use super::connections::{self, Connection, State as Use};
use super::contract::{Wish, begin};
use super::departure::{Departure, State};
use super::failure::{self, Refused};
use super::queries;
use crate::organizations::{self, Mfa, Organization};
use crate::platform::ids::DepartureId;
use crate::platform::web::{Browser, Error, Visit, see_other};
use crate::provider::{self, Wishes};
use crate::sign_in::{self, Awaited, Destination};

/// A connection that a sign-in may be sent to, and whose it is.
pub struct Way {
    pub connection: Connection,
    pub organization: Organization,
    pub wishes: Wishes,
}

/// What is known of the way of a sign-in; `None` where it is closed: the connection was switched off, or its organization's single
/// sign-on is suspended, since the person was named.
pub async fn way(tx: &mut Tx, awaited: &Awaited) -> Result<Option<Way>, store::Error> {
    let Some(connection) = connections::connection(tx, &awaited.connection).await? else { return Ok(None) };
    let Some(organization) = organizations::by_id(tx, &connection.organization).await? else { return Ok(None) };
    let wishes = match awaited.destination() {
        Destination::Authorization(id) => provider::wishes(tx, id).await?,
        // A session over there may be hours old.
        destination if destination.wants_fresh_proof() => Wishes { login: true, ..Wishes::default() },
        _ => Wishes::default(),
    };
    let is_open = match connection.state {
        Use::On => true,
        Use::Trial => awaited.named.opted_in,
        Use::Off => false,
    };
    Ok((is_open && organization.suspended.is_none()).then_some(Way { connection, organization, wishes }))
}

impl Way {
    /// What is wanted of the identity provider for this sign-in.
    pub fn wish<'a>(&self, login_hint: &'a str, choose: bool) -> Wish<'a> {
        let Wishes { login, select_account, max_age } = self.wishes;
        // Whose account it will be is not known yet, so that only what is asked of everybody can be asked for.
        let second_factor = self.connection.settings.trusts_mfa && self.organization.policy.mfa == Mfa::Required;
        let select_account = select_account || choose;
        Wish { login_hint: Some(login_hint), login, select_account, max_age, second_factor }
    }
}

/// Leaves: the departure is written, and the browser sent away with what was typed.
pub async fn leave(visit: &Visit, browser: &Browser, awaited: &Awaited, choose: bool) -> Result<Response, Error> {
    let app = &visit.app;
    let read = async |tx: &mut Tx| way(tx, awaited).await;
    let Some(way) = app.db.read("federation.way", read).await? else {
        // Named once more, they are sent where that leads today.
        return Ok(see_other(&sign_in::identify_address(awaited.id())));
    };
    let departure = Departure {
        id: DepartureId::generate(&app.entropy),
        sign_in: awaited.id().clone(),
        connection: way.connection.id.clone(),
        created_at: app.clock.now(),
    };
    let state = State::generate(&app.entropy);
    let wish = way.wish(&awaited.named.identifier, choose);
    match begin(app, &way.connection, &departure, &state, &wish).await {
        Ok(address) => {
            let hash = state.hash();
            let write = async |tx: &mut Tx| queries::insert_departure(tx, &departure, &hash, &browser.hash).await;
            // Lost with the last moment, the answer is to no question of ours, and the person begins again.
            app.db.write_unsynced("federation.leave", write).await?;
            Ok(see_other(&address))
        }
        Err(trouble) => {
            let refused = Refused { sign_in: awaited.id(), connection: &way.connection, trouble, came_as: None };
            failure::tell(visit, browser, refused).await
        }
    }
}
