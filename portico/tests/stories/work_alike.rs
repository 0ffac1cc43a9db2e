//! What a stranger can time is the same work for every name: the same statements, with as many rows.

use std::sync::{Arc, Mutex};

use crate::stories;
use crate::support::first_time::IRIS;
use crate::support::idp::Idp;
use crate::support::steps::WRONG;
use crate::support::{Browser, TestApp};

/// Known first, unknown of the same length second.
const PAIRS: [[&str; 2]; 6] = [
    ["omar@riverside.example", "omax@riverside.example"],
    ["ivan@riverside.example", "ivax@riverside.example"],
    ["dana@riverside.example", "danx@riverside.example"],
    ["kim@northwind.example", "kin@northwind.example"],
    ["night@harbor.example", "nihgt@harbor.example"],
    ["harbor-night", "harbor-nihgt"],
];

/// A statement, and how many rows it gave or touched; `None` where nobody waits to hear that.
type Ran = (&'static str, Option<u64>);

/// A node whose statements are listened to.
struct Watched {
    app: TestApp,
    ran: Arc<Mutex<Vec<Ran>>>,
}

impl Watched {
    async fn new(app: &TestApp) -> Watched {
        let ran: Arc<Mutex<Vec<Ran>>> = Arc::default();
        let heard = Arc::clone(&ran);
        let app = app
            .node_with(move |parts| {
                let ear = Arc::new(move |sql, rows| heard.lock().unwrap().push((sql, rows)));
                parts.db = parts.db.clone().heard_by(ear);
            })
            .await;
        Watched { app, ran }
    }

    /// What has run since it was asked last, sorted: of two that are asked together, either may be answered first where the server does not know one of them yet.
    fn ran(&self) -> Vec<Ran> {
        let mut ran = std::mem::take(&mut *self.ran.lock().unwrap());
        ran.sort_unstable();
        ran
    }

    /// A stranger posts one form. The answer's location, and what ran for it.
    async fn post(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> (String, Vec<Ran>) {
        self.ran();
        let answer = browser.post_and_stay(path, fields).await;
        let ran = self.ran();
        assert!(ran.len() > 2, "{path} took the name");
        (answer.leads_to().unwrap_or_else(|| panic!("{path}: {}", answer.text())), ran)
    }

    /// One stranger at every door, with one name.
    async fn every_door(&self, name: &str) -> Vec<Vec<Ran>> {
        let browser = self.app.browser();
        let (password, named) = self.post(&browser, "/sign-in", &[("identifier", name)]).await;
        let (_, named_again) =
            self.post(&browser, &password.replace("/password", "/identify"), &[("identifier", name)]).await;
        let mut work = vec![named, named_again];
        for guess in 1..=5 {
            let (_, guessed) = self.post(&browser, &password, &[("password", WRONG)]).await;
            // The third locks, and writes the owner's notice in full.
            if guess != 3 {
                work.push(guessed);
            }
        }
        work.push(self.post(&browser, &password, &[("password", "aaaaa-bbbbb-ccccc-ddddd")]).await.1);
        work.push(self.post(&browser, "/help/sign-in", &[("identifier", name)]).await.1);
        let (check, asked) = self.post(&browser, "/recover", &[("identifier", name), ("way", "email")]).await;
        work.push(asked);
        self.app.answer_requests().await;
        self.app.pass_seconds(61);
        work.push(self.post(&browser, &format!("{check}/resend"), &[]).await.1);
        work
    }
}

impl Watched {
    /// What a question does that is asked after a name was typed at the door, on a topic for its administrators.
    async fn question(&self, name: &str, mailbox: &str) -> Vec<Ran> {
        let help = self.app.browser().name(name).await.click("Need help signing in?").await;
        let form =
            help.click("Contact Form").await.choose("What is it about?", Some("No sites associated to my account"));
        let form = form.fill("Your name", "Somebody").fill("Your email", mailbox).fill("Your message", "Why?");
        self.ran();
        form.press("Send").await.is_headed("We have it");
        self.ran()
    }
}

fn statements(work: Vec<Vec<Ran>>) -> Vec<Vec<&'static str>> {
    work.into_iter().map(|ran| ran.into_iter().map(|(sql, _)| sql).collect()).collect()
}

stories! {
    async fn stranger_cannot_tell_who_is_known_by_what_the_database_does(app: TestApp) {
        let watched = Watched::new(&app).await;
        for [known, unknown] in PAIRS {
            let (known_work, unknown_work) = (watched.every_door(known).await, watched.every_door(unknown).await);
            for (door, (of_known, of_unknown)) in known_work.iter().zip(&unknown_work).enumerate() {
                assert_eq!(of_known, of_unknown, "door {door} of {known}");
            }
        }
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_is_known_where_an_organization_signs_in_elsewhere(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        let watched = Watched::new(&app).await;
        let mut work = Vec::new();
        for name in ["lee@lakeshore.example", "lee@lakeshore.example", "leo@lakeshore.example"] {
            let browser = watched.app.browser();
            let (away, named) = watched.post(&browser, "/sign-in", &[("identifier", name)]).await;
            let again = away.replace("/sso", "/identify");
            let (_, named_again) = watched.post(&browser, &again, &[("identifier", name)]).await;
            watched.ran();
            assert_eq!(browser.get(&away).await.status(), 303);
            work.push([named, named_again, watched.ran()]);
        }
        // The first looks at what the identity provider publishes.
        assert_eq!(work[1], work[2]);
    }

    async fn stranger_cannot_tell_whose_password_is_elsewhere_by_what_the_database_does(app: TestApp) {
        let idp = Idp::start(&app).await;
        idp.connect(&app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        let annex = "INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ($1, 'lakeshore', 1)";
        app.execute(annex, &[&"annex.example"]).await;
        app.at_lakeshore("pia@annex.example", "Pia", None).await;
        let watched = Watched::new(&app).await;
        // Of somebody whose password is at Lakeshore, of somebody whose organization has another domain that leads there, and of nobody.
        for [known, unknown] in [["lee-castillo", "lee-castilla"], ["pia@annex.example", "pix@annex.example"]] {
            let (known_work, unknown_work) = (watched.every_door(known).await, watched.every_door(unknown).await);
            for (door, (of_known, of_unknown)) in known_work.iter().zip(&unknown_work).enumerate() {
                assert_eq!(of_known, of_unknown, "door {door} of {known}");
            }
        }
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_is_known_by_what_a_question_does(app: TestApp) {
        let watched = Watched::new(&app).await;
        for (number, [known, unknown]) in PAIRS.into_iter().enumerate() {
            let of_known = watched.question(known, &format!("c{number}@elsewhere.example")).await;
            let of_unknown = watched.question(unknown, &format!("d{number}@elsewhere.example")).await;
            assert_eq!(of_known, of_unknown, "{known}");
        }
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_was_invited_by_what_the_database_does(app: TestApp) {
        app.invite_iris().await;
        let watched = Watched::new(&app).await;
        let invited = watched.every_door(IRIS).await;
        // Whoever has a temporary password has one row more, which is read before a hash and never by itself.
        assert_eq!(statements(invited), statements(watched.every_door("irix@riverside.example").await));
        app.leaves_mail_behind();
    }

    async fn stranger_cannot_tell_who_is_known_by_what_the_hand_over_of_an_answer_does(app: TestApp) {
        app.invite_iris().await;
        let watched = Watched::new(&app).await;
        let mut handed_over = Vec::new();
        for name in ["omar@riverside.example", IRIS, "omax@riverside.example"] {
            watched.post(&watched.app.browser(), "/recover", &[("identifier", name), ("way", "email")]).await;
            watched.app.answer_requests().await;
            watched.ran();
            assert_eq!(watched.app.deliver_mail().await, 1);
            let mut ran = watched.ran();
            // The courier looks for the next mail meanwhile.
            ran.retain(|(sql, _)| !sql.starts_with("SELECT id FROM outbox"));
            handed_over.push(statements(vec![ran]));
        }
        assert_eq!(handed_over[0], handed_over[2]);
        assert_eq!(handed_over[1], handed_over[2]);
        app.leaves_mail_behind();
    }
}
