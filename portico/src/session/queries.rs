use std::time::Duration;

use store::{Error, Row, Tx};

use crate::audit::{self, Event};
use crate::notices::Acquaintance;
use crate::organizations::{self, Organization, Policy};
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;
use crate::platform::ids::{AccountId, DeviceId, OrganizationId, SessionId, SignInId};
use crate::platform::web::{BROWSER_COOKIE_LIVES, Visit};
use crate::provider;

/// For how long the answer that carries a new session's cookie may be given again.
const NEWBORN: Duration = Duration::from_secs(60);

/// What a session is made of.
pub struct Birth<'a> {
    pub sign_in: &'a SignInId,
    pub account: &'a Account,
    /// SHA-256 of the cookie's value.
    pub secret: [u8; 32],
    pub methods: String,
    /// When the person proved it, as products are told: most often now.
    pub authenticated_at: Time,
    /// When they are known to have.
    pub proved_at: Option<Time>,
    pub user_agent: &'a str,
    pub address: String,
}

pub async fn bear(tx: &mut Tx, entropy: &Entropy, birth: Birth<'_>) -> Result<SessionId, Error> {
    let now = Time(tx.now());
    let id = SessionId::generate(entropy);
    let account = birth.account;
    tx.tell(
        "INSERT INTO sessions (id, secret, sign_in_id, account_id, organization_id, credentials_epoch, methods,
                               user_agent, address, authenticated_at, created_at, seen_at, expires_at, suspended_at,
                               proved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14)",
        &[
            &id,
            &birth.secret,
            birth.sign_in,
            &account.id,
            &account.organization.id,
            &account.credentials_epoch,
            &birth.methods,
            &birth.user_agent,
            &birth.address,
            &birth.authenticated_at,
            &now,
            &(now + account.organization.policy.session_absolute),
            &account.suspended(),
            &birth.proved_at,
        ],
    )
    .await?;
    Ok(id)
}

/// Was this very session born by this sign-in within the last minute, and is it still alive?
pub async fn is_newborn(tx: &mut Tx, sign_in: &SignInId, secret: &[u8; 32]) -> Result<bool, Error> {
    let since = Time(tx.now()) - NEWBORN;
    let row = tx
        .first(
            "SELECT id FROM sessions
             WHERE sign_in_id = $1 AND secret = $2 AND created_at > $3 AND ended_at IS NULL",
            &[sign_in, secret, &since],
        )
        .await?;
    Ok(row.is_some())
}

/// A session that is neither ended, nor too old, nor of other credentials than today's.
#[derive(Clone, Debug)]
pub struct Alive {
    pub id: SessionId,
    pub account: AccountId,
    pub organization: Organization,
    pub first_name: String,
    pub last_name: String,
    pub language: Option<String>,
    pub seen_at: Time,
    pub authenticated_at: Time,
    pub proved_at: Option<Time>,
    pub created_at: Time,
    pub methods: String,
    pub epoch: i64,
}

pub async fn alive(tx: &mut Tx, secret: &[u8; 32]) -> Result<Option<Alive>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT s.id, s.account_id, a.first_name, a.last_name, s.seen_at, s.authenticated_at, s.methods,
                    s.credentials_epoch, s.created_at, s.proved_at, a.language,
                    o.id, o.slug, o.name, o.time_zone, o.contact,
                    CASE WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = o.id) THEN 'sso' ELSE o.sign_in END,
                    o.preset, o.recovery, o.mfa, o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at,
                    o.continuity, o.email_code, o.factor_reset_hours
             FROM sessions s
             JOIN accounts a ON a.id = s.account_id
             JOIN organizations o ON o.id = s.organization_id
             WHERE s.secret = $1 AND s.ended_at IS NULL AND s.expires_at > $2
               AND a.credentials_epoch = s.credentials_epoch AND a.disabled_at IS NULL",
            &[secret, &now],
        )
        .await?;
    row.map(|row| {
        Ok(Alive {
            id: row.get(0)?,
            account: row.get(1)?,
            first_name: row.get(2)?,
            last_name: row.get(3)?,
            seen_at: row.get(4)?,
            authenticated_at: row.get(5)?,
            methods: row.get(6)?,
            epoch: row.get(7)?,
            created_at: row.get(8)?,
            proved_at: row.get(9)?,
            language: row.get(10)?,
            organization: organizations::read_at(&row, 11)?,
        })
    })
    .transpose()
}

