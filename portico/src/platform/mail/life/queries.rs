use store::{Error, Row, Tx};

use super::{Event, Fault, Happened};
use crate::platform::clock::Time;
use crate::platform::mail::smtp::Reply;
use crate::platform::spelled::parse;

/// How many different things are kept of one mail; a server that says something new each time must not fill a disk.
const LINES: i64 = 50;

pub(super) async fn note(
    tx: &mut Tx,
    mail: &str,
    what: Happened,
    fault: Option<Fault>,
    reply: &Reply,
) -> Result<(), Error> {
    let now = tx.now();
    let code = reply.code.map(i64::from);
    let id = format!("{mail}/{}/{}", what.as_str(), code.unwrap_or(0));
    tx.execute(
        "INSERT INTO mail_events (id, outbox_id, state, fault, code, reply, times, first_at, last_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7)
         ON CONFLICT (id) DO UPDATE SET times = mail_events.times + 1, fault = excluded.fault,
             reply = excluded.reply, last_at = excluded.last_at",
        &[&id, &mail, &what.as_str(), &fault.map(Fault::as_str), &code, &reply.text, &now],
    )
    .await
    .map(drop)
}

pub(super) async fn events(tx: &mut Tx, mail: &str) -> Result<Vec<Event>, Error> {
    let rows = tx
        .all(
            "SELECT state, code, reply, times, first_at, last_at FROM mail_events
             WHERE outbox_id = $1 ORDER BY first_at, last_at, id LIMIT $2",
            &[&mail, &LINES],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Event, Error> {
    Ok(Event {
        what: parse::<Happened>(&row.get::<String>(0)?)?,
        code: row.get(1)?,
        reply: row.get(2)?,
        times: row.get(3)?,
        first_at: row.get(4)?,
        last_at: row.get(5)?,
    })
}

/// When a form used the link of this mail, by a browser: what was only retired has none.
pub(super) async fn link_used_at(tx: &mut Tx, mail: &str) -> Result<Option<Time>, Error> {
    let row = tx
        .first("SELECT MIN(used_at) FROM one_time WHERE outbox_id = $1 AND used_browser IS NOT NULL", &[&mail])
        .await?;
    row.map_or(Ok(None), |row| row.get(0))
}

/// How many people at one domain had mail taken, or turned away for no fault of their mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub domain: String,
    pub taken: i64,
    pub turned_away: i64,
    /// Those whose mail was sent back, and those whose mailbox was found wanting.
    pub bounced: i64,
    pub no_mailbox: i64,
    pub waiting: i64,
}

// Long because it is one statement twice: of all domains, and of one.
pub(super) async fn troubles(tx: &mut Tx, since: Time) -> Result<Vec<Trouble>, Error> {
    let rows = tx
        .all(
            "SELECT o.domain,
                    COUNT(DISTINCT CASE WHEN o.state = 'handed_over' THEN o.recipient END),
                    COUNT(DISTINCT CASE WHEN e.fault = 'server' AND o.state IN ('refused', 'bounced') THEN o.recipient END),
                    COUNT(DISTINCT CASE WHEN o.state = 'bounced' THEN o.recipient END),
                    COUNT(DISTINCT CASE WHEN e.fault = 'mailbox' AND o.state IN ('refused', 'bounced') THEN o.recipient END),
                    COUNT(DISTINCT CASE WHEN o.state IN ('queued', 'deferred') THEN o.recipient END)
             FROM outbox o LEFT JOIN mail_events e ON e.outbox_id = o.id
             WHERE o.domain IS NOT NULL AND o.created_at >= $1
             GROUP BY o.domain ORDER BY o.domain",
            &[&since],
        )
        .await?;
    rows.iter().map(trouble).collect()
}

pub(super) async fn troubles_of(tx: &mut Tx, since: Time, domain: &str) -> Result<Vec<Trouble>, Error> {
    let rows = tx
        .all(
            "SELECT o.domain,
                    COUNT(DISTINCT CASE WHEN o.state = 'handed_over' THEN o.recipient END),
                    COUNT(DISTINCT CASE WHEN e.fault = 'server' AND o.state IN ('refused', 'bounced') THEN o.recipient END),
                    COUNT(DISTINCT CASE WHEN o.state = 'bounced' THEN o.recipient END),
                    COUNT(DISTINCT CASE WHEN e.fault = 'mailbox' AND o.state IN ('refused', 'bounced') THEN o.recipient END),
                    COUNT(DISTINCT CASE WHEN o.state IN ('queued', 'deferred') THEN o.recipient END)
             FROM outbox o LEFT JOIN mail_events e ON e.outbox_id = o.id
             WHERE o.domain = $2 AND o.created_at >= $1
             GROUP BY o.domain",
            &[&since, &domain],
        )
        .await?;
    rows.iter().map(trouble).collect()
}

fn trouble(row: &Row) -> Result<Trouble, Error> {
    Ok(Trouble {
        domain: row.get(0)?,
        taken: row.get(1)?,
        turned_away: row.get(2)?,
        bounced: row.get(3)?,
        no_mailbox: row.get(4)?,
        waiting: row.get(5)?,
    })
}

pub(super) async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM mail_events WHERE id IN
             (SELECT e.id FROM mail_events e
              WHERE e.last_at < $1 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = e.outbox_id)
              LIMIT 500)",
        &[&before],
    )
    .await
}
