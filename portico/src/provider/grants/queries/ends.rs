//! What ends many grants at once, what goes on then, and whom that is told.

use store::{Error, Row, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, GrantId, OrganizationId, SessionId};

/// Which of an account's grants: all, those of one session, those of one client.
#[derive(Clone, Copy)]
pub struct Which<'a> {
    pub account: &'a AccountId,
    pub session: Option<&'a SessionId>,
    pub client: Option<&'a str>,
}

/// Queues a notice for each client and session. It bears the id of the last grant: what has ended and was given again is told
/// again. Of a session that is forgotten by now, what lives on without it is told.
pub async fn queue_notices(tx: &mut Tx, which: Which<'_>) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO logout_notices (id, client_id, account_id, subject, sid, state, attempts, next_attempt_at, created_at)
         SELECT MAX(g.id), g.client_id, g.account_id, g.subject, g.sid, 'waiting', 0, $1, $1
         FROM grants g JOIN clients c ON c.id = g.client_id LEFT JOIN sessions s ON s.id = g.session_id
         WHERE g.account_id = $2 AND (g.session_id = $3 OR $3 IS NULL) AND (g.client_id = $4 OR $4 IS NULL)
           AND s.ended_at IS NULL AND (s.id IS NOT NULL OR g.revoked_at IS NULL)
           AND c.backchannel_logout_uri IS NOT NULL
         GROUP BY g.client_id, g.account_id, g.subject, g.sid
         ON CONFLICT (id) DO NOTHING",
        &[&now, which.account, &which.session, &which.client],
    )
    .await
    .map(drop)
}

pub async fn revoke_all(tx: &mut Tx, which: Which<'_>) -> Result<u64, Error> {
    let now = Time(tx.now());
    tx.execute(
        "UPDATE grants SET revoked_at = $1
         WHERE account_id = $2 AND (session_id = $3 OR $3 IS NULL) AND (client_id = $4 OR $4 IS NULL)
           AND revoked_at IS NULL",
        &[&now, which.account, &which.session, &which.client],
    )
    .await
}

/// Queues a notice for each client that was reached in the sessions of an organization's people that began under a suspension
/// (`None`: under none), and revokes what was given in them.
pub async fn end_of_organization(
    tx: &mut Tx,
    organization: &OrganizationId,
    suspended_at: Option<Time>,
) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO logout_notices (id, client_id, account_id, subject, sid, state, attempts, next_attempt_at, created_at)
         SELECT MAX(g.id), g.client_id, g.account_id, g.subject, g.sid, 'waiting', 0, $1, $1
         FROM grants g JOIN clients c ON c.id = g.client_id JOIN sessions s ON s.id = g.session_id
         WHERE s.organization_id = $2 AND s.suspended_at IS NOT DISTINCT FROM $3 AND s.ended_at IS NULL
           AND c.backchannel_logout_uri IS NOT NULL
         GROUP BY g.client_id, g.account_id, g.subject, g.sid
         ON CONFLICT (id) DO NOTHING",
        &[&now, organization, &suspended_at],
    )
    .await?;
    tx.execute(
        "UPDATE grants SET revoked_at = $1
         WHERE revoked_at IS NULL AND session_id IN
             (SELECT s.id FROM sessions s WHERE s.organization_id = $2 AND s.suspended_at IS NOT DISTINCT FROM $3)",
        &[&now, organization, &suspended_at],
    )
    .await
    .map(drop)
}

/// Queues a notice for each client that was reached in a session of an organization's people, and revokes everything that was given to
/// them, with a session or without.
pub async fn end_of_everybody(tx: &mut Tx, organization: &OrganizationId) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO logout_notices (id, client_id, account_id, subject, sid, state, attempts, next_attempt_at, created_at)
         SELECT MAX(g.id), g.client_id, g.account_id, g.subject, g.sid, 'waiting', 0, $1, $1
         FROM grants g JOIN clients c ON c.id = g.client_id JOIN accounts a ON a.id = g.account_id
         LEFT JOIN sessions s ON s.id = g.session_id
         WHERE a.organization_id = $2 AND s.ended_at IS NULL AND (s.id IS NOT NULL OR g.revoked_at IS NULL)
           AND c.backchannel_logout_uri IS NOT NULL
         GROUP BY g.client_id, g.account_id, g.subject, g.sid
         ON CONFLICT (id) DO NOTHING",
        &[&now, organization],
    )
    .await?;
    tx.execute(
        "UPDATE grants SET revoked_at = $1
         WHERE revoked_at IS NULL AND account_id IN (SELECT a.id FROM accounts a WHERE a.organization_id = $2)",
        &[&now, organization],
    )
    .await
    .map(drop)
}

/// What was given in a session, as far as it decides whether that ends with it.
pub struct GivenIn {
    pub id: GrantId,
    pub client: String,
    pub scope: String,
    pub used_at: Time,
    pub expires_at: Time,
    pub revoked: bool,
}

pub async fn given_in(tx: &mut Tx, session: &SessionId) -> Result<Vec<GivenIn>, Error> {
    let sql =
        "SELECT id, client_id, scope, used_at, expires_at, revoked_at FROM grants WHERE session_id = $1 ORDER BY id";
    let rows = tx.all(sql, &[session]).await?;
    let read = |row: &Row| {
        Ok(GivenIn {
            id: row.get(0)?,
            client: row.get(1)?,
            scope: row.get(2)?,
            used_at: row.get(3)?,
            expires_at: row.get(4)?,
            revoked: row.get::<Option<Time>>(5)?.is_some(),
        })
    };
    rows.iter().map(read).collect()
}

/// A grant goes on under another session.
pub async fn move_one(tx: &mut Tx, id: &GrantId, new: &SessionId) -> Result<(), Error> {
    tx.execute("UPDATE grants SET session_id = $1 WHERE id = $2", &[new, id]).await.map(drop)
}
