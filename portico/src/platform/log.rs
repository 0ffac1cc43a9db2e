//! The log: to standard error, for people or for machines.
//!
//! - One line a request, with the template of its path (`/recover/{token}`), never the path itself.
//! - Requests have a budget of lines. A flood of garbage must not become a flood on the disk; what was left out is counted.
//! - Nothing secret is ever given to it: secrets are types that do not print.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use thiserror::Error;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

use super::spelled::spelled;

/// Lines about requests that one second may have.
const LINES_A_SECOND: u64 = 200;

/// For whom the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Json,
}

spelled!(Format { Text = "text", Json = "json" });

#[derive(Debug, Error)]
pub enum LogError {
    #[error("must be a level such as `info`, or a list such as `info,portico::mail=debug`, not `{0}`")]
    Filter(String),
    #[error("the log was set up before: {0}")]
    Twice(#[from] TryInitError),
}

/// Sets the log up for this process.
///
/// # Errors
/// When the filter is none, or when this was done before.
pub fn init(format: Format, what: &str) -> Result<(), LogError> {
    let registry = tracing_subscriber::registry().with(filter(what)?);
    match format {
        Format::Text => registry.with(layer().with_writer(io::stderr)).try_init()?,
        Format::Json => registry.with(layer().json().flatten_event(true).with_writer(io::stderr)).try_init()?,
    }
    Ok(())
}

/// Reads what `log.filter` says.
///
/// # Errors
/// When it says nothing that is known.
pub fn filter(text: &str) -> Result<EnvFilter, LogError> {
    EnvFilter::try_new(text).map_err(|_| LogError::Filter(text.to_owned()))
}

/// A request that has been answered.
pub struct Request<'a> {
    pub method: &'a Method,
    /// The template it matched; `None` when there is no such page.
    pub path: Option<&'a str>,
    pub status: StatusCode,
    pub took: Duration,
    /// What a person was told to name when asking for help, and what it stands for.
    pub reference: Option<&'a str>,
    pub detail: Option<&'a str>,
}

/// Tells of one request, and measures it.
pub fn request(request: &Request<'_>) {
    // Only templates become labels: a label that anybody can invent fills the memory.
    let path = request.path.unwrap_or("-");
    let status = request.status.as_u16();
    metrics::histogram!("portico_request_seconds", "path" => path.to_owned(), "status" => status.to_string())
        .record(request.took);
    match BUDGET.spend(Instant::now()) {
        Line::Within => {}
        Line::FirstAfter(left_out) => tracing::warn!(left_out, "more requests than the log has lines for"),
        Line::Over => return,
    }
    let Request { method, reference, detail, .. } = *request;
    let micros = u64::try_from(request.took.as_micros()).unwrap_or(u64::MAX);
    // 503 is how we say that we are busy; that is no defect.
    if request.status.is_server_error() && request.status != StatusCode::SERVICE_UNAVAILABLE {
        tracing::error!(%method, path, status, micros, reference, detail, "request");
    } else {
        tracing::info!(%method, path, status, micros, reference, detail, "request");
    }
}

static BUDGET: Budget = Budget::new(LINES_A_SECOND);

/// Counts lines per second, roughly: two threads at a border of seconds may both begin it, which costs a line or two.
struct Budget {
    lines: u64,
    second: AtomicU64,
    spent: AtomicU64,
}

#[derive(Debug, PartialEq, Eq)]
enum Line {
    Within,
    /// Within again; so many were left out before.
    FirstAfter(u64),
    Over,
}

impl Budget {
    const fn new(lines: u64) -> Budget {
        Budget { lines, second: AtomicU64::new(0), spent: AtomicU64::new(0) }
    }

    fn spend(&self, now: Instant) -> Line {
        let second = since_first(now).as_secs() + 1;
        if self.second.swap(second, Ordering::Relaxed) != second {
            let before = self.spent.swap(1, Ordering::Relaxed);
            return before.checked_sub(self.lines).filter(|out| *out > 0).map_or(Line::Within, Line::FirstAfter);
        }
        if self.spent.fetch_add(1, Ordering::Relaxed) < self.lines { Line::Within } else { Line::Over }
    }
}

fn since_first(now: Instant) -> Duration {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    now.saturating_duration_since(*FIRST.get_or_init(|| now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_gets_its_lines_and_the_rest_is_counted() {
        let budget = Budget::new(3);
        let now = Instant::now();
        let said: Vec<Line> = (0..5).map(|_| budget.spend(now)).collect();
        assert_eq!(said, [Line::Within, Line::Within, Line::Within, Line::Over, Line::Over]);
        let later = now + Duration::from_secs(2);
        assert_eq!((budget.spend(later), budget.spend(later)), (Line::FirstAfter(2), Line::Within));
        assert_eq!(budget.spend(later + Duration::from_secs(1)), Line::Within);
    }

    #[test]
    fn a_filter_is_a_level_or_a_list() {
        assert!(filter("info").is_ok() && filter("warn,portico::mail=debug").is_ok());
        assert!(filter("portico=loud").is_err_and(|error| error.to_string().ends_with("not `portico=loud`")));
    }
}
