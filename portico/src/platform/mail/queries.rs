//! All SQL on the outbox.

use std::time::Duration;

use store::{Error, Row, Tx};

use super::LEASE;
use super::rules::Fate;
use super::smtp::Reply;
use crate::platform::clock::{Time, micros};
use crate::platform::ids::{AccountId, OutboxId};

pub(super) struct NewMail<'a> {
    pub id: &'a OutboxId,
    pub kind: &'a str,
    pub recipient: Option<&'a str>,
    pub facts: &'a str,
    pub language: &'a str,
    pub account: Option<&'a AccountId>,
    pub message_id: &'a str,
}

/// A mail one courier has claimed, and nobody else has.
pub(super) struct Claimed {
    pub id: String,
    pub kind: String,
    pub recipient: Option<String>,
    pub facts: String,
    pub language: String,
    pub message_id: String,
    pub attempts: i64,
    pub created_at: Time,
    pub account: Option<String>,
    /// Of the account's organization.
    pub time_zone: Option<String>,
    pub lease: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Queued,
    Deferred,
    HandedOver,
    Refused,
    /// Handed over, and sent back by whoever had it then.
    Bounced,
    Dropped,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Deferred => "deferred",
            State::HandedOver => "handed_over",
            State::Refused => "refused",
            State::Bounced => "bounced",
            State::Dropped => "dropped",
        }
    }

    fn parse(name: &str) -> Result<State, Error> {
        [State::Queued, State::Deferred, State::HandedOver, State::Refused, State::Bounced, State::Dropped]
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or_else(|| Error::column("a mail is in a state this version does not know"))
    }
}

/// A mail's life line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub state: State,
    pub attempts: i64,
    pub handed_over_at: Option<Time>,
    pub bounced_at: Option<Time>,
    pub smtp_code: Option<i64>,
    pub smtp_reply: Option<String>,
    /// None once nothing more will be tried.
    pub next_attempt_at: Option<Time>,
}

/// A mail as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    pub id: String,
    pub kind: String,
    pub recipient: Option<String>,
    pub created_at: Time,
    pub line: Line,
}

/// Whose mails are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    Recipient(&'a str),
    Account(&'a AccountId),
}

pub(super) async fn insert(tx: &mut Tx, mail: &NewMail<'_>) -> Result<(), Error> {
    let now = tx.now();
    let domain = mail.recipient.and_then(|to| to.rsplit_once('@')).map(|(_, domain)| domain.to_lowercase());
    tx.tell(
        "INSERT INTO outbox (id, kind, recipient, facts, language, account_id, message_id,
                             state, attempts, next_attempt_at, created_at, domain)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', 0, $8, $8, $9)",
        &[
            &mail.id.as_str(),
            &mail.kind,
            &mail.recipient,
            &mail.facts,
            &mail.language,
            &mail.account.map(AccountId::as_str),
            &mail.message_id,
            &now,
            &domain,
        ],
    )
    .await
}

/// Whether anything is due: a look that costs no write.
pub(super) async fn is_due(tx: &mut Tx) -> Result<bool, Error> {
    let now = tx.now();
    tx.first(
        "SELECT id FROM outbox
         WHERE state IN ('queued', 'deferred') AND next_attempt_at <= $1
           AND (leased_until IS NULL OR leased_until <= $1)
         LIMIT 1",
        &[&now],
    )
    .await
    .map(|row| row.is_some())
}

/// Claims the mail that has waited longest, under a lease nobody else has ever held. The attempt is counted here and not
/// with its outcome, so that a mail which kills its courier does not come back every time as if it were new.
pub(super) async fn claim(tx: &mut Tx, lease: &str) -> Result<Option<Claimed>, Error> {
    let now = tx.now();
    let due = tx
        .first(
            "SELECT m.id, m.kind, m.recipient, m.facts, m.language, m.message_id, m.attempts + 1,
                    m.created_at, m.account_id, o.time_zone
             FROM outbox m
             LEFT JOIN accounts a ON a.id = m.account_id
             LEFT JOIN organizations o ON o.id = a.organization_id
             WHERE m.state IN ('queued', 'deferred') AND m.next_attempt_at <= $1
               AND (m.leased_until IS NULL OR m.leased_until <= $1)
             ORDER BY m.next_attempt_at, m.id LIMIT 1",
            &[&now],
        )
        .await?;
    let Some(row) = due else { return Ok(None) };
    let mail = read_claimed(&row, lease)?;
    let until = now.saturating_add(micros(LEASE));
    let claimed = tx
        .execute(
            "UPDATE outbox SET lease = $1, leased_until = $2, attempts = attempts + 1
             WHERE id = $3 AND state IN ('queued', 'deferred')
               AND (leased_until IS NULL OR leased_until <= $4)",
            &[&lease, &until, &mail.id, &now],
        )
        .await?;
    Ok((claimed == 1).then_some(mail))
}

fn read_claimed(row: &Row, lease: &str) -> Result<Claimed, Error> {
    Ok(Claimed {
        id: row.get(0)?,
        kind: row.get(1)?,
        recipient: row.get(2)?,
        facts: row.get(3)?,
        language: row.get(4)?,
        message_id: row.get(5)?,
        attempts: row.get(6)?,
        created_at: Time(row.get(7)?),
        account: row.get(8)?,
        time_zone: row.get(9)?,
        lease: lease.to_owned(),
    })
}

