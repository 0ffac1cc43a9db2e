//! What a stranger publishes, kept: asked for by one for all, again when it is old, and believed for a while when they are away.
//!
//! ```text
//! fresh ─────────────────────────> it is used
//! old, or a newer one is wanted ─> somebody asks already: wait with them
//!                                  nobody has, lately: ask, and others wait with us
//!                                  somebody has, a moment ago: what there is, unless it is too old; or how that ended
//! ```
//!
//! - The question goes on when whoever asked it leaves: those who wait with them need its answer.
//! - However many want however much, there is a floor under the time between two questions. So neither keys that change at
//!   each look, nor tokens of keys that never were, make us a nuisance.

mod rules;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use self::rules::{Known, Plan, Wish, plan};
use super::clock::{Clock, Time};

pub use self::rules::Ages;

/// One thing that somebody else publishes. Clones keep the same.
pub struct Kept<T, E> {
    ages: Ages,
    clock: Clock,
    /// What is told when a question ends without an answer of either kind.
    lost: E,
    state: Arc<Mutex<State<T, E>>>,
}

/// What was found. The edition tells it from an older one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    pub value: T,
    pub edition: u64,
}

struct State<T, E> {
    good: Option<(Time, Found<T>)>,
    asked: Option<Time>,
    /// How the last question ended, unless well.
    failed: Option<E>,
    /// Closed when the question that is open has ended.
    asking: Option<watch::Receiver<()>>,
}

impl<T, E> State<T, E> {
    fn open(&self) -> Option<watch::Receiver<()>> {
        self.asking.clone().filter(|asking| asking.has_changed().is_ok())
    }

    fn known(&self) -> Known {
        let good = self.good.as_ref().map(|(read, found)| (*read, found.edition));
        Known { good, asked: self.asked, asking: self.open().is_some() }
    }
}

/// What is to be done now, outside of the lock.
enum Next<T, E> {
    Use(Found<T>),
    Wait(watch::Receiver<()>),
    Without(Option<E>),
}

impl<T, E> Kept<T, E>
where
    T: Clone + Send + 'static,
    E: Clone + Send + 'static,
{
    pub fn new(ages: Ages, clock: Clock, lost: E) -> Kept<T, E> {
        let state = State { good: None, asked: None, failed: None, asking: None };
        Kept { ages, clock, lost, state: Arc::new(Mutex::new(state)) }
    }

    /// What there is. `ask` is how it is asked for, and is begun only when nobody asks already.
    ///
    /// # Errors
    /// How asking ended, now or a moment ago.
    pub async fn get(&self, ask: impl Future<Output = Result<T, E>> + Send + 'static) -> Result<Found<T>, E> {
        self.wish(Wish::Any, ask).await.map_err(|failed| failed.unwrap_or_else(|| self.lost.clone()))
    }

    /// One that is newer than the edition that did not do. `None`: there is none, or it is too early to ask again.
    ///
    /// # Errors
    /// How asking ended.
    pub async fn newer(
        &self,
        than: u64,
        ask: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> Result<Option<Found<T>>, E> {
        match self.wish(Wish::NewerThan(than), ask).await {
            Ok(found) => Ok(Some(found)),
            Err(failed) => failed.map_or(Ok(None), Err),
        }
    }

    async fn wish(
        &self,
        wish: Wish,
        ask: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> Result<Found<T>, Option<E>> {
        let mut waited = false;
        let mut ask = Some(ask);
        loop {
            match self.next(wish, waited, &mut ask) {
                Next::Use(found) => return Ok(found),
                Next::Without(failed) => return Err(failed),
                // Ends by closing: nothing is ever sent.
                Next::Wait(mut asking) => drop(asking.changed().await),
            }
            waited = true;
        }
    }

    fn next(
        &self,
        wish: Wish,
        waited: bool,
        ask: &mut Option<impl Future<Output = Result<T, E>> + Send + 'static>,
    ) -> Next<T, E> {
        let now = self.clock.now();
        let mut state = lock(&self.state);
        let plan = plan(state.known(), wish, waited, self.ages, now);
        let found = state.good.as_ref().map(|(_, found)| found.clone());
        match (plan, found, state.open(), ask.take_if(|_| plan == Plan::Ask)) {
            (Plan::Use, Some(found), ..) => Next::Use(found),
            (Plan::Join, _, Some(asking), _) => Next::Wait(asking),
            (Plan::Ask, .., Some(ask)) => Next::Wait(self.begin(&mut state, now, ask)),
            _ => Next::Without(state.failed.clone()),
        }
    }

    /// Asks, in a task of its own.
    fn begin(
        &self,
        state: &mut State<T, E>,
        now: Time,
        ask: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> watch::Receiver<()> {
        let (open, asking) = watch::channel(());
        state.asked = Some(now);
        state.asking = Some(asking.clone());
        // Until it has ended otherwise.
        state.failed = Some(self.lost.clone());
        let kept = self.state.clone();
        tokio::spawn(async move {
            let ended = ask.await;
            let mut state = lock(&kept);
            match ended {
                Ok(value) => {
                    let edition = state.good.as_ref().map_or(1, |(_, found)| found.edition.saturating_add(1));
                    state.good = Some((now, Found { value, edition }));
                    state.failed = None;
                }
                Err(failed) => state.failed = Some(failed),
            }
            state.asking = None;
            drop(state);
            drop(open);
        });
        asking
    }
}

fn lock<T, E>(state: &Mutex<State<T, E>>) -> MutexGuard<'_, State<T, E>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
