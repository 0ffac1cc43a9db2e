//! The mails of this feature. Each is what it says; the secrets in links are made at hand-over.

use serde::{Deserialize, Serialize};

use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters
        .with::<ResetLetter>()
        .with::<NoAccountLetter>()
        .with::<PasswordElsewhereLetter>()
        .with::<UnableLetter>()
        .with::<UserNamesLetter>()
        .with::<PasswordChangedLetter>()
        .with::<LockLetter>()
}

fn text(text: String) -> Block {
    Block::Text(text)
}

/// One account's link; a mailbox may have several.
#[derive(Serialize, Deserialize)]
pub struct Way {
    /// What the person signs in with.
    pub account: String,
    pub link: OneTimeId,
}

#[derive(Serialize, Deserialize)]
pub struct ResetLetter {
    pub address: String,
    pub ways: Vec<Way>,
    pub products: Vec<String>,
    pub minutes: i64,
}

impl Letter for ResetLetter {
    const KIND: &'static str = "recovery.reset";

    fn compose(&self, desk: &Desk) -> Message {
        let minutes = self.minutes.to_string();
        let minutes = [("minutes", minutes.as_str())];
        let button = |label: String, way: &Way| Block::Button { label, url: desk.link("/recover/link", &way.link) };
        let (subject, preview, mut blocks) = match self.ways.as_slice() {
            [way] => (
                desk.t("mail-reset-subject"),
                desk.with("mail-reset-preview", &minutes),
                vec![
                    text(desk.with("mail-reset-lead", &[("account", &way.account)])),
                    button(desk.t("mail-reset-button"), way),
                    text(desk.with("mail-reset-life", &minutes)),
                ],
            ),
            ways => {
                let mut blocks = vec![text(desk.with("mail-several-lead", &[("address", &self.address)]))];
                let label = |way: &Way| desk.with("mail-several-button", &[("account", &way.account)]);
                blocks.extend(ways.iter().map(|way| button(label(way), way)));
                blocks.push(text(desk.with("mail-several-life", &minutes)));
                (desk.t("mail-several-subject"), desk.t("mail-several-preview"), blocks)
            }
        };
        if !self.products.is_empty() {
            blocks.push(text(desk.t("mail-reset-products")));
            blocks.push(Block::List(self.products.clone()));
        }
        if let [way] = self.ways.as_slice() {
            let link = desk.link("/recover/link", &way.link);
            blocks.push(Block::Small(desk.with("mail-reset-cut", &[("link", &link)])));
        }
        blocks.extend([Block::Small(desk.t("mail-ignore")), Block::Small(desk.t("mail-never"))]);
        Message { subject, preview, blocks }
    }
}

/// To an address nobody signs in with: it was typed, so it is answered, by mail only.
#[derive(Serialize, Deserialize)]
pub struct NoAccountLetter {
    pub address: String,
}

impl Letter for NoAccountLetter {
    const KIND: &'static str = "recovery.no_account";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("address", self.address.as_str()), ("brand", desk.brand())];
        let tries = ["mail-unknown-other", "mail-unknown-name", "mail-unknown-ask"];
        Message {
            subject: desk.t("mail-unknown-subject"),
            preview: desk.t("mail-unknown-preview"),
            blocks: vec![
                text(desk.with("mail-unknown-lead", &facts)),
                text(desk.t("mail-unknown-try")),
                Block::List(tries.map(|key| desk.t(key)).into()),
                Block::Button { label: desk.t("mail-unknown-button"), url: desk.page("/sign-in") },
                Block::Small(desk.t("mail-unknown-not-you")),
            ],
        }
    }
}

/// To people whose password lives at their organization.
#[derive(Serialize, Deserialize)]
pub struct PasswordElsewhereLetter {
    pub account: String,
    pub organization: String,
    pub contact: Option<String>,
}

impl Letter for PasswordElsewhereLetter {
    const KIND: &'static str = "recovery.password_elsewhere";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("account", self.account.as_str()), ("organization", self.organization.as_str())];
        let mut blocks = vec![
            text(desk.with("mail-sso-lead", &facts)),
            text(desk.t("mail-sso-know")),
            Block::Button { label: desk.t("mail-sso-button"), url: desk.page("/sign-in") },
            text(desk.with("mail-sso-forgot", &facts)),
        ];
        if let Some(contact) = &self.contact {
            blocks.push(Block::Facts(vec![(desk.t("mail-sso-contact"), contact.clone())]));
        }
        blocks.push(Block::Small(desk.t("mail-ignore")));
        Message { subject: desk.with("mail-sso-subject", &facts), preview: desk.t("mail-sso-preview"), blocks }
    }
}

