//! A PostgreSQL server of one story's own, which may die.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// It stops when this is dropped.
pub struct Cluster {
    folder: TempDir,
    port: u16,
}

impl Cluster {
    pub fn start() -> Cluster {
        let folder = tempfile::tempdir().unwrap();
        // Whoever runs PostgreSQL has to reach its own folder in it.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Cluster { folder, port };
        fs::create_dir(cluster.home()).unwrap();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(cluster.home()));
        }
        let options = ["--auth=trust", "--username=portico", "--encoding=UTF8", "--locale=C", "--no-sync"];
        run(cluster.command("initdb").args(options));
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nport = {port}\nshared_buffers = 16MB\n"
        );
        fs::write(cluster.home().join("data/postgresql.auto.conf"), settings).unwrap();
        cluster.start_again();
        cluster
    }

    pub fn url(&self) -> String {
        format!("postgres://portico@127.0.0.1:{}/postgres?sslmode=disable", self.port)
    }

    /// As `kill -9` of all its processes: nothing is said, and nothing is written any more.
    pub fn die(&self) {
        run(self.command("pg_ctl").args(["stop", "--wait", "--mode=immediate"]));
    }

    pub fn start_again(&self) {
        let log = self.home().join("log");
        run(self.command("pg_ctl").args(["start", "--wait", "--silent", "--log"]).arg(log));
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("postgres")
    }

    /// One of the newest server's programs, which Debian keeps off the PATH. PostgreSQL refuses to run as root.
    fn command(&self, name: &str) -> Command {
        let versions = fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is not installed: ./test installs it");
        let program = versions.map(|entry| entry.unwrap().path().join("bin").join(name)).max().unwrap();
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.env("PGDATA", self.home().join("data")).env("HOME", self.home()).current_dir(self.home());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl").args(["stop", "--mode=immediate"]).stdout(Stdio::null()).status();
    }
}

fn run(command: &mut Command) {
    let done = command.stdout(Stdio::null()).status().unwrap();
    assert!(done.success(), "{command:?}: {done}");
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}
