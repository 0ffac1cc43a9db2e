//! Whether the disk keeps what it is given.
//!
//! A sync that failed is not made good by one that succeeds: the system has taken what it could not write for written, and what
//! stands behind such a hole in the log would be lost with the next power failure, though it was acknowledged. So after a COMMIT
//! or a checkpoint that the disk has failed, nothing is written any more, and readiness says no. The next start copies the
//! whole log into the database file, which writes and syncs every page of it anew.
//!
//! A full disk is not a failing one: SQLite takes back what did not fit, and goes on once there is room.

use std::sync::OnceLock;

use crate::Error;

#[derive(Default)]
pub(super) struct Health(OnceLock<String>);

impl Health {
    pub(super) fn fails(&self, why: &str) {
        if self.0.set(why.to_owned()).is_ok() {
            tracing::error!(
                why,
                "the disk failed while the database was written; nothing is written any more until a restart. Please look \
                 at the disk first"
            );
        }
    }

    pub(super) fn is_sound(&self) -> Result<(), Error> {
        match self.0.get() {
            None => Ok(()),
            Some(why) => Err(Error::Unavailable(format!("its disk has failed, and a restart is needed: {why}"))),
        }
    }
}
