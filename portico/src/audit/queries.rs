//! All SQL on the audit trail.

use serde_json::Value;
use store::{Error, Tx};

use super::chain::{Head, Mac, ORIGIN, Row, Sealed};
use super::told::{Doer, Place, Told};
use super::{Actor, Entry, Event};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};

pub(super) async fn insert(tx: &mut Tx, id: &str, entry: &Entry<'_>) -> Result<(), Error> {
    let now = tx.now();
    let actor = match entry.actor {
        Actor::Account(account) => format!("account:{account}"),
        Actor::Browser => "browser".to_owned(),
        Actor::Client(client) => format!("client:{client}"),
        Actor::Command => "command".to_owned(),
        Actor::System => "system".to_owned(),
    };
    tx.tell(
        "INSERT INTO audit (id, at, event, actor, account_id, organization_id, source, details)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &id,
            &now,
            &entry.event.name(),
            &actor,
            &entry.account.map(AccountId::as_str),
            &entry.organization.map(OrganizationId::as_str),
            &entry.source.as_ref().map(|source| &source.address),
            &details(entry),
        ],
    )
    .await
    .map(drop)
}

/// With the browser in them, where there was one: what was sealed before it was noted has no column for it.
fn details(entry: &Entry<'_>) -> String {
    let browser = entry.source.as_ref().and_then(|source| source.browser.as_deref());
    match (browser, &entry.details) {
        (Some(browser), Value::Object(details)) => {
            let mut details = details.clone();
            details.insert("browser".to_owned(), browser.into());
            Value::Object(details).to_string()
        }
        (_, details) => details.to_string(),
    }
}

/// What is told of an account, newest first: since `since`, and before `before`. The index is by account and time.
pub(super) async fn told_of(
    tx: &mut Tx,
    account: &AccountId,
    since: Time,
    before: &Place,
    most: i64,
) -> Result<Vec<Told>, Error> {
    let rows = tx
        .all(
            "SELECT id, at, event, actor, source, details FROM audit
             WHERE account_id = $1 AND at >= $2 AND at <= $3 AND (at < $3 OR id < $4)
             ORDER BY at DESC, id DESC LIMIT $5",
            &[account, &since, &before.at, &before.id, &most],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let (name, actor, details): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(5)?);
            Ok(Told {
                id: row.get(0)?,
                at: row.get(1)?,
                event: Event::of_name(&name),
                name,
                doer: Doer::of(&actor, account),
                address: row.get(4)?,
                details: serde_json::from_str(&details).unwrap_or(Value::Null),
            })
        })
        .collect()
}

pub(super) async fn has_unsealed(tx: &mut Tx) -> Result<bool, Error> {
    tx.first("SELECT id FROM audit WHERE sequence IS NULL LIMIT 1", &[]).await.map(|row| row.is_some())
}

pub(super) async fn unsealed(tx: &mut Tx, limit: i64) -> Result<Vec<Row>, Error> {
    let rows = tx
        .all(
            "SELECT id, at, event, actor, account_id, organization_id, source, details
             FROM audit WHERE sequence IS NULL ORDER BY id LIMIT $1",
            &[&limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn seal(tx: &mut Tx, id: &str, sequence: i64, mac: &Mac) -> Result<bool, Error> {
    let sealed = tx
        .execute("UPDATE audit SET sequence = $1, mac = $2 WHERE id = $3 AND sequence IS NULL", &[&sequence, mac, &id])
        .await?;
    Ok(sealed == 1)
}

pub(super) async fn head(tx: &mut Tx) -> Result<Option<Head>, Error> {
    let row = tx.first("SELECT sequence, mac FROM audit_head WHERE id = 1", &[]).await?;
    row.map(|row| Ok(Head { sequence: row.get(0)?, mac: row.get(1)? })).transpose()
}

/// Begins the chain where there is none yet.
pub(super) async fn plant_head(tx: &mut Tx) -> Result<Head, Error> {
    tx.execute("INSERT INTO audit_head (id, sequence, mac) VALUES (1, 0, $1)", &[&ORIGIN]).await?;
    Ok(Head { sequence: 0, mac: ORIGIN.to_vec() })
}

/// Moves the head from the number it was read at; false when somebody else has moved it.
pub(super) async fn move_head(tx: &mut Tx, from: i64, to: &Head) -> Result<bool, Error> {
    let moved = tx
        .execute(
            "UPDATE audit_head SET sequence = $1, mac = $2 WHERE id = 1 AND sequence = $3",
            &[&to.sequence, &to.mac, &from],
        )
        .await?;
    Ok(moved == 1)
}

/// The highest number given so far, and how many rows have none.
pub(super) async fn extent(tx: &mut Tx) -> Result<(i64, i64), Error> {
    let highest = tx.first("SELECT max(sequence) FROM audit", &[]).await?;
    let young = tx.first("SELECT count(*) FROM audit WHERE sequence IS NULL", &[]).await?;
    let highest = highest.map_or(Ok(None), |row| row.get::<Option<i64>>(0))?;
    let young = young.map_or(Ok(0), |row| row.get(0))?;
    Ok((highest.unwrap_or(0), young))
}

pub(super) async fn sealed(tx: &mut Tx, after: i64, up_to: i64, limit: i64) -> Result<Vec<Sealed>, Error> {
    let rows = tx
        .all(
            "SELECT id, at, event, actor, account_id, organization_id, source, details, sequence, mac
             FROM audit WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence LIMIT $3",
            &[&after, &up_to, &limit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Sealed {
                row: read(row)?,
                sequence: row.get(8)?,
                mac: row.get::<Option<Vec<u8>>>(9)?.unwrap_or_default(),
            })
        })
        .collect()
}

fn read(row: &store::Row) -> Result<Row, Error> {
    Ok(Row {
        id: row.get(0)?,
        at: row.get(1)?,
        event: row.get(2)?,
        actor: row.get(3)?,
        account: row.get(4)?,
        organization: row.get(5)?,
        source: row.get(6)?,
        details: row.get(7)?,
    })
}
