//! What is known of one connection: whether it waits or works, and until when it may.

use std::mem;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::Times;
use super::registry::Registry;

pub struct Line {
    id: u64,
    registry: Arc<Registry>,
    closed: Arc<Notify>,
    times: Times,
    phase: Mutex<Phase>,
}

enum Phase {
    /// Between two requests.
    Idle { until: Instant },
    /// A head is coming.
    Head { until: Instant },
    /// A request is being answered. Whoever tried to read meanwhile wants to know when there is a deadline again.
    Busy { reader: Option<Waker> },
}

impl Line {
    /// `None` when there is no room.
    pub fn new(registry: &Arc<Registry>, peer: IpAddr, times: Times) -> Option<Line> {
        let (id, closed) = registry.enter(peer)?;
        let phase = Mutex::new(Phase::Head { until: Instant::now() + times.head });
        Some(Line { id, registry: Arc::clone(registry), closed, times, phase })
    }

    pub fn times(&self) -> Times {
        self.times
    }

    /// Resolves when this connection has to make room.
    pub async fn closed(&self) {
        self.closed.notified().await;
    }

    /// Until when something must have been read. Without a deadline, `reader` is woken when there is one.
    pub fn deadline(&self, reader: &Waker) -> Option<Instant> {
        match &mut *self.phase() {
            Phase::Idle { until } | Phase::Head { until } => Some(*until),
            Phase::Busy { reader: known } => {
                known.get_or_insert_with(|| reader.clone()).clone_from(reader);
                None
            }
        }
    }

    pub fn is_late(&self) -> bool {
        match *self.phase() {
            Phase::Idle { until } | Phase::Head { until } => until <= Instant::now(),
            Phase::Busy { .. } => false,
        }
    }

    /// Bytes came. After the first of a head it has its own time, which more of them do not prolong.
    pub fn hears(&self) {
        let mut phase = self.phase();
        if let Phase::Idle { .. } = *phase {
            *phase = Phase::Head { until: Instant::now() + self.times.head };
        }
    }

    pub fn works(&self) {
        *self.phase() = Phase::Busy { reader: None };
        self.registry.works(self.id);
    }

    pub fn waits(&self) {
        let idle = Phase::Idle { until: Instant::now() + self.times.idle };
        let before = mem::replace(&mut *self.phase(), idle);
        if let Phase::Busy { reader: Some(reader) } = before {
            reader.wake();
        }
        self.registry.waits(self.id);
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.registry.leave(self.id);
    }
}
