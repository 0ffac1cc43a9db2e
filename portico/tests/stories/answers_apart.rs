//! Answers and the password are kept apart, whichever is set second.

use crate::stories;
use crate::support::first_time::IRIS;
use crate::support::steps::NEW_PASSWORD;
use crate::support::{PASSWORD, all_at_once};

const HIDING: &str = "Where was your favorite hiding place as a child?";
const DONE: &str = "Your password was successfully reset";

stories! {
    async fn an_answer_that_is_the_password_is_refused_and_the_questions_stay_chosen(app: TestApp) {
        let page = app.browser().try_password("harbor-night", PASSWORD).await;
        let chosen = page.clone().choose("Question 2", Some(HIDING));
        for (number, answer) in [(1, PASSWORD), (2, " correct-horse-battery "), (3, PASSWORD)] {
            let mut filled = chosen.clone();
            for (field, good) in [(1, "Zwiebelchen"), (2, "Hasenpfeffer"), (3, "Castrop-Rauxel")] {
                filled = filled.fill(&format!("Answer {field}"), if field == number { answer } else { good });
            }
            let refused = filled.press("Submit").await;
            refused.complains("That answer is your password, so that whoever knows the one would know the other. \
                Please choose another question or answer; your password stays.");
            assert_eq!(refused.texts_of("#question_2 [selected]"), [HIDING]);
        }
        assert_eq!(app.count("SELECT count(*) FROM security_answers WHERE account_id = 'harbor-night'", &[]).await, 0);
        chosen.set_questions().await.is_the_portal_of("Night Shift");
        app.mails_to("night@harbor.example").await;
    }

    async fn a_new_password_that_is_one_of_the_answers_is_refused(app: TestApp) {
        let told = "That password is the answer to one of your security questions. Please choose another one, so that \
            whoever knows the one does not know the other.";
        let (page, _) = app.iris_before(2).await;
        for answer in ["Hasenpfeffer", "CASTROP rauxel!"] {
            page.choose_password(answer).await.is_headed("Set Up Password").complains(told);
        }
        let mut page = page.choose_password(NEW_PASSWORD).await;
        for _ in 0..2 {
            page = app.take(&page).await;
        }
        page.is_the_portal_of("Iris Novak");
        // And in a reset, where the link is not used up by it.
        let form = app.browser().get(&app.reset_link(IRIS).await).await;
        form.choose_password("hasenPfeffer").await.is_headed("Set Up Password").complains(told);
        form.choose_password("another-lantern-ferry").await.is_headed(DONE);
        app.mail_to(IRIS).await.shows("was changed");
    }

    async fn the_password_cannot_be_found_out_by_setting_answers(app: TestApp) {
        let page = app.browser().try_password("harbor-night", PASSWORD).await;
        let guess = async |answer: &str| {
            let filled = page.clone().fill("Answer 1", answer).fill("Answer 2", "Hasenpfeffer").fill("Answer 3", "Castrop");
            filled.press("Submit").await
        };
        for _ in 0..30 {
            guess(PASSWORD).await.is_headed("Set up security questions");
        }
        assert_eq!(guess("Zwiebelchen").await.status(), 429, "thirty an hour");
        app.pass_seconds(3_600);
        // The proof is too old by then.
        guess("Zwiebelchen").await.is_headed("Enter your password");
    }

    async fn race_between_an_answer_and_the_same_password_keeps_one_of_them(app: TestApp) {
        let (page, mail) = app.iris_before(1).await;
        let elsewhere = app.browser().try_password(IRIS, &mail.temporary_password()).await.press("Cancel").await;
        let answers = page.clone().fill("Answer 1", "Zwiebelchen").fill("Answer 2", "Hasenpfeffer").fill("Answer 3", "Castrop");
        let racers = [(answers.clone(), true), (elsewhere.clone(), false)].map(|(page, answers)| async move {
            if answers { page.press("Submit").await } else { page.choose_password("Hasenpfeffer").await }
        });
        all_at_once(racers).await;
        let both = "SELECT count(*) FROM security_answers s JOIN accounts a ON a.id = s.account_id
                    WHERE a.email = $1 AND a.password IS NOT NULL";
        assert_eq!(app.count(both, &[&IRIS]).await, 0);
        // Whoever lost is shown the page again, or what is due now.
        answers.press("Submit").await;
        elsewhere.choose_password("Hasenpfeffer").await;
        assert_eq!(app.count(both, &[&IRIS]).await, 0);
    }
}
