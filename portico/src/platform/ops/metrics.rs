//! Where the numbers are kept.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use store::Outcome;

pub type RecorderError = BuildError;

/// Seconds, from a page out of memory to a request that somebody gave up on.
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

static INSTALLED: Mutex<Option<PrometheusHandle>> = Mutex::new(None);

/// The one recorder of this process, installed when first asked for: a test starts several nodes in one process.
///
/// # Errors
/// When somebody else has installed another.
pub fn install_recorder() -> Result<PrometheusHandle, RecorderError> {
    let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*installed {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new().set_buckets(BUCKETS)?.install_recorder()?;
    *installed = Some(handle.clone());
    Ok(handle)
}

/// Counts a transaction by its name and its end.
pub fn observe_transaction(name: &'static str, took: Duration, outcome: Outcome) {
    let outcome = match outcome {
        Outcome::Committed => "committed",
        Outcome::RolledBack => "rolled_back",
    };
    metrics::histogram!("portico_transaction_seconds", "name" => name, "outcome" => outcome).record(took);
}
