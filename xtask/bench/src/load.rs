//! Many clients at once, counted only while all of them are busy.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::figures::{median, quantile};
use crate::machine::processor_time;

/// Before counting begins: the first hashes pay for their memory, the first statements are prepared.
const WARM_UP: Duration = Duration::from_millis(400);

/// How many a second, by the clock on the wall and by the processor time that the server used.
#[derive(Clone, Copy)]
pub struct Rate {
    pub by_clock: f64,
    pub by_processor: f64,
}

impl Rate {
    pub fn new(count: f64, wall: f64, processor: f64) -> Rate {
        Rate { by_clock: count / wall, by_processor: count / processor.max(0.001) }
    }
}

/// What the clients have done, and whether they may go home.
#[derive(Default)]
pub struct Tally {
    done: AtomicU64,
    over: AtomicBool,
}

impl Tally {
    pub fn one_more(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

/// Keeps `clients` busy for `length`, and measures in the middle of it, when nobody has just begun or is about to end.
pub async fn steady<F, Client>(server: u32, clients: usize, length: Duration, client: F) -> Result<Rate>
where
    F: Fn(Arc<Tally>) -> Client,
    Client: Future<Output = Result<()>> + Send + 'static,
{
    let tally = Arc::new(Tally::default());
    let mut running: JoinSet<Result<()>> = (0..clients).map(|_| client(Arc::clone(&tally))).collect();
    sleep(WARM_UP).await;
    let (count, used, started) = (tally.done.load(Ordering::Relaxed), processor_time(server)?, Instant::now());
    sleep(length).await;
    let wall = started.elapsed();
    let (count, used) = (tally.done.load(Ordering::Relaxed) - count, processor_time(server)? - used);
    tally.over.store(true, Ordering::Relaxed);
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    Ok(Rate::new(count as f64, wall.as_secs_f64(), used.as_secs_f64()))
}

/// A rate and what it is taken against, round by round.
#[derive(Default)]
pub struct Rounds(Vec<(Rate, Rate)>);

impl Rounds {
    pub fn add(&mut self, rate: Rate, against: Rate) {
        self.0.push((rate, against));
    }

    /// `0.93 (71.2/s of 76.4/s; rounds 0.91–0.94; by processor time 0.94)`: medians of what each round gave.
    pub fn tell(&self) -> String {
        let ratios = self.each(|(rate, against)| rate.by_clock / against.by_clock);
        let by_processor = self.each(|(rate, against)| rate.by_processor / against.by_processor);
        format!(
            "{:.2}   ({} of {} a second; rounds {:.2} to {:.2}; by processor time {:.2})",
            median(&ratios),
            amount(median(&self.each(|(rate, _)| rate.by_clock))),
            amount(median(&self.each(|(_, against)| against.by_clock))),
            quantile(&ratios, 0.0),
            quantile(&ratios, 1.0),
            median(&by_processor),
        )
    }

    fn each(&self, what: impl Fn(&(Rate, Rate)) -> f64) -> Vec<f64> {
        self.0.iter().map(what).collect()
    }
}

fn amount(value: f64) -> String {
    if value < 1_000.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}
