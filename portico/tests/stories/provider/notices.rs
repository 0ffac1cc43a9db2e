//! Notices of a logout in an uneven world: products that are away, access that comes and goes, sessions long forgotten.

use portico::platform::ids::AccountId;
use portico::provider;
use store::Tx;

use super::logout::{Listener, deliver, listening, notices, told};
use crate::stories;
use crate::support::TestApp;

const OMAR: &str = "omar@riverside.example";

async fn take_access_away(app: &TestApp, client: &str) {
    let account = AccountId::from(OMAR);
    let end = async |tx: &mut Tx| provider::access_ends(tx, &account, client).await;
    app.app().db.write("story", end).await.unwrap();
}

stories! {
    async fn back_channel_a_product_that_is_away_holds_up_nobody_elses_notice(app: TestApp) {
        let (mut at_desk, mut at_bed) = (Listener::start(&[503]).await, Listener::start(&[200]).await);
        let bed = listening(&app, "bed-board", &at_bed).await;
        listening(&app, "incident-desk", &at_desk).await;
        for number in 0..60 {
            let sql = "INSERT INTO logout_notices (id, client_id, account_id, subject, sid, state, attempts, next_attempt_at, created_at)
                       VALUES ($1, 'incident-desk', 'a', 's', 'i', 'waiting', 0, 0, $2)";
            app.execute(sql, &[&format!("n{number}"), &app.clock().now()]).await;
        }
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        bed.tokens(&browser).await;
        portal.press("Sign out").await;
        deliver(&app).await;
        told(&app, &bed, &at_bed.token().expect("told in the first turn")).await;
        let mut tried = 0;
        while at_desk.token().is_some() {
            tried += 1;
        }
        assert_eq!(tried, 4, "its share");
    }

    async fn back_channel_what_was_given_again_is_told_again(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        let portal = browser.sign_in(OMAR).await;
        let tokens = bed.tokens(&browser).await;
        take_access_away(&app, "bed-board").await;
        bed.userinfo(&tokens.text("access_token")).await.is_refused("invalid_token");
        deliver(&app).await;
        assert!(listener.token().is_some());
        app.pass_seconds(1);
        bed.tokens(&browser).await;
        portal.press("Sign out").await;
        deliver(&app).await;
        assert!(listener.token().is_some());
        assert_eq!(notices(&app, "delivered").await, 2);
    }

    async fn back_channel_what_outlives_its_session_is_told_when_it_ends(app: TestApp) {
        let mut listener = Listener::start(&[200]).await;
        let bed = listening(&app, "bed-board", &listener).await;
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let code = bed.code(&browser, &[("scope", "openid offline_access")]).await;
        let tokens = bed.redeem(&code).await;
        app.execute("DELETE FROM sessions", &[]).await;
        let next = bed.refresh(&tokens.text("refresh_token")).await;
        let account = AccountId::from(OMAR);
        let end = async |tx: &mut Tx| provider::sessions_end(tx, &account).await;
        app.app().db.write("story", end).await.unwrap();
        deliver(&app).await;
        assert_eq!(told(&app, &bed, &listener.token().unwrap()).await["sub"], OMAR);
        bed.refresh(&next.text("refresh_token")).await.is_refused("invalid_grant");
        app.app().db.write("story", end).await.unwrap();
        deliver(&app).await;
        assert!(listener.token().is_none(), "once is enough");
    }
}
