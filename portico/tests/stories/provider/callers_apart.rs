//! Programs that cannot show who they are: how often they may try, and what they learn from it.

use axum::http::{HeaderMap, Method, header};

use crate::stories;
use crate::support::all_at_once;
use crate::support::product::{self, Answer, Product, SECRET, basic, program_at};
use crate::support::{Browser, TestApp};

/// What one client id may try at one address in ten minutes.
const TRIES: usize = 100;

async fn ask(place: &Browser, id: &str, secret: &str) -> Answer {
    let headers = HeaderMap::from_iter([(header::AUTHORIZATION, basic(id, secret))]);
    program_at(place, Method::POST, "/oauth2/token", headers, &[("grant_type", "client_credentials")]).await
}

async fn rows(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM rate_counters", &[]).await
}

stories! {
    async fn who_fails_too_often_in_one_place_is_not_listened_to_there(app: TestApp) {
        Product::register(&app, product::of("bed-board")).await;
        let (there, elsewhere) = (app.browser(), app.browser());
        for _ in 0..TRIES {
            ask(&there, "bed-board", "wrong").await.is_refused("invalid_client");
        }
        let refused = ask(&there, "bed-board", SECRET).await;
        assert_eq!(refused.status, 429);
        assert!(refused.headers[header::RETRY_AFTER].to_str().unwrap().parse::<u64>().unwrap() <= 600);
        ask(&elsewhere, "bed-board", SECRET).await.is_good();
        app.pass_seconds(600);
        ask(&there, "bed-board", SECRET).await.is_good();
    }

    async fn race_of_guesses_at_a_secret_on_two_nodes_is_counted_before_it_is_run(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        Product::register(&app, product::of("bed-board")).await;
        let there = app.browser();
        let guesses = (0..TRIES + 20).map(|number| {
            let place = there.on(&nodes[number % 2]);
            async move { ask(&place, "bed-board", "wrong").await.status }
        });
        let answers = all_at_once(guesses).await;
        assert_eq!(answers.iter().filter(|status| **status == 401).count(), TRIES);
        assert_eq!(answers.iter().filter(|status| **status == 429).count(), 20);
    }

    async fn stranger_cannot_tell_an_id_that_nobody_has_from_one_with_another_secret(app: TestApp) {
        Product::register(&app, product::of("bed-board")).await;
        let (at_known, at_unknown) = (app.browser(), app.browser());
        let before = rows(&app).await;
        let known = ask(&at_known, "bed-board", "wrong").await;
        let between = rows(&app).await;
        let unknown = ask(&at_unknown, "nobody", "wrong").await;
        assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
        assert_eq!(between - before, rows(&app).await - between, "the same is written");
        for _ in 1..TRIES {
            ask(&at_unknown, "nobody", "wrong").await.is_refused("invalid_client");
        }
        assert_eq!(ask(&at_unknown, "nobody", "wrong").await.status, 429);
    }

    async fn an_address_that_fails_under_many_ids_is_refused_altogether(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.failures = 5).await;
        Product::register(&app, product::of("bed-board")).await;
        let there = node.browser();
        for number in 0..5 {
            ask(&there, &format!("nobody-{number}"), "wrong").await.is_refused("invalid_client");
        }
        let written = rows(&app).await;
        assert_eq!(ask(&there, "nobody-6", "wrong").await.status, 429);
        assert_eq!(ask(&there, "bed-board", SECRET).await.status, 429);
        assert_eq!(rows(&app).await, written, "and leaves no rows any more");
        ask(&node.browser(), "bed-board", SECRET).await.is_good();
    }
}
