//! What the stories are told with.
//!
//! - [`TestApp`]: one node on a database of its own, with a clock that stands until it is moved. [`TestApp::second_node`]
//!   is another node on the same database.
//! - [`Browser`] and [`Page`]: what a person does, by the names people see.
//! - Mail goes over real SMTP to a server on loopback, when [`TestApp::mail_to`] or [`TestApp::deliver_mail`] says so.
//! - A story ends with all mail read, nothing queued, no attempt under way and an audit trail that verifies, unless it
//!   says otherwise ([`TestApp::leaves_mail_behind`]).

mod app;
mod browser;
pub mod continuity;
mod demo;
mod dns;
pub mod first_time;
mod ground;
pub mod html;
pub mod idp;
mod mail;
mod page;
mod parallel;
pub mod passkey;
pub mod product;
mod queries;
pub mod steps;
pub mod stranger;
pub mod tour;
mod tour_factors;
mod tour_own_data;
pub mod world;

pub use app::TestApp;
pub use browser::{Browser, PAGES, form_headers};
pub use dns::Zone;
pub use ground::Engine;
pub use mail::Mail;
pub use page::Page;
pub use parallel::all_at_once;
pub use world::{ANSWERS, PASSWORD, code_now};

/// Runs one story on one engine, and looks at what it leaves behind.
pub fn tell<F: Future<Output = ()>>(engine: Engine, story: fn(TestApp) -> F) {
    // SQLite runs in place, which only this kind of runtime allows.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let app = TestApp::start(engine).await;
        story(app.clone()).await;
        app.finish().await;
    });
}

/// The same in the demo, where mails are made of words that name themselves.
pub fn tell_of_the_demo<F: Future<Output = ()>>(engine: Engine, story: fn(TestApp) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let app = TestApp::start_demo(engine).await;
        story(app.clone()).await;
        app.finish().await;
    });
}

/// Stories, each told once for each engine: `a_sentence::on_sqlite` and `a_sentence::on_postgres`.
#[macro_export]
macro_rules! stories {
    ($($(#[$about:meta])* async fn $name:ident($app:ident: TestApp) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a story may need nothing but its app")]
            use super::*;
            use $crate::support::{Engine, TestApp, tell};

            $(#[$about])*
            async fn story($app: TestApp) $body

            #[test]
            fn on_sqlite() {
                tell(Engine::Sqlite, story);
            }

            #[test]
            fn on_postgres() {
                tell(Engine::Postgres, story);
            }
        }
    )+};
}
