use store::{Error, Row, Tx};

use super::Opens;
use super::file::{Product, View};
use super::license::License;
use super::logo::Picture;
use super::stored::{Stored, StoredLogo};
use crate::organizations::Mfa;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId, ProductId};

pub async fn opens(tx: &mut Tx, account: &AccountId, access: &str) -> Result<Option<Opens>, Error> {
    let row = tx
        .first(
            "SELECT p.id, p.url, COALESCE(v.url, p.default_view), p.initiate_login_uri
             FROM access a
             JOIN products p ON p.id = a.product_id
             LEFT JOIN product_views v ON v.product_id = a.product_id AND v.site_id = a.site_id
             WHERE a.id = $1 AND a.account_id = $2 AND p.retired_at IS NULL",
            &[&access, account],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Opens {
        product: row.get(0)?,
        home: row.get(1)?,
        default_view: row.get(2)?,
        initiate_login_uri: row.get(3)?,
    }))
}

pub async fn logo(tx: &mut Tx, id: &str) -> Result<Option<Vec<u8>>, Error> {
    let row = tx.first("SELECT bytes FROM logos WHERE id = $1", &[&id]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Every product, without its views and clients.
pub async fn all(tx: &mut Tx) -> Result<Vec<Stored>, Error> {
    let rows = tx
        .all(
            "SELECT p.id, p.slug, p.name, p.line, p.url, p.default_view, p.initiate_login_uri, p.menu_only_at,
                    p.created_at, p.retired_at, g.id, g.source, p.mfa
             FROM products p LEFT JOIN logos g ON g.id = p.logo_id",
            &[],
        )
        .await?;
    rows.iter().map(stored).collect()
}

fn stored(row: &Row) -> Result<Stored, Error> {
    let product = Product {
        id: row.get(1)?,
        name: row.get(2)?,
        description: row.get(3)?,
        home: row.get(4)?,
        default_view: row.get(5)?,
        initiate_login_uri: row.get(6)?,
        menu_only: row.get::<Option<Time>>(7)?.is_some(),
        mfa: row.get::<Option<String>>(12)?.filter(|mfa| mfa != Mfa::Off.as_str()),
        ..Product::default()
    };
    let (logo, source): (Option<String>, Option<String>) = (row.get(10)?, row.get(11)?);
    Ok(Stored {
        id: row.get(0)?,
        product,
        logo: logo.zip(source).map(|(id, source)| StoredLogo { id, source }),
        clients: Vec::new(),
        created_at: row.get(8)?,
        retired_at: row.get(9)?,
    })
}

pub async fn views(tx: &mut Tx) -> Result<Vec<(ProductId, View)>, Error> {
    let rows = tx
        .all(
            "SELECT v.product_id, o.slug, s.name, v.url
             FROM product_views v JOIN sites s ON s.id = v.site_id JOIN organizations o ON o.id = s.organization_id",
            &[],
        )
        .await?;
    let view = |row: &Row| Ok(View { organization: row.get(1)?, site: row.get(2)?, url: row.get(3)? });
    rows.iter().map(|row| Ok((row.get(0)?, view(row)?))).collect()
}

/// Id and short name of each organization that some client is open to.
pub async fn client_organizations(tx: &mut Tx) -> Result<Vec<(OrganizationId, String)>, Error> {
    let rows = tx
        .all(
            "SELECT DISTINCT o.id, o.slug FROM client_organizations c JOIN organizations o ON o.id = c.organization_id",
            &[],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub async fn id_of(tx: &mut Tx, slug: &str) -> Result<Option<ProductId>, Error> {
    let row = tx.first("SELECT id FROM products WHERE slug = $1", &[&slug]).await?;
    row.map(|row| row.get(0)).transpose()
}

pub async fn upsert(tx: &mut Tx, id: &ProductId, new: &Product) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO products (id, slug, name, line, url, default_view, initiate_login_uri, menu_only_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (slug) DO UPDATE SET name = excluded.name, line = excluded.line, url = excluded.url,
             default_view = excluded.default_view, initiate_login_uri = excluded.initiate_login_uri,
             menu_only_at = CASE WHEN excluded.menu_only_at IS NULL THEN NULL
                                 ELSE COALESCE(products.menu_only_at, excluded.menu_only_at) END",
        &[
            id,
            &new.id,
            &new.name,
            &new.description,
            &new.home,
            &new.default_view,
            &new.initiate_login_uri,
            &new.menu_only.then_some(now),
            &now,
        ],
    )
    .await
    .map(drop)
}

pub async fn forget_views(tx: &mut Tx, product: &ProductId) -> Result<(), Error> {
    tx.execute("DELETE FROM product_views WHERE product_id = $1", &[product]).await.map(drop)
}

pub async fn insert_view(tx: &mut Tx, product: &ProductId, view: &View) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO product_views (product_id, site_id, url)
         SELECT $1, s.id, $2 FROM sites s JOIN organizations o ON o.id = s.organization_id
         WHERE o.slug = $3 AND s.name = $4
         ON CONFLICT DO NOTHING",
        &[product, &view.url, &view.organization, &view.site],
    )
    .await
    .map(drop)
}

/// How many sites of an organization have this name.
pub async fn sites(tx: &mut Tx, organization: &OrganizationId, name: &str) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) FROM sites WHERE organization_id = $1 AND name = $2";
    tx.first(sql, &[organization, &name]).await?.map_or(Ok(0), |row| row.get(0))
}

