use store::{Error, Row, Tx};

use super::rules::{License, Seats};
use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;
use crate::platform::ids::{AccountId, OneTimeId, OrganizationId, ProductId, SiteId};
use crate::platform::one_time::{self, Purpose};

/// An invitation that is neither voided nor accepted.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub id: String,
    pub organization: OrganizationId,
    pub product: String,
    pub sent_to: String,
    pub secret: OneTimeId,
}

/// The newest temporary password of an account, and the invitation that is open.
pub struct Newest {
    pub open: one_time::Open,
    pub invitation: Option<Invitation>,
}

/// What access is given to.
pub struct Grant<'a> {
    pub organization: &'a OrganizationId,
    pub product: &'a ProductId,
    pub site: Option<&'a SiteId>,
    pub role: Option<&'a str>,
}

pub async fn product(tx: &mut Tx, slug: &str) -> Result<Option<(ProductId, String)>, Error> {
    let row = tx.first("SELECT id, name FROM products WHERE slug = $1 AND retired_at IS NULL", &[&slug]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// What an organization may use of a product, whether or not today.
pub async fn license(
    tx: &mut Tx,
    organization: &OrganizationId,
    product: &ProductId,
) -> Result<Option<License>, Error> {
    let row = tx
        .first(
            "SELECT seats, valid_from, valid_until FROM licenses WHERE organization_id = $1 AND product_id = $2",
            &[organization, product],
        )
        .await?;
    row.map(|row| Ok(License { seats: row.get(0)?, valid_from: row.get(1)?, valid_until: row.get(2)? })).transpose()
}

/// Who sits where: an account has one seat, at however many sites it has access, until it is switched off. Read in the
/// transaction that gives access: of two who would take the last seat at once, one is tried again.
pub async fn seats(
    tx: &mut Tx,
    organization: &OrganizationId,
    product: &ProductId,
    account: &AccountId,
) -> Result<Seats, Error> {
    let row = tx
        .first(
            "SELECT COUNT(DISTINCT CASE WHEN a.disabled_at IS NULL AND a.id <> $3 THEN a.id END),
                    COUNT(DISTINCT CASE WHEN a.disabled_at IS NULL AND a.id = $3 THEN a.id END)
             FROM access x JOIN accounts a ON a.id = x.account_id
             WHERE x.organization_id = $1 AND x.product_id = $2",
            &[organization, product, account],
        )
        .await?;
    let row = row.ok_or_else(|| Error::column("one row was expected"))?;
    Ok(Seats { others: row.get(0)?, own: row.get::<i64>(1)? > 0 })
}

/// A license that an account has access by.
pub struct Held {
    pub organization: OrganizationId,
    pub organization_name: String,
    pub product: ProductId,
    pub product_name: String,
    pub license: License,
}

pub async fn held_by(tx: &mut Tx, account: &AccountId) -> Result<Vec<Held>, Error> {
    let rows = tx
        .all(
            "SELECT DISTINCT o.id, o.name, p.id, p.name, l.seats, l.valid_from, l.valid_until
             FROM access x
             JOIN licenses l ON l.organization_id = x.organization_id AND l.product_id = x.product_id
             JOIN organizations o ON o.id = x.organization_id
             JOIN products p ON p.id = x.product_id
             WHERE x.account_id = $1
             ORDER BY o.name, p.name, o.id, p.id",
            &[account],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Held {
                organization: row.get(0)?,
                organization_name: row.get(1)?,
                product: row.get(2)?,
                product_name: row.get(3)?,
                license: License { seats: row.get(4)?, valid_from: row.get(5)?, valid_until: row.get(6)? },
            })
        })
        .collect()
}

