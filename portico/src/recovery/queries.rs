use store::{Error, Tx};

use crate::audit::Event;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OneTimeId, OrganizationId, OutboxId, RecoveryId, SignInId};
use crate::platform::spelled::{parse, spelled};

use super::rules::{RESEND_AFTER, SENDS, Way};
use crate::sign_in::Destination;

/// What was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Password,
    UserName,
    /// What keeps them out: **Help me sign in**.
    Help,
}

spelled!(Kind { Password = "password", UserName = "user_name", Help = "help" });

impl Kind {
    /// What the audit trail calls asking for it.
    pub fn event(self) -> Event {
        match self {
            Kind::Password => Event::RecoveryRequested,
            Kind::UserName => Event::UserNameRequested,
            Kind::Help => Event::HelpRequested,
        }
    }
}

/// One request, in one browser.
#[derive(Clone, Debug)]
pub struct Recovery {
    pub id: RecoveryId,
    pub kind: Kind,
    /// As typed.
    pub identifier: String,
    /// What whoever asks reads, for a mail to somebody whose own language is not known.
    pub language: Option<String>,
    pub sign_in: Option<SignInId>,
    pub destination: Destination,
    /// Its answer is still being written.
    pub due: bool,
    pub outbox: Option<OutboxId>,
    pub sent_at: Time,
    /// None while questions are asked instead.
    pub sends: i64,
    pub way: Way,
    /// What right answers gave this browser.
    pub grant: Option<OneTimeId>,
}

pub async fn insert(tx: &mut Tx, browser: &[u8; 32], recovery: &Recovery) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO recoveries (id, browser, kind, identifier, sign_in_id, destination, outbox_id, sent_at, sends,
                                 way, created_at, due_at, language)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &[
            &recovery.id,
            browser,
            &recovery.kind.as_str(),
            &recovery.identifier,
            &recovery.sign_in,
            &recovery.destination.word(),
            &recovery.outbox,
            &recovery.sent_at,
            &recovery.sends,
            &recovery.way.as_str(),
            &now,
            &recovery.due.then_some(now),
            &recovery.language,
        ],
    )
    .await?;
    Ok(())
}

/// The request, if it is this browser's.
pub async fn of_browser(tx: &mut Tx, id: &RecoveryId, browser: &[u8; 32]) -> Result<Option<Recovery>, Error> {
    let row = tx
        .first(
            "SELECT kind, identifier, sign_in_id, destination, outbox_id, sent_at, sends, way, grant_id, due_at, language
             FROM recoveries WHERE id = $1 AND browser = $2",
            &[id, browser],
        )
        .await?;
    row.map(|row| {
        Ok(Recovery {
            id: id.clone(),
            kind: parse(&row.get::<String>(0)?)?,
            identifier: row.get(1)?,
            sign_in: row.get(2)?,
            destination: parse(&row.get::<String>(3)?)?,
            outbox: row.get(4)?,
            sent_at: row.get(5)?,
            sends: row.get(6)?,
            way: row.get::<Option<String>>(7)?.map_or(Ok(Way::Email), |way| parse(&way))?,
            grant: row.get(8)?,
            due: row.get::<Option<Time>>(9)?.is_some(),
            language: row.get(10)?,
        })
    })
    .transpose()
}

