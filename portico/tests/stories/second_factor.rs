//! The code of an authenticator app.

use crate::stories;
use crate::support::steps::{LOCKED, WRONG, WRONG_PASSWORD};
use crate::support::world::code_at;
use crate::support::{PASSWORD, all_at_once, code_now};
use std::time::Duration;

const KIM: &str = "kim@northwind.example";
const WRONG_CODE: &str = "That code did not work. Wait for the next code in your app, then enter that one.";

stories! {
    async fn kim_needs_her_code_and_gets_in_with_it(app: TestApp) {
        let code = app.browser().try_password(KIM, PASSWORD).await;
        code.is_headed("One more step").shows("Open your authenticator app").shows("Not you?");
        let portal = code.fill("Enter code", &code_now(&app)).press("Verify").await;
        portal.is_the_portal_of("Kim Nakamura");
        let methods = "SELECT count(*) FROM sessions WHERE methods = 'pwd otp'";
        assert_eq!(app.count(methods, &[]).await, 1);
    }

    async fn the_operator_needs_a_code_too(app: TestApp) {
        let code = app.browser().try_password("root@portico.example", PASSWORD).await;
        code.is_headed("One more step");
        code.browser().get("/").await.is_the_first_page();
        code.enter_code(&code_now(&app)).await.is_the_portal_of("Root Operator");
    }

    async fn a_wrong_code_is_told_and_the_right_one_still_works(app: TestApp) {
        let code = app.browser().try_password(KIM, PASSWORD).await;
        let wrong = code.enter_code("000000").await;
        wrong.complains(WRONG_CODE);
        assert!(wrong.title().starts_with("Error: "), "{}", wrong.title());
        wrong.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }

    async fn a_code_is_read_as_the_app_shows_it(app: TestApp) {
        let code = code_now(&app);
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        let page = app.browser().try_password(KIM, PASSWORD).await;
        page.enter_code(&spaced).await.is_the_portal_of("Kim Nakamura");
    }

    async fn race_one_code_posted_twice_signs_in_and_burns_nothing(app: TestApp) {
        let page = app.browser().try_password(KIM, PASSWORD).await.fill("Enter code", &code_now(&app));
        let posts = (0..8).map(|_| page.press_and_stay("Verify"));
        all_at_once(posts.collect::<Vec<_>>()).await;
        page.browser().get("/").await.is_the_portal_of("Kim Nakamura");
        assert_eq!(app.events("second_factor.verified").await, 1);
        assert_eq!(app.events("second_factor.refused").await, 0);
        assert_eq!(app.count("SELECT count(*) FROM attempt_counters", &[]).await, 0);
    }

    async fn three_wrong_codes_lock_the_code_for_thirty_minutes_and_not_the_password(app: TestApp) {
        let page = app.browser().try_password(KIM, PASSWORD).await;
        page.enter_code("000000").await.complains(WRONG_CODE);
        page.enter_code("000000").await.complains(WRONG_CODE);
        let locked = page.enter_code("000000").await;
        assert!(locked.problem().is_some_and(|told| told.contains("too many wrong codes") && told.contains("11:30")));
        let right = page.enter_code(&code_now(&app)).await;
        assert!(right.problem().is_some_and(|told| told.contains("too many wrong codes")), "{}", right.text());
        let again = app.browser().try_password(KIM, PASSWORD).await;
        again.is_headed("One more step");
        app.pass_seconds(1_799);
        let still = app.browser().try_password(KIM, PASSWORD).await.enter_code(&code_now(&app)).await;
        assert!(still.problem().is_some(), "{}", still.text());
        app.pass_seconds(1);
        let page = app.browser().try_password(KIM, PASSWORD).await;
        page.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
        app.mail_to(KIM).await.shows("several wrong codes");
    }

    async fn a_lock_on_codes_that_somebody_has_cleared_is_not_told_any_more(app: TestApp) {
        let page = app.browser().try_password(KIM, PASSWORD).await;
        for _ in 0..3 {
            page.enter_code("000000").await;
        }
        let told = page.browser().reload().await.problem();
        assert!(told.is_some_and(|told| told.contains("too many wrong codes")));
        app.execute("DELETE FROM attempt_counters", &[]).await;
        let page = page.browser().reload().await;
        assert_eq!(page.problem(), None, "{}", page.text());
        app.leaves_mail_behind();
    }

    async fn a_right_password_does_not_clear_the_count_of_codes(app: TestApp) {
        for _ in 0..2 {
            app.browser().try_password(KIM, PASSWORD).await.enter_code("000000").await.complains(WRONG_CODE);
        }
        let third = app.browser().try_password(KIM, PASSWORD).await.enter_code("000000").await;
        assert!(third.problem().is_some_and(|told| told.contains("too many wrong codes")), "{}", third.text());
        app.mail_to(KIM).await.shows("several wrong codes");
    }

    async fn wrong_codes_do_not_use_up_tries_of_the_password(app: TestApp) {
        app.browser().try_password(KIM, PASSWORD).await.enter_code("000000").await;
        let page = app.browser().name(KIM).await;
        page.try_password(WRONG).await.complains(WRONG_PASSWORD);
        page.try_password(WRONG).await.complains(WRONG_PASSWORD);
        page.try_password(WRONG).await.complains(LOCKED);
        app.mail_to(KIM).await;
    }

    async fn a_code_works_once(app: TestApp) {
        let code = code_now(&app);
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&code).await.is_the_portal_of("Kim Nakamura");
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&code).await.complains(WRONG_CODE);
        app.pass_seconds(30);
        let next = code_now(&app);
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&next).await.is_the_portal_of("Kim Nakamura");
        // One that was shown before the one just used is not taken either.
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&code).await.complains(WRONG_CODE);
    }

    async fn a_code_is_refused_a_second_time_on_the_other_node_and_with_the_clock_turned_back(app: TestApp) {
        let other = app.second_node().await;
        let code = code_now(&app);
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&code).await.is_the_portal_of("Kim Nakamura");
        let there = other.browser().try_password(KIM, PASSWORD).await;
        there.enter_code(&code).await.complains(WRONG_CODE);
        app.pass_seconds(30);
        let next = code_now(&app);
        there.enter_code(&next).await.is_the_portal_of("Kim Nakamura");
        // A clock that is set back makes today's codes of yesterday's steps; none of them is taken again.
        app.set_back(Duration::from_secs(30));
        assert_eq!(code_now(&app), code);
        let here = app.browser().try_password(KIM, PASSWORD).await;
        here.enter_code(&code).await.complains(WRONG_CODE);
        here.enter_code(&next).await.complains(WRONG_CODE);
        app.pass_seconds(60);
    }

    async fn race_one_code_in_sixteen_browsers_on_two_nodes_lets_one_in(app: TestApp) {
        let other = app.second_node().await;
        let code = code_now(&app);
        let mut pages = Vec::new();
        for number in 0..16 {
            let node = if number % 2 == 0 { &app } else { &other };
            pages.push(node.browser().try_password(KIM, PASSWORD).await.fill("Enter code", &code));
        }
        let ends = all_at_once(pages.into_iter().map(|page| page.press("Verify")).collect::<Vec<_>>()).await;
        assert_eq!(ends.iter().filter(|page| page.path() == "/").count(), 1);
        assert_eq!(app.count("SELECT count(*) FROM sessions", &[]).await, 1);
        assert_eq!(app.events("second_factor.verified").await, 1);
        app.leaves_mail_behind();
    }

    async fn the_code_before_is_taken_and_the_next_is_not(app: TestApp) {
        let now = app.clock().now();
        let [before, next] = [code_at(now - Duration::from_secs(30)), code_at(now + Duration::from_secs(30))];
        let older = code_at(now - Duration::from_secs(60));
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&next).await.complains(WRONG_CODE);
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&older).await.complains(WRONG_CODE);
        app.browser().try_password(KIM, PASSWORD).await.enter_code(&before).await.is_the_portal_of("Kim Nakamura");
    }

    async fn a_code_posted_before_the_password_is_worth_nothing(app: TestApp) {
        let browser = app.browser();
        let password = browser.name(KIM).await;
        let address = password.path().replace("password", "code");
        browser.post(&address, &[("code", &code_now(&app))]).await.is_the_password_page_of(KIM);
        assert_eq!(app.events("second_factor.verified").await, 0);
        password.try_password(PASSWORD).await.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }

    async fn a_code_of_somebody_else_does_not_help(app: TestApp) {
        let [ours, theirs] = ["kim@northwind.example", "ada@northwind.example"];
        let code = code_now(&app);
        app.browser().try_password(ours, PASSWORD).await.enter_code(&code).await.is_the_portal_of("Kim Nakamura");
        // Both apps show the same digits in this story; that one was used is known for each account by itself.
        app.browser().try_password(theirs, PASSWORD).await.enter_code(&code).await.is_the_portal_of("Ada Brandt");
    }

    async fn an_empty_code_burns_no_attempt(app: TestApp) {
        let page = app.browser().try_password(KIM, PASSWORD).await;
        for _ in 0..4 {
            page.enter_code(" ").await.complains("Please enter the code from your authenticator app.");
        }
        page.enter_code(&code_now(&app)).await.is_the_portal_of("Kim Nakamura");
    }
}
