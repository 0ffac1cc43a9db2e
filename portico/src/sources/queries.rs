use store::{Error, Row, Tx};

use crate::platform::clock::Time;

/// An address from which sign-in failed for many different names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slowed {
    /// An IPv4 address, or the /64 of an IPv6 address.
    pub address: String,
    /// Different names within the window it waited in last.
    pub names: i64,
    /// How often it had to wait.
    pub pauses: i64,
    pub first_at: Time,
    pub last_at: Time,
    pub until: Time,
}

/// It has to wait until then, after so many names. A longer pause is not made shorter.
pub async fn slow(tx: &mut Tx, address: &str, names: i64, until: Time) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO slowed_addresses (address, names, pauses, first_at, last_at, slowed_until)
         VALUES ($1, $2, 1, $3, $3, $4)
         ON CONFLICT (address) DO UPDATE SET names = excluded.names, pauses = slowed_addresses.pauses + 1,
             last_at = excluded.last_at,
             slowed_until = CASE WHEN slowed_addresses.slowed_until > excluded.slowed_until
                                 THEN slowed_addresses.slowed_until ELSE excluded.slowed_until END",
        &[&address, &names, &now, &until],
    )
    .await
    .map(drop)
}

/// Until when an address has to wait; `None`: it has not.
pub async fn slowed_until(tx: &mut Tx, address: &str) -> Result<Option<Time>, Error> {
    let now = Time(tx.now());
    let sql = "SELECT slowed_until FROM slowed_addresses WHERE address = $1 AND slowed_until > $2";
    tx.first(sql, &[&address, &now]).await?.map(|row| row.get(0)).transpose()
}

/// How many addresses have to wait now.
///
/// # Errors
/// When the database says no.
pub async fn count_waiting(tx: &mut Tx) -> Result<i64, Error> {
    let now = Time(tx.now());
    let row = tx.first("SELECT COUNT(*) FROM slowed_addresses WHERE slowed_until > $1", &[&now]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// The addresses that had to wait, the last one first.
///
/// # Errors
/// When the database says no.
pub async fn list(tx: &mut Tx) -> Result<Vec<Slowed>, Error> {
    let rows = tx
        .all(
            "SELECT address, names, pauses, first_at, last_at, slowed_until FROM slowed_addresses
             ORDER BY last_at DESC, address LIMIT 200",
            &[],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Slowed, Error> {
    Ok(Slowed {
        address: row.get(0)?,
        names: row.get(1)?,
        pauses: row.get(2)?,
        first_at: row.get(3)?,
        last_at: row.get(4)?,
        until: row.get(5)?,
    })
}

/// False when there was no such row.
pub async fn delete(tx: &mut Tx, address: &str) -> Result<bool, Error> {
    Ok(tx.execute("DELETE FROM slowed_addresses WHERE address = $1", &[&address]).await? == 1)
}

/// Forgets some of those that waited last before `before`, and says how many.
///
/// # Errors
/// When the database says no.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    let sql = "DELETE FROM slowed_addresses
               WHERE address IN (SELECT address FROM slowed_addresses WHERE last_at < $1 LIMIT 500)";
    tx.execute(sql, &[&before]).await
}
