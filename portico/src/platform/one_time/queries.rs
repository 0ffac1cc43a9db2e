//! All SQL on one-time secrets.

use std::time::Duration;

use store::{Error, Row, Tx};

use super::{Issue, Made, Open, Purpose, State, status};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OneTimeId, OrganizationId, OutboxId};

pub(super) struct NewSecret<'a> {
    pub id: &'a OneTimeId,
    pub hash: &'a [u8; 32],
    pub issue: &'a Issue<'a>,
    pub outbox: Option<&'a OutboxId>,
    pub lifetime: i64,
    pub expires_at: Option<Time>,
}

pub(super) async fn insert(tx: &mut Tx, secret: &NewSecret<'_>) -> Result<(), Error> {
    let now = tx.now();
    let issue = secret.issue;
    tx.tell(
        "INSERT INTO one_time (id, purpose, hash, account_id, credentials_epoch, sent_to, outbox_id,
                               lifetime, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &secret.id.as_str(),
            &issue.purpose.name(),
            secret.hash,
            &issue.account.as_str(),
            &issue.credentials_epoch,
            &issue.sent_to,
            &secret.outbox.map(OutboxId::as_str),
            &secret.lifetime,
            &now,
            &secret.expires_at.map(|time| time.0),
        ],
    )
    .await
}

pub(super) async fn find(tx: &mut Tx, purpose: Purpose, hash: &[u8; 32]) -> Result<Option<State>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT s.id, s.account_id, s.credentials_epoch, s.sent_to, s.lifetime, s.expires_at, s.used_at,
                    s.second_browser, a.credentials_epoch, s.used_browser, s.answered_browser, s.mailbox_browser,
                    s.mailbox_pair
             FROM one_time s JOIN accounts a ON a.id = s.account_id
             WHERE s.hash = $1 AND s.purpose = $2",
            &[hash, &purpose.name()],
        )
        .await?;
    row.map(|row| read(&row, purpose, now)).transpose()
}

fn read(row: &Row, purpose: Purpose, now: Time) -> Result<State, Error> {
    let made_under: i64 = row.get(2)?;
    let lifetime: i64 = row.get(4)?;
    let expires_at = row.get::<Option<i64>>(5)?.map(Time);
    let used_at = row.get::<Option<i64>>(6)?.map(Time);
    let void = made_under != row.get::<i64>(8)? && !purpose.outlives_credentials();
    Ok(State {
        id: OneTimeId::from(row.get::<String>(0)?),
        account: AccountId::from(row.get::<String>(1)?),
        credentials_epoch: made_under,
        sent_to: row.get(3)?,
        lifetime: Duration::from_micros(u64::try_from(lifetime).unwrap_or(0)),
        status: status(used_at.is_some(), void, expires_at, now),
        second_factor_in: row.get(7)?,
        used_at,
        used_in: row.get(9)?,
        answered_in: row.get(10)?,
        mailbox_in: row.get(11)?,
        mailbox_pair: row.get(12)?,
    })
}

/// Everything that makes a secret valid is asked in the statement that uses it up: between looking and using, another
/// node may have used it, its time may have ended, the account's password may have changed.
pub(super) async fn consume(tx: &mut Tx, purpose: Purpose, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    let now = tx.now();
    let used = tx
        .execute(
            "UPDATE one_time SET used_at = $1, used_browser = $4
             WHERE id = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > $1
               AND (CAST($5 AS BIGINT) = 1 OR credentials_epoch =
                   (SELECT a.credentials_epoch FROM accounts a WHERE a.id = one_time.account_id))",
            &[&now, &id.as_str(), &purpose.name(), browser, &i64::from(purpose.outlives_credentials())],
        )
        .await?;
    Ok(used == 1)
}

pub(super) async fn retire(tx: &mut Tx, purpose: Purpose, account: &AccountId) -> Result<u64, Error> {
    let now = tx.now();
    tx.execute(
        "UPDATE one_time SET used_at = $1 WHERE account_id = $2 AND purpose = $3 AND used_at IS NULL",
        &[&now, &account.as_str(), &purpose.name()],
    )
    .await
}

