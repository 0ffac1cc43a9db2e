//! What an operator decides before the start.
//!
//! - One TOML file, above it the environment; see `docs/operate/configuration.md`, which is made from this folder.
//! - Unknown keys are errors, because a misspelled limit is no limit.
//! - All problems are told at once, each as a sentence with the way out, and no secret is repeated in one.
//! - `sections.rs` is the list of everything; nothing else reads the environment.

mod check;
mod color;
mod reader;
pub mod reference;
mod section;
mod sections;
mod settings;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::{env, fs};

use self::reader::Reader;

pub use color::Color;
pub use sections::{Addresses, Brand, Database, Dns, Keys, Limits, Log, Mail, Ops, PasswordHash, Policy, Terms};
pub use settings::{Language, Networks, Preset, PublicUrl};

/// The whole configuration, one struct a section.
#[derive(Clone, Debug)]
pub struct Config {
    pub addresses: Addresses,
    pub database: Database,
    pub mail: Mail,
    pub dns: Dns,
    pub keys: Keys,
    pub policy: Policy,
    pub terms: Terms,
    pub ops: Ops,
    pub brand: Brand,
    pub limits: Limits,
    pub password_hash: PasswordHash,
    pub log: Log,
}

impl Config {
    /// Reads the file at `path` and the environment of this process.
    ///
    /// # Errors
    /// Everything that is wrong, as sentences. [`Config::check`] tells the rest.
    pub fn load(path: &Path) -> Result<Config, Vec<String>> {
        let text = fs::read_to_string(path).map_err(|error| {
            vec![format!("The configuration `{}` cannot be read: {error}. `portico init` writes one.", path.display())]
        })?;
        let environment = env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        Config::read(&text, environment.map(|(name, value)| (name, value.to_string_lossy().into_owned())))
    }

    /// The same from text and from variables given.
    ///
    /// # Errors
    /// Everything that is wrong, as sentences.
    pub fn read(file: &str, environment: impl IntoIterator<Item = (String, String)>) -> Result<Config, Vec<String>> {
        let mut reader = Reader::new(file, environment);
        let config = Config::sections(&mut reader);
        match config {
            Some(config) if reader.problems.is_empty() => Ok(config),
            _ => Err(reader.problems),
        }
    }

    fn sections(reader: &mut Reader) -> Option<Config> {
        let addresses = Addresses::read(reader);
        let database = Database::read(reader);
        let mail = Mail::read(reader);
        let dns = Dns::read(reader);
        let keys = Keys::read(reader);
        let policy = Policy::read(reader);
        let terms = Terms::read(reader);
        let ops = Ops::read(reader);
        let brand = Brand::read(reader);
        let limits = Limits::read(reader);
        let password_hash = PasswordHash::read(reader);
        let log = Log::read(reader);
        Some(Config {
            addresses: addresses?,
            database: database?,
            mail: mail?,
            dns: dns?,
            keys: keys?,
            policy: policy?,
            terms: terms?,
            ops: ops?,
            brand: brand?,
            limits: limits?,
            password_hash: password_hash?,
            log: log?,
        })
    }
}
