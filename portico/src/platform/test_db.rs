//! A database for one test: a fresh file with the whole schema, and one account in it.

use std::path::{Path, PathBuf};

use store::{Db, Error, Migration, Options};

use super::clock::{Clock, Time};
use super::entropy::Entropy;
use super::ids::AccountId;
use super::keys::Keys;

/// Every file of the folder, oldest first.
fn migrations() -> Vec<Migration> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|kind| kind == "sql")).collect();
    files.sort();
    let kept = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let name = |path: &Path| kept(path.file_stem().unwrap().to_string_lossy().into_owned());
    files.iter().map(|path| Migration { name: name(path), sql: kept(std::fs::read_to_string(path).unwrap()) }).collect()
}

pub struct TestDb {
    pub db: Db,
    pub clock: Clock,
    pub entropy: Entropy,
    pub keys: Keys,
    folder: PathBuf,
}

impl TestDb {
    pub async fn open() -> TestDb {
        let clock = Clock::fake(Time::from_seconds(1_700_000_000));
        let entropy = Entropy::new(clock.clone());
        let folder = std::env::temp_dir().join(format!("portico-{}", entropy.id()));
        std::fs::create_dir(&folder).unwrap();
        let url = format!("sqlite:{}", folder.join("portico.db").display());
        let options = Options { clock: clock.as_micros(), readers: 2, connections: 4, observe: None };
        let db = Db::open(&url, options).await.unwrap();
        db.migrate(&migrations()).await.unwrap();
        let keys = Keys::new(&[7; 32], entropy.clone());
        TestDb { db, clock, entropy, keys, folder }
    }

    /// Ann of Riverside, whose organization keeps its clocks in Berlin.
    pub async fn ann(&self) -> AccountId {
        self.write(
            "INSERT INTO organizations (id, slug, name, preset, sign_in, recovery, time_zone, created_at)
             VALUES ('riverside', 'riverside', 'Riverside', 'classic', 'password', 'email', 'Europe/Berlin', 0)",
        )
        .await;
        self.write(
            "INSERT INTO accounts (id, organization_id, email, email_shown, first_name, last_name,
                                   credentials_epoch, created_at)
             VALUES ('ann', 'riverside', 'ann@riverside.example', 'ann@riverside.example', 'Ann', 'Ames', 1, 0)",
        )
        .await;
        AccountId::from("ann")
    }

    /// Runs one statement, and says how many rows it touched.
    pub async fn write(&self, sql: &'static str) -> u64 {
        let written: Result<u64, Error> = self.db.write("test", async |tx| tx.execute(sql, &[]).await).await;
        written.unwrap()
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
