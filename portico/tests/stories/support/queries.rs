//! The tables, for what no feature can write yet, and for a look behind the pages.

use store::{Error, Param, Tx};

use portico::platform::ids::AccountId;

pub async fn domain(tx: &mut Tx, organization: &str, domain: &str, verified: bool) -> Result<(), Error> {
    let verified = verified.then_some(tx.now());
    tx.execute(
        "INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ($1, $2, $3)",
        &[&domain, &organization, &verified],
    )
    .await
    .map(drop)
}

pub async fn site(tx: &mut Tx, organization: &str, id: &str, name: &str) -> Result<(), Error> {
    let sql = "INSERT INTO sites (id, organization_id, name) VALUES ($1, $2, $3)";
    tx.execute(sql, &[&id, &organization, &name]).await.map(drop)
}

pub async fn product(tx: &mut Tx, slug: &str, name: &str, line: &str, url: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO products (id, slug, name, line, url, created_at) VALUES ($1, $1, $2, $3, $4, $5)",
        &[&slug, &name, &line, &url, &now],
    )
    .await
    .map(drop)
}

pub async fn license(
    tx: &mut Tx,
    organization: &str,
    product: &str,
    from: i64,
    until: Option<i64>,
) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO licenses (id, organization_id, product_id, seats, valid_from, valid_until)
         VALUES ($1, $2, $3, 100, $4, $5)",
        &[&format!("{organization}/{product}"), &organization, &product, &from, &until],
    )
    .await
    .map(drop)
}

pub async fn administrator(tx: &mut Tx, organization: &str, account: &AccountId, role: &str) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO administrators (id, organization_id, account_id, role) VALUES ($1, $2, $3, $4)",
        &[&format!("{account}/{role}"), &organization, account, &role],
    )
    .await
    .map(drop)
}

pub async fn access(tx: &mut Tx, account: &str, product: &str, site: Option<&str>) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO access (id, organization_id, account_id, product_id, site_id, created_at)
         SELECT $1, a.organization_id, a.id, $2, $3, $4 FROM accounts a WHERE a.id = $5",
        &[&access_id(account, product), &product, &site, &now, &account],
    )
    .await
    .map(drop)
}

/// Made of whose it is and what it opens.
pub fn access_id(account: &str, product: &str) -> String {
    let name = account.split('@').next().unwrap_or(account);
    format!("{name}-{product}")
}

pub async fn product_move(
    tx: &mut Tx,
    account: &str,
    product: &str,
    state: &str,
    at: Option<i64>,
) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO product_moves (account_id, product_id, state, moves_at, old_url) VALUES ($1, $2, $3, $4, $5)",
        &[&account, &product, &state, &at, &format!("https://old.{product}.example/")],
    )
    .await
    .map(drop)
}

pub async fn count(tx: &mut Tx, sql: &'static str, parameters: &[&dyn Param]) -> Result<i64, Error> {
    tx.first(sql, parameters).await?.map_or(Ok(0), |row| row.get(0))
}
