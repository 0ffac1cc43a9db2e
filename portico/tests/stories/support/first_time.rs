//! What an invited person does, page by page.

use portico::audit::Actor;
use portico::invitations::{self, Invite, Refused};
use portico::people::{self, Email, OutOfReach};
use portico::platform::ids::AccountId;
use store::Tx;

use super::app::TestApp;
use super::browser::Browser;
use super::mail::Mail;
use super::page::Page;
use super::steps::NEW_PASSWORD;

/// Nobody before she is invited.
pub const IRIS: &str = "iris@riverside.example";
pub const NAME: &str = "Iris Novak";

/// The pages an invited person of Riverside meets, in their order: what each is called, and what it is for.
pub const STEPS: [&str; 5] =
    ["What is your name?", "Set up security questions", "Set Up Password", "Verify Your Email Address", "Terms"];

impl TestApp {
    /// Invites to Tracer.
    pub async fn invite(&self, email: &str, organization: &str) -> Result<(), Refused> {
        let parsed = Email::parse(email).unwrap();
        let wanted = Invite {
            email: &parsed,
            shown: email,
            organization,
            product: "tracer",
            site: None,
            role: Some("surveyor"),
        };
        let app = self.app();
        let invite = async |tx: &mut Tx| invitations::invite(tx, app, Actor::Command, &wanted).await;
        app.db.write("story", invite).await.unwrap()
    }

    /// Invites Iris, and takes her mail out.
    pub async fn invite_iris(&self) -> Mail {
        self.invite(IRIS, "riverside").await.unwrap();
        self.mail_to(IRIS).await
    }

    /// What an administrator does to somebody's password.
    pub async fn make_temporary(&self, account: &str) -> Result<(), OutOfReach> {
        let (app, id) = (self.app(), AccountId::from(account));
        let make = async |tx: &mut Tx| {
            let account = people::by_id(tx, &id).await?.unwrap();
            invitations::make_temporary(tx, app, Actor::Command, &account).await
        };
        app.db.write("story", make).await.unwrap()
    }

    /// Iris up to (and without) a step, in a browser of her own.
    pub async fn iris_before(&self, step: usize) -> (Page, Mail) {
        let mail = self.invite_iris().await;
        let mut page = self.browser().try_password(IRIS, &mail.temporary_password()).await;
        for (number, heading) in STEPS.iter().enumerate() {
            page.is_headed(heading);
            if number == step {
                break;
            }
            page = self.take(&page).await;
        }
        (page, mail)
    }

    /// Does what a page of registering asks for, whichever it is.
    pub async fn take(&self, page: &Page) -> Page {
        match page.heading().as_str() {
            "What is your name?" => page.give_name("Iris", "Novak").await,
            "Set up security questions" => page.set_questions().await,
            "Set Up Password" => page.choose_password(NEW_PASSWORD).await,
            "Verify Your Email Address" => {
                let page = page.press("Send Verification Code").await;
                page.type_code(&self.mail_to(IRIS).await.code()).await
            }
            "Terms" => page.press("Accept").await,
            other => panic!("{other:?} is no page of registering:\n{}", page.text()),
        }
    }
}

impl Page {
    pub async fn give_name(&self, first: &str, last: &str) -> Page {
        self.clone().fill("First name", first).fill("Last name", last).press("Continue").await
    }

    pub async fn set_questions(&self) -> Page {
        let mut page = self.clone();
        for (number, answer) in (1..).zip(["Zwiebelchen", "Hasenpfeffer", "Castrop-Rauxel"]) {
            page = page.fill(&format!("Answer {number}"), answer);
        }
        page.press("Submit").await
    }

    pub async fn type_code(&self, code: &str) -> Page {
        self.clone().fill("Verification code", code).press("Verify").await
    }
}

impl Mail {
    pub fn temporary_password(&self) -> String {
        self.fact("Temporary password")
    }

    pub fn code(&self) -> String {
        self.fact("Verification code")
    }

    fn fact(&self, name: &str) -> String {
        let found = self.text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        found.unwrap_or_else(|| panic!("the mail has no {name:?}:\n{}", self.text)).to_owned()
    }
}

impl Browser {
    /// Opens the mail's link and types its temporary password.
    pub async fn follow(&self, mail: &Mail) -> Page {
        let page = self.get(&mail.link("Begin")).await.is_headed("Welcome").clone();
        page.try_password(&mail.temporary_password()).await
    }
}

/// What can be read in any language: a word of the mail that looks like what is wanted.
fn word_of(mail: &Mail, wanted: impl Fn(&str) -> bool) -> String {
    let found = mail.text.split(|c: char| c.is_whitespace() || matches!(c, '⟦' | '⟧')).find(|word| wanted(word));
    found.unwrap_or_else(|| panic!("no such word in the mail:\n{}", mail.text)).to_owned()
}

fn is_temporary_password(word: &str) -> bool {
    word.split('-').map(str::len).eq([5, 5, 5, 5])
}

/// Every page of a first time, by addresses and field names, so that it works in any language.
pub async fn pages(app: &TestApp) -> Vec<(String, Page)> {
    let mut seen = Vec::new();
    let mut keep = |name: &str, page: Page| {
        seen.push((format!("first time: {name}"), page.clone()));
        page
    };
    let browser = app.browser();
    keep("no link", browser.get("/invitation/nothing").await);
    app.invite(IRIS, "riverside").await.unwrap();
    let mail = app.mail_to(IRIS).await;
    let welcome = keep("welcome", browser.get(&mail.first_link()).await);
    keep("nothing typed", browser.post(welcome.path(), &[("password", "")]).await);
    app.pass_seconds(900);
    keep("over", browser.get(&mail.first_link()).await);
    browser.post("/recover", &[("identifier", IRIS), ("way", "email")]).await;
    let mail = app.mail_to(IRIS).await;
    keep("welcome again", browser.get(&mail.first_link()).await);
    let typed = word_of(&mail, is_temporary_password);
    let name = keep("name", browser.post("/invitation", &[("password", &typed)]).await);
    keep("no name", browser.post(name.path(), &[]).await);
    keep("an odd name", browser.post(name.path(), &[("first_name", "a.b"), ("last_name", "c")]).await);
    let questions = browser.post(name.path(), &[("first_name", "Iris"), ("last_name", "Novak")]).await;
    let questions = keep("questions", questions);
    keep("no answers", browser.post(questions.path(), &[]).await);
    let later = browser.post(&format!("{}/later", questions.path()), &[]).await;
    let password = keep("new password", later);
    let twice = |password: &'static str| [("password", password), ("again", password)];
    keep("a short password", browser.post(password.path(), &twice("short")).await);
    let refused = browser.post(password.path(), &[("password", &typed), ("again", &typed)]).await;
    keep("the temporary one", refused);
    let verify = keep("verify email", browser.post(password.path(), &twice(NEW_PASSWORD)).await);
    let sent = keep("code sent", browser.post(&format!("{}/send", verify.path()), &[]).await);
    keep("no code", browser.post(sent.path(), &[]).await);
    keep("a code too soon", browser.post(&format!("{}/send", sent.path()), &[]).await);
    let code = word_of(&app.mail_to(IRIS).await, |word| word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit()));
    keep("a wrong code", browser.post(sent.path(), &[("code", "x")]).await);
    keep("terms", browser.post(sent.path(), &[("code", &code)]).await);
    seen
}
