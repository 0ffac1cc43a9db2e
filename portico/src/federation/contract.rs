//! The contract that every kind of connection keeps: where to send the browser, and who came back.

use std::time::Duration;

use tokio::time::timeout;
use zeroize::Zeroizing;

use super::connections::{Connection, Protocol};
use super::departure::{Departure, State};
use super::failure::{Cause, Trouble};
use super::oidc;
use super::strangers::Asker;
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::outgoing::{Host, Place, Reach, Seat, Trip};

/// All that is asked of an identity provider while somebody waits, together.
pub const WHOLE: Duration = Duration::from_secs(10);

/// What is wanted of the way there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'a> {
    /// What was typed here, so that it need not be typed there.
    pub login_hint: Option<&'a str>,
    /// The person is to prove it anew, however lately they have.
    pub login: bool,
    /// The person is to choose who they are there.
    pub select_account: bool,
    /// Seconds since they proved it there, at most.
    pub max_age: Option<u32>,
    /// A second factor will be asked for here, unless it was shown there.
    pub second_factor: bool,
}

/// Who came back, in the words of no protocol.
#[derive(Clone)]
pub struct Arrived {
    /// What the connection calls them, for ever.
    pub subject: String,
    pub email: Option<String>,
    /// Whether the identity provider says that it is the person's; `None`: it says nothing of that.
    pub email_verified: Option<bool>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub user_name: Option<String>,
    /// The values of the roles claim.
    pub roles: Vec<String>,
    /// A second factor was shown there. Whether that counts here, the connection says.
    pub second_factor: bool,
    /// When they proved it there, if it was told.
    pub authenticated_at: Option<Time>,
    /// Their session's name there.
    pub sid: Option<String>,
    /// With which that session is ended there.
    pub hint: Option<Zeroizing<String>>,
}

/// Where to send the browser. Nothing is written by it.
///
/// # Errors
/// When the identity provider cannot be asked, or says what cannot be.
pub async fn begin(
    app: &App,
    connection: &Connection,
    departure: &Departure,
    state: &State,
    wish: &Wish<'_>,
    asker: &Asker,
) -> Result<String, Trouble> {
    let seats = seats(app, connection, asker)?;
    let Protocol::Oidc(settings) = &connection.settings.protocol;
    let begun = timeout(app.federation.patience, oidc::begin(app, connection, settings, departure, state, wish)).await;
    // Whoever only waits for what the provider publishes takes a seat, too.
    drop(seats);
    begun.unwrap_or_else(|_| Err(late(app)))
}

/// Who came back with an answer of the departure's own identity provider, verified. The departure is used up already.
///
/// # Errors
/// What was wrong with it.
pub async fn complete(
    app: &App,
    connection: &Connection,
    departure: &Departure,
    wish: &Wish<'_>,
    answer: &str,
    asker: &Asker,
) -> Result<Arrived, Trouble> {
    let (trip, _seat) = seats(app, connection, asker)?;
    let Protocol::Oidc(settings) = &connection.settings.protocol;
    let asked = oidc::complete(app, &trip, connection, settings, departure, wish, answer);
    timeout(app.federation.patience, asked).await.unwrap_or_else(|_| Err(late(app)))
}

/// A seat among those who wait for this connection, and the time there is. One that hangs holds so many requests of its own people
/// and no more; and of those seats strangers of one source have their share and no more.
fn seats(app: &App, connection: &Connection, asker: &Asker) -> Result<(Trip, Option<Seat>), Trouble> {
    seats_of(app, connection, connection.id.as_str(), asker)
}

/// The same of seats by another name, which nobody takes who signs in.
pub fn seats_of(
    app: &App,
    connection: &Connection,
    name: &str,
    asker: &Asker,
) -> Result<(Trip, Option<Seat>), Trouble> {
    let outgoing = &app.federation.outgoing;
    let own = asker.stranger_from.as_deref().map(|from| outgoing.seat_of(from, name)).transpose()?;
    let place = Place { owner: connection.organization.as_str(), name };
    Ok((outgoing.trip(place, reach(connection), app.federation.patience)?, own))
}

/// How far one may go for it: where an operator has let it into a private network, to its issuer's own host there, and to those that
/// were named beside it. All its other addresses stand in a document of the organization's, which may say what it likes.
pub fn reach(connection: &Connection) -> Reach {
    let Protocol::Oidc(oidc) = &connection.settings.protocol;
    if !connection.settings.private_network {
        return Reach::Public;
    }
    let named = connection.settings.private_hosts.iter().filter_map(|text| Host::parse(text));
    Reach::PrivateAt(Host::of_url(&oidc.issuer).into_iter().chain(named).collect())
}

fn late(app: &App) -> Trouble {
    let patience = app.federation.patience.as_secs();
    Trouble::new(Cause::NotAnswering, format!("It did not answer within {patience} seconds."))
}
