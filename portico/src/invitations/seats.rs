//! Seats that an account gave up when it was switched off.

use store::{Error, Tx};

use super::invite::Refused;
use super::queries;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

/// A seat that an account had is somebody else's now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "All {seats} seats of the license of {organization} for {product} are taken. Switch off an account that is needed no \
     more (`portico account disable`), or have more seats."
)]
pub struct SeatTaken {
    pub organization: String,
    pub product: String,
    pub seats: i64,
}

/// Whether an account may be switched on again: every license that it has access by must have a seat for it.
///
/// # Errors
/// When the database says no.
pub async fn may_return(tx: &mut Tx, account: &AccountId) -> Result<Result<(), SeatTaken>, Error> {
    let now = Time(tx.now());
    for held in queries::held_by(tx, account).await? {
        // What has ended gives nothing, with a seat or without.
        if matches!(held.license.is_valid(now), Err(Refused::Ended(_))) {
            continue;
        }
        let seats = queries::seats(tx, &held.organization, &held.product, account).await?;
        if held.license.has_seat(seats).is_err() {
            let (organization, product) = (held.organization_name, held.product_name);
            return Ok(Err(SeatTaken { organization, product, seats: held.license.seats }));
        }
    }
    Ok(Ok(()))
}
