//! The mails of this feature: a code, made at hand-over; and who is told that a second factor is lost.

use serde::{Deserialize, Serialize};

use super::destination::AccountPage;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};
use crate::recovery;

pub fn register(letters: Letters) -> Letters {
    letters.with::<CodeLetter>().with::<FactorLostLetter>().with::<FactorHelpLetter>()
}

#[derive(Serialize, Deserialize)]
pub struct CodeLetter {
    pub address: String,
    pub code: OneTimeId,
    pub minutes: i64,
}

impl Letter for CodeLetter {
    const KIND: &'static str = "sign_in.code";

    fn compose(&self, desk: &Desk) -> Message {
        let minutes = self.minutes.to_string();
        Message {
            subject: desk.t("mail-code-subject"),
            // Not the code itself: what a locked telephone shows, anybody who stands beside it reads.
            preview: desk.with("mail-code-preview", &[("minutes", &minutes)]),
            blocks: vec![
                Block::Text(desk.with("mail-code-lead", &[("address", &self.address)])),
                Block::Secret { label: desk.t("mail-code-code"), value: desk.code(&self.code) },
                Block::Text(desk.with("mail-code-life", &[("minutes", &minutes)])),
                Block::Small(desk.t("mail-code-not-you")),
            ],
        }
    }
}

/// To those who administer: somebody who knows the password says that app and recovery codes are lost.
#[derive(Serialize, Deserialize)]
pub struct FactorLostLetter {
    pub name: String,
    /// What the person signs in with.
    pub account: String,
    pub organization: String,
}

impl Letter for FactorLostLetter {
    const KIND: &'static str = "sign_in.factor_lost";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("name", self.name.as_str()), ("account", self.account.as_str())];
        Message {
            subject: desk.with("mail-factor-lost-subject", &facts),
            preview: desk.t("mail-factor-lost-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-factor-lost-lead", &facts)),
                Block::Facts(vec![(desk.t("notice-reported-organization"), self.organization.clone())]),
                Block::Text(desk.t("mail-factor-lost-who")),
                Block::Text(desk.t("mail-factor-lost-next")),
                Block::Button {
                    label: desk.t("mail-factor-lost-button"),
                    url: desk.page(AccountPage::LostFactors.path()),
                },
                Block::Text(desk.t("mail-factor-lost-us")),
                Block::Small(desk.t("mail-never")),
            ],
        }
    }
}

/// To the person: who can help, and how long that takes.
#[derive(Serialize, Deserialize)]
pub struct FactorHelpLetter {
    pub account: String,
    /// A reset waits as long.
    pub hours: u64,
    pub helpers: Vec<String>,
}

impl Letter for FactorHelpLetter {
    const KIND: &'static str = "sign_in.factor_help";

    fn compose(&self, desk: &Desk) -> Message {
        let hours = self.hours.to_string();
        let facts = [("account", self.account.as_str()), ("hours", hours.as_str())];
        let mut blocks = vec![Block::Text(desk.with("mail-factor-help-lead", &facts))];
        blocks.extend(recovery::whom_to_ask(desk, &self.helpers));
        blocks.push(Block::Text(desk.with("mail-factor-help-next", &facts)));
        blocks.push(Block::Small(desk.t("mail-factor-help-not-you")));
        Message { subject: desk.t("mail-factor-help-subject"), preview: desk.t("mail-factor-help-preview"), blocks }
    }
}
