//! The server under test: the real program with a production's configuration, alone on its core.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::client::Browser;
use crate::machine::{free_address, on_the_server_core};

/// A deployment: its configuration, its database and where it answers.
pub struct Site {
    /// The engine, for the report.
    pub engine: &'static str,
    pub config: PathBuf,
    pub address: SocketAddr,
    ops: SocketAddr,
    log: PathBuf,
}

impl Site {
    /// Writes the configuration and the key. The limits per address are out of the way, because all load comes from one;
    /// everything else is as it is unless set.
    pub fn prepare(folder: &Path, engine: &'static str, database: &str, smtp: &str) -> Result<Site> {
        let folder = folder.join(engine.to_lowercase());
        fs::create_dir(&folder)?;
        let (config, key) = (folder.join("portico.toml"), folder.join("master.key"));
        let (address, ops) = (free_address()?, free_address()?);
        let database = database.replace("{folder}", &folder.display().to_string());
        let text = format!(
            "public_url = \"http://{address}\"\nlisten = \"{address}\"\ndatabase.url = \"{database}\"\n\
             mail.smtp_url = \"{smtp}\"\nmail.from = \"Portico <no-reply@portico.example>\"\n\
             keys.master_key_file = \"{}\"\npolicy.preset = \"classic\"\nops.listen = \"{ops}\"\n\
             limits.failures_per_address = 1000000\nlimits.names_per_address = 1000000\nlimits.mails_per_address = 1000000\n\
             limits.mails_overall = 1000000\n\
             limits.sign_ins_per_address = 1000000\n",
            key.display()
        );
        fs::write(&config, text)?;
        let mut key = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&key)?;
        key.write_all("5e".repeat(32).as_bytes())?;
        Ok(Site { engine, config, address, ops, log: folder.join("log") })
    }
}

/// A running server. It ends with this.
pub struct Node {
    process: Child,
    pub address: SocketAddr,
    /// From the start of the program to the first `/readyz` that says yes.
    pub ready_after: Duration,
}

impl Node {
    pub async fn start(site: &Site) -> Result<Node> {
        let mut command = on_the_server_core(program("portico")?.to_str().context("an odd path")?);
        command.args(["serve", "--config"]).arg(&site.config);
        command.stdout(Stdio::piped()).stderr(File::create(&site.log)?);
        let started = Instant::now();
        let mut process = command.spawn()?;
        let said = BufReader::new(process.stdout.take().context("no output")?);
        let mut node = Node { process, address: site.address, ready_after: Duration::ZERO };
        let line = tokio::task::spawn_blocking(move || said.lines().next()).await?;
        ensure!(
            line.is_some_and(|line| line.is_ok_and(|line| line.starts_with("Portico is ready"))),
            "portico did not start: {}",
            fs::read_to_string(&site.log)?
        );
        let ready = Browser::open(site.ops).await?.get("/readyz").await?;
        ensure!(ready.status == 200, "/readyz answered {}", ready.status);
        node.ready_after = started.elapsed();
        Ok(node)
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Site {
    /// The last things the server had to say that are no news of every day.
    pub fn complaints(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let complaints = log.lines().filter(|line| !line.contains(" INFO ") || line.contains("detail="));
        complaints.rev().take(5).map(|line| format!("\n  {}: {line}", self.engine)).collect()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // What is measured is durable, and what was measured is thrown away: no need to be gentle.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A program that was built beside this one.
pub fn program(name: &str) -> Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(name))
}
