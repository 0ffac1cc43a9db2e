//! Security questions: seen, set anew, taken away.

use super::{BUTTON, OMAR, STALE, Told, sessions, signed_in};
use crate::stories;
use crate::support::{ANSWERS, PASSWORD, Page};

const HERE: &str = "/account/questions";
const OTHERS: [&str; 3] = ["heron quay", "violet steamer", "ferry of glass"];
const SAVED: &str = "Your security questions were saved. You are signed out everywhere else.";

fn answered(page: &Page, answers: [&str; 3]) -> Page {
    (1..).zip(answers).fold(page.clone(), |page, (number, answer)| page.fill(&format!("Answer {number}"), answer))
}

stories! {
    async fn which_are_set_is_shown_and_the_answers_to_nobody(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        browser.get("/account").await.shows("Security questions");
        let page = browser.get(HERE).await;
        assert_eq!(page.texts_of(".steps li").len(), 3);
        for answer in ANSWERS {
            page.lacks(&format!(">{answer}<"));
            assert!(!page.attributes("input", "value").contains(&answer.to_owned()));
        }
    }

    async fn others_take_their_place_and_only_this_browser_stays_signed_in(app: TestApp) {
        let elsewhere = signed_in(&app, OMAR).await;
        let browser = signed_in(&app, OMAR).await;
        let page = browser.get(HERE).await;
        answered(&page, OTHERS).press("Save").await.tells(SAVED);
        elsewhere.get("/").await.is_the_first_page();
        browser.get("/").await.is_the_portal_of("Omar Haddad");
        assert_eq!((sessions(&app).await, app.events("questions.changed").await), (1, 1));
        let told = app.mail_to(OMAR).await;
        assert_eq!(told.subject, "Your security questions were changed");
        told.link(BUTTON);
        let page = app.browser().ask_for_questions(OMAR).await;
        page.answer(OTHERS).await.is_headed("Set Up Password");
        app.told_of_answers(OMAR).await;
    }

    async fn weak_answers_are_refused_and_the_chosen_questions_stay(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let page = browser.get(HERE).await.choose("Question 1", Some("Where did you learn to swim?"));
        let page = answered(&page, ["heron quay", "x", "ferry"]).press("Save").await;
        page.complains("That answer is too short. Please use at least 3 letters or digits.");
        assert_eq!((page.value_of("Question 1").as_str(), page.value_of("Answer 1").as_str()), ("learned-to-swim", ""));
        let page = browser.get(HERE).await;
        answered(&page, ["heron quay", PASSWORD, "ferry of glass"]).press("Save").await.complains(
            "That answer is your password, so that whoever knows the one would know the other. Please choose another question or answer; your password stays.");
        assert_eq!(app.events("questions.changed").await, 0);
    }

    async fn they_are_taken_away_and_open_nothing_any_more(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let page = browser.get(HERE).await.press("Remove Them").await;
        page.tells("Your security questions were removed. You are signed out everywhere else.");
        let told = app.mail_to(OMAR).await;
        assert_eq!(told.subject, "Your security questions were removed");
        told.link(BUTTON);
        assert_eq!(app.count("SELECT count(*) FROM security_answers WHERE account_id = $1", &[&OMAR]).await, 0);
        let page = browser.get(HERE).await;
        page.shows("None are set.");
        let shown = page.form_of("Save").1[0].1.clone();
        browser.post("/account/questions/remove", &[("shown", &shown)]).await.is_headed("Security questions");
        assert_eq!(app.events("questions.removed").await, 1);
    }

    async fn administrators_and_shared_accounts_are_offered_none(app: TestApp) {
        for name in ["dana@riverside.example", "lucia@riverside.example", "harbor-ed"] {
            let browser = signed_in(&app, name).await;
            let page = browser.get(HERE).await;
            page.shows("Your account needs no security questions");
            assert!(page.texts_of("label").is_empty(), "{name}: {}", page.text());
            let shown = browser.get("/account/questions").await.attributes("[name=shown]", "value");
            if let Some(shown) = shown.first() {
                let fields = [("resume", shown.as_str()), ("question_1", "first-pet"), ("answer_1", "heron quay")];
                browser.post(HERE, &fields).await.complains(STALE);
            }
            assert_eq!(app.events("questions.changed").await, 0, "{name}");
        }
    }

    async fn a_stale_form_changes_nothing(app: TestApp) {
        let browser = signed_in(&app, OMAR).await;
        let old = browser.get(HERE).await;
        answered(&old, OTHERS).press("Save").await.tells(SAVED);
        app.mail_to(OMAR).await;
        answered(&old, ["one heron", "two heron", "three heron"]).press("Save").await.complains(STALE);
        old.press("Remove Them").await.complains(STALE);
        assert_eq!(app.events("questions.changed").await, 1);
    }
}
