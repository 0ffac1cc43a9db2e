//! What products ask of the OpenID Provider, each against a bare route that answers the same bytes.
//!
//! - Sixty-four people are signed in, each with a connection of their own. Every errand is done with that person's own session
//!   and tokens, which are new at the beginning of each reading.
//! - Every answer is looked at: the whole of it where a product would (an ID token is verified), else that it is the good one.
//! - Server and bare route are read in turns, three times; with one connection and with sixteen once.

mod errands;
mod party;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::client::{Answer, Connection};
use crate::figures::quantile;
use crate::load::{Rounds, Watched, amount, watched};
use crate::node::{Node, Site};
use crate::raw::{self, Bare};

use errands::{Course, Errand, Exchange, Visitor};
use party::Party;

/// The number that the goals are for comes first.
const CONNECTIONS: [usize; 3] = [MOST, 16, 1];
const ROUNDS: usize = 3;
/// To look into some of it: with this there is one round, with most connections, of the errands that it names.
const ONLY_VARIABLE: &str = "BENCH_ONLY";
const READING: Duration = Duration::from_millis(1_500);
const YARDSTICK: Duration = Duration::from_secs(2);
const MOST: usize = 64;

/// What a node is asked, and what was measured of it.
struct Line<'a> {
    errand: Errand,
    connections: usize,
    engine: &'static str,
    node: &'a Node,
    party: &'a Arc<Party>,
    bare: Vec<Exchange>,
    rounds: Rounds,
    seen: Vec<Watched>,
}

/// Registers the product, before any node has read what clients there are.
pub async fn register(site: &Site) -> Result<()> {
    party::register(site).await
}

pub async fn measure(folder: &Path, nodes: &[(&'static str, &Node)]) -> Result<()> {
    let hashes = raw::counted("hashes", YARDSTICK).await?;
    let signatures = raw::counted("signatures", YARDSTICK).await?;
    println!(
        "this core: {} Argon2id hashes and {} ES256 signatures a second",
        amount(hashes.by_clock),
        amount(signatures.by_clock)
    );
    let mut parties = Vec::new();
    for (_, node) in nodes {
        parties.push(Party::gather(node.address, MOST).await?);
    }
    let (errands, numbers, rounds) = wanted();
    let mut files = Vec::new();
    let mut lines = Vec::new();
    for errand in errands {
        for ((engine, node), party) in nodes.iter().zip(&parties) {
            let bare = captured(folder, &mut files, party, errand).await?;
            let of = |connections: &usize| Line {
                errand,
                connections: *connections,
                engine,
                node,
                party,
                bare: bare.clone(),
                rounds: Rounds::default(),
                seen: Vec::new(),
            };
            lines.extend(numbers.iter().map(of));
        }
    }
    let bare = Bare::start(&files).await?;
    for round in 0..rounds {
        for line in lines.iter_mut().filter(|line| round == 0 || line.connections == MOST) {
            line.read(&bare).await?;
        }
    }
    for connections in numbers {
        for line in lines.iter().filter(|line| line.connections == *connections) {
            line.tell(signatures.by_clock);
        }
    }
    Ok(())
}

fn wanted() -> (Vec<Errand>, &'static [usize], usize) {
    match std::env::var(ONLY_VARIABLE) {
        Err(_) => (Errand::ALL.to_vec(), &CONNECTIONS, ROUNDS),
        Ok(names) => {
            let named = |errand: &Errand| names.split(',').any(|name| errand.name().contains(name));
            (Errand::ALL.into_iter().filter(named).collect(), &[MOST], 1)
        }
    }
}

/// The exchanges of one errand, done once, with the bare routes that will answer the same.
async fn captured(folder: &Path, files: &mut Vec<String>, party: &Arc<Party>, errand: Errand) -> Result<Vec<Exchange>> {
    let mut visitor = party.visitor(errand, 0).await?;
    let mut exchanges = Vec::new();
    let keep = |request: &[u8], answer: &Answer<'_>| {
        let file = folder.join(format!("answer-{}", files.len()));
        fs::write(&file, [answer.head.as_bytes(), answer.body].concat())?;
        exchanges.push(Exchange::bare(request, answer, files.len())?);
        files.push(file.display().to_string());
        Ok(())
    };
    visitor.once(keep).await?;
    Ok(exchanges)
}

impl Line<'_> {
    async fn read(&mut self, bare: &Bare) -> Result<()> {
        let mut visitors = Vec::new();
        for number in 0..self.connections {
            visitors.push(self.party.visitor(self.errand, number).await?);
        }
        let seen = watched(self.node.id(), visitors, READING).await?;
        let mut visitors = Vec::new();
        for _ in 0..self.connections {
            let course = Course::Same { exchanges: self.bare.clone(), at: 0 };
            visitors.push(Visitor::new(Connection::open(bare.address).await?, course));
        }
        let against = watched(bare.id(), visitors, READING).await?;
        self.rounds.add(seen.rate, against.rate);
        self.seen.push(seen);
        let failed = against.failed.into_iter().next();
        failed.map_or(Ok(()), |error| Err(error).context("the bare route"))
    }

    fn tell(&self, signatures: f64) {
        let took: Vec<f64> = self.seen.iter().flat_map(|seen| seen.took.iter().copied()).collect();
        let failed: Vec<&anyhow::Error> = self.seen.iter().flat_map(|seen| &seen.failed).collect();
        let load = self.seen.iter().map(|seen| seen.load).fold(0.0, f64::max);
        let name = format!("{} ÷ bare route, {}, {} at once", self.errand.name(), self.engine, self.connections);
        println!("{name:<55} {}", self.rounds.tell());
        println!(
            "{:<55} p50 {:.2}, p95 {:.2}, p99 {:.2}, longest {:.2} ms; {} failed; server {:.0} %, load {:.0} % of a core{}",
            "",
            quantile(&took, 0.5),
            quantile(&took, 0.95),
            quantile(&took, 0.99),
            quantile(&took, 1.0),
            failed.len(),
            self.rounds.use_of_the_core() * 100.0,
            load * 100.0,
            match self.errand.signs() {
                true => format!("; {:.3} of ES256", self.rounds.rate() / signatures),
                false => String::new(),
            },
        );
        if let Some(error) = failed.first() {
            println!("{:<55} {error:#}", "");
        }
    }
}
