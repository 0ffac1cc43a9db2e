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
    let running: JoinSet<Result<()>> = (0..clients).map(|_| client(Arc::clone(&tally))).collect();
    let window = Window::watch(server, length, &tally).await?;
    for ended in running.join_all().await {
        ended?;
    }
    Ok(window.rate)
}

/// Somebody who does the same again and again.
pub trait Visitor: Send + 'static {
    fn visit(&mut self) -> impl Future<Output = Result<()>> + Send;
}

/// What a crowd of visitors has met with.
pub struct Watched {
    pub rate: Rate,
    /// Milliseconds that a visit took, of all that ended well.
    pub took: Vec<f64>,
    /// What each visit that did not end well has met with. Whoever made it went home.
    pub failed: Vec<anyhow::Error>,
    /// The part of its core that this process used for all that.
    pub load: f64,
}

/// The same of visitors, whose every visit is timed.
pub async fn watched<V: Visitor>(server: u32, visitors: Vec<V>, length: Duration) -> Result<Watched> {
    let tally = Arc::new(Tally::default());
    let running: JoinSet<(Vec<f64>, Option<anyhow::Error>)> =
        visitors.into_iter().map(|visitor| come_again(visitor, Arc::clone(&tally))).collect();
    let Window { rate, load } = Window::watch(server, length, &tally).await?;
    let mut watched = Watched { rate, took: Vec::new(), failed: Vec::new(), load };
    for (took, failed) in running.join_all().await {
        watched.took.extend(took);
        watched.failed.extend(failed);
    }
    Ok(watched)
}

async fn come_again<V: Visitor>(mut visitor: V, tally: Arc<Tally>) -> (Vec<f64>, Option<anyhow::Error>) {
    let mut took = Vec::new();
    while !tally.is_over() {
        let started = Instant::now();
        if let Err(error) = visitor.visit().await {
            return (took, Some(error));
        }
        took.push(started.elapsed().as_secs_f64() * 1e3);
        tally.one_more();
    }
    (took, None)
}

/// What was counted between the warm-up and the end.
struct Window {
    rate: Rate,
    load: f64,
}

impl Window {
    async fn watch(server: u32, length: Duration, tally: &Tally) -> Result<Window> {
        let own = std::process::id();
        sleep(WARM_UP).await;
        let started = Instant::now();
        let (count, used, ours) = (tally.done.load(Ordering::Relaxed), processor_time(server)?, processor_time(own)?);
        sleep(length).await;
        let wall = started.elapsed().as_secs_f64();
        let count = tally.done.load(Ordering::Relaxed) - count;
        let (used, ours) = (processor_time(server)? - used, processor_time(own)? - ours);
        tally.over.store(true, Ordering::Relaxed);
        Ok(Window { rate: Rate::new(count as f64, wall, used.as_secs_f64()), load: ours.as_secs_f64() / wall })
    }
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
            amount(self.rate()),
            amount(median(&self.each(|(_, against)| against.by_clock))),
            quantile(&ratios, 0.0),
            quantile(&ratios, 1.0),
            median(&by_processor),
        )
    }

    /// The median rate by the clock.
    pub fn rate(&self) -> f64 {
        median(&self.each(|(rate, _)| rate.by_clock))
    }

    /// The part of its core that the server used.
    pub fn use_of_the_core(&self) -> f64 {
        median(&self.each(|(rate, _)| rate.by_clock / rate.by_processor))
    }

    fn each(&self, what: impl Fn(&(Rate, Rate)) -> f64) -> Vec<f64> {
        self.0.iter().map(what).collect()
    }
}

pub fn amount(value: f64) -> String {
    if value < 1_000.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}
