//! Passkeys that are not believed: one page and one cost for all of them.

use std::time::Duration;

use crate::passkeys::{HERE, REFUSED, first_page, with_passkey};
use crate::stories;
use crate::support::passkey::{Authenticator, HONEST, Twist};
use crate::support::{PASSWORD, all_at_once};

const OMAR: &str = "omar@riverside.example";
const DANA: &str = "dana@riverside.example";

stories! {
    async fn refused_answers_look_alike_and_leave_alike(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1).that_counts()).await;
        // It has counted to one.
        phone.use_on(&first_page(&app).await).await.is_the_portal_of("Omar Haddad");
        let stale = first_page(&app).await;
        let stale = (stale.clone(), phone.answer(&stale));
        app.pass(Duration::from_secs(15 * 60));
        let mut tried = vec![stale];
        for twist in [
            Twist { origin: "https://login.portico.example.evil.example", ..HONEST },
            Twist { relying_party: "evil.example", ..HONEST },
            Twist { verified: false, ..HONEST },
            Twist { count: Some(1), ..HONEST },
            Twist { count: Some(0), ..HONEST },
        ] {
            let page = first_page(&app).await;
            tried.push((page.clone(), phone.answer_with(&page, twist)));
        }
        let others = first_page(&app).await;
        for (name, value) in [
            ("credential", "AAAA"),
            ("credential", "!"),
            ("signature", "AAAA"),
            ("user_handle", "AAAA"),
            ("client_data", ""),
            ("authenticator_data", "AAAA"),
            // What was asked in another browser.
            ("asked", &others.attributes("form[data-passkey] input[name=asked]", "value").concat()),
        ] {
            let page = first_page(&app).await;
            tried.push((page.clone(), phone.answer(&page).with(name, value)));
        }
        let count = i64::try_from(tried.len()).unwrap();
        let mut texts = Vec::new();
        for (page, filled) in tried {
            let refused = filled.post(page.browser()).await;
            refused.complains(REFUSED).is_the_first_page();
            page.browser().get("/account").await.is_the_first_page();
            texts.push(refused.text());
        }
        texts.dedup();
        assert_eq!(texts.len(), 1, "{texts:#?}");
        assert_eq!(app.events("passkey.refused").await, count);
        let nobodys = "SELECT count(*) FROM sign_ins WHERE subject IS NULL";
        assert_eq!(app.count(nobodys, &[]).await, count);
        // None of that was in the way of the next one.
        phone.use_on(&first_page(&app).await).await.is_the_portal_of("Omar Haddad");
    }

    async fn many_refused_from_one_address_are_slowed_and_known_browsers_are_not(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let known = app.browser().at_address("203.0.113.9");
        phone.use_on(&known.get("/").await).await.is_the_portal_of("Omar Haddad");
        let node = app.node_with(|parts| parts.limits.failures = 3).await;
        let stranger = node.browser().at_address("203.0.113.9");
        for _ in 0..3 {
            let page = stranger.get("/").await;
            phone.answer(&page).with("signature", "AAAA").post(&stranger).await.complains(REFUSED);
        }
        let page = stranger.get("/").await;
        assert_eq!(phone.answer(&page).post(&stranger).await.status(), 429);
        let known = known.on(&node);
        let page = known.get("/sign-in").await;
        phone.use_on(&page).await.is_the_portal_of("Omar Haddad");
        app.leaves_mail_behind();
    }

    async fn race_one_answer_posted_sixteen_times_on_two_nodes_signs_in_once(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let before = app.count("SELECT count(*) FROM sessions", &[]).await;
        let other = app.second_node().await;
        let page = first_page(&app).await;
        let filled = phone.answer(&page);
        let posts = (0..16).map(|number| {
            let browser = if number % 2 == 0 { page.browser().clone() } else { page.browser().on(&other) };
            let filled = filled.clone();
            async move { filled.post(&browser).await }
        });
        all_at_once(posts.collect::<Vec<_>>()).await;
        page.browser().get("/").await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, before + 1);
        assert_eq!(app.events("passkey.verified").await, 1);
        assert_eq!(app.events("passkey.refused").await, 0);
    }

    async fn an_answer_is_worth_nothing_the_second_time(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let page = first_page(&app).await;
        let filled = phone.answer(&page);
        filled.post(page.browser()).await.is_the_portal_of("Omar Haddad").press("Sign out").await;
        filled.post(page.browser()).await.is_the_first_page();
        app.pass(Duration::from_secs(120));
        filled.post(page.browser()).await.is_the_first_page();
        page.browser().get("/").await.is_the_first_page();
        assert_eq!(app.events("passkey.verified").await, 1);
        app.set_back(Duration::from_secs(120));
        filled.post(page.browser()).await.is_the_first_page();
    }

    async fn race_two_answers_of_one_count_are_one(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1).that_counts()).await;
        let pages = [first_page(&app).await, first_page(&app).await];
        let twist = Twist { count: Some(5), ..HONEST };
        let posts = pages.each_ref().map(|page| {
            let (browser, filled) = (page.browser().clone(), phone.answer_with(page, twist));
            async move { filled.post(&browser).await.problem() }
        });
        let problems = all_at_once(posts).await;
        assert_eq!(problems.iter().filter(|problem| problem.is_none()).count(), 1, "{problems:?}");
        app.leaves_mail_behind();
    }

    async fn race_one_new_passkey_posted_eight_times_is_added_once(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let page = browser.get(HERE).await;
        let filled = Authenticator::new(1).make(&page);
        let posts = (0..8).map(|_| {
            let (browser, filled) = (browser.clone(), filled.clone());
            async move { filled.post(&browser).await }
        });
        all_at_once(posts.collect::<Vec<_>>()).await;
        assert_eq!(app.count("SELECT count(*) FROM passkeys", &[]).await, 1);
        assert_eq!(app.events("passkey.added").await, 1);
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        app.mail_to(OMAR).await;
    }

    async fn a_passkey_is_one_accounts_and_is_added_where_it_was_asked_for(app: TestApp) {
        let (omar, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let dana = app.browser();
        dana.sign_in(DANA).await;
        // Another browser's question.
        let asked = omar.get(HERE).await;
        Authenticator::new(2).make(&asked).post(&dana).await.complains("That passkey was not added. Please try once more.");
        // The same credential once more, here and there.
        for browser in [&dana, &omar] {
            let page = browser.get(HERE).await;
            Authenticator::new(1).add(&page).await.complains("That passkey is in use already.");
        }
        // An answer to what was asked before it was removed.
        let asked = omar.get(HERE).await;
        let late = Authenticator::new(3).make(&asked);
        asked.press("Remove").await.shows("The passkey was removed.");
        late.post(&omar).await.complains("That passkey was not added. Please try once more.");
        assert_eq!(app.count("SELECT count(*) FROM passkeys", &[]).await, 0);
        phone.use_on(&first_page(&app).await).await.complains(REFUSED);
        app.mail_to(OMAR).await;
    }

    async fn a_second_factor_is_shown_for_this_sign_in_and_no_other(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        let (_, mut danas) = with_passkey(&app, DANA, Authenticator::new(2)).await;
        let page = app.browser().try_password(OMAR, PASSWORD).await;
        let browser = page.browser().clone();
        // Somebody else's passkey, and what was asked of somebody who had said nothing yet.
        let theirs = danas.answer(&browser.get("/sign-in").await);
        let asked = page.attributes("form[data-passkey] input[name=asked]", "value").concat();
        let action = page.attributes("form[data-passkey]", "action").concat();
        for filled in [theirs.clone().with("asked", &asked), phone.answer(&browser.get("/sign-in").await)] {
            filled.at(&action).post(&browser).await.complains(REFUSED);
        }
        app.pass_seconds(1);
        let filled = phone.answer(&browser.reload().await);
        filled.post(&browser).await.is_the_portal_of("Omar Haddad").press("Sign out").await;
        // Another sign-in in the same browser.
        let page = browser.try_password(OMAR, PASSWORD).await;
        let action = page.attributes("form[data-passkey]", "action").concat();
        filled.at(&action).post(&browser).await.complains(REFUSED);
        browser.get("/").await.is_the_first_page();
    }

    async fn back_button_what_a_passkey_answered_before_not_you_is_worth_nothing(app: TestApp) {
        let (_, mut phone) = with_passkey(&app, OMAR, Authenticator::new(1)).await;
        app.execute("UPDATE accounts SET first_name = '' WHERE email = 'omar@riverside.example'", &[]).await;
        let page = app.browser().try_password(OMAR, PASSWORD).await;
        let filled = phone.answer(page.is_headed("One more step"));
        // A step is left behind the passkey, so that the sign-in stays open.
        let next = filled.post(page.browser()).await;
        let identify = next.click("Not you?").await;
        let page = identify.fill("Email or username", OMAR).press("Next").await.try_password(PASSWORD).await;
        page.is_headed("One more step");
        filled.post(page.browser()).await.complains(REFUSED);
        page.browser().get("/").await.is_the_first_page();
    }
}
