use std::time::Duration;

use store::{Error, Row, Tx};

use super::rules::Life;
use crate::organizations::{self, Organization, Policy, SessionRule};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;
use crate::platform::ids::{AccountId, OrganizationId, SessionId, SignInId};
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
            &(now + account.organization.policy.session.absolute),
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

/// A session that is neither ended nor over, and of today's credentials.
#[derive(Clone, Debug)]
pub struct Alive {
    pub id: SessionId,
    pub account: AccountId,
    pub organization: Organization,
    pub first_name: String,
    pub last_name: String,
    pub language: Option<String>,
    pub life: Life,
    pub authenticated_at: Time,
    pub proved_at: Option<Time>,
    pub methods: String,
    pub epoch: i64,
}

/// Asked at every request: one statement, by the secret's index. Whether it is over by the organization's limits of today is decided on
/// what that statement has read.
pub async fn alive(tx: &mut Tx, secret: &[u8; 32]) -> Result<Option<Alive>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT s.id, s.account_id, a.first_name, a.last_name, s.seen_at, s.authenticated_at, s.methods,
                    s.credentials_epoch, s.created_at, s.proved_at, a.language, s.expires_at,
                    o.id, o.slug, o.name, o.time_zone, o.contact,
                    CASE WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = o.id) THEN 'sso' ELSE o.sign_in END,
                    o.preset, o.recovery, o.mfa, o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at,
                    o.continuity, o.email_code, o.factor_reset_hours, o.session_idle_minutes, o.session_hours,
                    o.sessions_at_once
             FROM sessions s
             JOIN accounts a ON a.id = s.account_id
             JOIN organizations o ON o.id = s.organization_id
             WHERE s.secret = $1 AND s.ended_at IS NULL AND s.expires_at > $2
               AND a.credentials_epoch = s.credentials_epoch AND a.disabled_at IS NULL",
            &[secret, &now],
        )
        .await?;
    let alive = row.as_ref().map(read_alive).transpose()?;
    Ok(alive.filter(|alive| !alive.life.is_over(&alive.organization.policy.session, now)))
}

fn read_alive(row: &Row) -> Result<Alive, Error> {
    Ok(Alive {
        id: row.get(0)?,
        account: row.get(1)?,
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        life: Life { seen_at: row.get(4)?, created_at: row.get(8)?, expires_at: row.get(11)? },
        authenticated_at: row.get(5)?,
        methods: row.get(6)?,
        epoch: row.get(7)?,
        proved_at: row.get(9)?,
        language: row.get(10)?,
        organization: organizations::read_at(row, 12)?,
    })
}

/// A node that has stood still since it found the session alive must not bring back one that has run out meanwhile.
pub async fn seen(tx: &mut Tx, id: &SessionId, rule: &SessionRule) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "UPDATE sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $1 AND seen_at > $3";
    tx.execute(sql, &[&now, id, &(now - rule.idle)]).await.map(drop)
}

/// Ends one session, and what products were given in it; the account whose it was, if it was alive.
pub async fn end_by_secret(tx: &mut Tx, secret: &[u8; 32]) -> Result<Option<AccountId>, Error> {
    let Some(Unended { id, account, .. }) = open_by_secret(tx, secret).await? else { return Ok(None) };
    Ok(end_one(tx, &account, &id).await?.then_some(account))
}

/// Puts `new`, of `by`, in the place of the session a browser had. Products that the same person has reached go on under it.
pub async fn replace(
    tx: &mut Tx,
    secret: &[u8; 32],
    new: &SessionId,
    by: &Account,
) -> Result<Option<AccountId>, Error> {
    let Some(old) = open_by_secret(tx, secret).await? else { return Ok(None) };
    if old.account == by.id {
        hand_over(tx, &old, new, &by.organization.policy.session).await?;
    } else {
        provider::session_ends(tx, &old.account, &old.id).await?;
    }
    Ok(end(tx, &old.id).await?.then_some(old.account))
}

/// The same where a browser comes without the cookie of the session it had: its window was closed, or somebody else has taken it. Only
/// of the same person's.
pub async fn replace_one(tx: &mut Tx, old: &Unended, new: &SessionId, by: &Account) -> Result<(), Error> {
    hand_over(tx, old, new, &by.organization.policy.session).await?;
    end(tx, &old.id).await.map(drop)
}

/// What products were given in a session goes on in the next one of the same person. Where that one had run out, what had run out with it
/// must not come to life again: it would be as young as the new session.
async fn hand_over(tx: &mut Tx, old: &Unended, new: &SessionId, rule: &SessionRule) -> Result<(), Error> {
    match old.life.is_over(rule, Time(tx.now())) {
        false => provider::session_continues(tx, &old.id, new).await,
        true => {
            let ran_out = provider::RanOut { session: &old.id, account: &old.account, life: old.life, rule };
            provider::session_ran_out(tx, ran_out, new).await
        }
    }
}

/// A session that nobody has ended, whether or not it has run out since.
pub struct Unended {
    pub id: SessionId,
    pub account: AccountId,
    pub life: Life,
}

