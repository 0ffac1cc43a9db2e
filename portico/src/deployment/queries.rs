use store::{Error, Tx};

/// True for the one who wrote it.
pub async fn set_once(tx: &mut Tx, name: &str, value: &str) -> Result<bool, Error> {
    let inserted = tx
        .execute("INSERT INTO deployment (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", &[&name, &value])
        .await?;
    Ok(inserted == 1)
}

pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>, Error> {
    let row = tx.first("SELECT value FROM deployment WHERE name = $1", &[&name]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// The value that stands, written now if there was none.
pub async fn get_or_set(tx: &mut Tx, name: &str, value: &str) -> Result<String, Error> {
    match get(tx, name).await? {
        Some(found) => Ok(found),
        None => {
            set_once(tx, name, value).await?;
            Ok(value.to_owned())
        }
    }
}
