//! Chores of the house: `cargo run -p xtask -- tidy` holds the tree to its own rules, `cargo run --release -p xtask -- bench`
//! measures the product, `blocklist` makes the filter of common passwords.
#![allow(clippy::print_stdout, reason = "a chore speaks to the person who ran it")]

mod bench;
mod blocklist;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

const USAGE: &str = "usage: cargo run -p xtask -- tidy | lock-migrations | blocklist LIST… | bench [sign-ins] [pages] [memory] [timing] [provider] [federation] [LINE …] [sqlite] [postgresql]";

fn main() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask lies beside the other members of the workspace")?;
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => tidy::run(root),
        Some("lock-migrations") => {
            tidy::migrations::lock(root)?;
            Ok(ExitCode::SUCCESS)
        }
        Some("blocklist") => blocklist::run(root, std::env::args().skip(2)),
        Some("bench") => bench::run(root, std::env::args().skip(2)),
        _ => {
            println!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    }
}
