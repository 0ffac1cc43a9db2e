//! A folder of mails, one file each: `new/` to be read, `cur/` read, `tmp/` not ours.
//!
//! Whatever else somebody puts into `new/` keeps nobody waiting. A file that cannot be read is moved to `unreadable/`, where the
//! operator finds it. What cannot be moved, or is no file, is remembered and passed over. Each is told once, in the log.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// As much of a mail as is read; what tells of a bounce stands in front of the mail that came back.
const READ: u64 = 256 * 1024;

/// Clones remember the same.
#[derive(Clone, Debug)]
pub struct Maildir {
    folder: PathBuf,
    open: fn(&Path) -> io::Result<File>,
    stuck: Arc<Mutex<HashMap<OsString, Stuck>>>,
}

/// Why something in `new/` is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stuck {
    Read,
    Unreadable,
    /// A link, a folder: a link could lead anywhere.
    NoFile,
}

/// A mail that nobody has read.
#[derive(Debug)]
pub struct Arrival {
    name: OsString,
    pub bytes: Vec<u8>,
}

impl Maildir {
    pub fn new(folder: PathBuf) -> Maildir {
        Maildir { folder, open: |path| File::open(path), stuck: Arc::default() }
    }

    /// The same in a world where some files do not open.
    #[cfg(test)]
    pub(super) fn opening(self, open: fn(&Path) -> io::Result<File>) -> Maildir {
        Maildir { open, ..self }
    }

    /// A sentence about what is wrong with the folder, if anything is.
    pub fn fault(path: &Path) -> Option<String> {
        let missing = ["new", "cur"].map(|name| path.join(name)).into_iter().find(|folder| !folder.is_dir())?;
        Some(format!("`{}` is no folder; a maildir has `new`, `cur` and `tmp` in it", missing.display()))
    }

    /// The mails that nobody has read, oldest name first, `at_most` so many that can be read.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn arrivals(&self, at_most: usize) -> io::Result<Vec<Arrival>> {
        let mut arrivals = Vec::new();
        for name in self.unread()? {
            if arrivals.len() >= at_most {
                break;
            }
            match self.read(&name) {
                Ok(bytes) => arrivals.push(Arrival { name, bytes }),
                // Another node has put it away meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    tracing::warn!(?name, %error, "a file in the maildir of bounces cannot be read, and is set aside");
                    self.set_aside(&name, Stuck::Unreadable);
                }
            }
        }
        Ok(arrivals)
    }

    /// Puts a mail away as read. Where it cannot be moved it is remembered; after a restart it is read again, which changes
    /// nothing twice.
    pub fn put_away(&self, arrival: &Arrival) {
        self.set_aside(&arrival.name, Stuck::Read);
    }

    /// The names of what there is to read, in their order.
    fn unread(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        let mut there = HashMap::new();
        for entry in fs::read_dir(self.folder.join("new"))? {
            let entry = entry?;
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            match self.stuck_as(&name) {
                // The folder may have been put right since.
                Some(why) if self.moves(&name, why) => {}
                Some(why) => drop(there.insert(name, why)),
                None if entry.file_type().is_ok_and(|kind| kind.is_file()) => names.push(name),
                None => {
                    tracing::warn!(?name, "something in the maildir of bounces is no file, and is passed over");
                    there.insert(name, Stuck::NoFile);
                }
            }
        }
        // What is gone is forgotten with this: its name may come again.
        *self.stuck.lock().unwrap_or_else(PoisonError::into_inner) = there;
        names.sort();
        Ok(names)
    }

    fn read(&self, name: &OsStr) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        (self.open)(&self.folder.join("new").join(name))?.take(READ).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn set_aside(&self, name: &OsStr, why: Stuck) {
        if !self.moves(name, why) {
            tracing::warn!(?name, "a file in the maildir of bounces cannot be moved, and is passed over");
            self.stuck.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), why);
        }
    }

    fn stuck_as(&self, name: &OsStr) -> Option<Stuck> {
        self.stuck.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }

    /// Moves it where it belongs; false when it is still there.
    fn moves(&self, name: &OsStr, why: Stuck) -> bool {
        let to = match why {
            Stuck::Read => self.folder.join("cur").join(read_name(name)),
            Stuck::Unreadable => {
                let aside = self.folder.join("unreadable");
                // Without it the next line fails, and says so.
                let _ = fs::create_dir(&aside);
                aside.join(name)
            }
            Stuck::NoFile => return false,
        };
        let from = self.folder.join("new").join(name);
        // Not there any more is as good: another node was faster.
        fs::rename(&from, to).is_ok() || fs::symlink_metadata(&from).is_err()
    }
}

/// With the mark of what has been seen, in place of any other.
fn read_name(name: &OsStr) -> OsString {
    let base = name.to_str().and_then(|name| name.split(":2,").next()).map_or(name, OsStr::new);
    let mut read = base.to_owned();
    read.push(":2,S");
    read
}