pub(super) async fn retire_sent_to(
    tx: &mut Tx,
    purpose: Purpose,
    account: &AccountId,
    sent_to: &str,
) -> Result<u64, Error> {
    let now = tx.now();
    tx.execute(
        "UPDATE one_time SET used_at = $1
         WHERE account_id = $2 AND purpose = $3 AND sent_to = $4 AND used_at IS NULL",
        &[&now, &account.as_str(), &purpose.name(), &sent_to],
    )
    .await
}

pub(super) async fn consume_shown(
    tx: &mut Tx,
    purpose: Purpose,
    id: &OneTimeId,
    browser: &[u8; 32],
) -> Result<bool, Error> {
    let now = tx.now();
    let used = tx
        .execute(
            "UPDATE one_time SET used_at = $1, used_browser = $4
             WHERE id = $2 AND purpose = $3 AND used_at IS NULL AND expires_at IS NOT NULL
               AND credentials_epoch =
                   (SELECT a.credentials_epoch FROM accounts a WHERE a.id = one_time.account_id)",
            &[&now, &id.as_str(), &purpose.name(), browser],
        )
        .await?;
    Ok(used == 1)
}

pub(super) async fn open_of(tx: &mut Tx, purpose: Purpose, account: &AccountId) -> Result<Option<Open>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT s.id, s.sent_to, s.credentials_epoch, a.credentials_epoch, s.expires_at, s.phc, s.failures,
                    s.created_at
             FROM one_time s JOIN accounts a ON a.id = s.account_id
             WHERE s.account_id = $1 AND s.purpose = $2 AND s.used_at IS NULL
             ORDER BY s.created_at DESC, s.id DESC LIMIT 1",
            &[account, &purpose.name()],
        )
        .await?;
    row.map(|row| read_open(&row, now)).transpose()
}

/// The columns of the statement above, first in a row that has others behind them.
pub fn read_open(row: &Row, now: Time) -> Result<Open, Error> {
    let void = row.get::<i64>(2)? != row.get::<i64>(3)?;
    Ok(Open {
        id: row.get(0)?,
        sent_to: row.get(1)?,
        status: status(false, void, row.get::<Option<i64>>(4)?.map(Time), now),
        phc: row.get(5)?,
        failures: row.get(6)?,
        created_at: row.get(7)?,
    })
}

pub(super) async fn count_failure(tx: &mut Tx, id: &OneTimeId) -> Result<(), Error> {
    tx.tell("UPDATE one_time SET failures = failures + 1 WHERE id = $1", &[id]).await
}

pub(super) async fn made_since(tx: &mut Tx, purpose: Purpose, account: &AccountId, since: Time) -> Result<Made, Error> {
    let row = tx
        .first(
            "SELECT COUNT(*), MAX(created_at) FROM one_time
             WHERE account_id = $1 AND purpose = $2 AND created_at > $3",
            &[account, &purpose.name(), &since],
        )
        .await?;
    row.map_or(Ok(Made { count: 0, last_at: None }), |row| Ok(Made { count: row.get(0)?, last_at: row.get(1)? }))
}

pub(super) async fn keep_phc(tx: &mut Tx, id: &OneTimeId, sealed: &[u8]) -> Result<(), Error> {
    tx.tell("UPDATE one_time SET phc = $1 WHERE id = $2 AND used_at IS NULL", &[&sealed, id]).await
}

pub(super) async fn mark_second_factor(tx: &mut Tx, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    let sql = "UPDATE one_time SET second_at = $1, second_browser = $2
               WHERE id = $3 AND used_at IS NULL AND expires_at > $1
                 AND credentials_epoch =
                     (SELECT a.credentials_epoch FROM accounts a WHERE a.id = one_time.account_id)";
    mark(tx, sql, id, browser).await
}