/// The fence in front of DATA: renews the lease if it is still this courier's.
pub(super) async fn renew(tx: &mut Tx, mail: &Claimed) -> Result<bool, Error> {
    let until = tx.now().saturating_add(micros(LEASE));
    let renewed = tx
        .execute("UPDATE outbox SET leased_until = $1 WHERE id = $2 AND lease = $3", &[&until, &mail.id, &mail.lease])
        .await?;
    Ok(renewed == 1)
}

pub(super) async fn handed_over(tx: &mut Tx, mail: &Claimed, reply: &Reply) -> Result<bool, Error> {
    let now = tx.now();
    let written = tx
        .execute(
            "UPDATE outbox
             SET state = 'handed_over', handed_over_at = $1, smtp_code = $2, smtp_reply = $3,
                 lease = NULL, leased_until = NULL
             WHERE id = $4 AND lease = $5",
            &[&now, &reply.code.map(i64::from), &reply.text, &mail.id, &mail.lease],
        )
        .await?;
    Ok(written == 1)
}

pub(super) async fn failed(tx: &mut Tx, mail: &Claimed, reply: &Reply, fate: Fate) -> Result<bool, Error> {
    let (state, next) = match fate {
        Fate::Deferred(at) => (State::Deferred, at),
        Fate::Refused => (State::Refused, Time(tx.now())),
    };
    let written = tx
        .execute(
            "UPDATE outbox
             SET state = $1, next_attempt_at = $2, smtp_code = $3, smtp_reply = $4,
                 lease = NULL, leased_until = NULL
             WHERE id = $5 AND lease = $6",
            &[&state.name(), &next.0, &reply.code.map(i64::from), &reply.text, &mail.id, &mail.lease],
        )
        .await?;
    Ok(written == 1)
}

pub(super) async fn dropped(tx: &mut Tx, mail: &Claimed) -> Result<bool, Error> {
    let written = tx
        .execute(
            "UPDATE outbox SET state = 'dropped', lease = NULL, leased_until = NULL
             WHERE id = $1 AND lease = $2",
            &[&mail.id, &mail.lease],
        )
        .await?;
    Ok(written == 1)
}

pub(super) async fn line(tx: &mut Tx, id: &OutboxId) -> Result<Option<Line>, Error> {
    let row = tx
        .first(
            "SELECT state, attempts, handed_over_at, smtp_code, smtp_reply, next_attempt_at, bounced_at
             FROM outbox WHERE id = $1",
            &[&id.as_str()],
        )
        .await?;
    row.map(|row| read_line(&row, 0)).transpose()
}

pub(super) async fn recent(tx: &mut Tx, whose: Whose<'_>) -> Result<Vec<Recent>, Error> {
    let rows = match whose {
        Whose::Recipient(address) => {
            tx.all(
                "SELECT id, kind, recipient, created_at,
                        state, attempts, handed_over_at, smtp_code, smtp_reply, next_attempt_at, bounced_at
                 FROM outbox WHERE recipient = $1 ORDER BY created_at DESC, id DESC LIMIT 100",
                &[&address],
            )
            .await?
        }
        Whose::Account(account) => {
            tx.all(
                "SELECT id, kind, recipient, created_at,
                        state, attempts, handed_over_at, smtp_code, smtp_reply, next_attempt_at, bounced_at
                 FROM outbox WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT 100",
                &[&account.as_str()],
            )
            .await?
        }
    };
    rows.iter().map(read_recent).collect()
}

fn read_recent(row: &Row) -> Result<Recent, Error> {
    Ok(Recent {
        id: row.get(0)?,
        kind: row.get(1)?,
        recipient: row.get(2)?,
        created_at: Time(row.get(3)?),
        line: read_line(row, 4)?,
    })
}

/// Reads the seven columns of a life line from column `at` on.
fn read_line(row: &Row, at: usize) -> Result<Line, Error> {
    let state = State::parse(&row.get::<String>(at)?)?;
    let next: i64 = row.get(at + 5)?;
    let waits = matches!(state, State::Queued | State::Deferred);
    Ok(Line {
        state,
        attempts: row.get(at + 1)?,
        handed_over_at: row.get::<Option<i64>>(at + 2)?.map(Time),
        smtp_code: row.get(at + 3)?,
        smtp_reply: row.get(at + 4)?,
        next_attempt_at: waits.then_some(Time(next)),
        bounced_at: row.get::<Option<i64>>(at + 6)?.map(Time),
    })
}

/// What was written for its timing only tells nobody anything after that.
const DROPPED_KEPT: Duration = Duration::from_secs(24 * 3_600);

/// Forgets some of the mails whose fate was decided before `before`, and says how many.
pub(super) async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    let dropped_before = Time(tx.now()) - DROPPED_KEPT;
    tx.execute(
        "DELETE FROM outbox WHERE id IN
             (SELECT id FROM outbox
              WHERE (state IN ('handed_over', 'refused', 'bounced') AND next_attempt_at < $1
                     AND COALESCE(handed_over_at, next_attempt_at) < $1)
                 OR (state = 'dropped' AND next_attempt_at < $2)
              LIMIT 500)",
        &[&before, &dropped_before],
    )
    .await
}
