//! To an address that somebody wants for their account: a code, or, where it is somebody's already, that it stays theirs.

use serde::{Deserialize, Serialize};

use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<ChangeCodeLetter>().with::<AddressTakenLetter>()
}

/// It does not say whose account it is: whoever reads there may be nobody to know.
#[derive(Serialize, Deserialize)]
pub struct ChangeCodeLetter {
    pub address: String,
    pub organization: String,
    pub code: OneTimeId,
    pub minutes: i64,
}

impl Letter for ChangeCodeLetter {
    const KIND: &'static str = "account.change_code";

    fn compose(&self, desk: &Desk) -> Message {
        let minutes = self.minutes.to_string();
        let facts = [("address", self.address.as_str()), ("organization", self.organization.as_str())];
        Message {
            subject: desk.t("mail-change-code-subject"),
            // Not the code itself: what a locked telephone shows, anybody who stands beside it reads.
            preview: desk.with("mail-code-preview", &[("minutes", &minutes)]),
            blocks: vec![
                Block::Text(desk.with("mail-change-code-lead", &facts)),
                Block::Secret { label: desk.t("mail-code-code"), value: desk.code(&self.code) },
                Block::Text(desk.with("mail-change-code-life", &[("minutes", &minutes)])),
                Block::Small(desk.t("mail-change-code-not-you")),
            ],
        }
    }
}

/// To somebody whose address another account wanted. It does not say which: that may be a slip of the hand.
#[derive(Serialize, Deserialize)]
pub struct AddressTakenLetter {
    pub address: String,
    /// The code that is in no mail.
    pub code: OneTimeId,
}

impl Letter for AddressTakenLetter {
    const KIND: &'static str = "account.address_taken";

    fn compose(&self, desk: &Desk) -> Message {
        // Or whoever asked would be told of a wrong code something else than where the address is free.
        desk.begin(&self.code);
        let facts = [("address", self.address.as_str()), ("brand", desk.brand())];
        Message {
            subject: desk.t("mail-taken-subject"),
            preview: desk.t("mail-taken-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-taken-lead", &facts)),
                Block::Text(desk.t("mail-taken-you")),
                Block::Button { label: desk.t("mail-sso-button"), url: desk.page("/sign-in") },
                Block::Text(desk.t("mail-taken-not-you")),
                Block::Small(desk.t("mail-never")),
            ],
        }
    }
}
