use std::time::Duration;

use store::{Error, Row, Tx};

use super::cards::Entry;
use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;
use crate::platform::ids::{AccountId, OrganizationId, ProductId};

const USED_EVERY: Duration = Duration::from_secs(60);

/// Everything an account has access to, or what it has of one product, with license and move.
pub async fn entries(
    tx: &mut Tx,
    organization: &OrganizationId,
    account: &AccountId,
    product: Option<&ProductId>,
) -> Result<Vec<Entry>, Error> {
    let rows = tx
        .all(
            "SELECT a.id, p.name, p.line, s.name, a.last_opened_at, l.valid_from, l.valid_until,
                    m.state, m.moves_at, m.old_url, p.id, p.slug, s.id, p.logo_id, p.menu_only_at
             FROM access a
             JOIN products p ON p.id = a.product_id
             LEFT JOIN sites s ON s.id = a.site_id
             LEFT JOIN licenses l ON l.organization_id = a.organization_id AND l.product_id = a.product_id
             LEFT JOIN product_moves m ON m.account_id = a.account_id AND m.product_id = a.product_id
             WHERE a.account_id = $1 AND a.organization_id = $2 AND a.product_id = COALESCE($3, a.product_id)
               AND p.retired_at IS NULL",
            &[account, organization, &product],
        )
        .await?;
    rows.iter().map(entry).collect()
}

fn entry(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        access: row.get(0)?,
        product: row.get(1)?,
        line: row.get(2)?,
        site: row.get(3)?,
        last_opened_at: row.get(4)?,
        licensed_from: row.get(5)?,
        licensed_until: row.get(6)?,
        move_state: row.get(7)?,
        moves_at: row.get(8)?,
        old_url: row.get(9)?,
        product_id: row.get(10)?,
        slug: row.get(11)?,
        site_id: row.get(12)?,
        logo: row.get(13)?,
        menu_only: row.get::<Option<Time>>(14)?.is_some(),
    })
}

pub async fn opened(tx: &mut Tx, account: &AccountId, access: &str) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute("UPDATE access SET last_opened_at = $1 WHERE id = $2 AND account_id = $3", &[&now, &access, account])
        .await?;
    Ok(())
}

/// Moves on when a product was last opened, once a minute at most: where the person was last, if that was at several sites.
pub async fn used(tx: &mut Tx, account: &AccountId, product: &ProductId) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.tell(
        "UPDATE access SET last_opened_at = $1
         WHERE (last_opened_at IS NULL OR last_opened_at < $2)
           AND id = (SELECT id FROM access WHERE account_id = $3 AND product_id = $4
                     ORDER BY COALESCE(last_opened_at, 0) DESC, id LIMIT 1)",
        &[&now, &(now - USED_EVERY), account, product],
    )
    .await
}

/// The id of the new request; `None` when the same one is open already.
pub async fn request(
    tx: &mut Tx,
    entropy: &Entropy,
    organization: &OrganizationId,
    account: &AccountId,
    product: Option<&ProductId>,
) -> Result<Option<String>, Error> {
    let id = entropy.id();
    let now = Time(tx.now());
    let inserted = tx
        .execute(
            "INSERT INTO access_requests (id, organization_id, account_id, product_id, open_key, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (open_key) DO NOTHING",
            &[&id, organization, account, &product, &open_key(account, product), &now],
        )
        .await?;
    Ok((inserted == 1).then_some(id))
}

/// When the open request for this was made, if there is one.
pub async fn asked(tx: &mut Tx, account: &AccountId, product: Option<&ProductId>) -> Result<Option<Time>, Error> {
    let row =
        tx.first("SELECT created_at FROM access_requests WHERE open_key = $1", &[&open_key(account, product)]).await?;
    row.map(|row| row.get(0)).transpose()
}

fn open_key(account: &AccountId, product: Option<&ProductId>) -> String {
    format!("{account}:{}", product.map_or("-", |product| product.as_str()))
}

/// The name of a product that may be asked for: one the organization has a license for, or the person has access to.
/// Anything else would make mails about products nobody there can give.
pub async fn askable(
    tx: &mut Tx,
    organization: &OrganizationId,
    account: &AccountId,
    product: &ProductId,
) -> Result<Option<String>, Error> {
    let row = tx
        .first(
            "SELECT p.name FROM products p
             WHERE p.id = $1 AND p.retired_at IS NULL
               AND (EXISTS (SELECT l.id FROM licenses l WHERE l.product_id = p.id AND l.organization_id = $2)
                 OR EXISTS (SELECT a.id FROM access a WHERE a.product_id = p.id AND a.account_id = $3))",
            &[product, organization, account],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}
