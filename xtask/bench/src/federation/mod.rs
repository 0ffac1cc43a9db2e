//! What an identity provider that is out of order costs those who have nothing to do with it.
//!
//! - People of one organization sign in by password, again and again; now alone, now while more people of another one than may
//!   wait keep trying at an identity provider that hangs, or whose keys are 100 MB.
//! - Each reading beside them has one alone next to it, before it or behind it by turns, so that what else the machine does falls
//!   on both.
//! - The peak of the memory is the process's own, forgotten before each reading.

mod crowd;
mod idp;

use std::time::Duration;

use anyhow::Result;

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

/// How the others fared.
#[derive(Default)]
struct Fared {
    /// Milliseconds of their sign-ins, round by round.
    took: Vec<Vec<f64>>,
    /// MiB that the server had at most.
    peak: f64,
}

/// What was seen of one fault of a provider.
struct Line {
    fault: Fault,
    alone: Fared,
    beside: Fared,
    tries: Tries,
    /// The most questions that hung at once.
    hanging: usize,
    /// Bytes of keys that the provider got rid of.
    keys: usize,
}

/// Two things that hang and one that is too large, each against nothing of the kind.
pub async fn out_of_order(site: &Site) -> Result<()> {
    let rounds = std::env::var(ROUNDS_VARIABLE).map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let idp = Idp::start().await?;
    idp::connect(site, &idp).await?;
    let node = Node::start(site).await?;
    let others = Others::gather(&node).await?;
    let mut lines = Fault::ALL.map(Line::of);
    for round in 0..rounds {
        for line in &mut lines {
            if round % 2 == 0 {
                line.alone.read(&node, &others).await?;
                line.read_beside(&node, &others, &idp).await?;
            } else {
                line.read_beside(&node, &others, &idp).await?;
                line.alone.read(&node, &others).await?;
            }
        }
    }
    for line in &lines {
        line.tell(site.engine);
    }
    Ok(())
}

impl Fared {
    async fn read(&mut self, node: &Node, others: &Others) -> Result<()> {
        forget_peak(node.id())?;
        let seen = watched(node.id(), others.come_back(node).await?, READING).await?;
        if let Some(error) = seen.failed.into_iter().next() {
            return Err(error.context("one of the others could not sign in"));
        }
        self.took.push(seen.took);
        self.peak = self.peak.max(memory(node.id(), "VmHWM")?);
        Ok(())
    }

    /// Of all rounds together.
    fn part(&self, part: f64) -> f64 {
        quantile(&self.took.concat(), part)
    }

    fn count(&self) -> usize {
        self.took.iter().map(Vec::len).sum()
    }
}

impl Line {
    fn of(fault: Fault) -> Line {
        let (alone, beside) = (Fared::default(), Fared::default());
        Line { fault, alone, beside, tries: Tries::default(), hanging: 0, keys: 0 }
    }

    async fn read_beside(&mut self, node: &Node, others: &Others, idp: &Idp) -> Result<()> {
        idp.was_asked();
        let stranded = Stranded::gather(node, self.fault).await;
        self.beside.read(node, others).await?;
        let Tries { told, turned_away } = stranded.go_home().await?;
        self.tries.told.extend(told);
        self.tries.turned_away.extend(turned_away);
        let (hanging, keys) = idp.was_asked();
        self.hanging = self.hanging.max(hanging);
        self.keys = self.keys.max(keys);
        Ok(())
    }

    fn tell(&self, engine: &str) {
        let Line { alone, beside, tries: Tries { told, turned_away }, .. } = self;
        let ratio = |part| beside.part(part) / alone.part(part);
        let rounds = alone.took.iter().zip(&beside.took);
        let rounds: Vec<String> =
            rounds.map(|(alone, beside)| format!("{:.2}", quantile(beside, 0.99) / quantile(alone, 0.99))).collect();
        println!(
            "{:<45} p99 {:.2}   ({:.1} of {:.1} ms; rounds {}); p50 {:.2} ({:.1} of {:.1} ms); longest {:.1} of {:.1} ms; \
             {} and {} sign-ins",
            format!("others beside {}, {engine}", self.fault.told()),
            ratio(0.99),
            beside.part(0.99),
            alone.part(0.99),
            rounds.join(", "),
            ratio(0.5),
            beside.part(0.5),
            alone.part(0.5),
            beside.part(1.0),
            alone.part(1.0),
            beside.count(),
            alone.count(),
        );
        println!(
            "{:<45} of {STRANDED} people: {} tries told what is wrong after {:.2} s (at most {:.2}), {} turned away at once \
             (after {:.3} s, at most {:.3})",
            "",
            told.len(),
            quantile(told, 0.5),
            quantile(told, 1.0),
            turned_away.len(),
            quantile(turned_away, 0.5),
            quantile(turned_away, 1.0),
        );
        println!(
            "{:<45} memory at most {:.1} MiB ({:+.1}); at most {} questions hung at once; {:.1} MB of keys were sent",
            "",
            beside.peak,
            beside.peak - alone.peak,
            self.hanging,
            self.keys as f64 / 1e6,
        );
    }
}
