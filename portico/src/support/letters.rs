//! The mails of a request. What a stranger typed goes to the support mailbox only, quoted line by line; the confirmation and
//! the mail to administrators carry nothing of it.

use serde::{Deserialize, Serialize};

use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<RequestLetter>().with::<ConfirmationLetter>().with::<AdministratorsLetter>()
}

/// To those who help, with everything that was typed.
#[derive(Serialize, Deserialize)]
pub struct RequestLetter {
    pub number: String,
    pub call_back: bool,
    /// The key of the topic's words.
    pub topic: String,
    pub reference: Option<String>,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub best_time: Option<String>,
    pub message: String,
    pub identifier: Option<String>,
    pub organization: Option<String>,
    pub signed_in: bool,
}

impl Letter for RequestLetter {
    const KIND: &'static str = "support.request";

    fn compose(&self, desk: &Desk) -> Message {
        let kind = if self.call_back { "call-back" } else { "question" };
        // Only words of ours and a number of ours: a subject is where people look for who is speaking.
        let topic = desk.t(&self.topic);
        let facts = [("number", self.number.as_str()), ("topic", topic.as_str())];
        let signed_in = desk.t(if self.signed_in { "mail-support-known" } else { "mail-support-stranger" });
        let rows = [
            ("mail-support-name", Some(&self.name)),
            ("mail-support-email", self.email.as_ref()),
            ("mail-support-phone", self.phone.as_ref()),
            ("mail-support-best-time", self.best_time.as_ref()),
            ("mail-support-identifier", self.identifier.as_ref()),
            ("mail-support-organization", self.organization.as_ref()),
            ("mail-support-reference", self.reference.as_ref()),
            ("mail-support-who", Some(&signed_in)),
        ];
        let rows = rows.into_iter().filter_map(|(key, value)| Some((desk.t(key), value?.clone())));
        let mut blocks = vec![Block::Text(desk.t(&format!("mail-support-{kind}-lead"))), Block::Facts(rows.collect())];
        if !self.message.is_empty() {
            blocks.push(Block::Text(desk.t("mail-support-message")));
            blocks.push(Block::Quote(self.message.clone()));
        }
        blocks.push(Block::Small(desk.t("mail-support-beware")));
        Message { subject: desk.with(&format!("mail-support-{kind}-subject"), &facts), preview: topic.clone(), blocks }
    }
}

/// To the address that was typed, whosever it is: so that nobody can use us to write to others, nothing that was typed.
#[derive(Serialize, Deserialize)]
pub struct ConfirmationLetter {
    pub number: String,
    pub call_back: bool,
    pub topic: String,
}

impl Letter for ConfirmationLetter {
    const KIND: &'static str = "support.confirmation";

    fn compose(&self, desk: &Desk) -> Message {
        let kind = if self.call_back { "call-back" } else { "question" };
        let number = [("number", self.number.as_str())];
        Message {
            subject: desk.with(&format!("mail-confirm-{kind}-subject"), &number),
            preview: desk.t(&format!("mail-confirm-{kind}-lead")),
            blocks: vec![
                Block::Text(desk.t(&format!("mail-confirm-{kind}-lead"))),
                Block::Facts(vec![
                    (desk.t("mail-confirm-number"), self.number.clone()),
                    (desk.t("mail-confirm-topic"), desk.t(&self.topic)),
                ]),
                Block::Text(desk.t("mail-confirm-next")),
                Block::Button { label: desk.t("mail-confirm-button"), url: desk.page("/help") },
                Block::Small(desk.t("mail-confirm-not-you")),
                Block::Small(desk.t("mail-never")),
            ],
        }
    }
}

/// To an organization's administrators: which of their people asks for help, as their own records name them.
#[derive(Serialize, Deserialize)]
pub struct AdministratorsLetter {
    pub number: String,
    pub topic: String,
    pub name: String,
    pub email: String,
}

impl Letter for AdministratorsLetter {
    const KIND: &'static str = "support.administrators";

    fn compose(&self, desk: &Desk) -> Message {
        Message {
            subject: desk.with("mail-asked-subject", &[("name", &self.name)]),
            preview: desk.t(&self.topic),
            blocks: vec![
                Block::Text(desk.t("mail-asked-lead")),
                Block::Facts(vec![
                    (desk.t("mail-access-name"), self.name.clone()),
                    (desk.t("mail-access-email"), self.email.clone()),
                    (desk.t("mail-confirm-topic"), desk.t(&self.topic)),
                    (desk.t("mail-confirm-number"), self.number.clone()),
                ]),
                Block::Text(desk.t("mail-asked-next")),
                Block::Button { label: desk.t("mail-access-button"), url: desk.page("/sign-in") },
            ],
        }
    }
}
