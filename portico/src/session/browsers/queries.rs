use store::{Error, Row, Tx};

use crate::organizations::SessionRule;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, DeviceId, SessionId};
use crate::platform::web::{BROWSER_COOKIE_LIVES, Visit};
use crate::session::networks;
use crate::session::queries::Unended;

/// A browser that is about to be recognized.
pub struct Device<'a> {
    pub browser: &'a [u8; 32],
    pub account: &'a Account,
    pub epoch: i64,
    /// The session that has begun there; `None`: none has.
    pub session: Option<&'a SessionId>,
}

pub async fn put(tx: &mut Tx, id: &DeviceId, device: &Device<'_>, visit: &Visit) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.tell(
        "INSERT INTO devices (browser, account_id, id, credentials_epoch, created_at, expires_at, user_agent, address,
                              used_at, session_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $5, $9)
         ON CONFLICT (browser, account_id) DO UPDATE SET credentials_epoch = excluded.credentials_epoch,
             expires_at = excluded.expires_at, revoked_at = NULL, user_agent = excluded.user_agent,
             address = excluded.address, used_at = excluded.used_at,
             session_id = COALESCE(excluded.session_id, devices.session_id)",
        &[
            device.browser,
            &device.account.id,
            id,
            &device.epoch,
            &now,
            &(now + BROWSER_COOKIE_LIVES),
            &visit.user_agent.as_str(),
            &visit.address.to_string(),
            &device.session,
        ],
    )
    .await
}

/// What is known of a browser.
pub struct Known {
    /// The epoch under which the account became known in it last, whether or not it is today's.
    pub epoch: i64,
    /// The one it has there, as long as nobody has ended it.
    pub session: Option<Unended>,
}

/// What is known of a browser and its network before a sign-in there counts.
pub struct Found {
    /// `None` where the account never was known in the browser, too long ago, or its browsers were forgotten since.
    pub known: Option<Known>,
    pub network_seen_at: Option<Time>,
    pub any_network: bool,
    /// Attempts that failed, anywhere, and that its owner has not been told of.
    pub failures: i64,
}

/// All in one statement: it is asked at the end of every sign-in.
pub async fn found(tx: &mut Tx, browser: &[u8; 32], account: &AccountId, network: &[u8; 32]) -> Result<Found, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT d.credentials_epoch, n.seen_at,
                    (SELECT COUNT(*) FROM
                        (SELECT 1 AS one FROM account_networks k WHERE k.account_id = $2 AND k.seen_at > $5 LIMIT 1) known),
                    (SELECT CAST(COALESCE(SUM(c.untold), 0) AS BIGINT) FROM attempt_counters c WHERE c.subject = $2),
                    s.id, s.account_id, s.created_at, s.seen_at, s.expires_at
             FROM (SELECT 1 AS here) one
             LEFT JOIN devices d
                 ON d.browser = $1 AND d.account_id = $2 AND d.expires_at > $3 AND d.revoked_at IS NULL
             LEFT JOIN sessions s ON s.id = d.session_id AND s.ended_at IS NULL
             LEFT JOIN account_networks n ON n.account_id = $2 AND n.network = $4 AND n.seen_at > $5",
            &[browser, account, &now, network, &(now - networks::LIVES)],
        )
        .await?;
    let row = row.ok_or_else(|| Error::column("one row was expected"))?;
    let session = Unended::read_at(&row, 4)?;
    Ok(Found {
        known: row.get::<Option<i64>>(0)?.map(|epoch| Known { epoch, session }),
        network_seen_at: row.get(1)?,
        any_network: row.get::<i64>(2)? > 0,
        failures: row.get(3)?,
    })
}

/// Forgets in which browsers an account is known and from which networks, and says how many browsers these were: when its owner says "it wasn't me", has to
/// recover it, or somebody else ends its password or changes its address. A thief's browser may be one of them.
pub async fn forget_browsers(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    let now = Time(tx.now());
    networks::forget(tx, account).await?;
    tx.execute("UPDATE devices SET revoked_at = $1 WHERE account_id = $2 AND revoked_at IS NULL", &[&now, account])
        .await
}

/// Forgets one of an account's browsers, but for the one that somebody asks in; what it was called, if that changed anything.
pub async fn forget_one(
    tx: &mut Tx,
    account: &AccountId,
    id: &DeviceId,
    here: &SessionId,
) -> Result<Option<KnownBrowser>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "UPDATE devices SET revoked_at = $1
             WHERE id = $2 AND account_id = $3 AND revoked_at IS NULL AND (session_id IS NULL OR session_id <> $4)
             RETURNING id, user_agent, address, COALESCE(used_at, created_at)",
            &[&now, id, account, here],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// A recognized browser as its owner sees it.
pub struct KnownBrowser {
    pub id: DeviceId,
    /// `None`: nobody has signed in there since such things are kept.
    pub user_agent: Option<String>,
    pub address: Option<String>,
    /// When the account came in there last.
    pub used_at: Time,
}

fn read(row: &Row) -> Result<KnownBrowser, Error> {
    Ok(KnownBrowser { id: row.get(0)?, user_agent: row.get(1)?, address: row.get(2)?, used_at: row.get(3)? })
}

/// The browsers in which an account is known and has no living session, last used first. Those of older credentials, too: they have no
/// tries of their own, but whoever signs in there is nobody new.
pub async fn known_without_session(
    tx: &mut Tx,
    account: &AccountId,
    rule: &SessionRule,
) -> Result<Vec<KnownBrowser>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT d.id, d.user_agent, d.address, COALESCE(d.used_at, d.created_at)
             FROM devices d JOIN accounts a ON a.id = d.account_id
             WHERE d.account_id = $1 AND d.expires_at > $2 AND d.revoked_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM sessions s
                               WHERE s.id = d.session_id AND s.ended_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3
                                 AND s.created_at > $4 AND s.credentials_epoch = a.credentials_epoch)
             ORDER BY COALESCE(d.used_at, d.created_at) DESC, d.id LIMIT 50",
            &[account, &now, &(now - rule.idle), &(now - rule.absolute)],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The recognized browser's id, when it is one for this subject under today's credentials: it has tries of its own, so an
/// older epoch must not do. A pseudo-id has none, after the same look-up.
pub async fn recognized(tx: &Tx, browser: &[u8; 32], subject: &str) -> Result<Option<DeviceId>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT d.id FROM devices d JOIN accounts a ON a.id = d.account_id
             WHERE d.browser = $1 AND d.account_id = $2 AND d.credentials_epoch = a.credentials_epoch
               AND d.expires_at > $3 AND d.revoked_at IS NULL",
            &[browser, &subject, &now],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// Forgets some of the recognized browsers that ended before `before`, and says how many.
pub async fn purge_devices(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute("DELETE FROM devices WHERE id IN (SELECT id FROM devices WHERE expires_at < $1 LIMIT 500)", &[&before])
        .await
}
