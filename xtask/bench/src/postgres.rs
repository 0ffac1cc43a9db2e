//! A PostgreSQL of our own, as durable as it comes: fsync, full pages and synchronous commit are on.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::machine::{free_address, run};

const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 128MB
fsync = on
full_page_writes = on
synchronous_commit = on
";

/// It stops when this is dropped.
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts it, on the core of whoever calls.
    pub fn start(folder: &Path) -> Result<Cluster> {
        let folder = folder.join("postgres");
        fs::create_dir(&folder)?;
        let cluster = Cluster { programs: programs()?, folder, port: free_address()?.port() };
        if is_root()? {
            run(Command::new("chown").arg("postgres").arg(&cluster.folder))?;
        }
        let locale = ["--auth=trust", "--username=portico", "--encoding=UTF8", "--locale=C"];
        run(cluster.command("initdb")?.args(locale))?;
        let settings = format!("{SETTINGS}port = {}\n", cluster.port);
        fs::write(cluster.data().join("postgresql.auto.conf"), settings)?;
        let log = cluster.folder.join("log");
        run(cluster.command("pg_ctl")?.args(["start", "--wait", "--silent", "--log"]).arg(log))?;
        Ok(cluster)
    }

    pub fn url(&self) -> String {
        format!("postgres://portico@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// PostgreSQL refuses to run as root.
    fn command(&self, program: &str) -> Result<Command> {
        let program = self.programs.join(program);
        let mut command = if is_root()? {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.env("PGDATA", self.data()).env("HOME", &self.folder).current_dir(&self.folder);
        Ok(command)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped = self.command("pg_ctl").and_then(|mut command| run(command.args(["stop", "--mode=fast"])));
        if let Err(error) = stopped {
            println!("PostgreSQL did not stop: {error:#}");
        }
    }
}

/// The newest server's programs; Debian keeps them off the PATH.
fn programs() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").context("PostgreSQL is not installed: `./test` installs it")?;
    let newest = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).max();
    newest.context("PostgreSQL is not installed: `./test` installs it")
}

fn is_root() -> Result<bool> {
    Ok(fs::metadata("/proc/self")?.uid() == 0)
}
