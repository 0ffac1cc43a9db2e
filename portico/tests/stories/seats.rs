//! Seats: an organization gives access to as many people as its license for a product says.

use portico::invitations::Refused;
use portico::platform::clock::Time;

use crate::stories;
use crate::support::first_time::{IRIS, STEPS};
use crate::support::{TestApp, all_at_once};

const OMAR: &str = "omar@riverside.example";
const MIA: &str = "mia@riverside.example";
const NORA: &str = "nora@riverside.example";
const DAY: i64 = 24 * 3_600 * 1_000_000;

/// Two people have access to Tracer: omar at one site, mia at all.
async fn there_are_seats(app: &TestApp, seats: i64) {
    app.execute("UPDATE licenses SET seats = $1 WHERE id = 'riverside/tracer'", &[&seats]).await;
}

async fn with_access(app: &TestApp) -> i64 {
    app.count("SELECT count(DISTINCT account_id) FROM access WHERE product_id = 'tracer'", &[]).await
}

stories! {
    async fn nobody_is_invited_when_all_seats_are_taken(app: TestApp) {
        there_are_seats(&app, 2).await;
        for email in [IRIS, NORA] {
            let refused = app.invite(email, "riverside").await.unwrap_err();
            assert_eq!(refused, Refused::NoSeat(2));
            assert!(refused.to_string().contains("All 2 seats") && refused.to_string().contains("have more seats"));
        }
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE email = $1", &[&IRIS]).await, 0, "nothing is begun");
        assert_eq!(app.count("SELECT count(*) FROM outbox", &[]).await, 0);
        assert_eq!(app.events("access.granted").await, 0);
    }

    async fn an_invitation_takes_the_seat_that_its_acceptance_keeps(app: TestApp) {
        there_are_seats(&app, 3).await;
        let (mut page, _) = app.iris_before(0).await;
        assert_eq!(app.invite(NORA, "riverside").await, Err(Refused::NoSeat(3)), "who is invited sits");
        for heading in STEPS {
            page.is_headed(heading);
            page = app.take(&page).await;
        }
        assert_eq!(app.invite(NORA, "riverside").await, Err(Refused::NoSeat(3)), "and has not two seats since");
        app.invite(IRIS, "riverside").await.unwrap();
        app.mail_to(IRIS).await.shows("has given you access to Tracer");
    }

    async fn whoever_has_a_seat_needs_no_other_for_another_site(app: TestApp) {
        there_are_seats(&app, 1).await;
        app.invite(OMAR, "riverside").await.unwrap();
        app.mail_to(OMAR).await;
        assert_eq!(app.count("SELECT count(*) FROM access WHERE product_id = 'tracer' AND account_id = $1", &[&OMAR]).await, 2);
        assert_eq!(app.invite(NORA, "riverside").await, Err(Refused::NoSeat(1)));
    }

    async fn an_account_that_is_switched_off_gives_its_seat_back(app: TestApp) {
        there_are_seats(&app, 2).await;
        app.switch(MIA, false).await;
        app.invite(NORA, "riverside").await.unwrap();
        app.mail_to(NORA).await;
        assert_eq!(app.invite(IRIS, "riverside").await, Err(Refused::NoSeat(2)));
    }

    async fn another_organizations_people_sit_elsewhere(app: TestApp) {
        there_are_seats(&app, 3).await;
        app.execute("INSERT INTO licenses (id, organization_id, product_id, seats, valid_from)
                     VALUES ('l', 'harbor', 'tracer', 1, 0)", &[]).await;
        app.invite("hugo@harbor.example", "harbor").await.unwrap();
        app.mail_to("hugo@harbor.example").await;
        app.invite(NORA, "riverside").await.unwrap();
        app.mail_to(NORA).await;
    }

    async fn clock_a_license_gives_access_from_its_first_to_its_last_day(app: TestApp) {
        let now = app.clock().now();
        let (from, until) = (Time(now.0 + DAY), Time(now.0 + 2 * DAY));
        app.execute("UPDATE licenses SET valid_from = $1, valid_until = $2", &[&from, &until]).await;
        let refused = app.invite(IRIS, "riverside").await.unwrap_err();
        assert_eq!(refused, Refused::NotYet(from));
        assert!(refused.to_string().contains("begins 2026-11-22 10:00 UTC"), "{refused}");
        app.pass_seconds(24 * 3_600);
        app.invite(NORA, "riverside").await.unwrap();
        app.mail_to(NORA).await;
        app.pass_seconds(24 * 3_600);
        let refused = app.invite(IRIS, "riverside").await.unwrap_err();
        assert_eq!(refused, Refused::Ended(until));
        assert!(refused.to_string().contains("ended 2026-11-23 10:00 UTC"), "{refused}");
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE email = $1", &[&IRIS]).await, 0);
    }

    async fn race_for_the_last_seats_on_two_nodes_fills_each_once(app: TestApp) {
        there_are_seats(&app, 5).await;
        let other = app.second_node().await;
        let racers = (0..12).map(|number| {
            let node = if number % 2 == 0 { app.clone() } else { other.clone() };
            async move { node.invite(&format!("new-{number}@riverside.example"), "riverside").await }
        });
        let invited = all_at_once(racers.collect::<Vec<_>>()).await;
        assert_eq!(invited.iter().filter(|one| one.is_ok()).count(), 3, "{invited:?}");
        assert!(invited.iter().all(|one| matches!(one, Ok(()) | Err(Refused::NoSeat(5)))), "{invited:?}");
        assert_eq!(with_access(&app).await, 5);
        app.leaves_mail_behind();
    }
}
