//! Signing keys: published before use, used in turn, gone after the last token.

use std::time::Duration;

use oidc::jose::{Algorithm, Unverified};
use portico::audit::Actor;
use portico::platform::jobs::Lease;
use portico::provider::keys::{self, Rotated, State};

use crate::stories;
use crate::support::TestApp;
use crate::support::product::{self, Product, published};

const OMAR: &str = "omar@riverside.example";

async fn states(app: &TestApp) -> Vec<State> {
    let listed = keys::list(app.app()).await.unwrap();
    listed.iter().filter(|key| key.algorithm == Algorithm::Es256).map(|key| key.state).collect()
}

async fn look_at_the_keys(app: &TestApp) {
    let lease = Lease::new("signing_keys", Duration::from_secs(1), &app.app().entropy);
    keys::turn(app.app(), &lease).await.unwrap();
    app.pass_seconds(2);
}

fn kid(token: &str) -> String {
    Unverified::parse(token).unwrap().header.kid.unwrap()
}

stories! {
    async fn the_next_key_is_published_before_it_signs_and_the_last_one_after(app: TestApp) {
        let other = app.second_node().await;
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let before = bed.tokens(&browser).await.text("id_token");
        let rotated = keys::rotate(app.app(), Actor::Command, Algorithm::Es256, false).await.unwrap();
        assert!(matches!(rotated, Rotated::Published { .. }));
        assert_eq!(states(&app).await, [State::Next, State::Signing]);
        let kept_by_others = published(&other).await;
        assert_eq!(kid(&bed.tokens(&browser).await.text("id_token")), kid(&before));
        assert!(matches!(keys::rotate(app.app(), Actor::Command, Algorithm::Es256, false).await.unwrap(), Rotated::Waiting { .. }));
        app.pass_seconds(15 * 60);
        assert_eq!(states(&app).await, [State::Signing, State::Retired]);
        let after = bed.on(&other).tokens(&browser.on(&other)).await.text("id_token");
        assert_ne!(kid(&after), kid(&before));
        assert!(kept_by_others.iter().any(|key| key.kid() == Some(&kid(&after))), "known before it was used");
        bed.claims_of(&before).await;
        app.pass_seconds(24 * 3_600);
        assert!(!published(&app).await.iter().any(|key| key.kid() == Some(&kid(&before))));
        look_at_the_keys(&app).await;
        assert_eq!(states(&app).await, [State::Signing]);
    }

    async fn clock_a_key_is_followed_by_another_after_ninety_days(app: TestApp) {
        Product::register(&app, product::of("bed-board")).await;
        look_at_the_keys(&app).await;
        assert_eq!(states(&app).await, [State::Signing]);
        app.pass_seconds(90 * 24 * 3_600 - 60 * 60);
        look_at_the_keys(&app).await;
        assert_eq!(states(&app).await, [State::Signing]);
        app.pass_seconds(50 * 60);
        look_at_the_keys(&app).await;
        look_at_the_keys(&app).await;
        assert_eq!(states(&app).await, [State::Next, State::Signing]);
    }

    async fn race_of_two_nodes_that_change_the_key_makes_one_key(app: TestApp) {
        let other = app.second_node().await;
        Product::register(&app, product::of("bed-board")).await;
        look_at_the_keys(&app).await;
        let (one, two) = tokio::join!(
            keys::rotate(app.app(), Actor::Command, Algorithm::Es256, false),
            keys::rotate(other.app(), Actor::Command, Algorithm::Es256, false)
        );
        let made = [one.unwrap(), two.unwrap()];
        let published = made.iter().filter(|rotated| matches!(rotated, Rotated::Published { .. }));
        assert_eq!(published.count(), 1);
        assert_eq!(states(&app).await, [State::Next, State::Signing]);
    }

    async fn a_key_that_is_suspected_is_withdrawn_at_once(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let before = bed.tokens(&browser).await.text("id_token");
        keys::rotate(app.app(), Actor::Command, Algorithm::Es256, true).await.unwrap();
        assert!(!published(&app).await.iter().any(|key| key.kid() == Some(&kid(&before))));
        assert_ne!(kid(&bed.tokens(&browser).await.text("id_token")), kid(&before));
        // As a hint, too, it is worth nothing any more.
        let page = browser.get(&format!("/oauth2/logout?id_token_hint={before}")).await;
        page.is_headed("Do you want to sign out?");
    }

    async fn a_key_that_only_a_newer_version_knows_keeps_nobody_from_signing(app: TestApp) {
        let bed = Product::register(&app, product::of("bed-board")).await;
        let sql = "INSERT INTO signing_keys (id, algorithm, private, created_at, active_at) VALUES ('new', 'ML-DSA-44', $1, 0, 0)";
        app.execute(sql, &[&[0_u8; 4].as_slice()]).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        bed.claims_of(&bed.tokens(&browser).await.text("id_token")).await;
        assert_eq!(states(&app).await, [State::Signing]);
    }

    async fn nodes_that_start_together_agree_on_their_keys(app: TestApp) {
        let other = app.second_node().await;
        let (one, two) = tokio::join!(keys::prepare(app.app()), keys::prepare(other.app()));
        one.and(two).unwrap();
        assert_eq!(states(&app).await, [State::Signing]);
        let stored = app.count("SELECT count(*) FROM signing_keys", &[]).await;
        assert_eq!(stored, i64::try_from(keys::ALGORITHMS.len()).unwrap());
    }
}
