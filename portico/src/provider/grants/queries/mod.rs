//! All that is asked and written about grants. In `ends`: what ends many at once.

mod ends;

use std::time::Duration;

use store::{Error, Row, Tx};

pub use ends::{GivenIn, Which, end_of_everybody, end_of_organization, given_in, move_one, queue_notices, revoke_all};

use super::standing::{Granted, Person};
use crate::organizations;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, GrantId, OrganizationId, ProductId, SessionId};
use crate::session::Life;

/// A grant to be written; see the table for what each is.
pub struct NewGrant<'a> {
    pub id: &'a GrantId,
    pub client: &'a str,
    pub account: &'a AccountId,
    pub session: &'a SessionId,
    pub epoch: i64,
    pub subject: &'a str,
    pub sid: &'a str,
    pub scope: &'a str,
    pub claims: &'a str,
    pub methods: &'a str,
    pub authenticated_at: Time,
    pub jkt: Option<&'a str>,
    /// 1 when there is to be a refresh token.
    pub generation: Option<i64>,
    /// How long it lives when it outlives its session; `None`: as long as that.
    pub offline: Option<Duration>,
}

/// What a code stands on.
pub struct Ground {
    pub organization: OrganizationId,
    pub session_ends: Time,
}

/// What the code stands on, if it is still there: the session neither ended nor over, the credentials unchanged, neither the account
/// nor the client disabled.
pub async fn ground(tx: &mut Tx, new: &NewGrant<'_>) -> Result<Option<Ground>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT a.organization_id, s.expires_at, s.created_at, s.seen_at,
                    o.preset, o.session_idle_minutes, o.session_hours
             FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN clients c ON c.id = $5
             JOIN organizations o ON o.id = a.organization_id
             WHERE s.id = $1 AND s.account_id = $2 AND s.ended_at IS NULL AND s.expires_at > $3
               AND s.credentials_epoch = $4 AND a.credentials_epoch = $4 AND a.disabled_at IS NULL
               AND c.disabled_at IS NULL",
            &[new.session, new.account, &now, &new.epoch, &new.client],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let life = Life { expires_at: row.get(1)?, created_at: row.get(2)?, seen_at: row.get(3)? };
    let rule = organizations::session_rule_at(&row, 4)?;
    let ground = Ground { organization: row.get(0)?, session_ends: life.ends_at(&rule) };
    Ok((!life.is_over(&rule, now)).then_some(ground))
}

/// False when there is one of this id: the code was used before.
pub async fn insert(tx: &mut Tx, new: &NewGrant<'_>, session_ends: Time) -> Result<bool, Error> {
    let now = Time(tx.now());
    let expires_at = new.offline.map_or(session_ends, |lives| now + lives);
    let inserted = tx
        .execute(
            "INSERT INTO grants (id, client_id, account_id, session_id, credentials_epoch, subject, sid, scope, claims,
                                 methods, authenticated_at, dpop_jkt, generation, used_at, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15)
             ON CONFLICT (id) DO NOTHING",
            &[
                new.id,
                &new.client,
                new.account,
                new.session,
                &new.epoch,
                &new.subject,
                &new.sid,
                &new.scope,
                &new.claims,
                &new.methods,
                &new.authenticated_at,
                &new.jkt,
                &new.generation,
                &now,
                &expires_at,
            ],
        )
        .await?;
    Ok(inserted == 1)
}

pub async fn exists(tx: &mut Tx, id: &GrantId) -> Result<bool, Error> {
    Ok(tx.first("SELECT id FROM grants WHERE id = $1", &[id]).await?.is_some())
}

/// Ends a grant, if it is this client's where one is given; true if that changed anything.
pub async fn revoke(tx: &mut Tx, id: &GrantId, client: Option<&str>) -> Result<bool, Error> {
    let now = Time(tx.now());
    let revoked = match client {
        None => {
            let sql = "UPDATE grants SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
            tx.execute(sql, &[&now, id]).await?
        }
        Some(client) => {
            let sql = "UPDATE grants SET revoked_at = $1 WHERE id = $2 AND client_id = $3 AND revoked_at IS NULL";
            tx.execute(sql, &[&now, id, &client]).await?
        }
    };
    Ok(revoked == 1)
}