pub(super) async fn mark_answered(tx: &mut Tx, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    let sql = "UPDATE one_time SET answered_at = $1, answered_browser = $2
               WHERE id = $3 AND used_at IS NULL AND expires_at > $1
                 AND credentials_epoch =
                     (SELECT a.credentials_epoch FROM accounts a WHERE a.id = one_time.account_id)";
    mark(tx, sql, id, browser).await
}

pub(super) async fn mark_mailbox(tx: &mut Tx, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    // What was typed in another browser was not typed in this one.
    let sql = "UPDATE one_time SET mailbox_at = $1, mailbox_browser = $2,
                   mailbox_pair = CASE WHEN mailbox_browser = $2 THEN mailbox_pair END
               WHERE id = $3 AND used_at IS NULL AND expires_at > $1
                 AND credentials_epoch =
                     (SELECT a.credentials_epoch FROM accounts a WHERE a.id = one_time.account_id)";
    mark(tx, sql, id, browser).await
}

pub(super) async fn mark_pair(
    tx: &mut Tx,
    id: &OneTimeId,
    browser: &[u8; 32],
    pair: &OneTimeId,
) -> Result<bool, Error> {
    let now = tx.now();
    let marked = tx
        .execute(
            "UPDATE one_time SET mailbox_pair = $1
             WHERE id = $2 AND mailbox_browser = $3 AND used_at IS NULL AND expires_at > $4
               AND credentials_epoch =
                   (SELECT a.credentials_epoch FROM accounts a WHERE a.id = one_time.account_id)",
            &[pair, id, browser, &now],
        )
        .await?;
    Ok(marked == 1)
}

pub(super) async fn mailboxes_shown(
    tx: &mut Tx,
    purpose: Purpose,
    account: &AccountId,
) -> Result<Vec<(OneTimeId, Vec<u8>)>, Error> {
    let now = tx.now();
    let rows = tx
        .all(
            "SELECT s.id, s.mailbox_browser FROM one_time s JOIN accounts a ON a.id = s.account_id
             WHERE s.account_id = $1 AND s.purpose = $2 AND s.mailbox_browser IS NOT NULL
               AND s.used_at IS NULL AND s.expires_at > $3 AND s.credentials_epoch = a.credentials_epoch
             ORDER BY s.created_at DESC, s.id LIMIT 50",
            &[&account.as_str(), &purpose.name(), &now],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub(super) async fn retire_of_organization(
    tx: &mut Tx,
    purpose: Purpose,
    organization: &OrganizationId,
) -> Result<u64, Error> {
    let now = tx.now();
    tx.execute(
        "UPDATE one_time SET used_at = $1
         WHERE purpose = $2 AND used_at IS NULL
           AND account_id IN (SELECT a.id FROM accounts a WHERE a.organization_id = $3)",
        &[&now, &purpose.name(), &organization.as_str()],
    )
    .await
}

/// Notes something that was shown beside a secret, when and in which browser; false where the secret works no more.
async fn mark(tx: &mut Tx, sql: &'static str, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    let now = tx.now();
    Ok(tx.execute(sql, &[&now, browser, &id.as_str()]).await? == 1)
}

pub(super) async fn start(tx: &mut Tx, id: &OneTimeId) -> Result<(), Error> {
    let now = tx.now();
    tx.tell("UPDATE one_time SET expires_at = $1 + lifetime WHERE id = $2 AND used_at IS NULL", &[&now, &id.as_str()])
        .await
}

pub(super) async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM one_time WHERE id IN
             (SELECT s.id FROM one_time s
              WHERE s.created_at < $1 AND s.created_at + s.lifetime < $1
                AND (s.expires_at < $1 OR (s.expires_at IS NULL AND NOT EXISTS
                    (SELECT 1 FROM outbox o WHERE o.id = s.outbox_id AND o.state IN ('queued', 'deferred'))))
              LIMIT 500)",
        &[&before],
    )
    .await
}
