//! Work that nobody waits for: handing over mail, sealing the audit trail, sweeping up.
//!
//! - A job is a loop with a name. It rests between turns, it is asked to stop and then finishes its turn, and a turn that
//!   fails is counted, logged and tried again after the rest: a job never ends by itself.
//! - Every node runs every job. What only one node may do at a time begins by taking a [`Lease`]; what it then writes is
//!   decided by row counts, so that even a node that slept through the end of its lease changes nothing twice.
//!
//! ```text
//! turn ──Again──► turn at once
//!   │ Rest or error
//!   ▼
//! rest ──period over──► turn          stop asked ──► end, after the turn under way
//! ```

mod lease;
mod queries;

use std::fmt::Display;
use std::time::{Duration, Instant};

use tokio::sync::watch;

pub use lease::Lease;

/// Held by whoever may ask all jobs to stop. Dropping it asks, too.
pub struct Stop(watch::Sender<bool>);

/// Asked by jobs whether it is time to stop. Cheap to clone.
#[derive(Clone)]
pub struct Shutdown(watch::Receiver<bool>);

pub fn shutdown() -> (Stop, Shutdown) {
    let (sender, receiver) = watch::channel(false);
    (Stop(sender), Shutdown(receiver))
}

impl Stop {
    pub fn request(&self) {
        self.0.send_replace(true);
    }
}

impl Shutdown {
    pub fn is_requested(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Waits until a stop is asked for.
    pub async fn requested(&self) {
        let mut receiver = self.0.clone();
        // An error means that the sender is gone, which asks for the same.
        let _ = receiver.wait_for(|asked| *asked).await;
    }
}

/// What a turn found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// There is more to do right now.
    Again,
    /// Nothing is left until something happens.
    Rest,
}

/// Runs `turn` until a stop is asked for, resting `period` whenever there is nothing left to do.
pub async fn every<F, R, E>(name: &'static str, period: Duration, shutdown: Shutdown, mut turn: F)
where
    F: FnMut() -> R + Send,
    R: Future<Output = Result<Turn, E>> + Send,
    E: Display + Send,
{
    while !shutdown.is_requested() {
        let start = Instant::now();
        let answer = turn().await;
        observe(name, start, answer.is_ok());
        match answer {
            Ok(Turn::Again) => {}
            Ok(Turn::Rest) => rest(period, &shutdown).await,
            Err(error) => {
                tracing::warn!(job = name, %error, "a turn of a job failed and will be tried again");
                rest(period, &shutdown).await;
            }
        }
    }
}

async fn rest(period: Duration, shutdown: &Shutdown) {
    tokio::select! {
        () = tokio::time::sleep(period) => {}
        () = shutdown.requested() => {}
    }
}

fn observe(name: &'static str, start: Instant, ok: bool) {
    let outcome = if ok { "ok" } else { "failed" };
    metrics::counter!("portico_job_turns_total", "job" => name, "outcome" => outcome).increment(1);
    metrics::histogram!("portico_job_turn_seconds", "job" => name).record(start.elapsed());
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_job_goes_on_while_there_is_more_and_survives_its_failures_and_stops_when_asked() {
        let (stop, shutdown) = shutdown();
        let turns = AtomicUsize::new(0);
        let job = every("test", Duration::from_millis(1), shutdown, || async {
            match turns.fetch_add(1, Ordering::SeqCst) {
                0 => Ok(Turn::Again),
                1 => Err("no luck"),
                2 => Ok(Turn::Rest),
                _ => {
                    stop.request();
                    Ok(Turn::Rest)
                }
            }
        });
        job.await;
        assert_eq!(turns.load(Ordering::SeqCst), 4);
    }

    #[tokio::test]
    async fn a_dropped_stop_asks_for_a_stop() {
        let (stop, shutdown) = shutdown();
        assert!(!shutdown.is_requested());
        drop(stop);
        assert!(shutdown.is_requested());
        shutdown.requested().await;
    }
}
