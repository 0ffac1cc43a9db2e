//! The benchmarks: `cargo run --release -p xtask -- bench [sign-ins|pages|memory|timing|provider|federation …]
//! [LINE …] [sqlite|postgresql]`. What each line means, and what was measured, is in docs/operate/benchmarks.md.
//!
//! - Figures are ratios of two things measured in turns on one core in one run, because a figure of one machine says
//!   little on another.
//! - The server is the real program with a production's configuration, alone on one core. The load, PostgreSQL and the
//!   mail server have the other one.
//! - Disks are real: the data lies in /var/tmp, SQLite and PostgreSQL wait for it.
#![allow(clippy::print_stdout, reason = "a benchmark speaks to the person who ran it")]

mod client;
mod federation;
mod figures;
mod footprint;
mod journey;
mod load;
mod machine;
mod node;
mod people;
mod postgres;
mod products;
mod rates;
mod raw;
mod timing;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, bail};
use portico::demo::Sink;
use portico::platform::clock::Clock;

use node::{Node, Site};
use postgres::Cluster;

// The same as the product's, or the ratios would compare allocators.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PARTS: [&str; 6] = ["sign-ins", "pages", "memory", "timing", "provider", "federation"];
const ENGINES: [&str; 2] = ["sqlite", "postgresql"];

/// What was asked for; where nothing was, everything.
#[derive(Default)]
struct Wanted<'a> {
    parts: Vec<&'a str>,
    /// Of the part `timing`.
    lines: Vec<&'a str>,
    engines: Vec<&'a str>,
}

impl<'a> Wanted<'a> {
    fn read(words: &[&'a str]) -> Result<Wanted<'a>> {
        let mut wanted = Wanted::default();
        for word in words {
            match word {
                word if PARTS.contains(word) => wanted.parts.push(word),
                word if timing::LINES.contains(word) => wanted.lines.push(word),
                word if ENGINES.contains(word) => wanted.engines.push(word),
                odd => {
                    let there_are = [PARTS.as_slice(), &timing::LINES, &ENGINES].concat().join(" ");
                    bail!("there is no {odd}; there are: {there_are}");
                }
            }
        }
        if wanted.parts.is_empty() {
            wanted.parts = if wanted.lines.is_empty() { PARTS.to_vec() } else { vec!["timing"] };
        }
        Ok(wanted)
    }

    fn engine(&self, site: &Site) -> bool {
        self.engines.is_empty() || self.engines.contains(&site.engine.to_lowercase().as_str())
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["hashes", milliseconds] => raw::hash_for(Duration::from_millis(milliseconds.parse()?)),
        ["signatures", milliseconds] => raw::sign_for(Duration::from_millis(milliseconds.parse()?)),
        ["bare", address, ..] => raw::serve_bare(address.parse()?, arguments.get(2..).unwrap_or_default()),
        words => {
            let wanted = Wanted::read(words)?;
            machine::settle_on_the_load_core()?;
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(until_interrupted(&wanted))
        }
    }
}

async fn until_interrupted(wanted: &Wanted<'_>) -> Result<()> {
    tokio::select! {
        done = measure(wanted) => done,
        // Dropped in order, everything that was started ends.
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    }
}

async fn measure(wanted: &Wanted<'_>) -> Result<()> {
    let folder = Folder::make()?;
    let cluster = Cluster::start(&folder.0)?;
    let sink = Sink::start(0, Clock::system()).await?;
    let sites = [
        Site::prepare(&folder.0, "SQLite", "sqlite:{folder}/portico.db", &sink.url())?,
        Site::prepare(&folder.0, "PostgreSQL", &cluster.url(), &sink.url())?,
    ];
    let sites: Vec<Site> = sites.into_iter().filter(|site| wanted.engine(site)).collect();
    for site in &sites {
        people::move_in(site).await?;
    }
    for part in &wanted.parts {
        let measured = measure_part(part, &wanted.lines, &folder.0, &sites, &sink).await;
        measured.map_err(|error| error.context(sites.iter().map(Site::complaints).collect::<String>()))?;
    }
    Ok(())
}

async fn measure_part(part: &str, lines: &[&str], folder: &Path, sites: &[Site], sink: &Sink) -> Result<()> {
    // These start nodes of their own, one engine after the other.
    if let "memory" | "timing" | "federation" = part {
        for site in sites {
            match part {
                "timing" => timing::strangers(site, sink, lines).await?,
                "federation" => federation::out_of_order(site).await?,
                _ => {
                    footprint::starts(site).await?;
                    footprint::rush(site).await?;
                }
            }
        }
        return Ok(());
    }
    let mut running = Vec::new();
    for site in sites {
        if part == "provider" {
            products::register(site).await?;
        }
        running.push((site.engine, Node::start(site).await?));
    }
    let nodes: Vec<(&'static str, &Node)> = running.iter().map(|(engine, node)| (*engine, node)).collect();
    match part {
        "sign-ins" => rates::sign_ins(&nodes).await,
        "provider" => products::measure(folder, &nodes).await,
        _ => rates::pages(folder, &nodes).await,
    }
}

/// Where the data lies: on a disk also where /tmp is memory. It goes away with this.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Result<Folder> {
        let folder = Folder(PathBuf::from(format!("/var/tmp/portico-bench-{}", std::process::id())));
        fs::create_dir(&folder.0)?;
        // Open to walk through, because the user who runs PostgreSQL has to reach its own folder in it.
        fs::set_permissions(&folder.0, Permissions::from_mode(0o711))?;
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            println!("{} could not be removed: {error}", self.0.display());
        }
    }
}
