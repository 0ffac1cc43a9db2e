//! The way to the identity provider.

use axum::response::Response;
use store::Tx;

use super::connections::{self, Connection};
use super::contract::{Wish, begin};
use super::departure::{Departure, Goes, State};
use super::failure::{self, Refused};
use super::queries;
use super::strangers::{Asker, Strangers};
use crate::organizations::{self, Mfa, Organization};
use crate::platform::clock::Time;
use crate::platform::ids::DepartureId;
use crate::platform::web::{Browser, Error, Visit, see_other};
use crate::provider::{self, Wishes};
use crate::session;
use crate::sign_in::{self, Awaited, Destination, Resume};

/// A connection that a sign-in may be sent to, and whose it is.
pub struct Way {
    pub connection: Connection,
    pub organization: Organization,
    pub wishes: Wishes,
}

/// What is known of the way of a sign-in; `None` where it is closed: the connection was switched off, the link by which it is tried
/// has ended, or its organization's single sign-on is suspended, since the person was named.
pub async fn way(tx: &mut Tx, awaited: &Awaited) -> Result<Option<Way>, store::Error> {
    let Some(connection) = connections::connection(tx, &awaited.connection).await? else { return Ok(None) };
    let Some(organization) = organizations::by_id(tx, &connection.organization).await? else { return Ok(None) };
    let wishes = match awaited.destination() {
        Destination::Authorization(id) => provider::wishes(tx, id).await?,
        // A session over there may be hours old.
        destination if destination.wants_fresh_proof() => Wishes { login: true, ..Wishes::default() },
        _ => Wishes::default(),
    };
    let is_open = connection.is_open(awaited.named.opted_in, Time(tx.now()));
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

/// Leaves, if the sign-in may go there once more.
pub async fn leave(visit: &Visit, browser: &Browser, awaited: &Awaited, choose: bool) -> Result<Response, Error> {
    let app = &visit.app;
    let read = async |tx: &mut Tx| {
        let known = session::recognized(tx, &browser.hash, &awaited.named.subject).await?.is_some();
        let goes = queries::ways(tx, awaited.id()).await?.go(known);
        if goes == Goes::WithinItsLimit {
            Strangers::who_answer(app, &awaited.connection, visit.address).limit(tx).await?;
        }
        Ok::<_, Error>((goes, known, way(tx, awaited).await?))
    };
    let (goes, known, way) = app.db.read("federation.way", read).await?;
    let Some(way) = way else {
        // Named once more, they are sent where that leads today.
        return Ok(see_other(&sign_in::identify_address(awaited.id())));
    };
    if goes == Goes::NoMore {
        let resume = Resume { destination: awaited.destination(), identifier: Some(awaited.named.identifier.clone()) };
        return Ok(see_other(&sign_in::address_for(app, &resume)));
    }
    let wish = way.wish(&awaited.named.identifier, choose);
    set_out(visit, browser, awaited, (&way.connection, &wish, &Asker::of(visit, known))).await
}

/// The departure is written, and the browser sent away with what was typed.
async fn set_out(
    visit: &Visit,
    browser: &Browser,
    awaited: &Awaited,
    (connection, wish, asker): (&Connection, &Wish<'_>, &Asker),
) -> Result<Response, Error> {
    let app = &visit.app;
    let departure = Departure {
        id: DepartureId::generate(&app.entropy),
        sign_in: awaited.id().clone(),
        connection: connection.id.clone(),
        created_at: app.clock.now(),
    };
    let state = State::generate(&app.entropy);
    let begun = begin(app, connection, &departure, &state, wish, asker).await;
    if !begun.as_ref().is_err_and(|trouble| trouble.crowded) {
        // One that leads nowhere counts, too: or whoever reloads it while nobody answers there writes without end.
        let hash = state.hash();
        let write = async |tx: &mut Tx| queries::insert_departure(tx, &departure, &hash, &browser.hash).await;
        // Lost with the last moment, the answer is to no question of ours, and the person begins again.
        app.db.write_unsynced("federation.leave", write).await?;
    }
    match begun {
        Ok(address) => Ok(see_other(&address)),
        Err(trouble) => {
            let refused = Refused { sign_in: awaited.id(), connection, trouble, came_as: None };
            failure::tell(visit, browser, refused).await
        }
    }
}