/// The picture before stays where it is: pages that browsers have kept still ask for it.
pub async fn set_logo(tx: &mut Tx, product: &ProductId, logo: Option<&Picture>) -> Result<(), Error> {
    let now = Time(tx.now());
    if let Some(Picture { id, bytes, source }) = logo {
        let sql = "INSERT INTO logos (id, bytes, source, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        tx.execute(sql, &[id, bytes, source, &now]).await?;
    }
    let id = logo.map(|logo| logo.id.as_str());
    tx.execute("UPDATE products SET logo_id = $1 WHERE id = $2", &[&id, product]).await.map(drop)
}

pub async fn retire(tx: &mut Tx, product: &ProductId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE products SET retired_at = $1 WHERE id = $2 AND retired_at IS NULL";
    Ok(tx.execute(sql, &[&now, product]).await? == 1)
}

pub async fn restore(tx: &mut Tx, product: &ProductId) -> Result<bool, Error> {
    let sql = "UPDATE products SET retired_at = NULL WHERE id = $1 AND retired_at IS NOT NULL";
    Ok(tx.execute(sql, &[product]).await? == 1)
}

/// Every license there is, with how many seats are taken.
pub async fn licenses(tx: &mut Tx) -> Result<Vec<License>, Error> {
    licenses_of(tx, None).await
}

async fn licenses_of(tx: &mut Tx, pair: Option<(&ProductId, &OrganizationId)>) -> Result<Vec<License>, Error> {
    let (product, organization) = pair.unzip();
    let rows = tx
        .all(
            "SELECT l.product_id, l.organization_id, o.slug, l.seats, l.valid_from, l.valid_until,
                    COUNT(DISTINCT CASE WHEN a.disabled_at IS NULL THEN a.id END)
             FROM licenses l
             JOIN organizations o ON o.id = l.organization_id
             LEFT JOIN access x ON x.organization_id = l.organization_id AND x.product_id = l.product_id
             LEFT JOIN accounts a ON a.id = x.account_id
             WHERE (l.product_id = $1 OR $1 IS NULL) AND (l.organization_id = $2 OR $2 IS NULL)
             GROUP BY l.product_id, l.organization_id, o.slug, l.seats, l.valid_from, l.valid_until
             ORDER BY o.slug",
            &[&product, &organization],
        )
        .await?;
    rows.iter().map(license_of).collect()
}

fn license_of(row: &Row) -> Result<License, Error> {
    Ok(License {
        product: row.get(0)?,
        organization: row.get(1)?,
        slug: row.get(2)?,
        seats: row.get(3)?,
        valid_from: row.get(4)?,
        valid_until: row.get(5)?,
        taken: row.get(6)?,
    })
}

pub async fn license(
    tx: &mut Tx,
    product: &ProductId,
    organization: &OrganizationId,
) -> Result<Option<License>, Error> {
    Ok(licenses_of(tx, Some((product, organization))).await?.pop())
}

pub async fn put_license(tx: &mut Tx, id: &str, new: &License) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO licenses (id, organization_id, product_id, seats, valid_from, valid_until)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (organization_id, product_id) DO UPDATE SET seats = excluded.seats,
             valid_from = excluded.valid_from, valid_until = excluded.valid_until, told_at = NULL",
        &[&id, &new.organization, &new.product, &new.seats, &new.valid_from, &new.valid_until],
    )
    .await
    .map(drop)
}

/// One that has not begun ends before it begins.
pub async fn end_license(tx: &mut Tx, product: &ProductId, organization: &OrganizationId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE licenses SET valid_until = $1, told_at = NULL
               WHERE product_id = $2 AND organization_id = $3 AND (valid_until IS NULL OR valid_until > $1)";
    Ok(tx.execute(sql, &[&now, product, organization]).await? == 1)
}

/// Licenses that are over, and of which somebody may still have something.
pub async fn ending_licenses(tx: &mut Tx) -> Result<Vec<(ProductId, OrganizationId)>, Error> {
    let now = Time(tx.now());
    let sql = "SELECT product_id, organization_id FROM licenses WHERE valid_until <= $1 AND told_at IS NULL";
    tx.all(sql, &[&now]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Whether it is one of these.
pub async fn is_license_ending(tx: &mut Tx, product: &ProductId, organization: &OrganizationId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "SELECT id FROM licenses
               WHERE product_id = $1 AND organization_id = $2 AND valid_until <= $3 AND told_at IS NULL";
    Ok(tx.first(sql, &[product, organization, &now]).await?.is_some())
}

/// Everything that was given under it has ended.
pub async fn license_ended(tx: &mut Tx, product: &ProductId, organization: &OrganizationId) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "UPDATE licenses SET told_at = $1 WHERE product_id = $2 AND organization_id = $3 AND valid_until <= $1";
    tx.execute(sql, &[&now, product, organization]).await.map(drop)
}

/// What a product asks of everybody who may open it; false where there is none of that name.
///
/// # Errors
/// When the database says no.
pub async fn set_mfa(tx: &mut Tx, slug: &str, mfa: Mfa) -> Result<bool, Error> {
    Ok(tx.execute("UPDATE products SET mfa = $1 WHERE slug = $2", &[&mfa.as_str(), &slug]).await? == 1)
}
