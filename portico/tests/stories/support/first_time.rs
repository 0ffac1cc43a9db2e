//! What an invited person does, page by page.

use portico::audit::Actor;
use portico::invitations::{self, Invite, Refused};
use portico::people::{self, Email};
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
    pub async fn make_temporary(&self, account: &str) -> bool {
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
