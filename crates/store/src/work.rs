//! What a transaction runs: an async closure whose future may move between threads.

use crate::{Ear, Error, Tx};

/// An async closure over a transaction that may be called again and whose future is `Send`.
///
/// Implemented for `async |tx| { … }` and never by hand. `AsyncFnMut` alone cannot say that its futures are `Send`, and
/// without that no caller's future would be. A closure that changes what it captured does not qualify, on purpose: it
/// may be run several times and must mean the same each time.
#[diagnostic::on_unimplemented(
    message = "a transaction's closure must be repeatable and `Send`",
    note = "write an async closure over `tx` without `move`, change nothing that is captured, and capture only what is `Sync`"
)]
pub trait Work<'t, T, E>: Send {
    type Running: Future<Output = Result<T, E>> + Send;

    fn start(&mut self, tx: &'t mut Tx) -> Self::Running;
}

impl<'t, T, E, F, R> Work<'t, T, E> for F
where
    F: FnMut(&'t mut Tx) -> R + Send,
    R: Future<Output = Result<T, E>> + Send,
{
    type Running = R;

    fn start(&mut self, tx: &'t mut Tx) -> R {
        self(tx)
    }
}

/// A closure whose statements somebody may listen to.
pub(crate) struct Overheard<'w, F> {
    pub work: &'w mut F,
    pub by: Option<&'w Ear>,
}

impl<'t, T, E, F: Work<'t, T, E>> Work<'t, T, E> for Overheard<'_, F> {
    type Running = F::Running;

    fn start(&mut self, tx: &'t mut Tx) -> F::Running {
        tx.let_hear(self.by);
        self.work.start(tx)
    }
}

/// What the caller is told: a statement that failed outweighs a closure that swallowed it and said Ok.
pub(crate) fn verdict<T, E: From<Error>>(answer: Result<T, E>, failed: Option<Error>) -> Result<T, E> {
    match (answer, failed) {
        (Ok(_), Some(error)) => Err(error.into()),
        (answer, _) => answer,
    }
}