/// The sign-in of this browser that asked for a reset last, if it still waits: where `done` leads back to.
pub async fn waiting_sign_in(tx: &mut Tx, browser: &[u8; 32]) -> Result<Option<SignInId>, Error> {
    let row = tx
        .first(
            "SELECT r.sign_in_id FROM recoveries r JOIN sign_ins s ON s.id = r.sign_in_id
             WHERE r.browser = $1 AND s.browser = $1 AND s.finished_at IS NULL
             ORDER BY r.created_at DESC LIMIT 1",
            &[browser],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// Where this browser wanted to go when it asked last: what a link opened here leads on to, and a fresh one asked for.
pub async fn destination(tx: &mut Tx, browser: &[u8; 32]) -> Result<Destination, Error> {
    let row = tx
        .first("SELECT destination FROM recoveries WHERE browser = $1 ORDER BY created_at DESC LIMIT 1", &[browser])
        .await?;
    row.map_or(Ok(Destination::default()), |row| parse(&row.get::<String>(0)?))
}

/// True when a mail may be sent again now; the next one waits its time.
pub async fn take_resend(tx: &mut Tx, id: &RecoveryId, browser: &[u8; 32]) -> Result<bool, Error> {
    let now = Time(tx.now());
    let taken = tx
        .execute(
            "UPDATE recoveries SET sent_at = $1, sends = sends + 1, due_at = $1, outbox_id = NULL
             WHERE id = $2 AND browser = $3 AND sent_at <= $4 AND sends < $5",
            &[&now, id, browser, &(now - RESEND_AFTER), &SENDS],
        )
        .await?;
    Ok(taken == 1)
}

/// Some of the requests that wait for their answer, first come first.
pub async fn due(tx: &mut Tx) -> Result<Vec<RecoveryId>, Error> {
    let now = Time(tx.now());
    let sql = "SELECT id FROM recoveries WHERE due_at <= $1 ORDER BY due_at, id LIMIT 20";
    tx.all(sql, &[&now]).await?.iter().map(|row| row.get(0)).collect()
}

/// Lets others go first: what cannot be answered must not stand at the head of the queue for ever.
pub async fn answer_later(tx: &mut Tx, id: &RecoveryId) -> Result<(), Error> {
    let later = Time(tx.now()) + RESEND_AFTER;
    tx.execute("UPDATE recoveries SET due_at = $1 WHERE id = $2 AND due_at IS NOT NULL", &[&later, id]).await?;
    Ok(())
}

/// Takes a request to answer it, for exactly one caller: what was asked, what was typed, and the language of whoever asks.
pub async fn take_due(tx: &mut Tx, id: &RecoveryId) -> Result<Option<(Kind, String, Option<String>)>, Error> {
    let row = tx
        .first(
            "UPDATE recoveries SET due_at = NULL WHERE id = $1 AND due_at IS NOT NULL
             RETURNING kind, identifier, language",
            &[id],
        )
        .await?;
    row.map(|row| Ok((parse(&row.get::<String>(0)?)?, row.get(1)?, row.get(2)?))).transpose()
}

pub async fn sent(tx: &mut Tx, id: &RecoveryId, outbox: Option<&OutboxId>) -> Result<(), Error> {
    tx.execute("UPDATE recoveries SET outbox_id = $1 WHERE id = $2", &[&outbox, id]).await?;
    Ok(())
}

/// Notes what right answers gave; false when they have given something before: of many posts of one set, one wins.
pub async fn grant(tx: &mut Tx, id: &RecoveryId, browser: &[u8; 32], grant: &OneTimeId) -> Result<bool, Error> {
    let granted = tx
        .execute(
            "UPDATE recoveries SET grant_id = $1 WHERE id = $2 AND browser = $3 AND grant_id IS NULL",
            &[grant, id, browser],
        )
        .await?;
    Ok(granted == 1)
}

/// Whether this was given to this very browser.
pub async fn is_granted_to(tx: &mut Tx, grant: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    let row = tx.first("SELECT id FROM recoveries WHERE grant_id = $1 AND browser = $2", &[grant, browser]).await?;
    Ok(row.is_some())
}

/// The names of the products an account may open: what a new password will apply to.
pub async fn products_of(tx: &mut Tx, account: &AccountId) -> Result<Vec<String>, Error> {
    let rows = tx
        .all(
            "SELECT DISTINCT p.name FROM access a JOIN products p ON p.id = a.product_id
             WHERE a.account_id = $1 AND p.retired_at IS NULL ORDER BY p.name",
            &[account],
        )
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Products that an organization's people still open at their own sign-in pages: name and address. Decided by the typed
/// domain's organization, so it tells nothing of an account.
pub async fn direct_products(tx: &mut Tx, organization: &OrganizationId) -> Result<Vec<(String, String)>, Error> {
    let rows = tx
        .all(
            "SELECT DISTINCT p.name, m.old_url
             FROM product_moves m JOIN products p ON p.id = m.product_id JOIN accounts a ON a.id = m.account_id
             WHERE a.organization_id = $1 AND m.state <> 'moved' AND m.old_url IS NOT NULL AND p.retired_at IS NULL
             ORDER BY p.name, m.old_url LIMIT 20",
            &[organization],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Forgets some of the requests made before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM recoveries WHERE id IN (SELECT id FROM recoveries WHERE created_at < $1 LIMIT 500)",
        &[&before],
    )
    .await
}
