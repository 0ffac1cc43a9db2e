//! *Verify Your Email Address*: one code, in one sign-in, for a while.

use std::time::Duration;

use crate::stories;
use crate::support::first_time::{IRIS, STEPS};
use crate::support::steps::NEW_PASSWORD;
use crate::support::{Page, TestApp};

const WRONG: &str = "That is not the code we sent last. Please check it, and type the one from the newest mail.";
const OVER: &str = "That code does not work any more. Please have a new one sent.";
const BURNT: &str =
    "There were too many wrong codes, so that this one does not work any more. Please have a new one sent.";
const SOON: &str = "A code was sent less than a minute ago. Please look for it first, then try again.";

/// A code that is not the one.
fn other_than(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { char::from(digit as u8 + 1) }).collect()
}

async fn sent(app: &TestApp) -> (Page, String) {
    let (page, _) = app.iris_before(3).await;
    let page = page.press("Send Verification Code").await;
    let code = app.mail_to(IRIS).await.code();
    assert!(code.len() == 8 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
    (page, code)
}

stories! {
    async fn a_code_with_spaces_is_the_same_code(app: TestApp) {
        let (page, code) = sent(&app).await;
        page.type_code("").await.complains("Please type the code from the mail.");
        let (left, right) = code.split_at(4);
        page.type_code(&format!(" {left} {right}")).await.is_headed(STEPS[4]);
    }

    async fn five_wrong_codes_burn_it_and_the_next_code_has_tries_of_its_own(app: TestApp) {
        let (page, code) = sent(&app).await;
        for number in 1..=5 {
            page.type_code(&other_than(&code)).await.complains(if number < 5 { WRONG } else { BURNT });
        }
        page.type_code(&code).await.complains(BURNT);
        assert_eq!(app.events("email_code.refused").await, 5);
        app.pass_seconds(60);
        let page = page.press("Resend Now").await;
        let code = app.mail_to(IRIS).await.code();
        page.type_code(&other_than(&code)).await.complains(WRONG);
        page.type_code(&code).await.is_headed(STEPS[4]);
    }

    async fn clock_a_code_lives_ten_minutes_from_its_hand_over(app: TestApp) {
        let (page, _) = app.iris_before(3).await;
        let page = page.press("Send Verification Code").await;
        // The mail server takes its time: that is not the reader's.
        app.pass_seconds(300);
        let code = app.mail_to(IRIS).await.code();
        app.pass(Duration::from_secs(599));
        page.type_code(&other_than(&code)).await.complains(WRONG);
        app.pass_seconds(1);
        page.type_code(&code).await.complains(OVER);
        assert_eq!(app.events("email.verified").await, 0);
    }

    async fn a_code_is_sent_once_a_minute_and_five_times_an_hour(app: TestApp) {
        let (mut page, _) = sent(&app).await;
        page.press("Resend Now").await.complains(SOON);
        for _ in 0..4 {
            app.pass_seconds(60);
            page = page.press("Resend Now").await;
            app.mail_to(IRIS).await;
        }
        app.pass_seconds(60);
        let often = page.press("Resend Now").await.problem().unwrap();
        assert!(often.starts_with("We have sent 5 codes within an hour."), "{often}");
        // In another sign-in it is the same account.
        let other = app.browser().try_password(IRIS, NEW_PASSWORD).await;
        assert!(other.press("Send Verification Code").await.problem().unwrap().starts_with("We have sent 5"));
        app.pass_seconds(3_600);
        let again = app.browser().try_password(IRIS, NEW_PASSWORD).await;
        again.press("Send Verification Code").await;
        app.mail_to(IRIS).await;
    }

    async fn only_the_newest_code_counts(app: TestApp) {
        let (page, older) = sent(&app).await;
        app.pass_seconds(60);
        let page = page.press("Resend Now").await;
        let newer = app.mail_to(IRIS).await.code();
        assert_ne!(older, newer);
        page.type_code(&older).await.complains(WRONG);
        page.type_code(&newer).await.is_headed(STEPS[4]);
    }

    async fn a_code_counts_in_the_sign_in_it_was_asked_for_in(app: TestApp) {
        let (page, code) = sent(&app).await;
        let other = app.browser().try_password(IRIS, NEW_PASSWORD).await;
        let base = other.path().to_owned();
        other.browser().post(&base, &[("code", &code)]).await.complains(OVER);
        page.type_code(&code).await.is_headed(STEPS[4]);
    }

    async fn a_code_for_one_account_confirms_no_other(app: TestApp) {
        let (page, code) = sent(&app).await;
        // Somebody else, in the same browser and the same sign-in.
        app.execute("UPDATE accounts SET email_verified_at = NULL WHERE id = 'omar@riverside.example'", &[]).await;
        let base = page.path().trim_end_matches("/verify-email").to_owned();
        let named = page.browser().post(&format!("{base}/identify"), &[("identifier", "omar@riverside.example")]).await;
        let omar = named.try_password(crate::support::PASSWORD).await;
        omar.is_headed(STEPS[3]);
        omar.browser().post(omar.path(), &[("code", &code)]).await.complains(OVER);
        assert_eq!(app.events("email.verified").await, 0);
    }
}
