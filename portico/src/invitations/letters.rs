//! The mails of this feature. The secret in them is made at hand-over, and counts its minutes from there.

use serde::{Deserialize, Serialize};

use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters
        .with::<InvitationLetter>()
        .with::<AccessLetter>()
        .with::<AnothersLetter>()
        .with::<ContinueLetter>()
        .with::<TemporaryLetter>()
}

/// What all mails with a temporary password have in common: the two, the way, the time.
fn way_in(desk: &Desk, account: &str, secret: &OneTimeId, minutes: i64, button: &str) -> Vec<Block> {
    let link = desk.link("/invitation", secret);
    let password = desk.temporary_password(secret);
    vec![
        Block::Facts(vec![(desk.t("mail-invite-account"), account.to_owned())]),
        Block::Secret { label: desk.t("mail-invite-temporary"), value: password },
        Block::Button { label: desk.t(button), url: link.clone() },
        Block::Text(desk.with("mail-invite-life", &[("minutes", &minutes.to_string())])),
        Block::Text(desk.t("mail-invite-late")),
        Block::Small(desk.with("mail-reset-cut", &[("link", &link)])),
        Block::Small(desk.t("mail-never")),
    ]
}

#[derive(Serialize, Deserialize)]
pub struct InvitationLetter {
    pub product: String,
    pub organization: String,
    /// What the person signs in with.
    pub account: String,
    pub secret: OneTimeId,
    pub minutes: i64,
}

impl Letter for InvitationLetter {
    const KIND: &'static str = "invitations.invitation";

    fn compose(&self, desk: &Desk) -> Message {
        let facts =
            [("product", self.product.as_str()), ("organization", self.organization.as_str()), ("brand", desk.brand())];
        let mut blocks =
            vec![Block::Text(desk.with("mail-invite-lead", &facts)), Block::Text(desk.with("mail-invite-how", &facts))];
        blocks.extend(way_in(desk, &self.account, &self.secret, self.minutes, "mail-invite-button"));
        Message {
            subject: desk.with("mail-invite-subject", &facts),
            preview: desk.with("mail-invite-preview", &[("minutes", &self.minutes.to_string())]),
            blocks,
        }
    }
}

/// What was given, and to which account.
#[derive(Serialize, Deserialize)]
pub struct Given {
    pub product: String,
    pub organization: String,
    pub account: String,
}

impl Given {
    fn facts(&self) -> [(&'static str, &str); 3] {
        [("product", &self.product), ("organization", &self.organization), ("account", &self.account)]
    }
}

/// To somebody who signs in already, or whose password is kept elsewhere.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessLetter(pub Given);

impl Letter for AccessLetter {
    const KIND: &'static str = "invitations.access";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = self.0.facts();
        Message {
            subject: desk.with("mail-invite-subject", &facts),
            preview: desk.with("mail-granted-preview", &facts),
            blocks: vec![
                Block::Text(desk.with("mail-invite-lead", &facts)),
                Block::Text(desk.with("mail-granted-how", &facts)),
                Block::Button { label: desk.t("mail-names-button"), url: desk.page("/sign-in") },
                Block::Small(desk.t("mail-never")),
            ],
        }
    }
}

/// To somebody whose account is another organization's: only they learn that it could not be done, and what can.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct AnothersLetter(pub Given);

impl Letter for AnothersLetter {
    const KIND: &'static str = "invitations.anothers";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = self.0.facts();
        Message {
            subject: desk.with("mail-invite-subject", &facts),
            preview: desk.t("mail-anothers-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-anothers-lead", &facts)),
                Block::Text(desk.with("mail-anothers-why", &facts)),
                Block::Text(desk.with("mail-anothers-next", &facts)),
                Block::Button { label: desk.t("support-heading"), url: desk.page("/support?topic=product") },
                Block::Small(desk.t("mail-never")),
            ],
        }
    }
}

/// To somebody who was invited and asked for a new password.
#[derive(Serialize, Deserialize)]
pub struct ContinueLetter {
    pub account: String,
    pub product: String,
    pub secret: OneTimeId,
    pub minutes: i64,
}

impl Letter for ContinueLetter {
    const KIND: &'static str = "invitations.continue";
    const ANSWERS: bool = true;

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("account", self.account.as_str()), ("product", self.product.as_str())];
        let mut blocks = vec![Block::Text(desk.with("mail-continue-lead", &facts))];
        blocks.extend(way_in(desk, &self.account, &self.secret, self.minutes, "mail-continue-button"));
        blocks.push(Block::Small(desk.t("mail-ignore")));
        Message { subject: desk.t("mail-continue-subject"), preview: desk.t("mail-continue-preview"), blocks }
    }
}

/// To somebody whose password an administrator has taken away.
#[derive(Serialize, Deserialize)]
pub struct TemporaryLetter {
    pub account: String,
    pub secret: OneTimeId,
    pub minutes: i64,
}

impl Letter for TemporaryLetter {
    const KIND: &'static str = "invitations.temporary";

    fn compose(&self, desk: &Desk) -> Message {
        let mut blocks = vec![Block::Text(desk.with("mail-temporary-lead", &[("account", &self.account)]))];
        blocks.extend(way_in(desk, &self.account, &self.secret, self.minutes, "mail-temporary-button"));
        Message { subject: desk.t("mail-temporary-subject"), preview: desk.t("mail-temporary-preview"), blocks }
    }
}
