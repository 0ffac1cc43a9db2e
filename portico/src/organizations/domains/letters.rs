use serde::{Deserialize, Serialize};

use crate::platform::clock::Time;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<RecordMissingLetter>()
}

/// To an organization's administrators and to the operators: what showed whose a domain is, is gone.
#[derive(Serialize, Deserialize)]
pub struct RecordMissingLetter {
    pub organization: String,
    pub domain: String,
    /// The record, as it has to stand in the DNS.
    pub name: String,
    pub value: String,
    pub since: Time,
    pub zone: String,
}

impl Letter for RecordMissingLetter {
    const KIND: &'static str = "organizations.record_missing";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("domain", self.domain.as_str()), ("organization", self.organization.as_str())];
        Message {
            subject: desk.with("mail-record-subject", &facts),
            preview: desk.t("mail-record-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-record-lead", &facts)),
                Block::Text(desk.t("mail-record-means")),
                Block::Facts(vec![
                    (desk.t("mail-record-name"), self.name.clone()),
                    (desk.t("mail-record-type"), "TXT".to_owned()),
                    (desk.t("mail-record-value"), self.value.clone()),
                    (desk.t("mail-record-since"), desk.time_in(&self.zone, self.since)),
                ]),
                Block::Text(desk.t("mail-record-next")),
                Block::Small(desk.t("mail-record-released")),
            ],
        }
    }
}