/// What decides about a refresh token.
pub struct Refreshable {
    pub client: String,
    pub generation: i64,
    pub rotated_at: Option<Time>,
    pub used_at: Time,
    pub jkt: Option<String>,
    pub offline: bool,
    pub revoked: bool,
    /// Not over, of today's credentials, of an account that is not disabled.
    pub good: bool,
}

pub async fn refreshable(tx: &mut Tx, id: &GrantId) -> Result<Option<Refreshable>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT g.client_id, g.generation, g.rotated_at, g.used_at, g.dpop_jkt, g.scope, g.revoked_at, g.expires_at,
                    g.credentials_epoch, a.credentials_epoch, a.disabled_at
             FROM grants g JOIN accounts a ON a.id = g.account_id
             WHERE g.id = $1 AND g.generation IS NOT NULL",
            &[id],
        )
        .await?;
    row.map(|row| {
        let scope: String = row.get(5)?;
        let same_epoch = row.get::<i64>(8)? == row.get::<i64>(9)?;
        Ok(Refreshable {
            client: row.get(0)?,
            generation: row.get(1)?,
            rotated_at: row.get(2)?,
            used_at: row.get(3)?,
            jkt: row.get(4)?,
            offline: scope.split(' ').any(|word| word == "offline_access"),
            revoked: row.get::<Option<Time>>(6)?.is_some(),
            good: row.get::<Time>(7)? > now && same_epoch && row.get::<Option<Time>>(10)?.is_none(),
        })
    })
    .transpose()
}

/// What was told when the grant was made: session, methods, time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub sid: String,
    pub methods: String,
    pub authenticated_at: Time,
}

/// Moves a grant on by one generation; `None` for whoever lost the race.
pub async fn advance(tx: &mut Tx, id: &GrantId, generation: i64) -> Result<Option<Told>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "UPDATE grants SET generation = generation + 1, rotated_at = $1, used_at = $1
             WHERE id = $2 AND generation = $3 AND revoked_at IS NULL
             RETURNING sid, methods, authenticated_at",
            &[&now, id, &generation],
        )
        .await?;
    row.map(|row| Ok(Told { sid: row.get(0)?, methods: row.get(1)?, authenticated_at: row.get(2)? })).transpose()
}

/// A grant that is good but for its client and the access.
pub(super) async fn good(tx: &mut Tx, id: &GrantId) -> Result<Option<Granted>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT g.client_id, g.account_id, a.organization_id, g.subject, g.scope, g.claims, g.dpop_jkt, g.generation,
                    g.expires_at, a.email_shown, a.email_verified_at, a.user_name_shown, a.first_name, a.last_name,
                    a.language, g.used_at, s.created_at, s.seen_at
             FROM grants g JOIN accounts a ON a.id = g.account_id LEFT JOIN sessions s ON s.id = g.session_id
             WHERE g.id = $1 AND g.revoked_at IS NULL AND g.expires_at > $2
               AND a.credentials_epoch = g.credentials_epoch AND a.disabled_at IS NULL",
            &[id, &now],
        )
        .await?;
    row.map(|row| {
        Ok(Granted {
            client: row.get(0)?,
            account: row.get(1)?,
            organization: row.get(2)?,
            subject: row.get(3)?,
            scope: row.get(4)?,
            claims: row.get(5)?,
            jkt: row.get(6)?,
            generation: row.get(7)?,
            expires_at: row.get(8)?,
            used_at: row.get(15)?,
            session: row.get::<Option<Time>>(16)?.zip(row.get(17)?),
            person: Person {
                email: row.get(9)?,
                email_verified: row.get::<Option<Time>>(10)?.is_some(),
                user_name: row.get(11)?,
                first_name: row.get(12)?,
                last_name: row.get(13)?,
                language: row.get(14)?,
            },
        })
    })
    .transpose()
}

/// Whether a session has reached a client under this name.
pub async fn has_reached(tx: &mut Tx, session: &SessionId, client: &str, sid: &str) -> Result<bool, Error> {
    let sql = "SELECT id FROM grants WHERE session_id = $1 AND client_id = $2 AND sid = $3 LIMIT 1";
    Ok(tx.first(sql, &[session, &client, &sid]).await?.is_some())
}

