//! What an identity provider that is out of order costs those who have nothing to do with it.
//!
//! - People of one organization sign in by password, again and again; now alone, now while more people of another one than may
//!   wait keep trying at an identity provider that hangs, or whose keys are 100 MB.
//! - In turns, forwards and backwards, so that what else the machine does falls on all of them.
//! - The peak of the memory is the process's own, forgotten before each reading.

mod crowd;
mod idp;

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::figures::quantile;
use crate::load::watched;
use crate::machine::{forget_peak, memory};
use crate::node::{Node, Site};

use crowd::{Others, STRANDED, Stranded, Tries};
use idp::{Fault, Idp};

/// As many as make a thousand sign-ins, unless this says another number.
const ROUNDS_VARIABLE: &str = "BENCH_ROUNDS";
const ROUNDS: usize = 2;
/// At least what a provider is waited for, and as long as nobody asks it again for what it publishes.
const READING: Duration = Duration::from_secs(10);

/// What was seen of one provider's fault, or (`None`) without.
struct Line {
    fault: Option<Fault>,
    /// Milliseconds of the others' sign-ins, round by round.
    took: Vec<Vec<f64>>,
    /// MiB, at most.
    peak: f64,
    tries: Tries,
    /// The most who waited for the provider at once.
    waiting: usize,
    /// Bytes of keys that were read.
    keys: usize,
}

/// Two things that hang and one that is too large, against nothing of the kind.
pub async fn out_of_order(site: &Site) -> Result<()> {
    let rounds = std::env::var(ROUNDS_VARIABLE).map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let idp = Idp::start().await?;
    idp::connect(site, &idp).await?;
    let node = Node::start(site).await?;
    let others = Others::gather(&node).await?;
    let mut lines: Vec<Line> = [None].into_iter().chain(Fault::ALL.map(Some)).map(Line::of).collect();
    // Forwards and backwards by turns: nothing always comes first.
    for round in 0..rounds {
        for line in &mut lines {
            line.read(&node, &others, &idp).await?;
        }
        if round + 1 < rounds {
            lines.reverse();
        }
    }
    if let Some(alone) = lines.iter().find(|line| line.fault.is_none()) {
        for line in &lines {
            line.tell(site.engine, alone);
        }
    }
    Ok(())
}

impl Line {
    fn of(fault: Option<Fault>) -> Line {
        Line { fault, took: Vec::new(), peak: 0.0, tries: Tries::default(), waiting: 0, keys: 0 }
    }

    async fn read(&mut self, node: &Node, others: &Others, idp: &Idp) -> Result<()> {
        forget_peak(node.id())?;
        idp.was_asked();
        let stranded = match self.fault {
            Some(fault) => Some(Stranded::gather(node, fault).await),
            None => None,
        };
        let seen = watched(node.id(), others.come_back(node).await?, READING).await?;
        if let Some(stranded) = stranded {
            let Tries { told, turned_away } = stranded.go_home().await?;
            self.tries.told.extend(told);
            self.tries.turned_away.extend(turned_away);
        }
        if let Some(error) = seen.failed.into_iter().next() {
            return Err(error.context("one of the others could not sign in"));
        }
        ensure!(!seen.took.is_empty(), "nobody has signed in");
        self.took.push(seen.took);
        self.peak = self.peak.max(memory(node.id(), "VmHWM")?);
        let (waiting, keys) = idp.was_asked();
        self.waiting = self.waiting.max(waiting);
        self.keys = self.keys.max(keys);
        Ok(())
    }

    /// Of all rounds together.
    fn part(&self, part: f64) -> f64 {
        quantile(&self.took.concat(), part)
    }

    fn tell(&self, engine: &str, alone: &Line) {
        let name = format!("others' sign-ins, {engine}, {}", self.fault.map_or("alone", Fault::told));
        let (p50, p99) = (self.part(0.5), self.part(0.99));
        let rounds: Vec<String> = self.took.iter().map(|took| format!("{:.1}", quantile(took, 0.99))).collect();
        println!(
            "{name:<52} p50 {p50:.1} ms ({:.2}), p99 {p99:.1} ms ({:.2}; rounds {}), longest {:.1} ms of {}",
            p50 / alone.part(0.5),
            p99 / alone.part(0.99),
            rounds.join(", "),
            self.part(1.0),
            self.took.iter().map(Vec::len).sum::<usize>(),
        );
        let Tries { told, turned_away } = &self.tries;
        if self.fault.is_none() {
            println!("{:<52} memory at most {:.1} MiB", "", self.peak);
            return;
        }
        println!(
            "{:<52} {STRANDED} people: {} tries told after {:.2} s, at most {:.2}; {} turned away at once, after at most {:.2} s",
            "",
            told.len(),
            quantile(told, 0.5),
            quantile(told, 1.0),
            turned_away.len(),
            quantile(turned_away, 1.0),
        );
        println!(
            "{:<52} memory at most {:.1} MiB ({:+.1}); {} questions hung at once at most; {:.1} MB of keys were sent",
            "",
            self.peak,
            self.peak - alone.peak,
            self.waiting,
            self.keys as f64 / 1e6,
        );
    }
}
