use store::{Error, Tx};

use super::Opens;
use crate::platform::ids::AccountId;

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
