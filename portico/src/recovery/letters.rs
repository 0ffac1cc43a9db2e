//! The mails of this feature. Each is what it says; the secrets in links are made at hand-over.

use serde::{Deserialize, Serialize};

use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};
use crate::platform::web::Moment;

pub fn register(letters: Letters) -> Letters {
    letters
        .with::<ResetLetter>()
        .with::<NoAccountLetter>()
        .with::<PasswordElsewhereLetter>()
        .with::<SwitchedOffLetter>()
        .with::<UserNamesLetter>()
        .with::<PasswordChangedLetter>()
        .with::<LockLetter>()
}

/// One account's link; a mailbox may have several.
#[derive(Serialize, Deserialize)]
pub struct Way {
    pub user_name: Option<String>,
    pub link: OneTimeId,
}

#[derive(Serialize, Deserialize)]
pub struct ResetLetter {
    pub ways: Vec<Way>,
    pub products: Vec<String>,
    pub minutes: i64,
}

impl Letter for ResetLetter {
    const KIND: &'static str = "recovery.reset";

    fn compose(&self, desk: &Desk) -> Message {
        let minutes = self.minutes.to_string();
        let mut blocks = vec![Block::Text(desk.t("mail-reset-text"))];
        for way in &self.ways {
            if let (Some(name), true) = (&way.user_name, self.ways.len() > 1) {
                blocks.push(Block::Text(desk.with("mail-reset-for", &[("name", name)])));
            }
            blocks.push(Block::Button { label: desk.t("mail-reset-button"), url: desk.link("/recover/link", &way.link) });
        }
        if !self.products.is_empty() {
            blocks.push(Block::Text(desk.t("mail-reset-products")));
            blocks.push(Block::List(self.products.clone()));
        }
        blocks.push(Block::Text(desk.with("mail-reset-life", &[("minutes", &minutes)])));
        blocks.push(Block::Small(desk.t("mail-not-you")));
        Message { subject: desk.t("mail-reset-subject"), preview: desk.with("mail-reset-life", &[("minutes", &minutes)]), blocks }
    }
}

/// To an address nobody signs in with: it was typed, so it is answered, by mail only.
#[derive(Serialize, Deserialize)]
pub struct NoAccountLetter {}

impl Letter for NoAccountLetter {
    const KIND: &'static str = "recovery.no_account";

    fn compose(&self, desk: &Desk) -> Message {
        Message {
            subject: desk.t("mail-none-subject"),
            preview: desk.t("mail-none-text"),
            blocks: vec![
                Block::Text(desk.t("mail-none-text")),
                Block::Text(desk.t("mail-none-try")),
                Block::Button { label: desk.t("mail-sign-in-button"), url: desk.url("/sign-in") },
                Block::Small(desk.t("mail-none-not-you")),
            ],
        }
    }
}

/// To people whose password lives at their organization.
#[derive(Serialize, Deserialize)]
pub struct PasswordElsewhereLetter {
    pub organization: String,
}

impl Letter for PasswordElsewhereLetter {
    const KIND: &'static str = "recovery.password_elsewhere";

    fn compose(&self, desk: &Desk) -> Message {
        let organization = [("organization", self.organization.as_str())];
        Message {
            subject: desk.t("mail-sso-subject"),
            preview: desk.with("mail-sso-text", &organization),
            blocks: vec![
                Block::Text(desk.with("mail-sso-text", &organization)),
                Block::Button { label: desk.t("mail-sign-in-button"), url: desk.url("/sign-in") },
                Block::Small(desk.t("mail-not-you")),
            ],
        }
    }
}

/// To accounts that no link may reset: switched off, or shared.
#[derive(Serialize, Deserialize)]
pub struct SwitchedOffLetter {
    pub helpers: Vec<String>,
}

impl Letter for SwitchedOffLetter {
    const KIND: &'static str = "recovery.switched_off";

    fn compose(&self, desk: &Desk) -> Message {
        let mut blocks = vec![Block::Text(desk.t("mail-unable-text"))];
        if !self.helpers.is_empty() {
            blocks.push(Block::List(self.helpers.clone()));
        }
        blocks.push(Block::Small(desk.t("mail-not-you")));
        Message { subject: desk.t("mail-unable-subject"), preview: desk.t("mail-unable-text"), blocks }
    }
}

#[derive(Serialize, Deserialize)]
pub struct UserNamesLetter {
    pub names: Vec<String>,
}

impl Letter for UserNamesLetter {
    const KIND: &'static str = "recovery.user_names";

    fn compose(&self, desk: &Desk) -> Message {
        Message {
            subject: desk.t("mail-names-subject"),
            preview: desk.t("mail-names-text"),
            blocks: vec![
                Block::Text(desk.t("mail-names-text")),
                Block::List(self.names.clone()),
                Block::Button { label: desk.t("mail-sign-in-button"), url: desk.url("/sign-in") },
                Block::Small(desk.t("mail-not-you")),
            ],
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct PasswordChangedLetter {
    pub account: String,
}

impl Letter for PasswordChangedLetter {
    const KIND: &'static str = "recovery.password_changed";

    fn compose(&self, desk: &Desk) -> Message {
        Message {
            subject: desk.t("mail-changed-subject"),
            preview: desk.t("mail-changed-text"),
            blocks: vec![
                Block::Text(desk.t("mail-changed-text")),
                Block::Text(desk.t("mail-changed-not-me")),
                Block::Button { label: desk.t("mail-changed-button"), url: desk.url("/recover") },
            ],
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct LockLetter {
    /// Microseconds since the epoch.
    pub until: i64,
    pub zone: String,
}

impl Letter for LockLetter {
    const KIND: &'static str = "lockout.notice";

    fn compose(&self, desk: &Desk) -> Message {
        let until = Moment::new(Time(self.until), &self.zone, desk.now()).text;
        Message {
            subject: desk.t("mail-lock-subject"),
            preview: desk.t("mail-lock-text"),
            blocks: vec![
                Block::Text(desk.t("mail-lock-text")),
                Block::Text(desk.with("mail-lock-until", &[("until", &until)])),
                Block::Button { label: desk.t("mail-lock-button"), url: desk.url("/recover") },
                Block::Small(desk.t("mail-lock-not-you")),
            ],
        }
    }
}
