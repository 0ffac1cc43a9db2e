//! Many at once, on two nodes: one of them wins, and the others have changed nothing.

use super::{NEW, OMAR, ask, sessions, signed_in, type_code};
use crate::stories;
use crate::support::steps::NEW_PASSWORD;
use crate::support::{Browser, PASSWORD, Page, TestApp, all_at_once};

const RACERS: usize = 8;

/// As many browsers of one person, signed in, shared out among two nodes.
async fn browsers(app: &TestApp) -> Vec<Browser> {
    let nodes = [app.clone(), app.second_node().await];
    let mut browsers = Vec::new();
    for number in 0..RACERS {
        browsers.push(signed_in(&nodes[number % 2], OMAR).await);
    }
    browsers
}

/// Presses all at once; the pages at which each has arrived. One says that it is done.
async fn one_wins(forms: Vec<(Page, &'static str)>) {
    let racers = forms.into_iter().map(|(form, button)| async move { form.press(button).await });
    let pages = all_at_once(racers).await;
    let won =
        pages.iter().filter(|page| page.path().starts_with("/account?done=") || page.heading() == "My account").count();
    let headings: Vec<String> = pages.iter().map(|page| format!("{} {}", page.path(), page.heading())).collect();
    assert_eq!(won, 1, "{headings:?}");
}

stories! {
    async fn race_of_many_changes_of_one_password_one_wins(app: TestApp) {
        let mut forms = Vec::new();
        let passwords: Vec<String> = (0..RACERS).map(|number| format!("{NEW_PASSWORD}-{number}")).collect();
        for (browser, new) in browsers(&app).await.iter().zip(&passwords) {
            let page = browser.get("/account/password").await.fill("Current password", PASSWORD);
            forms.push((page.fill("New Password", new).fill("Verify Password", new), "Save"));
        }
        one_wins(forms).await;
        assert_eq!(app.events("password.changed").await, 1);
        assert_eq!(sessions(&app).await, 1);
        let mut opens = 0;
        for password in &passwords {
            opens += usize::from(app.browser().try_password(OMAR, password).await.path() == "/");
            app.execute("DELETE FROM attempt_counters", &[]).await;
        }
        assert_eq!(opens, 1);
        app.leaves_mail_behind();
    }

    async fn race_of_many_changes_of_one_user_name_one_wins(app: TestApp) {
        let mut forms = Vec::new();
        for (number, browser) in browsers(&app).await.iter().enumerate() {
            let page = browser.get("/account/user-name").await.fill("Username", &format!("omar-{number}"));
            forms.push((page, "Save"));
        }
        one_wins(forms).await;
        assert_eq!(app.events("user_name.changed").await, 1);
        assert_eq!(app.count("SELECT count(*) FROM identifiers WHERE account_id = $1", &[&OMAR]).await, 2);
        app.mail_to(OMAR).await;
    }

    async fn race_two_people_want_one_user_name_and_one_has_it(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        let mut forms = Vec::new();
        for (number, name) in [OMAR, "nora@riverside.example", "mia@riverside.example", "anna@riverside.example"].iter().enumerate() {
            let browser = signed_in(&nodes[number % 2], name).await;
            forms.push((browser.get("/account/user-name").await.fill("Username", "night-lead"), "Save"));
        }
        one_wins(forms).await;
        assert_eq!(app.count("SELECT count(*) FROM accounts WHERE user_name = 'night-lead'", &[]).await, 1);
        app.leaves_mail_behind();
    }

    async fn race_of_many_right_codes_one_changes_the_address(app: TestApp) {
        let nodes = [app.clone(), app.second_node().await];
        let browser = signed_in(&app, OMAR).await;
        let page = ask(&browser, NEW).await;
        let code = app.mail_to(NEW).await.code();
        let (action, fields) = page.fill("Verification code", &code).form_of("Verify");
        let racers = (0..4).map(|number| {
            let (browser, action, fields) = (browser.on(&nodes[number % 2]), action.clone(), fields.clone());
            async move {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                browser.post_and_stay(&action, &fields).await.leads_to().unwrap_or_default()
            }
        });
        let ways = all_at_once(racers).await;
        assert_eq!(ways.iter().filter(|way| way.as_str() == "/account?done=email").count(), 1, "{ways:?}");
        assert_eq!(app.events("email.changed").await, 1);
        assert_eq!(app.mails_to(OMAR).await.len(), 2);
    }

    async fn race_a_code_against_the_button_that_stops_it(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let page = ask(&browser, NEW).await;
        let code = app.mail_to(NEW).await.code();
        app.mail_to(OMAR).await;
        let keep = page.clone();
        let (typed, kept) = tokio::join!(type_code(&page, &code), keep.press("Keep the Present Address"));
        let moved = app.events("email.changed").await;
        let cancelled = app.events("email_change.cancelled").await;
        assert_eq!(moved + cancelled, 1, "{} {}", typed.path(), kept.path());
        let there = app.count("SELECT count(*) FROM accounts WHERE id = $1 AND email = $2", &[&OMAR, &NEW]).await;
        assert_eq!(there, moved);
        app.leaves_mail_behind();
    }

    async fn race_questions_and_password_changed_at_once_one_wins(app: TestApp) {
        let [one, other] = [signed_in(&app, OMAR).await, signed_in(&app.second_node().await, OMAR).await];
        let page = one.get("/account/password").await.fill("Current password", PASSWORD);
        let password = page.fill("New Password", NEW_PASSWORD).fill("Verify Password", NEW_PASSWORD);
        let page = other.get("/account/questions").await;
        let questions = (1..).zip(["heron quay", "violet steamer", "ferry of glass"]);
        let questions = questions.fold(page, |page, (number, answer)| page.fill(&format!("Answer {number}"), answer));
        one_wins(vec![(password, "Save"), (questions, "Save")]).await;
        assert_eq!(app.events("password.changed").await + app.events("questions.changed").await, 1);
        app.mail_to(OMAR).await;
    }
}
