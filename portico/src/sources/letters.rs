use serde::{Deserialize, Serialize};

use crate::platform::clock::Time;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<SlowedLetter>()
}

/// To the operators: sign-in has failed for many different names from one address.
#[derive(Serialize, Deserialize)]
pub struct SlowedLetter {
    pub address: String,
    pub names: i64,
    /// Microseconds since the epoch.
    pub at: i64,
    /// The window in which they were counted.
    pub minutes: u64,
}

impl Letter for SlowedLetter {
    const KIND: &'static str = "sources.slowed";

    fn compose(&self, desk: &Desk) -> Message {
        let (names, minutes) = (self.names.to_string(), self.minutes.to_string());
        let facts = [("address", self.address.as_str()), ("names", &names), ("minutes", &minutes)];
        Message {
            subject: desk.with("mail-slowed-subject", &facts),
            preview: desk.t("mail-slowed-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-slowed-lead", &facts)),
                Block::Facts(vec![
                    (desk.t("notice-when"), desk.time_in("UTC", Time(self.at))),
                    (desk.t("notice-where"), self.address.clone()),
                ]),
                Block::Text(desk.t("mail-slowed-attack")),
                Block::Text(desk.with("mail-slowed-yours", &facts)),
                Block::Small(desk.t("mail-slowed-more")),
            ],
        }
    }
}
