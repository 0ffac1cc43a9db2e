//! Cores, processor time and memory, as Linux tells them.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// What is measured runs here, alone.
pub const SERVER_CORE: &str = "0";
/// The load, the database server and the mail server share this one.
pub const LOAD_CORE: &str = "1";

/// Ticks a second of the processor times in /proc: 100 on every Linux that people run.
const TICKS: f64 = 100.0;

/// Puts this process and all that it starts from now on onto the load's core, and lets it open enough sockets.
pub fn settle_on_the_load_core() -> Result<()> {
    let own = std::process::id().to_string();
    run(Command::new("taskset").args(["-a", "-c", "-p", LOAD_CORE, &own]))
        .context("two cores and `taskset` (util-linux) are needed")?;
    run(Command::new("prlimit").args(["--pid", &own, "--nofile=4096:"]))
}

/// A command on the server's core.
pub fn on_the_server_core(program: &str) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", SERVER_CORE, program]);
    command
}

pub fn run(command: &mut Command) -> Result<()> {
    let done = command.stdout(Stdio::null()).output()?;
    ensure!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

/// Processor time that a process has used so far.
pub fn processor_time(process: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name, in parentheses, may hold anything; fields are counted behind it.
    let (_, fields) = stat.rsplit_once(')').context("an odd stat")?;
    let ticks: f64 = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    Ok(Duration::from_secs_f64(ticks / TICKS))
}

/// `VmRSS` (resident now) or `VmHWM` (resident at most), in MiB.
pub fn memory(process: u32, what: &str) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    let kib = line.and_then(|line| line.split_whitespace().next()).context("no such line in status")?;
    Ok(kib.parse::<f64>()? / 1024.0)
}

/// From now on `VmHWM` is of what comes.
pub fn forget_peak(process: u32) -> Result<()> {
    Ok(fs::write(format!("/proc/{process}/clear_refs"), "5")?)
}

/// An address nobody listens on.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
