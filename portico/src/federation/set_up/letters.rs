use serde::{Deserialize, Serialize};

use crate::platform::clock::Time;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters.with::<SecretEndingLetter>().with::<MovedLetter>().with::<KeptLetter>()
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

/// To License Owners and operators: people were sent elsewhere to sign in, or are no more.
#[derive(Serialize, Deserialize)]
pub struct MovedLetter {
    pub organization: String,
    /// The connection's name, or the domain that was let go.
    pub through: String,
    /// Elsewhere; here again otherwise.
    pub there: bool,
    pub people: i64,
    /// The organization's own program that did it; `None`: whoever runs the deployment.
    pub program: Option<String>,
    /// Microseconds since the epoch.
    pub at: i64,
    pub zone: String,
}

impl Letter for MovedLetter {
    const KIND: &'static str = "federation.moved";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("organization", self.organization.as_str()), ("through", self.through.as_str())];
        let [subject, preview, lead, means, wrong] = match self.there {
            true => [
                "mail-moved-there-subject",
                "mail-moved-there-preview",
                "mail-moved-there-lead",
                "mail-moved-there-means",
                "mail-moved-there-wrong",
            ],
            false => [
                "mail-moved-here-subject",
                "mail-moved-here-preview",
                "mail-moved-here-lead",
                "mail-moved-here-means",
                "mail-moved-here-wrong",
            ],
        };
        Message {
            subject: desk.with(subject, &facts),
            preview: desk.t(preview),
            blocks: vec![
                Block::Text(desk.with(lead, &facts)),
                Block::Facts(vec![
                    (desk.t("notice-when"), desk.time_in(&self.zone, Time(self.at))),
                    (desk.t("mail-continuity-by"), done_by(desk, self.program.as_deref())),
                    (desk.t("mail-moved-people"), self.people.to_string()),
                ]),
                Block::Text(desk.with(means, &facts)),
                Block::Text(desk.with(wrong, &facts)),
            ],
        }
    }
}

/// To License Owners and operators: a program wanted to bring people back here, and nothing has changed.
#[derive(Serialize, Deserialize)]
pub struct KeptLetter {
    pub organization: String,
    pub slug: String,
    /// The connection, or the domain.
    pub what: String,
    pub people: i64,
    pub program: String,
    /// Microseconds since the epoch.
    pub at: i64,
    pub zone: String,
}

impl Letter for KeptLetter {
    const KIND: &'static str = "federation.kept";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("organization", self.organization.as_str()), ("what", self.what.as_str())];
        Message {
            subject: desk.with("mail-kept-subject", &facts),
            preview: desk.t("mail-kept-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-kept-lead", &facts)),
                Block::Facts(vec![
                    (desk.t("notice-when"), desk.time_in(&self.zone, Time(self.at))),
                    (desk.t("mail-continuity-by"), done_by(desk, Some(&self.program))),
                    (desk.t("mail-moved-people"), self.people.to_string()),
                ]),
                Block::Text(desk.t("mail-kept-wanted")),
                Block::Text(desk.t("mail-kept-out")),
                Block::Button {
                    label: desk.t("mail-continuity-suspended-button"),
                    url: desk.page(&format!("/account/sso/{}", self.slug)),
                },
                Block::Text(desk.t("mail-kept-not-you")),
            ],
        }
    }
}

fn done_by(desk: &Desk, program: Option<&str>) -> String {
    match program {
        Some(program) => desk.with("mail-moved-program", &[("program", program)]),
        None => desk.with("notice-by-us", &[("brand", desk.brand())]),
    }
}
