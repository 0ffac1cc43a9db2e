//! What both engines promise, shown on both: every test here runs once on SQLite and once on PostgreSQL.
//!
//! PostgreSQL is the server named by PORTICO_TEST_POSTGRES; each test has a database of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "conformance/support.rs"]
mod support;

/// Declares tests that take a `Ground` and run on each engine.
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                super::$name(crate::support::Ground::sqlite().await).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                super::$name(crate::support::Ground::postgres().await).await;
            })+
        }
    };
}

#[path = "conformance/basics.rs"]
mod basics;
#[path = "conformance/endings.rs"]
mod endings;
#[path = "conformance/groups.rs"]
mod groups;
#[path = "conformance/lost.rs"]
mod lost;
#[path = "conformance/migrations.rs"]
mod migrations;
#[path = "conformance/opening.rs"]
mod opening;
#[path = "conformance/proxy.rs"]
mod proxy;
#[path = "conformance/races.rs"]
mod races;
#[path = "conformance/together.rs"]
mod together;
