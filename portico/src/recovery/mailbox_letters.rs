//! The mails of a reset through two mailboxes, or through the second one alone.

use serde::{Deserialize, Serialize};

use super::letters::{Way, whom_to_ask};
use crate::platform::mail::{Block, Desk, Letter, Message};
use crate::platform::spelled::{parse, spelled};

/// Which of them a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    First,
    Second,
    /// To the second mailbox, which is enough.
    Alone,
    /// To the first one: the link is in the second.
    Elsewhere,
}

spelled!(Half { First = "first", Second = "second", Alone = "alone", Elsewhere = "elsewhere" });

#[derive(Serialize, Deserialize)]
pub struct MailboxLetter {
    /// [`Half`], in its word.
    pub half: String,
    /// What people sign in with.
    pub accounts: Vec<String>,
    pub organization: String,
    /// The other mailboxes, masked.
    pub others: Vec<String>,
    pub ways: Vec<Way>,
    /// Accounts of this mailbox that have no second one, and who can help them.
    pub without: Vec<String>,
    pub helpers: Vec<String>,
    pub products: Vec<String>,
    pub minutes: i64,
}

impl Letter for MailboxLetter {
    const KIND: &'static str = "recovery.mailboxes";
    const ANSWERS: bool = true;

    fn compose(&self, desk: &Desk) -> Message {
        let (minutes, accounts) = (self.minutes.to_string(), self.accounts.join(", "));
        let others = self.others.join(", ");
        let facts = [
            ("account", accounts.as_str()),
            ("organization", self.organization.as_str()),
            ("other", others.as_str()),
            ("minutes", minutes.as_str()),
        ];
        let half = parse(&self.half).unwrap_or(Half::Second);
        let [subject, preview, lead] = match half {
            Half::First => ["mail-both-subject", "mail-both-preview", "mail-both-lead"],
            Half::Second => ["mail-both-subject-second", "mail-both-preview", "mail-both-lead"],
            Half::Alone => ["mail-reset-subject", "mail-reset-preview", "mail-second-alone-lead"],
            Half::Elsewhere => ["mail-elsewhere-subject", "mail-elsewhere-preview", "mail-elsewhere-lead"],
        };
        let mut blocks = vec![Block::Text(desk.with(lead, &facts))];
        if matches!(half, Half::First | Half::Second) {
            blocks.push(Block::Text(desk.with("mail-both-other", &facts)));
        }
        blocks.extend(self.buttons(desk));
        if half != Half::Elsewhere {
            blocks.push(Block::Text(desk.with("mail-reset-life", &facts)));
            blocks.push(Block::Text(desk.t("mail-both-ends")));
            if !self.products.is_empty() {
                blocks.push(Block::Text(desk.t("mail-reset-products")));
                blocks.push(Block::List(self.products.clone()));
            }
        }
        if !self.without.is_empty() {
            blocks.push(Block::Text(desk.with("mail-both-without", &[("accounts", &self.without.join(", "))])));
            blocks.extend(whom_to_ask(desk, &self.helpers));
        }
        let warning = match half {
            Half::Elsewhere => "mail-ignore-mail",
            Half::Alone => "mail-second-alone-warn",
            Half::First | Half::Second => "mail-both-warn",
        };
        blocks.extend([Block::Small(desk.t(warning)), Block::Small(desk.t("mail-never"))]);
        Message { subject: desk.t(subject), preview: desk.with(preview, &facts), blocks }
    }
}

impl MailboxLetter {
    fn buttons(&self, desk: &Desk) -> Vec<Block> {
        let label = |way: &Way| match self.ways.len() {
            1 => desk.t("mail-reset-button"),
            _ => desk.with("mail-several-button", &[("account", &way.account)]),
        };
        let button = |way: &Way| Block::Button { label: label(way), url: desk.link("/recover/link", &way.link) };
        self.ways.iter().map(button).collect()
    }
}
