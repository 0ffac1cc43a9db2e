//! A closed account is opened again, and takes the seats back that it gave up.

use store::{Error, Tx};

use super::{Account, queries};
use crate::invitations::{self, SeatTaken};

/// Opens a closed account; false when it was open. In one write with the look at the seats: of two who would take the last one at
/// once, one is tried again.
///
/// # Errors
/// When the database says no.
pub async fn enable(tx: &mut Tx, account: &Account) -> Result<Result<bool, SeatTaken>, Error> {
    if account.disabled_at.is_some()
        && let Err(taken) = invitations::may_return(tx, &account.id).await?
    {
        return Ok(Err(taken));
    }
    queries::open(tx, &account.id).await.map(Ok)
}
