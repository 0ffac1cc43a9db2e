use store::{Error, Row, Tx};

use super::Topic;
use super::rules::Request;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId, SupportId};
use crate::platform::spelled::parse;

/// A request about to be written, with what is known around it.
pub struct New<'a> {
    pub id: &'a SupportId,
    pub form: &'a str,
    pub browser: &'a [u8; 32],
    pub number: &'a str,
    pub request: &'a Request,
    pub identifier: Option<&'a str>,
    pub organization: Option<&'a OrganizationId>,
    pub account: Option<&'a AccountId>,
}

/// False when this form was sent before.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<bool, Error> {
    let now = Time(tx.now());
    let request = new.request;
    let inserted = tx
        .execute(
            "INSERT INTO support_requests (id, form, browser, number, kind, topic, reference, name, email, phone,
                                           best_time, message, identifier, organization_id, account_id, created_at,
                                           administrators_due_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
             ON CONFLICT (form) DO NOTHING",
            &[
                new.id,
                &new.form,
                new.browser,
                &new.number,
                &request.kind.as_str(),
                &request.topic.as_str(),
                &request.reference,
                &request.name,
                &request.email.as_ref().map(|email| email.as_str().to_owned()),
                &request.phone,
                &request.best_time,
                &request.message,
                &new.identifier,
                &new.organization,
                &new.account,
                &now,
                &request.topic.is_for_administrators().then_some(now),
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// The request a form of this browser became.
pub async fn sent_with(tx: &mut Tx, form: &str, browser: &[u8; 32]) -> Result<Option<SupportId>, Error> {
    let sql = "SELECT id FROM support_requests WHERE form = $1 AND browser = $2";
    tx.first(sql, &[&form, browser]).await?.map(|row| row.get(0)).transpose()
}

/// A request that administrators are to be told of.
pub struct Due {
    pub topic: Topic,
    pub number: String,
    pub identifier: Option<String>,
    pub account: Option<AccountId>,
    pub organization: OrganizationId,
}

pub async fn due(tx: &mut Tx) -> Result<Vec<SupportId>, Error> {
    let now = Time(tx.now());
    let sql =
        "SELECT id FROM support_requests WHERE administrators_due_at <= $1 ORDER BY administrators_due_at LIMIT 20";
    tx.all(sql, &[&now]).await?.iter().map(|row| row.get(0)).collect()
}

/// Takes a request, for exactly one caller; `None` also when it is of no organization.
pub async fn take_due(tx: &mut Tx, id: &SupportId) -> Result<Option<Due>, Error> {
    let row = tx
        .first(
            "UPDATE support_requests SET administrators_due_at = NULL
             WHERE id = $1 AND administrators_due_at IS NOT NULL
             RETURNING topic, number, identifier, account_id, organization_id",
            &[id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(organization) = row.get(4)? else { return Ok(None) };
    let topic = parse(&row.get::<String>(0)?)?;
    Ok(Some(Due { topic, number: row.get(1)?, identifier: row.get(2)?, account: row.get(3)?, organization }))
}

/// A request as its page and a list show it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub id: SupportId,
    pub number: String,
    pub kind: String,
    pub topic: String,
    pub reference: Option<String>,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub best_time: Option<String>,
    pub message: String,
    pub identifier: Option<String>,
    pub created_at: Time,
}

pub async fn of_browser(tx: &mut Tx, id: &SupportId, browser: &[u8; 32]) -> Result<Option<Sent>, Error> {
    let row = tx
        .first(
            "SELECT id, number, kind, topic, reference, name, email, phone, best_time, message, identifier, created_at
             FROM support_requests WHERE id = $1 AND browser = $2",
            &[id, browser],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The latest requests that nobody has answered, newest first.
pub async fn open(tx: &mut Tx) -> Result<Vec<Sent>, Error> {
    let rows = tx
        .all(
            "SELECT id, number, kind, topic, reference, name, email, phone, best_time, message, identifier, created_at
             FROM support_requests WHERE answered_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 200",
            &[],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Sent, Error> {
    Ok(Sent {
        id: row.get(0)?,
        number: row.get(1)?,
        kind: row.get(2)?,
        topic: row.get(3)?,
        reference: row.get(4)?,
        name: row.get(5)?,
        email: row.get(6)?,
        phone: row.get(7)?,
        best_time: row.get(8)?,
        message: row.get(9)?,
        identifier: row.get(10)?,
        created_at: row.get(11)?,
    })
}

/// Keeps what was typed in a browser; the last one counts.
pub async fn keep_draft(tx: &mut Tx, browser: &[u8; 32], sealed: &str) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO support_drafts (browser, draft, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (browser) DO UPDATE SET draft = excluded.draft, updated_at = excluded.updated_at",
        &[browser, &sealed, &now],
    )
    .await
    .map(drop)
}

pub async fn draft(tx: &mut Tx, browser: &[u8; 32]) -> Result<Option<String>, Error> {
    let row = tx.first("SELECT draft FROM support_drafts WHERE browser = $1", &[browser]).await?;
    row.map(|row| row.get(0)).transpose()
}

pub async fn drop_draft(tx: &mut Tx, browser: &[u8; 32]) -> Result<(), Error> {
    tx.execute("DELETE FROM support_drafts WHERE browser = $1", &[browser]).await.map(drop)
}

/// Forgets some of the requests made before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM support_requests WHERE id IN
             (SELECT id FROM support_requests WHERE created_at < $1 LIMIT 500)",
        &[&before],
    )
    .await
}

/// The same for forms that were never sent.
pub async fn purge_drafts(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM support_drafts WHERE browser IN
             (SELECT browser FROM support_drafts WHERE updated_at < $1 LIMIT 500)",
        &[&before],
    )
    .await
}
