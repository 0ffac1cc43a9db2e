//! Comparing what somebody sets with what is kept: an answer with the password, a password with the answers.
//!
//! It is no attempt to get in, and yet its verdict ("choose another one") tells whoever sits at the page what is kept. So it is
//! counted like an attempt, before anything is verified and in a write of its own; a few an hour are enough for everybody who
//! only wants to choose.

use std::time::Duration;

use store::Tx;

use crate::app::App;
use crate::platform::ids::AccountId;
use crate::platform::limits::{self, Within};
use crate::platform::web::Error;

const WINDOW: Duration = Duration::from_secs(3_600);
const AN_HOUR: i64 = 30;

/// The right to compare once. Only [`compare`] makes one.
#[derive(Debug)]
pub struct Comparison(());

/// Counts a comparison before it is made.
///
/// # Errors
/// [`Error::TooMany`] when there were as many within the hour.
pub async fn compare(app: &App, account: &AccountId) -> Result<Comparison, Error> {
    let key = app.limit_key("comparisons", account.as_str());
    let count = async |tx: &mut Tx| limits::count(tx, &key, WINDOW, AN_HOUR).await;
    match app.db.write("lockout.compare", count).await? {
        Within::Limit => Ok(Comparison(())),
        Within::Exceeded { retry_after } => Err(Error::TooMany { retry_after }),
    }
}
