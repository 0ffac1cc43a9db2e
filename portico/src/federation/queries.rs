use store::{Error, Row, Tx};

use super::departure::{Departure, LIVES, MOST, Ways};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, OrganizationId, SessionId, SignInId};

/// The ways that a sign-in has taken.
pub async fn ways(tx: &mut Tx, sign_in: &SignInId) -> Result<Ways, Error> {
    let sql = "SELECT COUNT(*), COUNT(used_at) FROM departures WHERE sign_in_id = $1";
    let row = tx.first(sql, &[sign_in]).await?;
    row.map_or(Ok(Ways { taken: 0, answered: 0 }), |row| Ok(Ways { taken: row.get(0)?, answered: row.get(1)? }))
}

/// Writes a departure. Of many at once those that are too many are not written: what comes back for them is to no question.
pub async fn insert_departure(
    tx: &mut Tx,
    departure: &Departure,
    state: &[u8; 32],
    browser: &[u8; 32],
) -> Result<(), Error> {
    let now = departure.created_at;
    if ways(tx, &departure.sign_in).await?.taken >= MOST {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO departures (id, state, sign_in_id, browser, connection_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&departure.id, state, &departure.sign_in, browser, &departure.connection, &now, &(now + LIVES)],
    )
    .await
    .map(drop)
}

/// The departure that an answer names, if it was this browser's and to this connection: an answer that somebody else was given,
/// or another identity provider, is nobody's here.
pub async fn departure(
    tx: &mut Tx,
    state: &[u8; 32],
    browser: &[u8; 32],
    connection: &ConnectionId,
) -> Result<Option<Departure>, Error> {
    let row = tx
        .first(
            "SELECT id, sign_in_id, connection_id, created_at FROM departures
             WHERE state = $1 AND browser = $2 AND connection_id = $3",
            &[state, browser, connection],
        )
        .await?;
    let read = |row: Row| {
        Ok(Departure { id: row.get(0)?, sign_in: row.get(1)?, connection: row.get(2)?, created_at: row.get(3)? })
    };
    row.map(read).transpose()
}

/// True for exactly one caller, and in its time.
pub async fn use_up(tx: &mut Tx, departure: &Departure) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE departures SET used_at = $1 WHERE id = $2 AND used_at IS NULL AND expires_at > $1";
    Ok(tx.execute(sql, &[&now, &departure.id]).await? == 1)
}

/// No answer to a question that was asked until now counts any more.
pub async fn close_ways_back(tx: &mut Tx, organization: &OrganizationId) -> Result<u64, Error> {
    let now = Time(tx.now());
    tx.execute(
        "UPDATE departures SET used_at = $1
         WHERE used_at IS NULL AND connection_id IN (SELECT c.id FROM connections c WHERE c.organization_id = $2)",
        &[&now, organization],
    )
    .await
}

/// What came back for a sign-in.
pub struct CameBack<'a> {
    pub sign_in: &'a SignInId,
    pub connection: &'a ConnectionId,
    pub subject: &'a str,
    pub sid: Option<&'a str>,
    /// Sealed.
    pub id_token: Option<&'a [u8]>,
    pub authenticated_at: Time,
    /// The same where the identity provider has said so.
    pub proved_at: Option<Time>,
}

/// Keeps it until the session is born, and for as long as that lives.
pub async fn keep(tx: &mut Tx, came: &CameBack<'_>) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO federated_sessions (sign_in_id, connection_id, subject, sid, id_token, authenticated_at, created_at,
                                         proved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (sign_in_id) DO UPDATE SET connection_id = excluded.connection_id, subject = excluded.subject,
             sid = excluded.sid, id_token = excluded.id_token, authenticated_at = excluded.authenticated_at,
             created_at = excluded.created_at, proved_at = excluded.proved_at",
        &[
            came.sign_in,
            came.connection,
            &came.subject,
            &came.sid,
            &came.id_token,
            &came.authenticated_at,
            &now,
            &came.proved_at,
        ],
    )
    .await
    .map(drop)
}

