//! Whoever signs in at their organization cannot be locked out by guesses here.

use super::{LEE, lakeshore, lee, linked_notice, sign_in_as};
use crate::stories;
use crate::support::PASSWORD;
use crate::support::idp::person;
use crate::support::steps::{LOCKED, WRONG};

const SHARED: &str = "198.51.100.7";

stories! {
    async fn locked_by_others_lee_gets_in_by_the_way_of_the_organization(app: TestApp) {
        let idp = lakeshore(&app).await;
        // There is no password page for an address of the domain; by user name there is one.
        app.lock("lee-castillo").await.complains(LOCKED);
        let node = app
            .node_with(|parts| {
                parts.limits.names = 2;
                parts.limits.failures = 2;
            })
            .await;
        for number in 0..2 {
            node.browser().at_address(SHARED).try_password(&format!("nobody-{number}"), WRONG).await;
        }
        assert_eq!(node.browser().at_address(SHARED).try_password("lee-castillo", PASSWORD).await.status(), 429);
        let ours = node.browser().at_address(SHARED);
        sign_in_as(&ours, &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        app.leaves_mail_behind();
    }

    async fn a_second_step_of_ours_that_is_never_finished_is_told_after_the_way_there(app: TestApp) {
        let idp = lakeshore(&app).await;
        sign_in_as(&app.browser(), &idp, LEE, lee()).await.is_the_portal_of("Lee Castillo");
        linked_notice(&app, LEE).await;
        app.execute(
            "INSERT INTO authenticators (id, account_id, secret, confirmed_at, last_step, created_at)
             SELECT 'lees', 'lee-castillo', secret, confirmed_at, 0, created_at FROM authenticators
             WHERE account_id = 'kim@northwind.example'",
            &[],
        )
        .await;
        let half = app.browser();
        sign_in_as(&half, &idp, LEE, person("lee-there", LEE)).await.is_headed("One more step");
        app.pass_seconds(1_800);
        portico::sign_in::tell_half(app.app()).await.unwrap();
        let told = app.mail_to(LEE).await;
        told.shows("Somebody signed in at your organization as").shows("only the second step has kept them out");
    }
}
