//! What a transaction runs: an async closure whose future may move between threads.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::{Ear, Error, Param, Row, Tx};

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

/// A count that comes before a write, and says whether it may be.
pub struct Count<'a> {
    pub sql: &'static str,
    pub params: &'a [&'a dyn Param],
    pub allows: &'a (dyn Fn(Option<&Row>) -> Result<bool, Error> + Sync),
}

/// A closure behind a count in the same transaction.
pub(crate) struct Counted<'w, F> {
    pub count: Count<'w>,
    pub work: F,
}

impl<'t, T, E, F> Work<'t, Option<T>, E> for Counted<'_, F>
where
    E: From<Error>,
    F: Work<'t, T, E>,
{
    type Running = Running<F::Running>;

    fn start(&mut self, tx: &'t mut Tx) -> Self::Running {
        let Count { sql, params, allows } = self.count;
        match tx.first_at_once(sql, params).and_then(|row| allows(row.as_ref())) {
            Ok(true) => Running::Allowed(Box::pin(self.work.start(tx))),
            Ok(false) => Running::Refused(None),
            Err(error) => Running::Refused(Some(error)),
        }
    }
}

pub(crate) enum Running<R> {
    Allowed(Pin<Box<R>>),
    Refused(Option<Error>),
}

impl<T, E: From<Error>, R: Future<Output = Result<T, E>>> Future for Running<R> {
    type Output = Result<Option<T>, E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Running::Allowed(running) => running.as_mut().poll(cx).map(|done| done.map(Some)),
            // What was counted stays.
            Running::Refused(error) => Poll::Ready(error.take().map_or(Ok(None), |error| Err(error.into()))),
        }
    }
}

/// What the caller is told: a statement that failed outweighs a closure that swallowed it and said Ok.
pub(crate) fn verdict<T, E: From<Error>>(answer: Result<T, E>, failed: Option<Error>) -> Result<T, E> {
    match (answer, failed) {
        (Ok(_), Some(error)) => Err(error.into()),
        (answer, _) => answer,
    }
}
