//! What machines ask a node: is it alive, may it get requests, how is it doing.
//!
//! - `/healthz`: the process answers. Whoever restarts processes asks this; it asks nothing else, or a database that is away
//!   for a minute would restart every node.
//! - `/readyz`: the node can serve (database, migrations, keys): 200, or 503 and the reason. Load balancers ask this.
//! - `/metrics`: numbers, for Prometheus.
//!
//! On a listener of its own, because none of this is for the internet.

mod metrics;
#[cfg(test)]
mod tests;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use store::{Db, Migration};
use tokio::net::TcpListener;

use super::jobs::Shutdown;
use super::web::serve;

pub use metrics::{RecorderError, install_recorder, observe_transaction};

/// A database that takes longer to say that it is there is not there, for those who wait to sign in.
const PATIENCE: Duration = Duration::from_secs(2);
/// What is measured is kept one by one until somebody sums it up; without a scraper that would be for ever.
const SUM_UP: Duration = Duration::from_secs(5);

/// The answer to a question: fine, or why not.
pub type Asked = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// What must be in order for a node to get requests.
#[derive(Clone)]
pub struct Readiness {
    pub db: Db,
    pub migrations: &'static [Migration],
    /// Whether the master key opens what is sealed in the database.
    pub keys: Arc<dyn Fn() -> Asked + Send + Sync>,
}

#[derive(Clone)]
struct Ops {
    metrics: PrometheusHandle,
    readiness: Readiness,
}

/// Serves until asked to stop.
pub async fn serve(listener: TcpListener, metrics: PrometheusHandle, readiness: Readiness, shutdown: Shutdown) {
    let limits = serve::Limits { connections: 64, connections_per_address: 64, trusted_proxies: Vec::new() };
    let router = router(Ops { metrics: metrics.clone(), readiness });
    let sum_up = async {
        loop {
            tokio::time::sleep(SUM_UP).await;
            metrics.run_upkeep();
        }
    };
    tokio::select! {
        () = serve::serve(listener, router, limits, shutdown) => {}
        () = sum_up => {}
    }
}

fn router(ops: Ops) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(scrape))
        .with_state(ops)
}

async fn ready(State(ops): State<Ops>) -> Response {
    match ops.readiness.reason_against().await {
        None => "ready\n".into_response(),
        Some(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")).into_response(),
    }
}

async fn scrape(State(ops): State<Ops>) -> Response {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], ops.metrics.render()).into_response()
}

impl Readiness {
    async fn reason_against(&self) -> Option<String> {
        let asked = async {
            self.db.ping().await.map_err(|error| format!("database: {error}"))?;
            match self.db.pending(self.migrations).await {
                Ok(0) => {}
                Ok(count) => return Err(format!("migrations: {count} not applied; run `portico migrate`")),
                Err(error) => return Err(format!("migrations: {error}")),
            }
            (self.keys)().await.map_err(|why| format!("keys: {why}"))
        };
        let too_late = |_| Err(format!("database: no answer in {} seconds", PATIENCE.as_secs()));
        tokio::time::timeout(PATIENCE, asked).await.unwrap_or_else(too_late).err()
    }
}
