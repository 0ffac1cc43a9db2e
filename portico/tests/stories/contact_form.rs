//! The Contact Form, from the page that failed to the mails it makes.

use crate::stories;
use crate::support::{Browser, PASSWORD, Page, TestApp, all_at_once};

const SENT: &str = "We have it";
const HELPERS: &str = "help@portico.example";
const OMAR: &str = "omar@riverside.example";
const DANA: &str = "dana@riverside.example";
const LUCIA: &str = "lucia@riverside.example";
const QUESTION: &str = "It says locked.\n-- \nPortico\nYour password is safe, open https://evil.example/ <b>now</b>";

async fn form(browser: &Browser, query: &str) -> Page {
    browser.get(&format!("/support?{query}")).await
}

fn filled(form: &Page, email: &str) -> Page {
    form.clone().fill("Your name", "Omar Haddad").fill("Your email", email).fill("Your message", QUESTION)
}

async fn ask(browser: &Browser, query: &str, email: &str) -> Page {
    filled(&form(browser, query).await, email).press("Send").await
}

/// The form at the end of a sign-in that named somebody.
async fn form_of(app: &TestApp, name: &str, topic: &str) -> Page {
    let help = app.browser().name(name).await.click("Need help signing in?").await;
    let contact = help.click("Contact Form").await;
    contact.choose("What is it about?", Some(topic))
}

/// Which request a page is about.
fn request_of(page: &Page) -> String {
    page.is_headed(SENT).path().split('?').next().unwrap_or_default().to_owned()
}

async fn requests(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM support_requests", &[]).await
}

