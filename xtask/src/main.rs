//! Chores of the house: `cargo run -p xtask -- tidy` holds the tree to its own rules.
#![allow(clippy::print_stdout, reason = "a chore speaks to the person who ran it")]

mod tidy;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

const USAGE: &str = "usage: cargo run -p xtask -- tidy | lock-migrations";

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
        _ => {
            println!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    }
}
