use store::{Error, Tx};

/// Every domain that is proved to be an organization's, with the organization's slug.
pub async fn organizations_domains(tx: &mut Tx) -> Result<Vec<(String, String)>, Error> {
    let rows = tx
        .all(
            "SELECT d.domain, o.slug FROM organization_domains d JOIN organizations o ON o.id = d.organization_id
             WHERE d.verified_at IS NOT NULL ORDER BY d.domain",
            &[],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
