//! Grants: what a redeemed code gave, and everything that follows from it. The row is all that is durable.
//!
//! ```text
//! code ──redeem──▶ grant ──rotate──▶ grant, one generation on ──▶ …
//!   │ again           │ an old refresh token again                    session ended, account disputed,
//!   └─────────────────┴──────────────▶ revoked ◀──────────────────── token revoked
//! ```
//!
//! - A grant bears the id of its code. Writing it a second time is what "used twice" means, and revokes it.
//! - A refresh token names a generation; changing it moves the row on by a conditional UPDATE. Of many that come with the same
//!   token one wins.
//! - A grant is good while it is not revoked, not over, of the account's present credentials, the account is not disabled, and
//!   still may open the product. All of that is asked of the tables whenever a token is shown; nothing is copied. It is over with its
//!   session's age, or when neither has been used for as long as the organization allows.
//! - Ending a session revokes its grants and queues a notice for each client it reached, in the same transaction.

mod next_session;
mod opening;
mod queries;
mod standing;

use std::time::{Duration, Instant};

use store::{Error, Tx};

pub use next_session::{RanOut, session_continues, session_ran_out};
pub use opening::{Opening, opening};
pub use queries::{Given, NewGrant, Told, given, has_reached, purge, purge_proofs, revoke, use_proof_once};
pub use standing::{Standing, standing};

use self::queries::Which;
use super::authorize;
use super::clients::Registered;
use super::tokens::RefreshToken;
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::hashes::sha256;
use crate::platform::ids::{AccountId, GrantId, OrganizationId, SessionId};

/// How long a refresh token lives that outlives its session's end by age (`offline_access`), and how long unused.
pub const OFFLINE_LIVES: Duration = Duration::from_secs(90 * 24 * 3_600);
pub const OFFLINE_IDLE: Duration = Duration::from_secs(30 * 24 * 3_600);
/// Two workers of one product may come with the same token; the second one is refused, and that is all. Later it is a theft.
const SAME_MOMENT: Duration = Duration::from_secs(10);
/// Accounts whose grants end in one write.
const AT_ONCE: i64 = 100;

/// How a code was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redeemed {
    Granted,
    /// The session, the credentials or the access it stands on are gone.
    Void,
    /// Somebody has used it before. What that gave is revoked; true if it was not yet.
    Again {
        revoked: bool,
    },
}

/// Takes a code once, if what it stands on is there and its account may open what is behind the client. A node may remember a
/// client that has been disabled since: what it is by now is asked here.
///
/// # Errors
/// When the database says no.
pub async fn redeem(tx: &mut Tx, client: &Registered, new: &NewGrant<'_>) -> Result<Redeemed, Error> {
    let Some(ground) = queries::ground(tx, new).await? else { return void(tx, new.id).await };
    if !opening(tx, client, &ground.organization, new.account).await?.is_open() {
        return void(tx, new.id).await;
    }
    // A code that was on its way when its person took back what they had allowed is worth nothing any more.
    if client.asks_people() && !authorize::is_allowed(tx, new.account, client.id()).await? {
        return void(tx, new.id).await;
    }
    if queries::insert(tx, new, ground.session_ends).await? {
        return Ok(Redeemed::Granted);
    }
    let revoked = queries::revoke(tx, new.id, None).await?;
    Ok(Redeemed::Again { revoked })
}

/// Takes a code that is void or over: it may have been used before all the same, and then is in two hands.
///
/// # Errors
/// When the database says no.
pub async fn void(tx: &mut Tx, id: &GrantId) -> Result<Redeemed, Error> {
    if !queries::exists(tx, id).await? {
        return Ok(Redeemed::Void);
    }
    let revoked = queries::revoke(tx, id, None).await?;
    Ok(Redeemed::Again { revoked })
}

/// How a refresh token was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotated {
    /// With what was told of the person when the grant was made, to be told again.
    Next(Told),
    /// It was none, is over, or its grant is not good any more.
    Refused,
    /// It has been used before. `revoked`: the whole grant has just ended for it.
    Again { revoked: bool },
}

