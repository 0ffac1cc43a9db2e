//! Starting the binary, and what came of it.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::Visitor;

/// For a command to end, or a node to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, with nothing of this test's environment.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portico"));
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A command that has ended.
pub struct Finished {
    /// `None`: it was killed.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Finished {
    /// Runs a command to its end.
    pub async fn of(command: &mut Command) -> Finished {
        let mut child = command.spawn().unwrap();
        let status = ended(&mut child).await;
        let status = status.unwrap_or_else(|| {
            child.kill().unwrap();
            child.wait().unwrap()
        });
        let (mut stdout, mut stderr) = (String::new(), String::new());
        child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        Finished { code: status.code(), stdout, stderr }
    }

    #[track_caller]
    pub fn exits(&self, code: i32) -> &Finished {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn says(&self, text: &str) -> &Finished {
        assert!(self.stdout.contains(text), "{text:?} is not in\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Refuses with that exit code and, on standard error and nowhere else, with a sentence for people that has all of
    /// these parts.
    #[track_caller]
    pub fn refuses(&self, code: i32, parts: &[&str]) {
        self.exits(code);
        for part in parts {
            assert!(self.stderr.contains(part), "{part:?} is not in:\n{}", self.stderr);
        }
        let sentence = self.stderr.trim_end();
        assert!(sentence.starts_with("portico: "), "it does not say who speaks: {sentence}");
        let whole = sentence.ends_with(['.', '?', '!', ')']) || sentence.contains("Run: chmod 600 ");
        assert!(whole, "no sentence: {sentence}");
        for mark in
            ["panicked", "backtrace", "RUST_BACKTRACE", "Error {", "Some(", "Os {", "Err(", "kind:", "\\\"", "src/"]
        {
            assert!(!sentence.contains(mark), "{mark:?} is not for people: {sentence}");
        }
        assert_eq!(self.stdout, "", "an error belongs on standard error");
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

async fn ended(child: &mut Child) -> Option<ExitStatus> {
    let from = Instant::now();
    while from.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    None
}

/// A running node. It is killed when this is dropped.
pub struct Node {
    child: Child,
    /// Kept open: a node that has nobody to talk to must not die of it.
    _stdout: BufReader<ChildStdout>,
    pub address: SocketAddr,
    /// From the start to the line that says that it is ready.
    pub took: Duration,
    /// Everything it printed up to then.
    pub said: String,
}

impl Node {
    /// Starts it with its log in a file, and waits for the line that begins with `ready`.
    pub fn start(command: &mut Command, log: &Path, ready: &str) -> Node {
        let from = Instant::now();
        let file = OpenOptions::new().create(true).append(true).open(log).unwrap();
        let mut child = command.stderr(file).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        let line = tokio::task::block_in_place(|| {
            loop {
                let start = said.len();
                if stdout.read_line(&mut said).unwrap() == 0 {
                    let _ = child.wait();
                    panic!("it did not get ready:\n{}", std::fs::read_to_string(log).unwrap());
                }
                if said[start..].starts_with(ready) {
                    return said[start..].trim_end().to_owned();
                }
            }
        });
        let address = line.rsplit([' ', '/']).next().unwrap().trim_end_matches(')');
        Node { address: address.parse().unwrap(), child, _stdout: stdout, took: from.elapsed(), said }
    }

    /// A browser nobody has seen before, which talks to this node.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.address)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), Some(9), "it had ended by itself before: {status}");
    }

    /// Asks it to stop, and does not wait.
    pub fn ask_to_stop(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
    }

    /// Waits for the end of a node that was asked to stop.
    pub async fn ended(mut self) -> ExitStatus {
        ended(&mut self.child).await.expect("it did not stop")
    }

    pub async fn stop(self) {
        self.ask_to_stop();
        let status = self.ended().await;
        assert_eq!(status.code(), Some(0), "{status}");
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a node wrote into its log.
pub fn log_of(folder: &Path) -> PathBuf {
    folder.join("node.log")
}
