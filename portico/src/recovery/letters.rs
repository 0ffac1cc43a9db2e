//! The mails of this feature. Each is what it says; the secrets in links are made at hand-over.

use serde::{Deserialize, Serialize};

use super::mailbox_letters::MailboxLetter;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters
        .with::<ResetLetter>()
        .with::<NoAccountLetter>()
        .with::<PasswordElsewhereLetter>()
        .with::<UnableLetter>()
        .with::<MailboxLetter>()
        .with::<UserNamesLetter>()
}

fn text(text: String) -> Block {
    Block::Text(text)
}

/// People by name, or by what they are where nobody is named.
pub fn whom_to_ask(desk: &Desk, helpers: &[String]) -> Vec<Block> {
    if helpers.is_empty() {
        return vec![text(desk.t("mail-ask-nobody"))];
    }
    vec![text(desk.t("mail-ask-who")), Block::List(helpers.to_vec())]
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
    /// Accounts of this mailbox that no link resets, because they have no questions, and who can help them.
    #[serde(default)]
    pub without: Vec<String>,
    #[serde(default)]
    pub helpers: Vec<String>,
    /// Who asked for it, where that was not whoever typed the address.
    #[serde(default)]
    pub sent_by: SentBy,
}

/// Who asked for a link, so that its mail says nothing that is not so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentBy {
    #[default]
    Owner,
    Administrator,
    /// Several people read this mail, and each would sign out all the others.
    AdministratorOfShared,
}

impl SentBy {
    fn lead(self) -> &'static str {
        match self {
            SentBy::Owner => "mail-reset-lead",
            SentBy::Administrator => "mail-reset-lead-administrator",
            SentBy::AdministratorOfShared => "mail-reset-lead-shared",
        }
    }

    /// What to do about a mail that one did not expect.
    fn unexpected(self) -> &'static str {
        match self {
            SentBy::Owner => "mail-ignore",
            SentBy::Administrator | SentBy::AdministratorOfShared => "mail-reset-unexpected",
        }
    }
}

impl Letter for ResetLetter {
    const KIND: &'static str = "recovery.reset";
    const ANSWERS: bool = true;

    fn compose(&self, desk: &Desk) -> Message {
        let minutes = self.minutes.to_string();
        let minutes = [("minutes", minutes.as_str())];
        let button = |label: String, way: &Way| Block::Button { label, url: desk.link("/recover/link", &way.link) };
        let (subject, preview, mut blocks) = match self.ways.as_slice() {
            [way] => (
                desk.t("mail-reset-subject"),
                desk.with("mail-reset-preview", &minutes),
                vec![
                    text(desk.with(self.sent_by.lead(), &[("account", &way.account)])),
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
        if !self.without.is_empty() {
            blocks.push(text(desk.with("mail-reset-without", &[("accounts", &self.without.join(", "))])));
            blocks.extend(whom_to_ask(desk, &self.helpers));
        }
        if let [way] = self.ways.as_slice() {
            let link = desk.link("/recover/link", &way.link);
            blocks.push(Block::Small(desk.with("mail-reset-cut", &[("link", &link)])));
        }
        blocks.extend([Block::Small(desk.t(self.sent_by.unexpected())), Block::Small(desk.t("mail-never"))]);
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
    const ANSWERS: bool = true;

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
    /// What leads to the organization's own page when it is typed; a user name does not.
    #[serde(default)]
    pub email: String,
    pub organization: String,
    pub contact: Option<String>,
}

impl Letter for PasswordElsewhereLetter {
    const KIND: &'static str = "recovery.password_elsewhere";
    const ANSWERS: bool = true;

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("account", self.account.as_str()), ("organization", self.organization.as_str())];
        // Mails that were queued by an earlier version have none.
        let email = if self.email.is_empty() { &self.account } else { &self.email };
        let mut blocks = vec![
            text(desk.with("mail-sso-lead", &facts)),
            text(desk.with("mail-sso-know", &[("email", email)])),
            Block::Button { label: desk.t("mail-sso-button"), url: desk.page("/sign-in") },
            text(desk.with("mail-sso-forgot", &facts)),
        ];
        if let Some(contact) = &self.contact {
            blocks.push(Block::Facts(vec![(desk.t("mail-sso-contact"), contact.clone())]));
        }
        blocks.push(Block::Small(desk.t("mail-ignore-mail")));
        Message { subject: desk.with("mail-sso-subject", &facts), preview: desk.t("mail-sso-preview"), blocks }
    }
}

/// To accounts no link may reset: switched off, shared, without the questions that would come after the link, or with an address
/// nobody has confirmed.
#[derive(Default, Serialize, Deserialize)]
pub struct UnableLetter {
    pub account: String,
    pub shared: bool,
    #[serde(default)]
    pub no_questions: bool,
    /// Single sign-on is suspended, and no second mailbox was confirmed before.
    #[serde(default)]
    pub no_second: bool,
    /// Its second factor was taken away, and nobody has signed in since.
    #[serde(default)]
    pub no_factor: bool,
    #[serde(default)]
    pub organization: String,
    /// Its address was changed, and nobody has confirmed the new one: it names nobody and no user name.
    #[serde(default)]
    pub unproved: bool,
    pub helpers: Vec<String>,
}

impl Letter for UnableLetter {
    const KIND: &'static str = "recovery.unable";
    const ANSWERS: bool = true;

    fn compose(&self, desk: &Desk) -> Message {
        let lead = match self {
            UnableLetter { shared: true, .. } => "mail-ask-shared",
            UnableLetter { unproved: true, .. } => "mail-ask-unproved",
            UnableLetter { no_factor: true, .. } => "mail-ask-factor",
            UnableLetter { no_second: true, .. } => "mail-ask-second",
            UnableLetter { no_questions: true, .. } => "mail-ask-questions",
            _ => "mail-ask-disabled",
        };
        let facts = [("account", self.account.as_str()), ("organization", self.organization.as_str())];
        let mut blocks = vec![text(desk.with(lead, &facts))];
        let [subject, preview] = if self.unproved {
            blocks.push(Block::Button { label: desk.t("mail-sso-button"), url: desk.page("/sign-in") });
            blocks.push(text(desk.t("mail-ask-unproved-else")));
            ["mail-confirm-subject", "mail-confirm-preview"]
        } else {
            blocks.extend(whom_to_ask(desk, &self.helpers));
            let url = desk.page("/support?topic=password");
            blocks.push(Block::Button { label: desk.t("support-heading"), url });
            ["mail-ask-subject", "mail-ask-preview"]
        };
        blocks.push(Block::Small(desk.t("mail-never")));
        Message { subject: desk.t(subject), preview: desk.t(preview), blocks }
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
    const ANSWERS: bool = true;

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
