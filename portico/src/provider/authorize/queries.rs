use oidc::Scope;
use store::{Error, Row, Tx};

use super::consents::Consented;
use super::rules::Consent;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};

/// A request that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: String,
    pub params: String,
    pub browser: Option<Vec<u8>>,
    pub asked_at: Time,
}

pub struct NewRequest<'a> {
    pub id: &'a str,
    pub client: &'a str,
    pub params: &'a str,
    pub browser: Option<[u8; 32]>,
    pub pushed: Option<[u8; 32]>,
    pub expires_at: Time,
}

pub async fn insert(tx: &mut Tx, new: &NewRequest<'_>) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO authorization_requests (id, client_id, params, browser, pushed, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&new.id, &new.client, &new.params, &new.browser, &new.pushed, &now, &new.expires_at],
    )
    .await
    .map(drop)
}

pub async fn by_id(tx: &mut Tx, id: &str) -> Result<Option<Waiting>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "SELECT params, browser, created_at FROM authorization_requests
             WHERE id = $1 AND expires_at > $2 AND pushed IS NULL",
            &[&id, &now],
        )
        .await?;
    row.map(|row| Ok(Waiting { id: id.to_owned(), params: row.get(0)?, browser: row.get(1)?, asked_at: row.get(2)? }))
        .transpose()
}

/// Binds a request to the first browser that comes with it; false when another was first.
pub async fn bind(tx: &mut Tx, id: &str, browser: &[u8; 32]) -> Result<bool, Error> {
    let sql = "UPDATE authorization_requests SET browser = $1 WHERE id = $2 AND browser IS NULL";
    Ok(tx.execute(sql, &[browser, &id]).await? == 1)
}

/// Takes a pushed request, once, for this browser. It then waits like any other, from now on: what the person did before their
/// browser came with it is not what it asks for.
pub async fn take_pushed(
    tx: &mut Tx,
    secret: &[u8; 32],
    client: &str,
    browser: &[u8; 32],
    until: Time,
) -> Result<Option<Waiting>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "UPDATE authorization_requests SET pushed = NULL, browser = $1, expires_at = $2, created_at = $5
             WHERE pushed = $3 AND client_id = $4 AND expires_at > $5
             RETURNING id, params, created_at",
            &[browser, &until, secret, &client, &now],
        )
        .await?;
    row.map(|row| {
        Ok(Waiting { id: row.get(0)?, params: row.get(1)?, browser: Some(browser.to_vec()), asked_at: row.get(2)? })
    })
    .transpose()
}

/// Forgets some of the requests that ended before `before`, and says how many.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM authorization_requests
         WHERE id IN (SELECT id FROM authorization_requests WHERE expires_at < $1 LIMIT 500)",
        &[&before],
    )
    .await
}

/// What an account has agreed to give a client.
pub async fn consent(tx: &mut Tx, account: &AccountId, client: &str, asked: &Scope) -> Result<Option<Consent>, Error> {
    let row = tx
        .first(
            "SELECT scope, given_at FROM consents WHERE account_id = $1 AND client_id = $2 AND revoked_at IS NULL",
            &[account, &client],
        )
        .await?;
    row.map(|row| {
        let given = Scope::parse(&row.get::<String>(0)?).unwrap_or_default();
        Ok(Consent { given_at: row.get(1)?, covers: asked.is_within(&given) })
    })
    .transpose()
}

/// Whether an account allows a client anything, whatever that is.
pub async fn is_allowed(tx: &mut Tx, account: &AccountId, client: &str) -> Result<bool, Error> {
    let sql = "SELECT given_at FROM consents WHERE account_id = $1 AND client_id = $2 AND revoked_at IS NULL";
    Ok(tx.first(sql, &[account, &client]).await?.is_some())
}

/// Clients of our own that an administrator has opened to an account, and since when as far as that is kept: with the product
/// that they are the door of, or with all products that are none's for its organization.
pub async fn of_administrators(
    tx: &mut Tx,
    organization: &OrganizationId,
    account: &AccountId,
) -> Result<Vec<(String, Option<Time>)>, Error> {
    let rows = tx
        .all(
            "SELECT c.id, MIN(x.created_at)
             FROM clients c
             LEFT JOIN access x ON x.product_id = c.product_id AND x.account_id = $1 AND x.organization_id = $2
             LEFT JOIN client_organizations o ON o.client_id = c.id AND o.organization_id = $2
             WHERE c.disabled_at IS NULL AND c.third_party_at IS NULL
               AND (x.id IS NOT NULL OR (c.product_id IS NULL AND o.client_id IS NOT NULL))
             GROUP BY c.id, c.name ORDER BY c.name, c.id LIMIT 500",
            &[account, organization],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// To what was allowed before; otherwise two pages of one client that want different things would ask in turns.
pub async fn give_consent(tx: &mut Tx, account: &AccountId, client: &str, scope: &Scope) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "SELECT scope FROM consents WHERE account_id = $1 AND client_id = $2 AND revoked_at IS NULL";
    let scope = match tx.first(sql, &[account, &client]).await? {
        Some(row) => Scope::parse(&row.get::<String>(0)?).unwrap_or_default().or(scope),
        None => scope.clone(),
    };
    tx.execute(
        "INSERT INTO consents (account_id, client_id, scope, given_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, client_id) DO UPDATE
         SET scope = excluded.scope, given_at = excluded.given_at, revoked_at = NULL",
        &[account, &client, &scope.to_string(), &now],
    )
    .await
    .map(drop)
}

/// Every client an account has allowed something, the last first.
pub async fn consents(tx: &mut Tx, account: &AccountId) -> Result<Vec<Consented>, Error> {
    let rows = tx
        .all(
            "SELECT s.client_id, c.name, s.scope, s.given_at
             FROM consents s JOIN clients c ON c.id = s.client_id
             WHERE s.account_id = $1 AND s.revoked_at IS NULL
             ORDER BY s.given_at DESC, s.client_id LIMIT 500",
            &[account],
        )
        .await?;
    let read =
        |row: &Row| Ok(Consented { client: row.get(0)?, name: row.get(1)?, scope: row.get(2)?, given_at: row.get(3)? });
    rows.iter().map(read).collect()
}

/// False when there was none.
pub async fn withdraw_consent(tx: &mut Tx, account: &AccountId, client: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE consents SET revoked_at = $1 WHERE account_id = $2 AND client_id = $3 AND revoked_at IS NULL";
    Ok(tx.execute(sql, &[&now, account, &client]).await? == 1)
}
