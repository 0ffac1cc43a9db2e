//! The mails that follow the button where no link can, and those about a changed address to others than its old owner.

use serde::{Deserialize, Serialize};

use super::rules::{Hears, Remedy, name_for};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::mail::{Block, Desk, Letter, Message};
use crate::platform::spelled::{parse, spelled};
use crate::recovery;

/// To whoever pressed the button, where no link can follow: what was done, and whom to ask.
#[derive(Serialize, Deserialize)]
pub struct DisputedLetter {
    pub account: String,
    pub organization: String,
    /// [`Why`], in its word.
    pub why: String,
    pub helpers: Vec<String>,
}

/// Why no link can bring a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its organization asks a question after the link, and the answers have just been taken back.
    Questions,
    /// Its organization asks a question after the link, and there never were answers. Nothing was taken back.
    NoQuestions,
    Shared,
    Elsewhere,
    Disabled,
    /// Its second factor has been taken away with everything else.
    Factor,
    /// Its organization's own sign-in is out, and there is no second mailbox any more.
    Suspended,
    /// The mailbox is not proved to be the account's: most often it was, until its address was changed.
    Address,
    AddressToSupport,
    AddressToNobody,
}

spelled!(Why {
    Questions = "questions",
    NoQuestions = "no-questions",
    Shared = "shared",
    Elsewhere = "elsewhere",
    Disabled = "disabled",
    Factor = "factor",
    Suspended = "suspended",
    Address = "address",
    AddressToSupport = "address-to-support",
    AddressToNobody = "address-to-nobody",
});

impl Why {
    fn of(hears: Hears) -> Why {
        match hears {
            Hears::Administrators => Why::Address,
            Hears::Support => Why::AddressToSupport,
            Hears::Nobody => Why::AddressToNobody,
        }
    }
}

impl DisputedLetter {
    pub fn new(account: &Account, sent_to: &str, remedy: Remedy, hears: Hears, helpers: Vec<String>) -> DisputedLetter {
        let organization = &account.organization;
        let why = match account {
            _ if remedy == Remedy::Report => Why::of(hears),
            Account { disabled_at: Some(_), .. } => Why::Disabled,
            Account { shared_at: Some(_), .. } => Why::Shared,
            _ if account.signs_in_elsewhere() => Why::Elsewhere,
            _ if account.suspended().is_some() => Why::Suspended,
            Account { factor_removed_at: Some(_), .. } => Why::Factor,
            _ if remedy == Remedy::Whom => Why::NoQuestions,
            _ => Why::Questions,
        };
        DisputedLetter {
            account: name_for(account, sent_to).to_owned(),
            organization: organization.name.clone(),
            why: why.as_str().to_owned(),
            helpers,
        }
    }
}

impl Letter for DisputedLetter {
    const KIND: &'static str = "notices.disputed";

    fn compose(&self, desk: &Desk) -> Message {
        let why = parse(&self.why).unwrap_or(Why::Questions);
        let facts = [("account", self.account.as_str()), ("organization", self.organization.as_str())];
        let reason = format!("notice-disputed-{}", why.as_str());
        let mut blocks =
            vec![Block::Text(desk.with("notice-disputed-lead", &facts)), Block::Text(desk.with(&reason, &facts))];
        // Where an address is nobody's to put right in the organization, its people would be asked in vain.
        let is_for_support = matches!(why, Why::AddressToSupport | Why::AddressToNobody) && self.helpers.is_empty();
        if !is_for_support {
            blocks.extend(recovery::whom_to_ask(desk, &self.helpers));
        }
        blocks.push(Block::Button { label: desk.t("support-heading"), url: desk.page("/support?topic=refused") });
        blocks.push(Block::Small(desk.t("mail-never")));
        let subject = if is_for_support { "notice-disputed-subject-support" } else { "notice-disputed-subject" };
        Message { subject: desk.t(subject), preview: desk.t("notice-disputed-preview"), blocks }
    }
}

/// To an organization's administrators: the reader of an address that is no more the account's, or not proved to be, says that it
/// wasn't them.
#[derive(Serialize, Deserialize)]
pub struct AddressDisputedLetter {
    pub name: String,
    /// Where the button was pressed, and the account's address now.
    pub told: String,
    pub address: String,
    pub organization: String,
    /// It is the account's address, and nobody has confirmed it: that says nothing of a change.
    #[serde(default)]
    pub present: bool,
}

impl Letter for AddressDisputedLetter {
    const KIND: &'static str = "notices.address_disputed";

    fn compose(&self, desk: &Desk) -> Message {
        let name = [("name", self.name.as_str())];
        let [subject, lead] = match self.present {
            true => ["notice-reported-present-subject", "notice-reported-present-lead"],
            false => ["notice-reported-subject", "notice-reported-lead"],
        };
        Message {
            subject: desk.with(subject, &name),
            preview: desk.t("notice-reported-preview"),
            blocks: vec![
                Block::Text(desk.with(lead, &[("told", &self.told)])),
                Block::Facts(vec![
                    (desk.t("mail-access-name"), self.name.clone()),
                    (desk.t("notice-reported-organization"), self.organization.clone()),
                    (desk.t("notice-reported-by"), self.told.clone()),
                    (desk.t("notice-reported-now"), self.address.clone()),
                ]),
                Block::Text(desk.t("notice-reported-next")),
            ],
        }
    }
}

/// To an address that has just become an account's.
#[derive(Serialize, Deserialize)]
pub struct EmailAssignedLetter {
    pub address: String,
    pub organization: String,
    /// Microseconds since the epoch.
    pub at: i64,
    pub zone: String,
}

impl Letter for EmailAssignedLetter {
    const KIND: &'static str = "notices.email_assigned";

    fn compose(&self, desk: &Desk) -> Message {
        let facts =
            [("address", self.address.as_str()), ("organization", self.organization.as_str()), ("brand", desk.brand())];
        Message {
            subject: desk.t("notice-assigned-subject"),
            preview: desk.t("notice-assigned-preview"),
            blocks: vec![
                Block::Text(desk.with("notice-assigned-lead", &facts)),
                Block::Facts(vec![
                    (desk.t("notice-when"), desk.time_in(&self.zone, Time(self.at))),
                    (desk.t("notice-by"), desk.with("notice-by-us", &facts)),
                ]),
                Block::Text(desk.t("notice-assigned-next")),
                Block::Button { label: desk.t("mail-sso-button"), url: desk.page("/sign-in") },
                Block::Text(desk.t("notice-assigned-not-you")),
                Block::Small(desk.t("mail-never")),
            ],
        }
    }
}
