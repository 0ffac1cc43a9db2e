//! Many at once around a suspension. Each of these is decided in the database, on two nodes as on one.

use portico::continuity::Refused;

use crate::stories;
use crate::support::continuity::{LEE, LEE_ID, ROOT, SECOND, TOMAS, VERA, YES};
use crate::support::steps::NEW_PASSWORD;
use crate::support::{TestApp, all_at_once};

const HERE: &str = "/account/sso/lakeshore";

async fn living(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM sessions WHERE ended_at IS NULL", &[]).await
}

stories! {
    async fn race_nobody_who_signs_in_while_sso_resumes_stays_in(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        let nodes = [app.clone(), app.second_node().await];
        for round in 0..4 {
            app.suspend().await;
            app.reset_through_both().await;
            let mut pages = Vec::new();
            for number in 0..8 {
                pages.push(nodes[number % 2].browser().name(LEE).await);
            }
            let resuming = nodes[round % 2].clone();
            let mut racers: Vec<std::pin::Pin<Box<dyn Future<Output = ()> + Send>>> = Vec::new();
            for page in pages {
                racers.push(Box::pin(async move { drop(page.try_password(NEW_PASSWORD).await) }));
            }
            racers.push(Box::pin(async move { resuming.try_resume().await.unwrap() }));
            all_at_once(racers).await;
            assert_eq!(living(&app).await, 0, "round {round}");
            assert_eq!(app.account_of(LEE).await.password, None);
            app.execute("DELETE FROM attempt_counters", &[]).await;
            for mailbox in [LEE, SECOND, ROOT] {
                app.mails_to(mailbox).await;
            }
        }
    }

    async fn race_nobody_who_resets_while_sso_resumes_keeps_the_password(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        let nodes = [app.clone(), app.second_node().await];
        for round in 0..4 {
            app.suspend().await;
            let [first, second] = app.both_links().await;
            let browser = nodes[round % 2].browser();
            browser.get(&first).await.press(YES).await;
            let form = browser.get(&second).await.press(YES).await;
            let resuming = nodes[(round + 1) % 2].clone();
            let racers: [std::pin::Pin<Box<dyn Future<Output = ()> + Send>>; 2] = [
                Box::pin(async move { drop(form.choose_password(NEW_PASSWORD).await) }),
                Box::pin(async move { resuming.try_resume().await.unwrap() }),
            ];
            all_at_once(racers).await;
            let left = "SELECT count(*) FROM accounts WHERE password_suspended_at IS NOT NULL";
            assert_eq!(app.count(left, &[]).await, 0, "round {round}");
            for mailbox in [LEE, SECOND, ROOT] {
                app.mails_to(mailbox).await;
            }
        }
    }

    async fn race_of_many_who_set_a_password_through_the_two_links_one_wins(app: TestApp) {
        app.has_second_mailbox(LEE_ID, SECOND).await;
        app.suspend().await;
        let links = app.both_links().await;
        let nodes = [app.clone(), app.second_node().await];
        let mut forms = Vec::new();
        // Each shows its number to the other, so that both may go on.
        let mut shown = Vec::new();
        for (number, link) in links.iter().enumerate() {
            let browser = nodes[number].browser();
            shown.push(browser.get(link).await.press(YES).await);
            forms.push(browser);
        }
        let numbers: Vec<String> = shown.iter().map(|page| page.texts_of(".code").concat()).collect();
        for (page, number) in shown.iter().zip(numbers.iter().rev()) {
            page.clone().fill("Number on the other device", number).press("Go On").await;
        }
        let mut pages = Vec::new();
        for browser in forms {
            let page = browser.get("/recover/new-password").await;
            pages.extend((0..6).map(|_| page.clone()));
        }
        let set = pages.into_iter().enumerate().map(|(number, page)| async move {
            page.choose_password(&format!("{NEW_PASSWORD}-{number}")).await.heading()
        });
        all_at_once(set).await;
        assert_eq!(app.events("password.reset").await, 1);
        for mailbox in [LEE, SECOND] {
            app.mail_to(mailbox).await.shows("was changed");
        }
    }

    async fn race_many_suspend_and_many_resume_and_each_happens_once(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        let node = |number: usize| nodes[number % 2].clone();
        let suspend = (0..8).map(node).map(|node| async move { node.try_suspend(false).await });
        let outcomes = all_at_once(suspend).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(()) | Err(Refused::Suspended))));
        let resume = (0..8).map(node).map(|node| async move { node.try_resume().await });
        let outcomes = all_at_once(resume).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert_eq!((app.events("sso.suspended").await, app.events("sso.resumed").await), (1, 1));
        assert_eq!(app.count("SELECT count(*) FROM suspensions", &[]).await, 1);
        assert_eq!(app.mails_to(ROOT).await.len(), 2);
    }

    async fn race_of_an_approval_and_a_withdrawal_one_wins(app: TestApp) {
        app.two_license_owners().await;
        let [vera, tomas] = [app.signed_in_before_sso(VERA).await, app.signed_in_before_sso(TOMAS).await];
        let other = app.second_node().await;
        for _ in 0..4 {
            vera.get(HERE).await.fill("Reason", "Their page is out").press("Ask to Suspend").await;
            let (approve, withdraw) = (tomas.on(&other).get(HERE).await, vera.get(HERE).await);
            let racers: [std::pin::Pin<Box<dyn Future<Output = ()> + Send>>; 2] = [
                Box::pin(async move { drop(approve.press("Approve and Suspend").await) }),
                Box::pin(async move { drop(withdraw.press("Take It Back").await) }),
            ];
            all_at_once(racers).await;
            let suspended = app.count("SELECT count(*) FROM organizations WHERE sso_suspended_at IS NOT NULL", &[]).await;
            let both = "SELECT count(*) FROM suspensions WHERE began_at IS NOT NULL AND closed_at IS NOT NULL";
            assert_eq!(app.count(both, &[]).await, 0);
            if suspended == 1 {
                app.try_resume().await.unwrap();
            }
        }
        app.leaves_mail_behind();
    }
}
