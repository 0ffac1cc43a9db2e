//! A folder of mails, one file each: `new/` to be read, `cur/` read, `tmp/` not ours.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// As much of a mail as is read; what tells of a bounce stands in front of the mail that came back.
const READ: u64 = 256 * 1024;

#[derive(Clone, Debug)]
pub struct Maildir(PathBuf);

/// A mail that nobody has read.
#[derive(Debug)]
pub struct Arrival {
    name: String,
    pub bytes: Vec<u8>,
}

impl Maildir {
    pub fn new(path: PathBuf) -> Maildir {
        Maildir(path)
    }

    /// A sentence about what is wrong with the folder, if anything is.
    pub fn fault(path: &Path) -> Option<String> {
        let missing = ["new", "cur"].map(|name| path.join(name)).into_iter().find(|folder| !folder.is_dir())?;
        Some(format!("`{}` is no folder; a maildir has `new`, `cur` and `tmp` in it", missing.display()))
    }

    /// The mails that nobody has read, oldest name first, `at_most` so many. Whatever is no plain file is left alone: a
    /// link could lead anywhere.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn arrivals(&self, at_most: usize) -> io::Result<Vec<Arrival>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.0.join("new"))? {
            let entry = entry?;
            if let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string())
                && kind.is_file()
                && !name.starts_with('.')
            {
                names.push(name);
            }
        }
        names.sort();
        names.truncate(at_most);
        Ok(names.into_iter().filter_map(|name| self.read(name)).collect())
    }

    fn read(&self, name: String) -> Option<Arrival> {
        let mut bytes = Vec::new();
        let read =
            fs::File::open(self.0.join("new").join(&name)).and_then(|file| file.take(READ).read_to_end(&mut bytes));
        match read {
            Ok(_) => Some(Arrival { name, bytes }),
            Err(error) => {
                tracing::warn!(%error, "a file in the maildir of bounces cannot be read");
                None
            }
        }
    }

    /// Puts a mail away as read.
    ///
    /// # Errors
    /// When the folder cannot be written. Then the mail will be read again, which changes nothing twice.
    pub fn put_away(&self, arrival: &Arrival) -> io::Result<()> {
        let base = arrival.name.split(":2,").next().unwrap_or(&arrival.name);
        fs::rename(self.0.join("new").join(&arrival.name), self.0.join("cur").join(format!("{base}:2,S")))
    }
}