/// What a client has been given of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub client: String,
    pub used_at: Time,
    /// Some of it is good by now.
    pub lives: bool,
}

/// Whatever an account was given at each client, as far as that is kept.
pub async fn given(tx: &mut Tx, account: &AccountId) -> Result<Vec<Given>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT g.client_id, MAX(g.used_at),
                    COUNT(CASE WHEN g.revoked_at IS NULL AND g.expires_at > $2
                                AND g.credentials_epoch = a.credentials_epoch THEN 1 END)
             FROM grants g JOIN accounts a ON a.id = g.account_id
             WHERE g.account_id = $1
             GROUP BY g.client_id ORDER BY g.client_id LIMIT 500",
            &[account, &now],
        )
        .await?;
    let read = |row: &Row| Ok(Given { client: row.get(0)?, used_at: row.get(1)?, lives: row.get::<i64>(2)? > 0 });
    rows.iter().map(read).collect()
}

/// A site and a role of it; either may be missing.
pub struct PlaceRow {
    pub site: Option<(String, String)>,
    pub role: Option<String>,
}

pub async fn places(
    tx: &mut Tx,
    organization: &OrganizationId,
    account: &AccountId,
    product: &ProductId,
) -> Result<Vec<PlaceRow>, Error> {
    let rows = tx
        .all(
            "SELECT s.id, s.name, r.role
             FROM access x
             LEFT JOIN sites s ON s.organization_id = x.organization_id AND (x.site_id IS NULL OR s.id = x.site_id)
             LEFT JOIN access_roles r ON r.access_id = x.id
             WHERE x.account_id = $1 AND x.organization_id = $2 AND x.product_id = $3
             ORDER BY s.name, s.id, r.role LIMIT 2000",
            &[account, organization, product],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let (id, name): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            Ok(PlaceRow { site: id.zip(name), role: row.get(2)? })
        })
        .collect()
}

/// Accounts that were given something at a client, some at a time, by id.
pub async fn accounts(
    tx: &mut Tx,
    client: &str,
    organization: Option<&OrganizationId>,
    after: &str,
    most: i64,
) -> Result<Vec<String>, Error> {
    let rows = tx
        .all(
            "SELECT DISTINCT g.account_id FROM grants g JOIN accounts a ON a.id = g.account_id
             WHERE g.client_id = $1 AND (a.organization_id = $2 OR $2 IS NULL) AND g.account_id > $3
             ORDER BY g.account_id LIMIT $4",
            &[&client, &organization, &after, &most],
        )
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

pub async fn move_to_session(tx: &mut Tx, old: &SessionId, new: &SessionId) -> Result<(), Error> {
    tx.tell("UPDATE grants SET session_id = $1 WHERE session_id = $2", &[new, old]).await
}

/// What was good under `before`: what an earlier change has made void stays void.
pub async fn restamp(tx: &mut Tx, session: &SessionId, before: i64, epoch: i64) -> Result<(), Error> {
    let sql = "UPDATE grants SET credentials_epoch = $1
               WHERE session_id = $2 AND credentials_epoch = $3 AND revoked_at IS NULL";
    tx.execute(sql, &[&epoch, session, &before]).await.map(drop)
}

/// True for whoever comes first with this proof, until it expires.
pub async fn use_proof_once(tx: &mut Tx, id: &[u8; 32], expires_at: Time) -> Result<bool, Error> {
    let sql = "INSERT INTO used_proofs (id, expires_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
    Ok(tx.execute(sql, &[id, &expires_at]).await? == 1)
}

pub async fn is_proof_used(tx: &mut Tx, id: &[u8; 32]) -> Result<bool, Error> {
    Ok(tx.first("SELECT expires_at FROM used_proofs WHERE id = $1", &[id]).await?.is_some())
}

/// Forgets some of the grants that ended before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute("DELETE FROM grants WHERE id IN (SELECT id FROM grants WHERE expires_at < $1 LIMIT 500)", &[&before])
        .await
}

/// Forgets some of the proofs that have expired, and says how many.
pub async fn purge_proofs(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM used_proofs WHERE id IN (SELECT id FROM used_proofs WHERE expires_at < $1 LIMIT 500)",
        &[&before],
    )
    .await
}
