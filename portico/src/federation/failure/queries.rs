use store::{Error, Row, Tx};

use super::Cause;
use super::rules::most_listed_of_brought;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, FailureId, OrganizationId, SignInId};
use crate::platform::spelled::parse;

pub struct NewFailure<'a> {
    pub id: &'a FailureId,
    pub reference: &'a str,
    pub connection: &'a ConnectionId,
    pub organization: &'a OrganizationId,
    pub cause: Cause,
    pub detail: &'a str,
    pub sign_in: &'a SignInId,
    pub came_as: Option<&'a str>,
    pub browser: &'a [u8; 32],
    /// The browser can have brought it about.
    pub brought: bool,
}

/// Whether the same failure of the same sign-in is kept already. What was said does not tell two apart: it is a stranger's to choose.
pub async fn is_kept(tx: &mut Tx, new: &NewFailure<'_>) -> Result<bool, Error> {
    let row = tx
        .first(
            "SELECT id FROM federation_failures
             WHERE browser = $1 AND sign_in_id = $2 AND connection_id = $3 AND cause = $4",
            &[new.browser, new.sign_in, new.connection, &new.cause.as_str()],
        )
        .await?;
    Ok(row.is_some())
}

/// Keeps that the same failure has come once more, with what was said now, and answers its reference; `None`: it is the first.
pub async fn keep_again(tx: &mut Tx, new: &NewFailure<'_>) -> Result<Option<String>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "UPDATE federation_failures
             SET times = times + 1, at = $1, detail = $2, came_as = $3, brought_at = $4
             WHERE browser = $5 AND sign_in_id = $6 AND connection_id = $7 AND cause = $8
             RETURNING reference",
            &[
                &now,
                &new.detail,
                &new.came_as,
                &new.brought.then_some(now),
                new.browser,
                new.sign_in,
                new.connection,
                &new.cause.as_str(),
            ],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

pub async fn keep(tx: &mut Tx, new: &NewFailure<'_>) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO federation_failures (id, reference, connection_id, organization_id, cause, detail, sign_in_id, came_as,
                                          browser, brought_at, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            new.id,
            &new.reference,
            new.connection,
            new.organization,
            &new.cause.as_str(),
            &new.detail,
            new.sign_in,
            &new.came_as,
            new.browser,
            &new.brought.then_some(now),
            &now,
        ],
    )
    .await
    .map(drop)
}

/// How many failures of a sign-in are kept.
pub async fn kept_of(tx: &mut Tx, sign_in: &SignInId, browser: &[u8; 32]) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) FROM federation_failures WHERE browser = $1 AND sign_in_id = $2";
    tx.first(sql, &[browser, sign_in]).await?.map_or(Ok(0), |row| row.get(0))
}

/// What its page shows.
pub struct Shown {
    pub cause: Cause,
    pub sign_in: SignInId,
    pub came_as: Option<String>,
    pub connection: ConnectionId,
    /// The connection's name.
    pub name: String,
    /// Whom its organization's people may ask.
    pub contact: Option<String>,
}

/// The failure of a reference, if it was this browser's.
pub async fn of_browser(tx: &mut Tx, reference: &str, browser: &[u8; 32]) -> Result<Option<Shown>, Error> {
    let row = tx
        .first(
            "SELECT f.cause, f.sign_in_id, f.came_as, f.connection_id, c.name, o.contact
             FROM federation_failures f JOIN connections c ON c.id = f.connection_id
             JOIN organizations o ON o.id = f.organization_id
             WHERE f.reference = $1 AND f.browser = $2",
            &[&reference, browser],
        )
        .await?;
    let read = |row: Row| {
        Ok(Shown {
            cause: parse(&row.get::<String>(0)?)?,
            sign_in: row.get(1)?,
            came_as: row.get(2)?,
            connection: row.get(3)?,
            name: row.get(4)?,
            contact: row.get(5)?,
        })
    };
    row.map(read).transpose()
}

/// A failure as administrators see it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub reference: String,
    pub cause: Cause,
    /// Of the last time.
    pub detail: String,
    pub at: Time,
    /// How often it came in the same sign-in.
    pub times: i64,
}

/// The last failures of a connection, newest first. Those that a browser can have made up do not push the others out.
pub async fn listed(tx: &mut Tx, connection: &ConnectionId, most: i64) -> Result<Vec<Listed>, Error> {
    let rows = tx
        .all(
            "SELECT reference, cause, detail, at, times FROM federation_failures
             WHERE connection_id = $1
               AND (brought_at IS NULL
                    OR id IN (SELECT id FROM federation_failures WHERE connection_id = $1 AND brought_at IS NOT NULL
                              ORDER BY at DESC, id LIMIT $3))
             ORDER BY at DESC, id LIMIT $2",
            &[connection, &most, &most_listed_of_brought(most)],
        )
        .await?;
    rows.iter().map(read_listed).collect()
}

/// The failure of a connection that people were told this reference of, however many came since.
pub async fn listed_as(tx: &mut Tx, connection: &ConnectionId, reference: &str) -> Result<Option<Listed>, Error> {
    let row = tx
        .first(
            "SELECT reference, cause, detail, at, times FROM federation_failures
             WHERE connection_id = $1 AND reference = $2",
            &[connection, &reference.to_ascii_uppercase()],
        )
        .await?;
    row.as_ref().map(read_listed).transpose()
}

fn read_listed(row: &Row) -> Result<Listed, Error> {
    Ok(Listed {
        reference: row.get(0)?,
        cause: parse(&row.get::<String>(1)?)?,
        detail: row.get(2)?,
        at: row.get(3)?,
        times: row.get(4)?,
    })
}

/// The last failures of sign-ins that named an account, newest first.
pub async fn failures_of_account(tx: &mut Tx, account: &AccountId, most: i64) -> Result<Vec<Listed>, Error> {
    let rows = tx
        .all(
            "SELECT f.reference, f.cause, f.detail, f.at, f.times
             FROM federation_failures f JOIN sign_ins s ON s.id = f.sign_in_id
             WHERE s.subject = $1 ORDER BY f.at DESC, f.id LIMIT $2",
            &[account, &most],
        )
        .await?;
    rows.iter().map(read_listed).collect()
}

/// In how many browsers a connection has failed since `since` for reasons of its own, and since the last time that anybody came
/// back from it well. What the browsers themselves can have brought about is no reason: cookies cost nothing, and a few of them
/// would tell everybody of an outage that there is not.
pub async fn failing_browsers(tx: &mut Tx, connection: &ConnectionId, since: Time) -> Result<i64, Error> {
    let row = tx
        .first(
            "SELECT COUNT(DISTINCT f.browser) FROM federation_failures f
             WHERE f.connection_id = $1 AND f.at > $2
               AND f.brought_at IS NULL
               AND f.cause IN ('clock_off', 'signature_unknown', 'not_answering', 'wrong_answer', 'not_set_up')
               AND NOT EXISTS (SELECT 1 FROM federated_sessions s
                               WHERE s.connection_id = $1 AND s.created_at > $2 AND s.created_at >= f.at)",
            &[connection, &since],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Forgets some of the failures before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM federation_failures WHERE id IN (SELECT id FROM federation_failures WHERE at < $1 LIMIT 500)",
        &[&before],
    )
    .await
}