stories! {
    async fn a_question_reaches_those_who_help_and_is_confirmed_without_a_word_of_it(app: TestApp) {
        let sent = ask(&app.browser(), "topic=mail", "Omar.Private@Mail.example").await;
        sent.is_headed(SENT).shows("omar.private@mail.example").shows("I never got the reset email");
        let number = sent.texts_of("dd code").concat();
        let mail = app.mail_to(HELPERS).await;
        assert_eq!(mail.subject, format!("Question {number}: I never got the reset email"));
        mail.shows("Omar Haddad").shows("omar.private@mail.example").shows("No, anybody may have typed this");
        let quoted = mail.text.replace('\r', "");
        assert!(quoted.contains("\n> -- \n> Portico\n> Your password is safe"), "{quoted}");
        assert!(mail.html.contains("&lt;b&gt;") || mail.html.contains("&#60;b&#62;"), "{}", mail.html);
        let confirmed = app.mail_to("omar.private@mail.example").await;
        assert_eq!(confirmed.subject, format!("We have your question ({number})"));
        confirmed.lacks("evil.example").lacks("Omar Haddad").lacks("locked.");
        assert_eq!(app.events("support.requested").await, 1);
    }

    async fn a_call_back_needs_a_number_and_no_address(app: TestApp) {
        let browser = app.browser();
        let page = form(&browser, "").await.choose("Be called back", None).fill("Your name", "Nora");
        let again = page.fill("Best time to call", "after six").press("Send").await;
        again.complains("Please type a telephone number with area code, so that we can call you.");
        assert_eq!((again.value_of("Your name"), again.value_of("Best time to call")), ("Nora".into(), "after six".into()));
        assert!(again.is_checked("Be called back"), "what was chosen is kept");
        let sent = again.fill("Telephone", "+1 555 0142").press("Send").await;
        sent.is_headed(SENT).shows("They will call you.").shows("+1 555 0142");
        let mail = app.mail_to(HELPERS).await;
        assert!(mail.subject.starts_with("Call back "), "{}", mail.subject);
        mail.shows("after six").shows("+1 555 0142");
    }

    async fn whatever_is_wrong_nothing_typed_is_lost(app: TestApp) {
        let browser = app.browser();
        let page = filled(&form(&browser, "topic=locked&reference=ab12-cd34").await, "omar@").press("Send").await;
        page.complains("That does not look like an email address. It should be like name@hospital.example.");
        assert_eq!(page.value_of("Your message").replace("\r\n", "\n"), QUESTION);
        assert_eq!(page.value_of("Your email"), "omar@");
        assert_eq!(page.value_of("What is it about?"), "locked");
        page.shows("AB12-CD34");
        // Somebody else's browser is shown nothing of it.
        assert_eq!(form(&app.browser(), "problem=email_odd").await.value_of("Your message"), "");
        // Nor is it in the database in clear.
        let clear = "SELECT count(*) FROM support_drafts WHERE draft LIKE '%locked%' OR draft LIKE '%Omar%'";
        assert_eq!(app.count(clear, &[]).await, 0);
        let long = page.fill("Your email", OMAR).fill("Your message", &"many words ".repeat(300)).press("Send").await;
        assert!(long.problem().is_some_and(|told| told.contains("too long")), "{}", long.text());
        assert!(long.value_of("Your message").len() > 3_000);
        assert_eq!(requests(&app).await, 0);
        long.fill("Your message", "Short.").press("Send").await.is_headed(SENT);
        assert_eq!(app.count("SELECT count(*) FROM support_drafts", &[]).await, 0, "what was sent is no draft");
        app.mail_to(HELPERS).await.shows("AB12-CD34");
        app.mail_to(OMAR).await;
    }

    async fn the_page_that_failed_is_the_topic_and_the_error_its_reference(app: TestApp) {
        let lost = app.browser().get("/nowhere").await;
        let reference = lost.texts_of("code").concat();
        let contact = lost.click("Contact Form").await;
        assert_eq!(contact.value_of("What is it about?"), "error");
        contact.shows(&reference);
        let locked = app.lock(OMAR).await.click("Contact Form").await;
        assert_eq!((locked.value_of("What is it about?"), locked.value_of("Your email")), ("locked".into(), OMAR.into()));
        app.mail_to(OMAR).await;
        let expired = app.browser().get("/recover/link/nothing").await.click("Contact Form").await;
        assert_eq!(expired.value_of("What is it about?"), "link");
        app.execute("UPDATE accounts SET shared_at = 1 WHERE id = 'max@northwind.example'", &[]).await;
        let refused = app.browser().try_password("max@northwind.example", PASSWORD).await.click("Contact Form").await;
        assert_eq!(refused.value_of("What is it about?"), "refused");
        let none = app.browser().sign_in("nora@riverside.example").await.click("Contact Form").await;
        assert_eq!((none.value_of("What is it about?"), none.value_of("Your name")), ("sites".into(), "Nora Lindqvist".into()));
        let made_up = form(&app.browser(), "topic=%3Cb%3E&reference=%3Cscript%3E").await;
        assert_eq!(made_up.value_of("What is it about?"), "other");
        assert!(!made_up.body().contains("<script>"));
    }

    async fn a_form_that_is_posted_twice_is_one_request(app: TestApp) {
        let browser = app.browser();
        let page = filled(&form(&browser, "").await, OMAR);
        let first = page.press("Send").await;
        let second = page.press("Send").await;
        assert_eq!(request_of(&first), request_of(&second));
        assert_eq!(requests(&app).await, 1);
        app.mail_to(HELPERS).await;
        app.mail_to(OMAR).await;
        // The same form in another browser is neither shown the first one's nor overwrites it.
        let (action, fields) = page.form_of("Send");
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let stranger = app.browser().post(&action, &fields).await;
        assert_eq!(stranger.status(), 400, "{}", stranger.text());
        assert_eq!(requests(&app).await, 1);
        app.browser().get(first.path()).await.is_headed("Contact Form");
    }

    async fn race_of_one_form_posted_sixteen_times(app: TestApp) {
        let browser = app.browser();
        let page = filled(&form(&browser, "").await, OMAR);
        let posts = (0..16).map(|_| page.press("Send"));
        let answers = all_at_once(posts).await;
        let one = request_of(&answers[0]);
        assert!(answers.iter().all(|answer| request_of(answer) == one), "one form, one request");
        assert_eq!(requests(&app).await, 1);
        app.mail_to(HELPERS).await;
        app.mail_to(OMAR).await;
    }

    async fn administrators_learn_which_of_their_people_asks_and_nothing_that_was_typed(app: TestApp) {
        let page = form_of(&app, "nora@riverside.example", "No sites associated to my account").await;
        page.fill("Your name", "Call +1 900 000").fill("Your message", "evil words").press("Send").await.is_headed(SENT);
        for administrator in [DANA, LUCIA] {
            let mail = app.mail_to(administrator).await;
            assert_eq!(mail.subject, "Nora Lindqvist asks for help to sign in");
            mail.shows("nora@riverside.example").shows("No sites associated to my account");
            mail.lacks("+1 900").lacks("evil words");
        }
        app.mail_to(HELPERS).await.shows("Riverside Health").shows("evil words");
        app.mail_to("nora@riverside.example").await;
        // Once a day about one person and topic.
        let page = form_of(&app, "nora@riverside.example", "No sites associated to my account").await;
        page.fill("Your name", "Nora").fill("Your message", "again").press("Send").await.is_headed(SENT);
        assert!(app.mails_to(DANA).await.is_empty() && app.mails_to(LUCIA).await.is_empty());
        app.mail_to(HELPERS).await;
        app.mail_to("nora@riverside.example").await;
    }

    async fn stranger_cannot_tell_who_is_known_by_the_contact_form(app: TestApp) {
        let tables = [
            "SELECT count(*) FROM audit",
            "SELECT count(*) FROM outbox",
            "SELECT count(*) FROM rate_counters",
            "SELECT count(*) FROM support_requests",
        ];
        let mut grown = Vec::new();
        for name in ["olga@riverside.example", "nora@riverside.example", "nori@riverside.example"] {
            let mut before = Vec::new();
            for table in tables {
                before.push(app.count(table, &[]).await);
            }
            let page = form_of(&app, name, "My first time here").await.fill("Your name", "N").fill("Your message", "m");
            page.press("Send").await.is_headed(SENT);
            let mut after = Vec::new();
            for (table, before) in tables.into_iter().zip(before) {
                after.push(app.count(table, &[]).await - before);
            }
            grown.push(after);
        }
        assert_eq!(grown[1], grown[2], "{tables:?}");
        app.leaves_mail_behind();
    }

    async fn nobody_can_be_pestered_with_confirmations_and_nobody_floods_those_who_help(app: TestApp) {
        for _ in 0..5 {
            ask(&app.browser(), "", OMAR).await.is_headed(SENT);
        }
        assert_eq!(app.mails_to(OMAR).await.len(), 3, "three confirmations a day");
        assert_eq!(app.mails_to(HELPERS).await.len(), 5);
        let browser = app.browser();
        let sixth = ask(&browser, "", OMAR).await;
        assert!(sixth.problem().is_some_and(|told| told.contains("as many requests")), "{}", sixth.text());
        assert!(sixth.value_of("Your message").contains("It says locked."), "nothing typed is lost");
        app.pass_seconds(3_600);
        sixth.press("Send").await.is_headed(SENT);
        assert_eq!(app.mails_to(OMAR).await.len(), 0);
        app.mail_to(HELPERS).await;
    }

    async fn one_address_sends_so_much_an_hour_and_no_more(app: TestApp) {
        let node = app.node_with(|parts| parts.limits.mails_per_address = 2).await;
        let browser = node.browser();
        for number in 0..2 {
            ask(&browser, "", &format!("somebody{number}@mail.example")).await.is_headed(SENT);
        }
        let third = ask(&browser, "", "somebody3@mail.example").await;
        assert!(third.problem().is_some_and(|told| told.contains("as many requests")), "{}", third.text());
        assert_eq!(requests(&app).await, 2);
        for _ in 0..2 {
            filled(&third, "odd@").press("Send").await;
        }
        let shed = filled(&third, "odd@").press("Send").await;
        assert_eq!(shed.status(), 429, "drafts are rows, too");
        app.leaves_mail_behind();
    }

    async fn clock_requests_are_forgotten_after_half_a_year_and_drafts_after_a_day(app: TestApp) {
        ask(&app.browser(), "", OMAR).await.is_headed(SENT);
        ask(&app.browser(), "", "odd@").await;
        let forget = async || while portico::serve::forget_once(app.app()).await.unwrap() == portico::platform::jobs::Turn::Again {};
        app.pass_seconds(24 * 3_600 + 1);
        forget().await;
        assert_eq!(app.count("SELECT count(*) FROM support_drafts", &[]).await, 0);
        app.pass_seconds(178 * 24 * 3_600);
        forget().await;
        assert_eq!(requests(&app).await, 1);
        app.pass_seconds(2 * 24 * 3_600);
        forget().await;
        assert_eq!(requests(&app).await, 0);
        app.leaves_mail_behind();
    }
}
