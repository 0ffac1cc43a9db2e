//! Security questions on the way to a new password: all three instead of a mail, or one after it.

use crate::stories;
use crate::support::steps::{NEW_PASSWORD, WRONG_PASSWORD};
use crate::support::{ANSWERS, PASSWORD, Page, TestApp, all_at_once};

const OMAR: &str = "omar@riverside.example";
const DISPATCH: &str = "harbor-dispatch@harbor.example";
const QUESTIONS: &str = "Answer your security questions";
const DONE: &str = "Your password was successfully reset";
const DO_NOT_FIT: &str = "Those answers do not fit. For your safety we do not say which. Please check all three, or have a \
    link mailed to you.";

fn is_off(page: &Page) {
    page.is_headed(QUESTIONS);
    let told = page.problem().unwrap_or_default();
    assert!(told.starts_with("There were too many wrong answers"), "{told}: {}", page.text());
}

async fn link_of_dispatch(app: &TestApp) -> String {
    app.browser().ask_for_reset("harbor-dispatch").await;
    app.mail_to(DISPATCH).await.link("Reset Password")
}

/// As many posts of one set of answers as there are pages.
async fn post_at_once(pages: Vec<Page>, answers: [&'static str; 3]) -> Vec<Page> {
    all_at_once(pages.into_iter().map(|page| async move { page.answer(answers).await })).await
}

stories! {
    async fn three_answers_lead_to_a_new_password(app: TestApp) {
        let browser = app.browser();
        let ways = browser.name(OMAR).await.click("Forgot Password?").await;
        ways.is_headed("Reset Password");
        assert_eq!(ways.value_of("Email or username"), OMAR);
        assert!(ways.is_checked("Answer security questions") && !ways.is_checked("Send email instructions"));
        let questions = ways.press("Continue").await;
        questions.is_headed(QUESTIONS).shows(OMAR).shows("stuffed animal").shows("first pet").shows("parents meet");
        let form = questions.answer(["  Blue ", "REX!", "Paris."]).await;
        form.is_headed("Set Up Password").shows(OMAR);
        browser.get("/").await.is_the_first_page();
        let done = form.choose_password(NEW_PASSWORD).await;
        done.is_headed(DONE);
        app.mail_to(OMAR).await.shows("was changed");
        let password = done.click("Sign In").await.press("Next").await;
        password.is_the_password_page_of(OMAR);
        password.try_password(PASSWORD).await.complains(WRONG_PASSWORD);
        password.try_password(NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        assert_eq!(app.events("questions.answered").await, 1);
    }

    async fn wrong_sets_are_never_told_apart_and_the_fourth_in_a_day_is_refused_though_right(app: TestApp) {
        let page = app.browser().ask_for_questions(OMAR).await;
        let [toy, pet, town] = ANSWERS;
        let all_but_one = page.answer([toy, pet, "rome"]).await;
        let none = page.answer(["a", "b", "c"]).await;
        all_but_one.is_headed(QUESTIONS).complains(DO_NOT_FIT);
        assert_eq!(all_but_one.text(), none.text());
        is_off(&page.answer([town, toy, pet]).await);
        is_off(&page.answer(ANSWERS).await);
        let elsewhere = app.browser().ask_for_questions(OMAR).await;
        is_off(&elsewhere.answer(ANSWERS).await);
        assert_eq!(app.events("questions.answered").await, 0);
        let notice = app.mail_to(OMAR).await;
        assert_eq!(notice.subject, "Your security questions are off for a while");
        notice.shows("Your password works as before").link("It wasn’t me");
        app.pass_seconds(24 * 3_600);
        elsewhere.answer(ANSWERS).await.is_headed("Set Up Password");
    }

    async fn right_answers_are_told_at_once_and_can_be_stopped_before_a_password_is_set(app: TestApp) {
        let thief = app.browser().at_address("198.51.100.7");
        let form = thief.ask_for_questions(OMAR).await.answer(ANSWERS).await;
        form.is_headed("Set Up Password");
        let told = app.told_of_answers(OMAR).await;
        assert_eq!(told.len(), 1);
        told[0].shows(OMAR).shows("198.51.100.7").shows("within 15 minutes").shows("Firefox, Linux");
        app.browser().get(&told[0].link("It wasn’t me")).await.press("It wasn’t me").await.is_headed("Check your mail");
        form.choose_password(NEW_PASSWORD).await.is_headed("Please start again");
        assert_eq!(app.events("password.reset").await, 0);
        app.mail_to(OMAR).await.link("Reset Password");
    }

    async fn wrong_answers_and_the_one_after_a_link_bring_no_such_notice(app: TestApp) {
        app.browser().ask_for_questions(OMAR).await.answer(["a", "b", "c"]).await;
        app.browser().ask_for_questions("nobody@riverside.example").await.answer(ANSWERS).await;
        app.browser().get(&link_of_dispatch(&app).await).await.answer_the_one().await.is_headed("Set Up Password");
        for address in [OMAR, "nobody@riverside.example", DISPATCH] {
            assert!(app.told_of_answers(address).await.is_empty(), "{address}");
        }
    }

    async fn nothing_is_counted_until_all_three_are_answered(app: TestApp) {
        let page = app.browser().ask_for_questions(OMAR).await;
        for _ in 0..4 {
            page.answer(["blue", "", "paris"]).await.complains("Please answer all three questions.");
        }
        assert_eq!(app.events("questions.refused").await, 0);
        page.answer(ANSWERS).await.is_headed("Set Up Password");
    }

    async fn the_email_way_always_works(app: TestApp) {
        let page = app.browser().ask_for_questions(OMAR).await;
        for _ in 0..3 {
            page.answer(["a", "b", "c"]).await;
        }
        app.mail_to(OMAR).await.shows("several wrong answers");
        let check = page.press("Reset via Email").await;
        check.is_headed("Check your mail");
        let link = app.mail_to(OMAR).await.link("Reset Password");
        app.browser().get(&link).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(OMAR).await;
        app.browser().ask_for_questions(OMAR).await.answer(ANSWERS).await.is_headed("Set Up Password");
    }

    async fn cancel_leads_from_the_questions_to_the_sign_in(app: TestApp) {
        let browser = app.browser();
        let waiting = browser.get("/account").await.fill("Email or username", OMAR).press("Next").await;
        let questions = waiting.click("Forgot Password?").await.press("Continue").await;
        let back = questions.click("Cancel").await;
        assert_eq!(back.path(), waiting.path());
        back.try_password(PASSWORD).await.is_headed("My account");
    }

    async fn after_ten_wrong_sets_the_questions_are_off_until_a_sign_in(app: TestApp) {
        let page = app.browser().ask_for_questions(OMAR).await;
        for wrong in 1..=10 {
            page.answer(["a", "b", "c"]).await;
            if wrong % 3 == 0 {
                app.pass_seconds(24 * 3_600);
            }
        }
        app.pass_seconds(3 * 24 * 3_600);
        page.answer(ANSWERS).await.shows("off until the next sign-in");
        assert_eq!(app.events("questions.refused").await, 10);
        app.browser().sign_in(OMAR).await;
        page.answer(ANSWERS).await.is_headed("Set Up Password");
        assert_eq!(app.mails_to(OMAR).await.len(), 3, "one for each time they were off");
    }

    async fn a_sign_in_gives_nobody_more_guesses_within_a_day(app: TestApp) {
        let page = app.browser().ask_for_questions(OMAR).await;
        for _ in 0..2 {
            page.answer(["a", "b", "c"]).await;
        }
        app.browser().sign_in(OMAR).await;
        page.answer(["a", "b", "c"]).await;
        app.mail_to(OMAR).await.shows("several wrong answers");
        app.browser().sign_in(OMAR).await;
        is_off(&page.answer(ANSWERS).await);
        assert_eq!((app.events("questions.refused").await, app.events("questions.answered").await), (3, 0));
        app.pass_seconds(24 * 3_600);
        page.answer(ANSWERS).await.is_headed("Set Up Password");
    }

    async fn clock_right_answers_are_good_for_fifteen_minutes(app: TestApp) {
        let form = app.browser().ask_for_questions(OMAR).await.answer(ANSWERS).await;
        app.pass_seconds(899);
        app.browser().get(form.path()).await.is_headed("This link does not work");
        form.browser().get(form.path()).await.is_headed("Set Up Password");
        app.pass_seconds(1);
        let late = form.choose_password(NEW_PASSWORD).await;
        late.is_headed("Please start again");
        late.press("Start Again").await.is_headed("Reset Password");
        app.browser().sign_in(OMAR).await;
    }

    async fn what_right_answers_give_works_in_this_browser_only_and_once(app: TestApp) {
        let form = app.browser().ask_for_questions(OMAR).await.answer(ANSWERS).await;
        let thief = app.browser();
        thief.get("/").await;
        thief.plant_cookie("recovery", &form.browser().cookie("recovery").unwrap());
        thief.get(form.path()).await.is_headed("This link does not work");
        thief.post(form.path(), &[("password", NEW_PASSWORD), ("again", NEW_PASSWORD)]).await;
        assert_eq!(app.events("password.reset").await, 0);
        form.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to(OMAR).await;
        app.pass_seconds(601);
        form.choose_password("another-lantern-ferry").await.is_headed("Please start again");
        app.browser().try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
    }

    async fn a_reset_by_answers_ends_everything_older(app: TestApp) {
        let elsewhere = app.browser();
        elsewhere.sign_in(OMAR).await;
        let link = app.reset_link(OMAR).await;
        app.lock(OMAR).await;
        let notice = app.mail_to(OMAR).await.link("Reset Password");
        let browser = app.browser();
        let second = app.browser().ask_for_questions(OMAR).await.answer(ANSWERS).await;
        browser.ask_for_questions(OMAR).await.answer(ANSWERS).await.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        let not_me = app.mail_to(OMAR).await.link("It wasn’t me");
        elsewhere.reload().await.is_the_first_page();
        for dead in [link, notice] {
            app.browser().get(&dead).await.is_headed("This link has already been used");
        }
        second.choose_password("another-lantern-ferry").await.is_headed("Please start again");
        browser.try_password(OMAR, NEW_PASSWORD).await.is_the_portal_of("Omar Haddad");
        app.browser().get(&not_me).await.press("It wasn’t me").await.is_headed("Check your mail");
        app.mail_to(OMAR).await.link("Reset Password");
        browser.reload().await.is_the_first_page();
    }

    async fn whoever_may_not_be_opened_by_answers_is_asked_decoys_that_no_answer_fits(app: TestApp) {
        // As if each had stood alone under this policy: what keeps them out is what they are.
        let policy = "UPDATE organizations SET recovery = 'questions_or_email'";
        app.execute(policy, &[]).await;
        let kim = "kim@northwind.example";
        for name in ["dana@riverside.example", "lucia@riverside.example", kim, "ivan@riverside.example",
                     "lee@lakeshore.example", "root@portico.example", "ed@harbor.example", "nobody@riverside.example"] {
            let ways = app.browser().get("/recover").await.fill("Email or username", name);
            let ways = ways.press("Reset via Email").await;
            assert!(ways.offers_questions(), "{name}: {}", ways.text());
            let page = ways.press("Continue").await;
            page.is_headed(QUESTIONS);
            assert_eq!(page.texts_of("form .field label").len(), 3);
            page.answer(ANSWERS).await.complains(DO_NOT_FIT);
        }
        assert_eq!(app.events("questions.answered").await, 0);
        assert_eq!(app.count("SELECT count(*) FROM one_time", &[]).await, 0);
    }

    async fn somebody_who_becomes_an_administrator_cannot_use_answers_given_before(app: TestApp) {
        let form = app.browser().ask_for_questions(OMAR).await.answer(ANSWERS).await;
        app.execute(
            "INSERT INTO administrators (id, organization_id, account_id, role)
             VALUES ('a', 'riverside', 'omar@riverside.example', 'program_administrator')", &[]).await;
        form.choose_password(NEW_PASSWORD).await.is_headed("Please start again");
        assert_eq!(app.events("password.reset").await, 0);
    }

    async fn a_stranger_is_asked_the_same_decoys_every_time_and_everywhere(app: TestApp) {
        let name = "nobody@riverside.example";
        let other_node = app.second_node().await;
        let first = app.browser().ask_for_questions(name).await.texts_of("form label");
        app.pass_seconds(40 * 24 * 3_600);
        assert_eq!(other_node.browser().ask_for_questions("Nobody@Riverside.example").await.texts_of("form label"), first);
        let others = app.browser().ask_for_questions("nobody-else@riverside.example").await.texts_of("form label");
        assert_ne!(others, first);
    }

    async fn what_is_offered_follows_the_address_typed_last(app: TestApp) {
        let browser = app.browser();
        let ways = browser.name(OMAR).await.click("Forgot Password?").await;
        assert!(ways.offers_questions());
        let kim = ways.clone().fill("Email or username", "kim@northwind.example").press("Continue").await;
        kim.is_headed("Reset Password");
        assert!(!kim.offers_questions());
        assert_eq!(kim.value_of("Email or username"), "kim@northwind.example");
        kim.press("Reset via Email").await.is_headed("Check your mail");
        app.mail_to("kim@northwind.example").await;
        // A user name gets the email way, whosever it is.
        let user_name = ways.fill("Email or username", "anna-riverside").press("Continue").await;
        assert!(!user_name.offers_questions());
        user_name.press("Reset via Email").await.is_headed("Check your mail");
        app.mail_to("anna@riverside.example").await;
        // Where a question follows the mail, too, there is one way, and more than a mail to it.
        let hugo = app.browser().name("hugo@harbor.example").await.click("Forgot Password?").await;
        assert!(!hugo.offers_questions());
        hugo.press("Continue").await.is_headed("Check your mail");
        app.mail_to("hugo@harbor.example").await;
    }

    async fn a_link_a_question_and_a_new_password(app: TestApp) {
        let browser = app.browser();
        browser.name("harbor-dispatch").await.click("Forgot Password?").await.press("Reset via Email").await;
        let link = app.mail_to(DISPATCH).await.link("Reset Password");
        let challenge = browser.get(&link).await;
        challenge.is_headed("Password Challenge").shows("harbor-dispatch");
        let question = challenge.texts_of("#question");
        let skipped = browser.post("/recover/new-password", &[("password", NEW_PASSWORD), ("again", NEW_PASSWORD)]).await;
        skipped.is_headed("Password Challenge");
        let wrong = challenge.clone().fill("Answer", "wrong").press("Submit").await;
        wrong.is_headed("Password Challenge").complains("That is not the answer we have. Please check it for a typing mistake.");
        challenge.clone().fill("Answer", " ").press("Submit").await.complains("Please answer the question.");
        let form = challenge.answer_the_one().await;
        form.is_headed("Set Up Password").shows("harbor-dispatch");
        let again = app.browser().get(&link).await;
        again.is_headed("Password Challenge");
        assert_eq!(again.texts_of("#question"), question, "another browser is asked, and the same");
        assert_eq!(app.browser().get(&link_of_dispatch(&app).await).await.texts_of("#question"), question);
        let done = form.choose_password(NEW_PASSWORD).await;
        done.is_headed(DONE);
        app.mail_to(DISPATCH).await.shows("was changed");
        let sign_in = done.click("Sign In").await;
        assert_eq!(sign_in.value_of("Email or username"), "harbor-dispatch");
        sign_in.press("Next").await.try_password(NEW_PASSWORD).await.is_the_portal_of("Harbor Dispatch");
    }

    async fn wrong_answers_after_a_link_are_counted_over_all_links(app: TestApp) {
        let mut last = None;
        for _ in 0..3 {
            let page = app.browser().get(&link_of_dispatch(&app).await).await;
            last = Some(page.fill("Answer", "wrong").press("Submit").await);
        }
        let last = last.unwrap();
        last.is_headed("Password Challenge").shows("There were too many wrong answers");
        app.mail_to(DISPATCH).await.shows("several wrong answers");
        let right = app.browser().get(&link_of_dispatch(&app).await).await.answer_the_one().await;
        right.is_headed("Password Challenge").shows("There were too many wrong answers");
        assert_eq!((app.events("questions.refused").await, app.events("questions.answered").await), (3, 0));
    }

    async fn an_account_without_questions_is_told_by_mail_whom_to_ask(app: TestApp) {
        app.browser().ask_for_reset("harbor-night").await.shows("If it belongs to an account");
        let mail = app.mail_to("night@harbor.example").await;
        assert_eq!(mail.subject, "Ask your administrator for a new password");
        mail.shows("this account has none").shows("Hugo Brandt, hugo@harbor.example").lacks("/recover/link/");
    }

    async fn a_mailbox_of_which_one_account_has_no_questions_gets_one_mail_that_says_so(app: TestApp) {
        app.browser().ask_for_reset("night@harbor.example").await;
        let mail = app.mail_to("night@harbor.example").await;
        mail.shows("harbor-night").shows("Hugo Brandt, hugo@harbor.example");
        app.browser().get(&mail.link("Reset Password")).await.shows("harbor-relief").is_headed("Password Challenge");
    }

    async fn an_administrator_of_email_then_question_is_asked_like_everybody(app: TestApp) {
        let link = app.reset_link("hugo@harbor.example").await;
        let form = app.browser().get(&link).await.answer_the_one().await;
        form.choose_password(NEW_PASSWORD).await.is_headed(DONE);
        app.mail_to("hugo@harbor.example").await;
    }

    async fn a_second_factor_comes_in_place_of_the_question(app: TestApp) {
        app.execute("UPDATE organizations SET recovery = 'email_then_question' WHERE id = 'northwind'", &[]).await;
        let link = app.reset_link("kim@northwind.example").await;
        let page = app.browser().get(&link).await;
        page.is_headed("One more step");
        page.browser().post("/recover/challenge", &[("answer", "blue")]).await.is_headed("One more step");
        page.enter_code(&crate::support::code_now(&app)).await.is_headed("Set Up Password");
    }

    async fn race_sixteen_posts_of_one_right_set_give_one_grant(app: TestApp) {
        let page = app.browser().ask_for_questions(OMAR).await;
        for answer in post_at_once(vec![page.clone(); 16], ANSWERS).await {
            assert!(answer.heading() == "Set Up Password" || answer.status() == 503, "{}", answer.text());
        }
        let granted = "SELECT count(*) FROM one_time WHERE purpose = 'answered_questions'";
        assert_eq!(app.count(granted, &[]).await, 1);
        assert_eq!(app.told_of_answers(OMAR).await.len(), 1);
        assert_eq!(app.events("questions.refused").await, 0);
        let forms = vec![page.browser().get("/recover/new-password").await; 4];
        let set = forms.into_iter().map(|form| async move { form.choose_password(NEW_PASSWORD).await.heading() });
        assert_eq!(all_at_once(set).await, [DONE; 4]);
        assert_eq!(app.events("password.reset").await, 1);
        app.mail_to(OMAR).await;
    }

    async fn race_of_wrong_sets_at_the_cap_ends_at_the_cap(app: TestApp) {
        let before = "INSERT INTO attempt_counters (id, subject, failures, total, window_started_at, updated_at)
                      VALUES ($1 || '/questions/-', $1, 0, 9, $2, $2)";
        app.execute(before, &[&OMAR, &app.clock().now()]).await;
        let mut pages = Vec::new();
        for _ in 0..16 {
            pages.push(app.browser().ask_for_questions(OMAR).await);
        }
        post_at_once(pages, ["blue", "rex", "rome"]).await;
        assert_eq!(app.count("SELECT total FROM attempt_counters", &[]).await, 10);
        assert_eq!(app.events("questions.refused").await, 1);
    }

    async fn race_sixteen_wrong_sets_on_two_nodes_are_three_guesses(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        for name in [OMAR, "nobody@riverside.example"] {
            let before = app.events("questions.refused").await;
            let mut pages = Vec::new();
            for number in 0..16 {
                pages.push(nodes[number % 2].browser().ask_for_questions(name).await);
            }
            post_at_once(pages, ["blue", "rex", "rome"]).await;
            assert_eq!(app.events("questions.refused").await - before, 3, "{name}");
        }
        assert_eq!(app.count("SELECT count(*) FROM attempt_counters WHERE failures = 3 AND total = 3", &[]).await, 2);
        assert_eq!(app.count("SELECT count(*) FROM attempt_reservations", &[]).await, 0);
        assert_eq!(app.events("questions.locked").await, 2);
        app.mail_to(OMAR).await.shows("several wrong answers");
    }
}
