//! Whether an identity provider fails for many: then people are told that it is not them.

use std::time::Duration;

use store::{Error, Tx};

use super::failure;
use crate::platform::clock::Time;
use crate::platform::ids::ConnectionId;

/// So many browsers are many.
const MANY: i64 = 3;
const LATELY: Duration = Duration::from_secs(10 * 60);

/// At least three browsers have failed for reasons of the connection's own in the last ten minutes, and nobody has come back
/// well since.
pub async fn fails_for_many(tx: &mut Tx, connection: &ConnectionId) -> Result<bool, Error> {
    let since = Time(tx.now()) - LATELY;
    Ok(failure::failing_browsers(tx, connection, since).await? >= MANY)
}
