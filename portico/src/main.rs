//! The program: one binary, a command for each thing an operator does.

use std::process::ExitCode;

use clap::Parser;
use portico::command::{self, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "portico", about = "One front door for a family of products", disable_version_flag = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    // clap answers 2 for bad usage by itself.
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return command::failed(&anyhow::anyhow!("The program cannot start its threads: {error}.")),
    };
    runtime.block_on(command::run(arguments.command))
}
