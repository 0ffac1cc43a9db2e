//! The demo as a node: its people, its mailbox.

use std::sync::Arc;

use portico::app::{App, Limits};
use portico::demo::data::{self, Props};
use portico::demo::{Addresses, Stage};
use portico::deployment::{self, Kind};
use portico::platform::clock::Clock;
use portico::platform::i18n::Locales;

use super::app::{Node, TestApp, courier, parts};
use super::ground::{Engine, Ground};
use super::world::START;

impl TestApp {
    /// The demo, as a visitor finds it. Its mails are made of words that name themselves.
    pub async fn start_demo(engine: Engine) -> TestApp {
        let clock = Clock::fake(START);
        let shared = TestApp::around(Ground::new(engine, &clock, "nobody", async |_| ()).await, clock).await;
        let addresses = Addresses::new("127.0.0.1:8080".parse().unwrap()).unwrap();
        let mut parts = parts(&shared).await;
        let plenty = 100_000;
        parts.limits = Limits {
            failures: plenty,
            sign_ins: plenty,
            mails_per_mailbox: plenty,
            mails_per_address: plenty,
            mails_overall: plenty,
            ..parts.limits
        };
        let inbox = shared.sink.inbox().clone();
        parts.demo = Some(Stage { inbox, addresses, configuration: "portico.toml".into() });
        let app = App::new(parts);
        deployment::claim(&app.db, &app.keys, Kind::Demo).await.unwrap();
        let props = Props {
            entropy: &app.entropy,
            keys: &app.keys,
            hasher: &app.hasher,
            addresses: &addresses,
            terms: app.terms.as_ref(),
        };
        data::seed(&app.db, props).await.unwrap();
        data::move_addresses(&app).await.unwrap();
        data::invite(&app).await.unwrap();
        let courier = courier(&app, &shared, Locales::keyed());
        TestApp(Arc::new(Node { router: app.router(), app, courier, shared }))
    }
}
