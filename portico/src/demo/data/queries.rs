use std::time::Duration;

use store::{Error, Tx};

use super::scene::Organization;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};

pub async fn organization(tx: &mut Tx, slug: &str) -> Result<Option<OrganizationId>, Error> {
    let row = tx.first("SELECT id FROM organizations WHERE slug = $1", &[&slug]).await?;
    row.map(|row| row.get(0)).transpose()
}

pub async fn latest(tx: &mut Tx) -> Result<Option<Time>, Error> {
    let row = tx.first("SELECT max(at) FROM audit", &[]).await?;
    row.map_or(Ok(None), |row| row.get(0))
}

pub async fn insert_organization(tx: &mut Tx, id: &str, new: &Organization) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO organizations (id, slug, name, preset, sign_in, recovery, mfa, time_zone, contact, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &id,
            &new.slug,
            &new.name,
            &new.preset,
            &new.sign_in,
            &new.recovery,
            &new.mfa,
            &new.time_zone,
            &new.contact,
            &now,
        ],
    )
    .await
    .map(drop)
}

pub async fn insert_domain(tx: &mut Tx, organization: &str, domain: &str) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO organization_domains (domain, organization_id, verified_at)
         VALUES ($1, (SELECT id FROM organizations WHERE slug = $2), $3)",
        &[&domain, &organization, &now],
    )
    .await
    .map(drop)
}

pub async fn insert_site(tx: &mut Tx, id: &str, organization: &str, name: &str) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO sites (id, organization_id, name)
         VALUES ($1, (SELECT id FROM organizations WHERE slug = $2), $3)",
        &[&id, &organization, &name],
    )
    .await
    .map(drop)
}

pub struct NewLicense<'a> {
    pub id: &'a str,
    pub organization: &'a str,
    pub product: &'a str,
    pub seats: i64,
    pub valid_from: Time,
    pub valid_until: Time,
}

pub async fn insert_license(tx: &mut Tx, new: &NewLicense<'_>) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO licenses (id, organization_id, product_id, seats, valid_from, valid_until)
         VALUES ($1, (SELECT id FROM organizations WHERE slug = $2), (SELECT id FROM products WHERE slug = $3),
                 $4, $5, $6)",
        &[&new.id, &new.organization, &new.product, &new.seats, &new.valid_from, &new.valid_until],
    )
    .await
    .map(drop)
}

pub async fn insert_administrator(
    tx: &mut Tx,
    id: &str,
    organization: &str,
    account: &AccountId,
    role: &str,
) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO administrators (id, organization_id, account_id, role)
         VALUES ($1, (SELECT id FROM organizations WHERE slug = $2), $3, $4)",
        &[&id, &organization, account, &role],
    )
    .await
    .map(drop)
}

/// Confirmed: the button in the mail to it was pressed long ago.
pub async fn insert_second_mailbox(tx: &mut Tx, account: &AccountId, address: &str) -> Result<(), Error> {
    let now = Time(tx.now());
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    tx.execute(
        "INSERT INTO secondary_addresses (account_id, email, email_shown, domain, set_by, set_at, verified_at)
         VALUES ($1, $2, $2, $3, 'person', $4, $4)",
        &[account, &address, &domain, &(now - Duration::from_secs(24 * 3_600))],
    )
    .await
    .map(drop)
}

pub struct NewAccess<'a> {
    pub id: &'a str,
    pub organization: &'a str,
    pub account: &'a AccountId,
    pub product: &'a str,
    pub site: Option<&'a str>,
}

/// A site that does not exist gives access to none: the caller's test says so, since NULL would mean all of them.
pub async fn insert_access(tx: &mut Tx, new: &NewAccess<'_>) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO access (id, organization_id, account_id, product_id, site_id, created_at)
         VALUES ($1, (SELECT id FROM organizations WHERE slug = $2), $3, (SELECT id FROM products WHERE slug = $4),
                 (SELECT s.id FROM sites s JOIN organizations o ON o.id = s.organization_id
                  WHERE o.slug = $2 AND s.name = $5), $6)",
        &[&new.id, &new.organization, new.account, &new.product, &new.site, &now],
    )
    .await
    .map(drop)
}

pub async fn account(tx: &mut Tx, email: &str) -> Result<Option<AccountId>, Error> {
    let row = tx.first("SELECT id FROM accounts WHERE email_shown = $1", &[&email]).await?;
    row.map(|row| row.get(0)).transpose()
}

pub async fn delete_access(tx: &mut Tx, account: &AccountId, product: &str) -> Result<(), Error> {
    let roles = "DELETE FROM access_roles WHERE access_id IN (
                     SELECT a.id FROM access a JOIN products p ON p.id = a.product_id
                     WHERE a.account_id = $1 AND p.slug = $2)";
    tx.execute(roles, &[account, &product]).await?;
    let access = "DELETE FROM access
                  WHERE account_id = $1 AND product_id IN (SELECT id FROM products WHERE slug = $2)";
    tx.execute(access, &[account, &product]).await.map(drop)
}

pub async fn insert_role(tx: &mut Tx, access: &str, role: &str) -> Result<(), Error> {
    tx.execute("INSERT INTO access_roles (access_id, role) VALUES ($1, $2)", &[&access, &role]).await.map(drop)
}

pub async fn insert_move(
    tx: &mut Tx,
    account: &AccountId,
    product: &str,
    state: &str,
    moves_at: Option<Time>,
    old_url: Option<&str>,
) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO product_moves (account_id, product_id, state, moves_at, old_url)
         VALUES ($1, (SELECT id FROM products WHERE slug = $2), $3, $4, $5)",
        &[account, &product, &state, &moves_at, &old_url],
    )
    .await
    .map(drop)
}

pub async fn set_old_url(tx: &mut Tx, product: &str, old_url: &str) -> Result<(), Error> {
    tx.execute(
        "UPDATE product_moves SET old_url = $1
         WHERE old_url IS NOT NULL AND product_id = (SELECT id FROM products WHERE slug = $2)",
        &[&old_url, &product],
    )
    .await
    .map(drop)
}