pub async fn site(tx: &mut Tx, organization: &OrganizationId, name: &str) -> Result<Option<SiteId>, Error> {
    let row = tx.first("SELECT id FROM sites WHERE organization_id = $1 AND name = $2", &[organization, &name]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Gives access, unless the account has just this already.
pub async fn grant(tx: &mut Tx, entropy: &Entropy, account: &AccountId, grant: &Grant<'_>) -> Result<bool, Error> {
    let now = Time(tx.now());
    let there = tx
        .first(
            "SELECT id FROM access
             WHERE organization_id = $1 AND account_id = $2 AND product_id = $3 AND site_id IS NOT DISTINCT FROM $4",
            &[grant.organization, account, grant.product, &grant.site.cloned()],
        )
        .await?;
    if there.is_some() {
        return Ok(false);
    }
    let id = entropy.id();
    tx.execute(
        "INSERT INTO access (id, organization_id, account_id, product_id, site_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[&id, grant.organization, account, grant.product, &grant.site.cloned(), &now],
    )
    .await?;
    if let Some(role) = grant.role {
        tx.execute("INSERT INTO access_roles (access_id, role) VALUES ($1, $2)", &[&id, &role]).await?;
    }
    Ok(true)
}

pub async fn insert(
    tx: &mut Tx,
    id: &str,
    account: &AccountId,
    product: &ProductId,
    invitation: &Invitation,
) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO invitations (id, organization_id, account_id, product_id, sent_to, secret_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &invitation.organization, account, product, &invitation.sent_to, &invitation.secret, &now],
    )
    .await
    .map(drop)
}

/// The open invitation of an account; there is one at most.
pub async fn open(tx: &mut Tx, account: &AccountId) -> Result<Option<Invitation>, Error> {
    let row = tx
        .first(
            "SELECT i.id, i.organization_id, p.name, i.sent_to, i.secret_id
             FROM invitations i JOIN products p ON p.id = i.product_id
             WHERE i.account_id = $1 AND i.voided_at IS NULL AND i.accepted_at IS NULL
             ORDER BY i.created_at DESC, i.id DESC LIMIT 1",
            &[account],
        )
        .await?;
    row.map(|row| read(&row, 0)).transpose()
}

fn read(row: &Row, at: usize) -> Result<Invitation, Error> {
    Ok(Invitation {
        id: row.get(at)?,
        organization: row.get(at + 1)?,
        product: row.get(at + 2)?,
        sent_to: row.get(at + 3)?,
        secret: row.get(at + 4)?,
    })
}

/// The newest temporary password of an account that is not used up, and the invitation it may have come with: what is looked
/// at before every password, so in one statement.
pub async fn newest(tx: &Tx, account: &AccountId) -> Result<Option<Newest>, Error> {
    let row = tx
        .first(
            "SELECT s.id, s.sent_to, s.credentials_epoch, a.credentials_epoch, s.expires_at, s.phc, s.failures,
                    s.created_at, i.id, i.organization_id, p.name, i.sent_to, i.secret_id
             FROM one_time s
             JOIN accounts a ON a.id = s.account_id
             LEFT JOIN invitations i
                 ON i.account_id = s.account_id AND i.voided_at IS NULL AND i.accepted_at IS NULL
             LEFT JOIN products p ON p.id = i.product_id
             WHERE s.account_id = $1 AND s.purpose = $2 AND s.used_at IS NULL
             ORDER BY s.created_at DESC, s.id DESC, i.created_at DESC, i.id DESC LIMIT 1",
            &[account, &Purpose::TemporaryPassword.name()],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let invited: Option<String> = row.get(8)?;
    let invitation = invited.map(|_| read(&row, 8)).transpose()?;
    Ok(Some(Newest { open: one_time::read_open(&row, Time(tx.now()))?, invitation }))
}

pub async fn set_secret(tx: &mut Tx, invitation: &str, secret: &OneTimeId) -> Result<(), Error> {
    tx.execute("UPDATE invitations SET secret_id = $1 WHERE id = $2", &[secret, &invitation]).await.map(drop)
}

/// Ends the open invitations of an account, for a newer one.
pub async fn void(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "UPDATE invitations SET voided_at = $1
         WHERE account_id = $2 AND voided_at IS NULL AND accepted_at IS NULL",
        &[&now, account],
    )
    .await
    .map(drop)
}

/// The account has a password now: whatever invitation was open has been followed; false when there was none. To be called
/// where a password is set.
pub async fn accepted(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let accepted = tx
        .execute(
            "UPDATE invitations SET accepted_at = $1
             WHERE account_id = $2 AND voided_at IS NULL AND accepted_at IS NULL",
            &[&now, account],
        )
        .await?;
    Ok(accepted > 0)
}

/// Forgets some of the invitations that ended before `before`, and says how many. An open one stays as long as its account
/// has no password.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM invitations WHERE id IN
             (SELECT id FROM invitations WHERE created_at < $1 AND (voided_at < $1 OR accepted_at < $1) LIMIT 500)",
        &[&before],
    )
    .await
}
