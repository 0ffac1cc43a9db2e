//! Running a closure on SQLite: at once, in place, to its end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;

use tokio::runtime::{Handle, RuntimeFlavor};

use crate::{Error, Tx, Work};

/// Polls the closure's future once. No statement on SQLite ever waits, so a future that does is waiting for something
/// else and would hold up every writer: that is answered with [`Error::Waited`]. A panic is caught, so that the
/// connection outlives it, and handed on.
pub(super) fn once<T, E, F>(work: &mut F, tx: &mut Tx) -> thread::Result<Result<T, E>>
where
    E: From<Error>,
    F: for<'t> Work<'t, T, E>,
{
    catch_unwind(AssertUnwindSafe(|| {
        let mut running = pin!(work.start(tx));
        match running.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => Err(Error::Waited.into()),
        }
    }))
}

/// Tells the runtime that this thread is about to wait for a disk.
pub(super) fn blocking<R>(act: impl FnOnce() -> R) -> R {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(act),
        // A runtime of one thread has nobody to hand its tasks to.
        _ => act(),
    }
}
