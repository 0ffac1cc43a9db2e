//! The mail that carries the code, which is made at hand-over.

use serde::{Deserialize, Serialize};

use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<EmailCodeLetter>()
}

#[derive(Serialize, Deserialize)]
pub struct EmailCodeLetter {
    /// What the person signs in with.
    pub account: String,
    pub code: OneTimeId,
    pub minutes: i64,
}

impl Letter for EmailCodeLetter {
    const KIND: &'static str = "mfa.email_code";

    fn compose(&self, desk: &Desk) -> Message {
        let minutes = self.minutes.to_string();
        Message {
            subject: desk.t("mail-second-code-subject"),
            // Not the code itself: what a locked telephone shows, anybody who stands beside it reads.
            preview: desk.with("mail-code-preview", &[("minutes", &minutes)]),
            blocks: vec![
                Block::Text(desk.with("mail-second-code-lead", &[("account", &self.account)])),
                Block::Secret { label: desk.t("mail-code-code"), value: desk.code(&self.code) },
                Block::Text(desk.with("mail-second-code-life", &[("minutes", &minutes)])),
                Block::Small(desk.t("mail-second-code-not-you")),
            ],
        }
    }
}
