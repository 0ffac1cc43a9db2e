use store::{Error, Tx};

use super::list::Site;
use crate::platform::ids::OrganizationId;

/// All sites of an organization.
pub async fn sites(tx: &mut Tx, organization: &OrganizationId) -> Result<Vec<Site>, Error> {
    let sql = "SELECT id, name FROM sites WHERE organization_id = $1 ORDER BY name, id LIMIT 2000";
    let rows = tx.all(sql, &[organization]).await?;
    rows.iter().map(|row| Ok(Site { id: row.get(0)?, name: row.get(1)? })).collect()
}
