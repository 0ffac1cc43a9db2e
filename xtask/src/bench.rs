//! Builds what is measured and what measures, and lets the latter go. The benchmarks are a package of their own (`xtask/bench`),
//! because they need the whole product, and the other chores should not wait for that to compile.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

/// What is shipped is what is measured.
const PROFILE: &str = "dist";

pub fn run(root: &Path, parts: impl Iterator<Item = String>) -> Result<ExitCode> {
    // One after the other: built together, the program would get the features of both.
    for package in ["portico", "bench"] {
        let mut cargo = Command::new(env!("CARGO"));
        let built =
            cargo.args(["build", "--profile", PROFILE, "--locked", "-p", package]).current_dir(root).status()?;
        ensure!(built.success(), "{package} could not be built");
    }
    let beside = std::env::current_exe()?;
    let built = beside.ancestors().nth(2).context("built by cargo")?.join(PROFILE);
    let done = Command::new(built.join("bench")).args(parts).status()?;
    Ok(if done.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
