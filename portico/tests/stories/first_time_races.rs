//! Many at once, of one temporary password and of one code, on two nodes.

use crate::stories;
use crate::support::first_time::{IRIS, STEPS};
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{Page, all_at_once};

const RACERS: usize = 16;

stories! {
    async fn race_sixteen_browsers_with_one_temporary_password_set_one_password(app: TestApp) {
        let (first, mail) = app.iris_before(2).await;
        let nodes = [app.clone(), app.second_node().await];
        let mut forms = vec![first];
        for number in 1..RACERS {
            let browser = nodes[number % 2].browser();
            forms.push(browser.try_password(IRIS, &mail.temporary_password()).await.is_headed(STEPS[2]).clone());
        }
        let racers = forms.into_iter().enumerate().map(|(number, form): (usize, Page)| async move {
            let page = form.choose_password(&format!("{NEW_PASSWORD}-{number}")).await;
            (number, page.heading())
        });
        let ended = all_at_once(racers).await;
        let won: Vec<usize> = ended.iter().filter(|(_, heading)| heading == STEPS[3]).map(|(number, _)| *number).collect();
        assert_eq!(won.len(), 1, "{ended:?}");
        assert_eq!(app.events("password.changed").await, 1);
        for number in 0..RACERS {
            app.execute("DELETE FROM attempt_counters", &[]).await;
            let page = app.browser().try_password(IRIS, &format!("{NEW_PASSWORD}-{number}")).await;
            assert_eq!(page.heading() == STEPS[3], won.contains(&number), "{number}: {}", page.text());
        }
        app.browser().try_password(IRIS, &mail.temporary_password()).await.complains(WRONG_PASSWORD);
    }

    async fn race_sixteen_posts_of_one_temporary_password_are_one_proof(app: TestApp) {
        let mail = app.invite_iris().await;
        let nodes = [app.clone(), app.second_node().await];
        let page = app.browser().name(IRIS).await;
        let typed = mail.temporary_password();
        let racers = (0..RACERS).map(|number| {
            let (browser, path, typed) = (page.browser().on(&nodes[number % 2]), page.path().to_owned(), typed.clone());
            async move { browser.post(&path, &[("password", &typed)]).await.heading() }
        });
        for heading in all_at_once(racers.collect::<Vec<_>>()).await {
            assert_eq!(heading, STEPS[0]);
        }
        assert_eq!(app.events("password.refused").await, 0, "a right one is never counted as wrong");
        assert_eq!(app.count("SELECT count(*) FROM one_time WHERE failures > 0", &[]).await, 0);
    }

    async fn race_sixteen_posts_of_one_code_verify_once(app: TestApp) {
        let (page, _) = app.iris_before(3).await;
        let page = page.press("Send Verification Code").await;
        let code = app.mail_to(IRIS).await.code();
        let nodes = [app.clone(), app.second_node().await];
        let racers = (0..RACERS).map(|number| {
            let (browser, path, code) = (page.browser().on(&nodes[number % 2]), page.path().to_owned(), code.clone());
            async move { browser.post(&path, &[("code", &code)]).await.heading() }
        });
        for heading in all_at_once(racers.collect::<Vec<_>>()).await {
            assert_eq!(heading, STEPS[4]);
        }
        assert_eq!(app.events("email.verified").await, 1);
        assert_eq!(app.events("email_code.refused").await, 0);
    }

    async fn race_a_hundred_wrong_codes_are_five_tries(app: TestApp) {
        let (page, _) = app.iris_before(3).await;
        let page = page.press("Send Verification Code").await;
        let right = app.mail_to(IRIS).await.code();
        let wrong = if right == "00000000" { "00000001" } else { "00000000" };
        let nodes = [app.clone(), app.second_node().await];
        let racers = (0..100).map(|number| {
            let (browser, path) = (page.browser().on(&nodes[number % 2]), page.path().to_owned());
            async move { browser.post(&path, &[("code", wrong)]).await.status() }
        });
        all_at_once(racers.collect::<Vec<_>>()).await;
        assert_eq!(app.events("email_code.refused").await, 5);
        page.type_code(&right).await.is_headed(STEPS[3]);
        assert_eq!(app.events("email.verified").await, 0);
    }

    async fn race_two_invitations_at_once_make_one_account(app: TestApp) {
        let other = app.second_node().await;
        let racers = [app.clone(), other].map(|node| async move { node.invite(IRIS, "riverside").await });
        for invited in all_at_once(racers).await {
            assert_eq!(invited, Ok(()));
        }
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE email = $1", &[&IRIS]).await, 1);
        assert_eq!(app.count("SELECT count(*) FROM invitations WHERE voided_at IS NULL", &[]).await, 1);
        let mails = app.mails_to(IRIS).await;
        let mut works = 0;
        for mail in &mails {
            let page = app.browser().try_password(IRIS, &mail.temporary_password()).await;
            works += usize::from(page.heading() == STEPS[0]);
        }
        assert_eq!((mails.len(), works), (2, 1), "the newer one counts");
    }
}
