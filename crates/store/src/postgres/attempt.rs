//! Running a closure until it has won, lost for good, or failed.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use deadpool_postgres::Pool;

use super::Session;
use crate::db::{Access, Clock, Durability};
use crate::work::verdict;
use crate::{Error, Param, Row, Tx, Work};

const RACES: u32 = 12;
const LOST_CONNECTIONS: u32 = 3;

/// The pause before the n-th repetition is a random part of this many milliseconds, doubled each time up to the bound.
const FIRST_PAUSE: u64 = 2;
const LONGEST_PAUSE: u64 = 200;

enum Attempt<T, E> {
    Settled(Result<T, E>),
    /// Nothing was written and the reason may be gone the next time.
    Again(Error),
}

pub(super) async fn until_settled<T, E, F>(
    pool: &Pool,
    name: &'static str,
    access: Access,
    clock: &Clock,
    work: &mut F,
) -> Result<T, E>
where
    E: From<Error>,
    F: for<'t> Work<'t, T, E>,
{
    let mut races = 0;
    let mut lost = 0;
    loop {
        let error = match attempt(pool, access, clock, work).await {
            Attempt::Settled(answer) => return answer,
            Attempt::Again(error) => error,
        };
        if error == Error::Contended {
            races += 1;
        } else {
            lost += 1;
            // What broke one connection (a restart, a failover) has broken those that lie idle too.
            pool.retain(|_, _| false);
        }
        if races >= RACES || lost >= LOST_CONNECTIONS {
            return Err(error.into());
        }
        tracing::debug!(name, races, lost, %error, "transaction is run again");
        tokio::time::sleep(pause(races + lost)).await;
    }
}

/// One statement in a transaction of its own, which reads what is committed when it comes to it.
pub(super) async fn counted(pool: &Pool, sql: &'static str, params: &[&dyn Param]) -> Result<Option<Row>, Error> {
    let mut tries = 0;
    loop {
        let mut session = Session::open(pool, Access::Write(Durability::Unsynced)).await?;
        match session.alone(sql, params).await {
            Err(Error::Contended) if tries < RACES => tokio::time::sleep(pause(tries)).await,
            Err(Error::Unavailable(_)) if tries < LOST_CONNECTIONS => drop(pool.retain(|_, _| false)),
            answer => return answer,
        }
        tries += 1;
    }
}

async fn attempt<T, E, F>(pool: &Pool, access: Access, clock: &Clock, work: &mut F) -> Attempt<T, E>
where
    E: From<Error>,
    F: for<'t> Work<'t, T, E>,
{
    let session = match Session::open(pool, access).await {
        Ok(session) => session,
        // The server cannot be reached at all; whoever asked should be told now and not in a minute.
        Err(error) => return Attempt::Settled(Err(error.into())),
    };
    let mut tx = Tx::new(crate::tx::Session::Postgres(session), clock());
    let answer = work.start(&mut tx).await;
    let (session, failed) = tx.into_parts();
    let crate::tx::Session::Postgres(session) = session else {
        return Attempt::Settled(answer);
    };
    // What a closure made of a lost race does not count: it is run again.
    if let Some(error @ (Error::Contended | Error::Unavailable(_))) = failed {
        session.roll_back().await;
        return Attempt::Again(error);
    }
    match verdict(answer, failed) {
        Err(refusal) => {
            session.roll_back().await;
            Attempt::Settled(Err(refusal))
        }
        Ok(value) => match session.commit().await {
            Ok(()) => Attempt::Settled(Ok(value)),
            Err(error @ (Error::Contended | Error::Unavailable(_))) => Attempt::Again(error),
            Err(error) => Attempt::Settled(Err(error.into())),
        },
    }
}

/// Chance keeps those who collided from colliding again; a hash map's seed is chance enough for that.
fn pause(repetition: u32) -> Duration {
    let bound = (FIRST_PAUSE << repetition.min(16)).min(LONGEST_PAUSE) * 1000;
    Duration::from_micros(RandomState::new().hash_one(repetition) % bound)
}
