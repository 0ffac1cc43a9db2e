//! The mails of this feature: to those who are responsible, and to second mailboxes.

use serde::{Deserialize, Serialize};

use super::requests::Request;
use super::rules::HOURS;
use crate::organizations::Organization;
use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};

pub fn register(letters: Letters) -> Letters {
    letters
        .with::<RequestedLetter>()
        .with::<SuspendedLetter>()
        .with::<ResumedLetter>()
        .with::<ConfirmLetter>()
        .with::<ReplacingLetter>()
        .with::<ReleasedLetter>()
}

/// By name, or by what whoever runs the deployment is called.
fn told(desk: &Desk, name: Option<&str>) -> String {
    name.map_or_else(|| desk.with("notice-by-us", &[("brand", desk.brand())]), str::to_owned)
}

/// The page that says how it stands, and has the button. A click in a mail does nothing.
fn button(desk: &Desk, slug: &str, label: &str) -> Block {
    Block::Button { label: desk.t(label), url: desk.page(&format!("/account/sso/{slug}")) }
}

/// To whoever can approve it.
#[derive(Serialize, Deserialize)]
pub struct RequestedLetter {
    pub organization: String,
    pub slug: String,
    pub asker: String,
    /// Microseconds since the epoch.
    pub until: i64,
    pub zone: String,
    pub reason: String,
}

impl RequestedLetter {
    pub fn of(organization: &Organization, request: &Request, asker: String) -> RequestedLetter {
        RequestedLetter {
            organization: organization.name.clone(),
            slug: organization.slug.clone(),
            asker,
            until: request.expires_at.0,
            zone: organization.time_zone.clone(),
            reason: request.reason.clone(),
        }
    }
}

impl Letter for RequestedLetter {
    const KIND: &'static str = "continuity.requested";

    fn compose(&self, desk: &Desk) -> Message {
        let until = desk.time_in(&self.zone, Time(self.until));
        let facts =
            [("organization", self.organization.as_str()), ("asker", self.asker.as_str()), ("until", until.as_str())];
        Message {
            subject: desk.with("mail-continuity-asked-subject", &facts),
            preview: desk.t("mail-continuity-asked-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-continuity-asked-lead", &facts)),
                Block::Quote(self.reason.clone()),
                Block::Text(desk.t("mail-continuity-asked-means")),
                Block::Text(desk.with("mail-continuity-asked-speak", &facts)),
                button(desk, &self.slug, "mail-continuity-asked-button"),
                Block::Small(desk.with("mail-continuity-asked-life", &facts)),
            ],
        }
    }
}

/// To those who are responsible: it has begun.
#[derive(Serialize, Deserialize)]
pub struct SuspendedLetter {
    pub organization: String,
    pub slug: String,
    pub at: i64,
    pub zone: String,
    pub reason: String,
    /// `None`: whoever runs the deployment.
    pub by: Option<String>,
    /// A second person has approved.
    pub approved: bool,
    pub approved_by: Option<String>,
    /// Which mailboxes a reset takes, in the policy's word.
    pub through: String,
    /// Those who were signed in are so no more.
    pub sessions_ended: bool,
}

impl Letter for SuspendedLetter {
    const KIND: &'static str = "continuity.suspended";

    fn compose(&self, desk: &Desk) -> Message {
        let organization = [("organization", self.organization.as_str())];
        let mut facts = vec![
            (desk.t("notice-when"), desk.time_in(&self.zone, Time(self.at))),
            (desk.t("mail-continuity-by"), told(desk, self.by.as_deref())),
        ];
        if self.approved {
            facts.push((desk.t("mail-continuity-approved"), told(desk, self.approved_by.as_deref())));
        }
        let through = match self.through.as_str() {
            "secondary" => "mail-continuity-through-secondary",
            _ => "mail-continuity-through-both",
        };
        let sessions = match self.sessions_ended {
            true => "mail-continuity-sessions-ended",
            false => "mail-continuity-sessions-stay",
        };
        Message {
            subject: desk.with("mail-continuity-suspended-subject", &organization),
            preview: desk.t("mail-continuity-suspended-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-continuity-suspended-lead", &organization)),
                Block::Text(desk.t(sessions)),
                Block::Facts(facts),
                Block::Quote(self.reason.clone()),
                Block::Text(desk.t(through)),
                Block::Text(desk.t("mail-continuity-suspended-end")),
                button(desk, &self.slug, "mail-continuity-suspended-button"),
            ],
        }
    }
}