pub async fn seen(tx: &mut Tx, id: &SessionId) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute("UPDATE sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $1", &[&now, id]).await?;
    Ok(())
}

/// Ends one session, and what products were given in it; the account whose it was, if it was alive.
pub async fn end_by_secret(tx: &mut Tx, secret: &[u8; 32]) -> Result<Option<AccountId>, Error> {
    let Some((id, account)) = open_by_secret(tx, secret).await? else { return Ok(None) };
    Ok(end_one(tx, &account, &id).await?.then_some(account))
}

/// Puts `new` in the place of the session a browser had. Products that the same person has reached go on under it.
pub async fn replace(
    tx: &mut Tx,
    secret: &[u8; 32],
    new: &SessionId,
    by: &AccountId,
) -> Result<Option<AccountId>, Error> {
    let Some((old, whose)) = open_by_secret(tx, secret).await? else { return Ok(None) };
    if whose == *by {
        provider::session_continues(tx, &old, new).await?;
    } else {
        provider::session_ends(tx, &whose, &old).await?;
    }
    Ok(end(tx, &old).await?.then_some(whose))
}

async fn open_by_secret(tx: &mut Tx, secret: &[u8; 32]) -> Result<Option<(SessionId, AccountId)>, Error> {
    let row = tx.first("SELECT id, account_id FROM sessions WHERE secret = $1 AND ended_at IS NULL", &[secret]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Ends one session, and what products were given in it; false when it had ended.
pub async fn end_one(tx: &mut Tx, account: &AccountId, id: &SessionId) -> Result<bool, Error> {
    provider::session_ends(tx, account, id).await?;
    end(tx, id).await
}

async fn end(tx: &mut Tx, id: &SessionId) -> Result<bool, Error> {
    let now = Time(tx.now());
    Ok(tx.execute("UPDATE sessions SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL", &[&now, id]).await? == 1)
}

/// Ends every session of an account, and what products were given in them; says how many there were.
pub async fn end_all(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    provider::sessions_end(tx, account).await?;
    let now = Time(tx.now());
    tx.execute("UPDATE sessions SET ended_at = $1 WHERE account_id = $2 AND ended_at IS NULL", &[&now, account]).await
}

/// The same, but for one that goes on; says how many there were.
pub async fn end_all_but(tx: &mut Tx, account: &AccountId, but: Option<&SessionId>) -> Result<u64, Error> {
    let Some(but) = but else { return end_all(tx, account).await };
    let sql = "SELECT id FROM sessions WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL";
    let rows = tx.all(sql, &[account, but]).await?;
    let mut ended = 0;
    for row in rows {
        ended += u64::from(end_one(tx, account, &row.get(0)?).await?);
    }
    Ok(ended)
}

/// Whether a session neither ended nor is over, and the credentials are those of `epoch` still.
pub async fn lives(tx: &mut Tx, session: &SessionId, epoch: i64) -> Result<bool, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT s.id FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2
               AND s.credentials_epoch = $3 AND a.credentials_epoch = $3 AND a.disabled_at IS NULL",
            &[session, &now, &epoch],
        )
        .await?;
    Ok(row.is_some())
}

/// Gives a session another secret, under the credentials of `epoch`.
pub async fn renew(tx: &mut Tx, session: &SessionId, secret: &[u8; 32], epoch: i64) -> Result<(), Error> {
    let sql = "UPDATE sessions SET secret = $1, credentials_epoch = $2 WHERE id = $3 AND ended_at IS NULL";
    tx.execute(sql, &[secret, &epoch, session]).await.map(drop)
}

/// The credentials were changed in this session: it goes on under the new epoch, with what products were given in it, and every other
/// one of the account ends. Says how many these were.
pub async fn go_on_alone(tx: &mut Tx, account: &AccountId, session: &SessionId, epoch: i64) -> Result<u64, Error> {
    let ended = end_all_but(tx, account, Some(session)).await?;
    let sql = "UPDATE sessions SET credentials_epoch = $1 WHERE id = $2 AND account_id = $3 AND ended_at IS NULL";
    tx.execute(sql, &[&epoch, session, account]).await?;
    provider::session_goes_on(tx, session, epoch).await?;
    Ok(ended)
}