/// When the person of a sign-in proved it at the connection, as products are told; and when it is known that they did.
pub async fn authenticated_at(tx: &mut Tx, sign_in: &SignInId) -> Result<Option<(Time, Option<Time>)>, Error> {
    let sql = "SELECT authenticated_at, proved_at FROM federated_sessions WHERE sign_in_id = $1";
    let row = tx.first(sql, &[sign_in]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// The session was born.
pub async fn session_began(tx: &mut Tx, sign_in: &SignInId, session: &SessionId) -> Result<(), Error> {
    let sql = "UPDATE federated_sessions SET session_id = $1 WHERE sign_in_id = $2";
    tx.execute(sql, &[session, sign_in]).await.map(drop)
}

/// The session that this one was over there goes on as another.
pub async fn session_continues(tx: &mut Tx, old: &SessionId, new: &SessionId) -> Result<(), Error> {
    let sql = "UPDATE federated_sessions SET session_id = $1 WHERE session_id = $2";
    tx.execute(sql, &[new, old]).await.map(drop)
}

/// Forgets some of the departures begun before `before`, and says how many.
pub async fn purge_departures(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM departures WHERE id IN (SELECT id FROM departures WHERE created_at < $1 LIMIT 500)",
        &[&before],
    )
    .await
}

/// Forgets some of what came back before `before`, and says how much.
pub async fn purge_sessions(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM federated_sessions WHERE sign_in_id IN
             (SELECT sign_in_id FROM federated_sessions WHERE created_at < $1 LIMIT 500)",
        &[&before],
    )
    .await
}

/// The connection and the sign-in of a living session, by its secret.
pub async fn owed(tx: &mut Tx, secret: &[u8; 32]) -> Result<Option<(ConnectionId, SignInId)>, Error> {
    let row = tx
        .first(
            "SELECT f.connection_id, f.sign_in_id
             FROM sessions s JOIN federated_sessions f ON f.session_id = s.id
             WHERE s.secret = $1 AND s.ended_at IS NULL",
            &[secret],
        )
        .await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// The connection that a sign-in came back from, and the sealed ID token that it came back with.
pub async fn came_back(tx: &mut Tx, sign_in: &SignInId) -> Result<Option<(ConnectionId, Option<Vec<u8>>)>, Error> {
    let sql = "SELECT connection_id, id_token FROM federated_sessions WHERE sign_in_id = $1";
    let row = tx.first(sql, &[sign_in]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Whether what a connection has said of a sign-in that is not finished still holds: it has signed nobody out since, its subject is
/// still the account's, and it still takes whoever came this way.
pub async fn holds(tx: &mut Tx, sign_in: &SignInId, account: &AccountId) -> Result<bool, Error> {
    let row = tx
        .first(
            "SELECT f.sign_in_id FROM federated_sessions f
             JOIN sign_ins s ON s.id = f.sign_in_id AND s.connection_id = f.connection_id
             JOIN federated_identities i ON i.connection_id = f.connection_id AND i.subject = f.subject
             JOIN connections c ON c.id = f.connection_id
             WHERE f.sign_in_id = $1 AND i.account_id = $2
               AND ((s.opted_in_at IS NULL AND c.state = 'on')
                    OR (s.opted_in_at IS NOT NULL AND c.opt_in IS NOT NULL AND c.state <> 'off'))",
            &[sign_in, account],
        )
        .await?;
    Ok(row.is_some())
}

/// Takes back what a provider has said of sign-ins that are not finished, by subject, by its own session, or by both.
pub async fn take_back(
    tx: &mut Tx,
    connection: &ConnectionId,
    subject: Option<&str>,
    sid: Option<&str>,
) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM federated_sessions
         WHERE connection_id = $1 AND (subject = $2 OR $2 IS NULL) AND (sid = $3 OR $3 IS NULL) AND session_id IS NULL",
        &[connection, &subject, &sid],
    )
    .await
}

/// The living sessions that a provider means by subject, by its own session, or by both.
pub async fn sessions(
    tx: &mut Tx,
    connection: &ConnectionId,
    subject: Option<&str>,
    sid: Option<&str>,
) -> Result<Vec<(SessionId, AccountId)>, Error> {
    let rows = tx
        .all(
            "SELECT s.id, s.account_id FROM federated_sessions f JOIN sessions s ON s.id = f.session_id
             WHERE f.connection_id = $1 AND (f.subject = $2 OR $2 IS NULL) AND (f.sid = $3 OR $3 IS NULL)
               AND s.ended_at IS NULL",
            &[connection, &subject, &sid],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
