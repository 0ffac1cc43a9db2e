//! The thread that waits for the disk, so that no other one has to.
//!
//! It holds the desk meanwhile: whoever wants to write queues as before. One thread that is always the same keeps its caches and
//! its memory; were each commit done where its member runs, the runtime would wake another thread for each.

use std::sync::mpsc::{Sender, channel};
use std::thread;

use tokio::sync::OwnedMutexGuard;

use super::writer::Desk;
use crate::OpenError;

/// Dropping it ends the thread, after what it was given.
pub(super) struct Commits(Sender<OwnedMutexGuard<Desk>>);

impl Commits {
    pub(super) fn start() -> Result<Self, OpenError> {
        let (give, given) = channel::<OwnedMutexGuard<Desk>>();
        thread::Builder::new()
            .name("sqlite-commit".to_owned())
            .spawn(move || {
                for mut desk in given {
                    desk.commit();
                }
            })
            .map_err(|e| OpenError::Other(e.to_string()))?;
        Ok(Self(give))
    }

    /// Commits the group at a desk, answers its members, and gives the desk to whoever waits for it.
    pub(super) fn hand_over(&self, desk: OwnedMutexGuard<Desk>) {
        if let Err(back) = self.0.send(desk) {
            // The thread is gone, which only a panic in it can have done: then everybody waits for their own.
            let mut desk = back.0;
            desk.commit();
        }
    }
}
