//! PostgreSQL: a pool of connections, serializable transactions, and retries.
//!
//! - [`attempt`]: who loses a race is run again, with growing random pauses; so is who loses its connection before COMMIT
//!   was sent. After that the outcome is unknown, and said to be.
//! - [`session`]: a connection goes back to the pool only when its transaction has ended. An abandoned one (error, panic,
//!   dropped future) is rolled back first; if that does not work it is closed, and the server rolls back.
//! - [`open`]: several hosts, of which only a writable one is used; TLS with verified certificates.

mod attempt;
mod bind;
mod error;
mod open;
mod session;

use deadpool_postgres::Pool;

use crate::db::{Access, Clock};
use crate::{Error, OpenError, Param, Row, Work};

pub(crate) use bind::Native;
pub(crate) use session::Session;

pub(crate) struct Postgres {
    pool: Pool,
}

impl Postgres {
    pub(crate) async fn open(url: &str, connections: usize) -> Result<Self, OpenError> {
        let pool = open::pool(url, connections)?;
        open::verify(&pool).await?;
        Ok(Self { pool })
    }

    pub(crate) async fn run<T, E, F>(
        &self,
        name: &'static str,
        access: Access,
        clock: &Clock,
        work: &mut F,
    ) -> Result<T, E>
    where
        E: From<Error>,
        F: for<'t> Work<'t, T, E>,
    {
        attempt::until_settled(&self.pool, name, access, clock, work).await
    }

    /// One statement in a transaction of its own. At READ COMMITTED it waits for a row that another one is changing, and goes
    /// on from what that one left.
    pub(crate) async fn count(&self, sql: &'static str, params: &[&dyn Param]) -> Result<Option<Row>, Error> {
        attempt::counted(&self.pool, sql, params).await
    }

    pub(crate) async fn prepare(&self, sql: &str) -> Result<(), Error> {
        let client = self.pool.get().await.map_err(error::of_pool)?;
        let prepared = client.prepare(sql).await;
        prepared.map(drop).map_err(|e| error::of_statement(&e, "prepare"))
    }
}
