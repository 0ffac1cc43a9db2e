use store::{Error, Tx};

use crate::people::Identifier;
use crate::platform::ids::AccountId;

/// Whom a name signs in as.
pub async fn named(tx: &mut Tx, typed: &Identifier) -> Result<Option<AccountId>, Error> {
    let row = tx.first("SELECT account_id FROM identifiers WHERE name = $1", &[&typed.as_str()]).await?;
    row.map(|row| row.get(0)).transpose()
}
