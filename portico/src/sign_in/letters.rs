//! The mail of this feature: a code, made at hand-over.

use serde::{Deserialize, Serialize};

use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<CodeLetter>()
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