/// By its cookie.
pub async fn open_by_secret(tx: &mut Tx, secret: &[u8; 32]) -> Result<Option<Unended>, Error> {
    let sql =
        "SELECT id, account_id, created_at, seen_at, expires_at FROM sessions WHERE secret = $1 AND ended_at IS NULL";
    let row = tx.first(sql, &[secret]).await?;
    row.map_or(Ok(None), |row| Unended::read_at(&row, 0))
}

impl Unended {
    /// Its id, account, and the three times of its life from column `at` on; `None` where a join found none.
    pub fn read_at(row: &Row, at: usize) -> Result<Option<Unended>, Error> {
        let Some(id) = row.get(at)? else { return Ok(None) };
        let life = Life { created_at: row.get(at + 2)?, seen_at: row.get(at + 3)?, expires_at: row.get(at + 4)? };
        Ok(Some(Unended { id, account: row.get(at + 1)?, life }))
    }
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
pub async fn go_on_alone(tx: &mut Tx, before: &Account, session: &SessionId, epoch: i64) -> Result<u64, Error> {
    let account = &before.id;
    let ended = end_all_but(tx, account, Some(session)).await?;
    let sql = "UPDATE sessions SET credentials_epoch = $1 WHERE id = $2 AND account_id = $3 AND ended_at IS NULL";
    tx.execute(sql, &[&epoch, session, account]).await?;
    provider::session_goes_on(tx, session, before.credentials_epoch, epoch).await?;
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

/// Ends every session of an organization's people, and what products were given in them; says how many there were.
pub async fn end_of_everybody(tx: &mut Tx, organization: &OrganizationId) -> Result<u64, Error> {
    provider::everybodys_sessions_end(tx, organization).await?;
    let now = Time(tx.now());
    let sql = "UPDATE sessions SET ended_at = $1 WHERE organization_id = $2 AND ended_at IS NULL";
    tx.execute(sql, &[&now, organization]).await
}

/// The sessions that an account has beside one, with when each was used last: all that are alive.
pub async fn others(tx: &mut Tx, account: &Account, but: &SessionId) -> Result<Vec<(SessionId, Time)>, Error> {
    let (now, rule) = (Time(tx.now()), &account.organization.policy.session);
    let rows = tx
        .all(
            "SELECT id, seen_at FROM sessions
             WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL AND expires_at > $3 AND seen_at > $4
               AND created_at > $5 AND credentials_epoch = $6",
            &[&account.id, but, &now, &(now - rule.idle), &(now - rule.absolute), &account.credentials_epoch],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A session as its owner, or a help desk, sees it.
pub struct SessionLine {
    pub id: SessionId,
    pub user_agent: String,
    pub address: String,
    pub created_at: Time,
    pub seen_at: Time,
}

/// The sessions of an account that are alive, last used first: none that is over by its organization's limits.
pub async fn list_of(tx: &mut Tx, account: &AccountId, policy: &Policy) -> Result<Vec<SessionLine>, Error> {
    let (now, rule) = (Time(tx.now()), &policy.session);
    let rows = tx
        .all(
            "SELECT s.id, s.user_agent, s.address, s.created_at, s.seen_at
             FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.account_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2
               AND s.seen_at > $3 AND s.created_at > $4 AND a.credentials_epoch = s.credentials_epoch
               AND a.disabled_at IS NULL
             ORDER BY s.seen_at DESC, s.id LIMIT 50",
            &[account, &now, &(now - rule.idle), &(now - rule.absolute)],
        )
        .await?;
    rows.iter().map(line_of).collect()
}

fn line_of(row: &Row) -> Result<SessionLine, Error> {
    Ok(SessionLine {
        id: row.get(0)?,
        user_agent: row.get(1)?,
        address: row.get(2)?,
        created_at: row.get(3)?,
        seen_at: row.get(4)?,
    })
}

/// A session of an account that nobody has ended.
pub async fn open_one(tx: &mut Tx, account: &AccountId, id: &SessionId) -> Result<Option<SessionLine>, Error> {
    let row = tx
        .first(
            "SELECT id, user_agent, address, created_at, seen_at FROM sessions
             WHERE id = $1 AND account_id = $2 AND ended_at IS NULL",
            &[id, account],
        )
        .await?;
    row.as_ref().map(line_of).transpose()
}

/// Notes why a session was ended that its owner has not ended, so that the owner is told.
pub async fn ended_for_limit(tx: &mut Tx, id: &SessionId) -> Result<(), Error> {
    tx.execute("UPDATE sessions SET ended_for = 'limit' WHERE id = $1", &[id]).await.map(drop)
}

/// The sessions of an account that ended since then because it had too many, with when they did; last ended first.
pub async fn ended_by_limit(tx: &mut Tx, account: &AccountId, since: Time) -> Result<Vec<(SessionLine, Time)>, Error> {
    let rows = tx
        .all(
            "SELECT id, user_agent, address, created_at, seen_at, ended_at FROM sessions
             WHERE account_id = $1 AND ended_for = 'limit' AND ended_at > $2
             ORDER BY ended_at DESC, id LIMIT 10",
            &[account, &since],
        )
        .await?;
    rows.iter().map(|row| Ok((line_of(row)?, row.get(5)?))).collect()
}

/// Forgets some of the sessions that ended before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 LIMIT 500)", &[&before])
        .await
}