/// To those who are responsible: it is over.
#[derive(Serialize, Deserialize)]
pub struct ResumedLetter {
    pub organization: String,
    pub at: i64,
    pub zone: String,
    pub by: Option<String>,
}

impl Letter for ResumedLetter {
    const KIND: &'static str = "continuity.resumed";

    fn compose(&self, desk: &Desk) -> Message {
        let organization = [("organization", self.organization.as_str())];
        Message {
            subject: desk.with("mail-continuity-resumed-subject", &organization),
            preview: desk.t("mail-continuity-resumed-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-continuity-resumed-lead", &organization)),
                Block::Facts(vec![
                    (desk.t("notice-when"), desk.time_in(&self.zone, Time(self.at))),
                    (desk.t("mail-continuity-by"), told(desk, self.by.as_deref())),
                ]),
                Block::Text(desk.t("mail-continuity-resumed-ended")),
                Block::Button { label: desk.t("mail-sso-button"), url: desk.page("/sign-in") },
            ],
        }
    }
}

/// To an address that would be somebody's second mailbox. It counts once the button behind this one is pressed.
#[derive(Serialize, Deserialize)]
pub struct ConfirmLetter {
    pub account: String,
    pub organization: String,
    pub link: OneTimeId,
    /// An administrator has named it.
    pub by_administrator: bool,
}

impl Letter for ConfirmLetter {
    const KIND: &'static str = "continuity.confirm";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("account", self.account.as_str()), ("organization", self.organization.as_str())];
        let lead = match self.by_administrator {
            true => "mail-second-lead-administrator",
            false => "mail-second-lead",
        };
        let hours = HOURS.to_string();
        Message {
            subject: desk.t("mail-second-subject"),
            preview: desk.t("mail-second-preview"),
            blocks: vec![
                Block::Text(desk.with(lead, &facts)),
                Block::Text(desk.with("mail-second-what", &facts)),
                Block::Button {
                    label: desk.t("mail-second-button"),
                    url: desk.link("/account/secondary-email/confirm", &self.link),
                },
                Block::Small(desk.with("mail-second-life", &[("hours", &hours)])),
                Block::Small(desk.t("mail-second-not-you")),
            ],
        }
    }
}

/// To somebody's second mailbox: another is to take its place, and has been sent its button.
#[derive(Serialize, Deserialize)]
pub struct ReplacingLetter {
    pub account: String,
}

impl Letter for ReplacingLetter {
    const KIND: &'static str = "continuity.replacing";

    fn compose(&self, desk: &Desk) -> Message {
        let account = [("account", self.account.as_str())];
        Message {
            subject: desk.t("mail-replacing-subject"),
            preview: desk.t("mail-replacing-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-replacing-lead", &account)),
                Block::Text(desk.t("mail-replacing-not-you")),
                Block::Button { label: desk.t("support-heading"), url: desk.page("/support?topic=something-else") },
            ],
        }
    }
}

/// To an address that was somebody's second mailbox until now.
#[derive(Serialize, Deserialize)]
pub struct ReleasedLetter {
    pub account: String,
}

impl Letter for ReleasedLetter {
    const KIND: &'static str = "continuity.released";

    fn compose(&self, desk: &Desk) -> Message {
        let account = [("account", self.account.as_str())];
        Message {
            subject: desk.t("mail-released-subject"),
            preview: desk.t("mail-released-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-released-lead", &account)),
                Block::Text(desk.t("mail-released-not-you")),
                Block::Button { label: desk.t("support-heading"), url: desk.page("/support?topic=something-else") },
            ],
        }
    }
}