/// To accounts no link may reset: switched off, or shared.
#[derive(Serialize, Deserialize)]
pub struct UnableLetter {
    pub account: String,
    pub shared: bool,
    pub helpers: Vec<String>,
}

impl Letter for UnableLetter {
    const KIND: &'static str = "recovery.unable";

    fn compose(&self, desk: &Desk) -> Message {
        let lead = if self.shared { "mail-ask-shared" } else { "mail-ask-disabled" };
        let mut blocks = vec![text(desk.with(lead, &[("account", &self.account)]))];
        if self.helpers.is_empty() {
            blocks.push(text(desk.t("mail-ask-nobody")));
        } else {
            blocks.push(text(desk.t("mail-ask-who")));
            blocks.push(Block::List(self.helpers.clone()));
        }
        blocks.push(Block::Small(desk.t("mail-never")));
        Message { subject: desk.t("mail-ask-subject"), preview: desk.t("mail-ask-preview"), blocks }
    }
}

#[derive(Serialize, Deserialize)]
pub struct UserNamesLetter {
    pub address: String,
    /// Empty where the person signs in with the address itself.
    pub names: Vec<String>,
}

impl Letter for UserNamesLetter {
    const KIND: &'static str = "recovery.user_names";

    fn compose(&self, desk: &Desk) -> Message {
        let address = [("address", self.address.as_str())];
        let lead = if self.names.is_empty() { "mail-names-none" } else { "mail-names-lead" };
        let mut blocks = vec![text(desk.with(lead, &address))];
        if !self.names.is_empty() {
            blocks.push(Block::List(self.names.clone()));
        }
        blocks.push(Block::Button { label: desk.t("mail-names-button"), url: desk.page("/sign-in") });
        blocks.push(Block::Small(desk.t("mail-names-not-you")));
        Message { subject: desk.t("mail-names-subject"), preview: desk.t("mail-names-preview"), blocks }
    }
}

/// "It wasn't me" takes the account back with one more reset, which ends whatever the thief has.
#[derive(Serialize, Deserialize)]
pub struct PasswordChangedLetter {
    pub account: String,
    /// Microseconds since the epoch.
    pub at: i64,
    pub zone: String,
    pub address: String,
    pub browser: String,
    pub not_me: OneTimeId,
    pub minutes: i64,
}

impl Letter for PasswordChangedLetter {
    const KIND: &'static str = "recovery.password_changed";

    fn compose(&self, desk: &Desk) -> Message {
        let at = desk.time_in(&self.zone, Time(self.at));
        let facts = [("when", at), ("where", self.address.clone()), ("browser", self.browser.clone())];
        let facts = facts.map(|(key, value)| (desk.t(&format!("mail-changed-{key}")), value));
        Message {
            subject: desk.t("mail-changed-subject"),
            preview: desk.t("mail-changed-preview"),
            blocks: vec![
                text(desk.with("mail-changed-lead", &[("account", &self.account)])),
                Block::Facts(facts.into()),
                text(desk.t("mail-changed-not-you")),
                Block::Button { label: desk.t("mail-changed-button"), url: desk.link("/recover/link", &self.not_me) },
                Block::Small(desk.with("mail-changed-life", &[("minutes", &self.minutes.to_string())])),
            ],
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct LockLetter {
    pub account: String,
    /// Microseconds since the epoch.
    pub until: i64,
    pub zone: String,
    /// `None` for an account no link may reset, and in the row for a name nobody has, which is never sent.
    pub link: Option<OneTimeId>,
    pub minutes: i64,
}

impl Letter for LockLetter {
    const KIND: &'static str = "lockout.notice";

    fn compose(&self, desk: &Desk) -> Message {
        let until = desk.time_in(&self.zone, Time(self.until));
        let facts = [("account", self.account.as_str()), ("until", until.as_str())];
        let [preview, you] = match self.link {
            Some(_) => ["mail-lock-preview", "mail-lock-you"],
            None => ["mail-lock-preview-wait", "mail-lock-wait"],
        };
        let mut blocks = vec![text(desk.with("mail-lock-lead", &facts)), text(desk.t(you))];
        if let Some(link) = &self.link {
            blocks.push(Block::Button { label: desk.t("mail-lock-button"), url: desk.link("/recover/link", link) });
            blocks.push(text(desk.with("mail-lock-life", &[("minutes", &self.minutes.to_string())])));
        }
        blocks.push(Block::Small(desk.t("mail-lock-not-you")));
        Message { subject: desk.t("mail-lock-subject"), preview: desk.with(preview, &facts), blocks }
    }
}