/// Changes a refresh token for the next one.
///
/// An answer that was lost is not given again: nobody can tell the client that lost it from a thief who was slower, and one of
/// fifty that come at once must be the only one that gets something. The client signs its person in anew, which with a
/// living session asks nothing. `opens`: the account still may open the product.
///
/// # Errors
/// When the database says no.
pub async fn rotate(
    tx: &mut Tx,
    token: &RefreshToken,
    by: &Registered,
    jkt: Option<&str>,
    opens: bool,
) -> Result<Rotated, Error> {
    let now = Time(tx.now());
    let Some(row) = queries::refreshable(tx, &token.grant).await? else { return Ok(Rotated::Refused) };
    // Another client's token: it must not even be told that it was used.
    if row.client != by.id() || row.revoked || row.jkt.as_deref().is_some_and(|own| Some(own) != jkt) {
        return Ok(Rotated::Refused);
    }
    if token.generation < row.generation {
        let same_moment = !by.client.is_public()
            && token.generation + 1 == row.generation
            && row.rotated_at.is_some_and(|at| now.since(at) < SAME_MOMENT);
        let revoked = !same_moment && queries::revoke(tx, &token.grant, None).await?;
        return Ok(Rotated::Again { revoked });
    }
    let idle = row.offline && now.since(row.used_at) >= OFFLINE_IDLE;
    if !row.good || !opens || idle {
        return Ok(Rotated::Refused);
    }
    Ok(queries::advance(tx, &token.grant, token.generation).await?.map_or(Rotated::Refused, Rotated::Next))
}

/// A session is about to end: its grants end with it, and the clients it reached are to be told. In the transaction that
/// ends it, before it does.
///
/// # Errors
/// When the database says no.
pub async fn session_ends(tx: &mut Tx, account: &AccountId, session: &SessionId) -> Result<(), Error> {
    end(tx, Which { account, session: Some(session), client: None }).await.map(drop)
}

/// The same for every living session of an account.
///
/// # Errors
/// When the database says no.
pub async fn sessions_end(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    end(tx, Which { account, session: None, client: None }).await.map(drop)
}

/// The same for the sessions of an organization's people that began under a suspension; `None`: under none.
///
/// # Errors
/// When the database says no.
pub async fn organizations_sessions_end(
    tx: &mut Tx,
    organization: &OrganizationId,
    suspended_at: Option<Time>,
) -> Result<(), Error> {
    queries::end_of_organization(tx, organization, suspended_at).await
}

/// The same for all of an organization's people, whenever they have signed in.
///
/// # Errors
/// When the database says no.
pub async fn everybodys_sessions_end(tx: &mut Tx, organization: &OrganizationId) -> Result<(), Error> {
    queries::end_of_everybody(tx, organization).await
}

/// The credentials were changed in a session that goes on under their new epoch: what was given in it goes on, too.
///
/// # Errors
/// When the database says no.
pub async fn session_goes_on(tx: &mut Tx, session: &SessionId, before: i64, epoch: i64) -> Result<(), Error> {
    queries::restamp(tx, session, before, epoch).await
}

/// An account's access to a client was taken away, or its person wants to be known there no more: what it was given ends, and it
/// is told. Says how many grants that were.
///
/// # Errors
/// When the database says no.
pub async fn access_ends(tx: &mut Tx, account: &AccountId, client: &str) -> Result<u64, Error> {
    end(tx, Which { account, session: None, client: Some(client) }).await
}

/// The same for everybody who was given something at a client, of one organization or of all: some accounts at a time, by id, for a
/// write has to be short. The last of them; `None`: that was everybody.
///
/// # Errors
/// When the database says no.
pub async fn given_ends(
    tx: &mut Tx,
    client: &str,
    organization: Option<&OrganizationId>,
    after: &str,
) -> Result<Option<String>, Error> {
    let accounts = queries::accounts(tx, client, organization, after, AT_ONCE).await?;
    for account in &accounts {
        access_ends(tx, &AccountId::from(account.as_str()), client).await?;
    }
    Ok(accounts.into_iter().next_back())
}

/// A client that has given back what it had is still told: its own session may go on.
async fn end(tx: &mut Tx, which: Which<'_>) -> Result<u64, Error> {
    queries::queue_notices(tx, which).await?;
    queries::revoke_all(tx, which).await
}

/// Revokes a client's own access token, of which there is no row, until it would have ended.
///
/// # Errors
/// When the database says no.
pub async fn revoke_token(app: &App, id: &str, until: Time) -> Result<(), Error> {
    let name = revoked_name(id);
    app.db
        .write("provider.revoke_token", async |tx: &mut Tx| queries::use_proof_once(tx, &name, until).await.map(drop))
        .await
}

/// # Errors
/// When the database says no.
pub async fn is_token_revoked(app: &App, id: &str) -> Result<bool, Error> {
    let name = revoked_name(id);
    if let Some(known) = app.provider.revoked.get(&name) {
        return Ok(known);
    }
    let read = Instant::now();
    let revoked = app.db.read("provider.revoked", async |tx: &mut Tx| queries::is_proof_used(tx, &name).await).await?;
    app.provider.revoked.put(name, read, revoked);
    Ok(revoked)
}

fn revoked_name(id: &str) -> [u8; 32] {
    sha256(format!("revoked/{id}").as_bytes())
}
