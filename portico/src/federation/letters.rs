use serde::{Deserialize, Serialize};

use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<AccountsCappedLetter>()
}

/// To an organization's administrators and to the operators: its connection has made as many accounts as it may within a day. It is
/// a great first morning, or somebody makes people up.
#[derive(Serialize, Deserialize)]
pub struct AccountsCappedLetter {
    pub organization: String,
    /// What its people call their sign-in.
    pub name: String,
    pub most: i64,
}

impl Letter for AccountsCappedLetter {
    const KIND: &'static str = "federation.accounts_capped";

    fn compose(&self, desk: &Desk) -> Message {
        let most = self.most.to_string();
        let facts = [("name", self.name.as_str()), ("organization", self.organization.as_str()), ("most", &most)];
        Message {
            subject: desk.with("mail-capped-subject", &facts),
            preview: desk.t("mail-capped-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-capped-lead", &facts)),
                Block::Text(desk.t("mail-capped-means")),
                Block::Text(desk.with("mail-capped-next", &facts)),
                Block::Small(desk.t("mail-capped-more")),
            ],
        }
    }
}
