use serde::{Deserialize, Serialize};

use crate::platform::clock::Time;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<SecretEndingLetter>()
}

/// To an organization's administrators: the secret by which its provider knows us ends, and nobody could sign in any more.
#[derive(Serialize, Deserialize)]
pub struct SecretEndingLetter {
    pub organization: String,
    /// What its people call their sign-in.
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    pub ends_at: Time,
    pub zone: String,
    /// The path of the page for IT.
    pub setup: String,
    /// It has ended already.
    #[serde(default)]
    pub ended: bool,
}

impl Letter for SecretEndingLetter {
    const KIND: &'static str = "federation.secret_ending";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("name", self.name.as_str()), ("organization", self.organization.as_str())];
        let [subject, preview, lead] = match self.ended {
            false => ["mail-secret-subject", "mail-secret-preview", "mail-secret-lead"],
            true => ["mail-secret-ended-subject", "mail-secret-ended-preview", "mail-secret-ended-lead"],
        };
        Message {
            subject: desk.with(subject, &facts),
            preview: desk.t(preview),
            blocks: vec![
                Block::Text(desk.with(lead, &facts)),
                Block::Facts(vec![
                    (desk.t("mail-secret-ends"), desk.time_in(&self.zone, self.ends_at)),
                    (desk.t("mail-secret-issuer"), self.issuer.clone()),
                    (desk.t("mail-secret-client"), self.client_id.clone()),
                ]),
                Block::Text(desk.t("mail-secret-next")),
                Block::Button { label: desk.t("mail-secret-button"), url: desk.page(&self.setup) },
            ],
        }
    }
}