/// Ends the sessions of an organization's people that began under a suspension (`None`: under none), and what products were
/// given in them; says how many there were.
pub async fn end_of_organization(
    tx: &mut Tx,
    organization: &OrganizationId,
    suspended_at: Option<Time>,
) -> Result<u64, Error> {
    provider::organizations_sessions_end(tx, organization, suspended_at).await?;
    let now = Time(tx.now());
    tx.execute(
        "UPDATE sessions SET ended_at = $1
         WHERE organization_id = $2 AND suspended_at IS NOT DISTINCT FROM $3 AND ended_at IS NULL",
        &[&now, organization, &suspended_at],
    )
    .await
}

/// A session as its owner, or a help desk, sees it.
pub struct SessionLine {
    pub id: SessionId,
    pub user_agent: String,
    pub address: String,
    pub seen_at: Time,
}

/// The sessions of an account that are alive, last used first: none that nobody has used for as long as its policy allows.
pub async fn list_of(tx: &mut Tx, account: &AccountId, policy: &Policy) -> Result<Vec<SessionLine>, Error> {
    let now = Time(tx.now());
    let rows = tx
        .all(
            "SELECT s.id, s.user_agent, s.address, s.seen_at
             FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.account_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2
               AND s.seen_at > $3 AND a.credentials_epoch = s.credentials_epoch
             ORDER BY s.seen_at DESC, s.id LIMIT 50",
            &[account, &now, &(now - policy.session_idle)],
        )
        .await?;
    let line = |row: &Row| {
        Ok(SessionLine { id: row.get(0)?, user_agent: row.get(1)?, address: row.get(2)?, seen_at: row.get(3)? })
    };
    rows.iter().map(line).collect()
}

/// Makes this browser one the account is known in, under the credentials of `epoch`, and for as long again if it was one.
/// Answers how well it was known before: an old acquaintance stays one when credentials change, until [`forget_browsers`].
pub async fn recognize(
    tx: &mut Tx,
    visit: &Visit,
    browser: &[u8; 32],
    account: &Account,
    epoch: i64,
) -> Result<Acquaintance, Error> {
    let now = Time(tx.now());
    let entropy = &visit.app.entropy;
    let known = known_under(tx, browser, &account.id).await?;
    let before = Acquaintance::of(known.is_some(), account.first_browser_at.is_some());
    if before == Acquaintance::First {
        people::set_first_browser(tx, &account.id).await?;
    }
    // Since the credentials changed it had no tries of its own; from now on it has.
    if known != Some(epoch) {
        audit::record(tx, entropy, audit::Entry::of(Event::DeviceRecognized, account).from(visit)).await?;
    }
    tx.tell(
        "INSERT INTO devices (browser, account_id, id, credentials_epoch, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (browser, account_id) DO UPDATE SET credentials_epoch = excluded.credentials_epoch,
             expires_at = excluded.expires_at, revoked_at = NULL",
        &[browser, &account.id, &DeviceId::generate(entropy), &epoch, &now, &(now + BROWSER_COOKIE_LIVES)],
    )
    .await?;
    Ok(before)
}

/// The epoch under which an account became known in this browser last, whether or not it is today's; `None` where it never
/// was, too long ago, or its browsers were forgotten since.
async fn known_under(tx: &mut Tx, browser: &[u8; 32], account: &AccountId) -> Result<Option<i64>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT credentials_epoch FROM devices
             WHERE browser = $1 AND account_id = $2 AND expires_at > $3 AND revoked_at IS NULL",
            &[browser, account, &now],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// Forgets in which browsers an account is known, and says how many these were: when its owner says "it wasn't me", has to
/// recover it, or somebody else ends its password or changes its address. A thief's browser may be one of them.
pub async fn forget_browsers(tx: &mut Tx, account: &AccountId) -> Result<u64, Error> {
    let now = Time(tx.now());
    tx.execute("UPDATE devices SET revoked_at = $1 WHERE account_id = $2 AND revoked_at IS NULL", &[&now, account])
        .await
}

/// The recognized browser's id, when it is one for this subject under today's credentials: it has tries of its own, so an
/// older epoch must not do. A pseudo-id has none, after the same look-up.
pub async fn recognized(tx: &mut Tx, browser: &[u8; 32], subject: &str) -> Result<Option<DeviceId>, Error> {
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

/// Forgets some of the sessions that ended before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 LIMIT 500)", &[&before])
        .await
}
