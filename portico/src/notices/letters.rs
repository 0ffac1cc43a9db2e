//! The notices in words. What is in a button's link is made at hand-over.

use serde::{Deserialize, Serialize};

use super::dispute_letters::{AddressDisputedLetter, DisputedLetter, EmailAssignedLetter};
use super::factor::FactorLetter;
use super::lock::Guessed;
use super::rules::{Remedy, days_of_button};
use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};
use crate::platform::spelled::parse;

pub fn register(letters: Letters) -> Letters {
    letters
        .with::<PasswordChangedLetter>()
        .with::<EmailChangedLetter>()
        .with::<QuestionsChangedLetter>()
        .with::<QuestionsAnsweredLetter>()
        .with::<NewBrowserLetter>()
        .with::<SecondaryEmailChangedLetter>()
        .with::<LinkedLetter>()
        .with::<AccountExportedLetter>()
        .with::<FactorLetter>()
        .with::<LockLetter>()
        .with::<EmailAssignedLetter>()
        .with::<DisputedLetter>()
        .with::<AddressDisputedLetter>()
}

/// What all notices of something done have in common.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// What the person signs in with.
    pub account: String,
    /// Microseconds since the epoch.
    pub at: i64,
    pub zone: String,
    /// `None` where it was done by command.
    pub address: Option<String>,
    pub browser: Option<String>,
    /// What the button does: [`Remedy`], in its word.
    #[serde(default)]
    pub remedy: String,
    pub not_me: OneTimeId,
}

impl Event {
    /// A notice from top to bottom. `name` is the part of the words' keys that is this notice's own.
    pub(super) fn told(&self, desk: &Desk, name: &str, more: &[(&str, &str)]) -> Message {
        let key = |part: &str| format!("notice-{name}-{part}");
        let arguments = [&[("account", self.account.as_str())], more].concat();
        let mut blocks = vec![Block::Text(desk.with(&key("lead"), &arguments)), Block::Facts(self.facts(desk))];
        blocks.push(Block::Text(desk.t(&key("not-you"))));
        blocks.extend(button(desk, &self.not_me, &self.remedy, true));
        Message { subject: desk.t(&key("subject")), preview: desk.with(&key("preview"), &arguments), blocks }
    }

    fn facts(&self, desk: &Desk) -> Vec<(String, String)> {
        let mut facts = vec![(desk.t("notice-when"), desk.time_in(&self.zone, Time(self.at)))];
        match (&self.address, &self.browser) {
            (None, None) => facts.push((desk.t("notice-by"), desk.with("notice-by-us", &[("brand", desk.brand())]))),
            (address, browser) => {
                facts.extend(address.iter().map(|address| (desk.t("notice-where"), address.clone())));
                facts.extend(browser.iter().map(|browser| (desk.t("notice-browser"), browser.clone())));
            }
        }
        facts
    }
}

/// What the button does, the button, and how long it works.
fn button(desk: &Desk, not_me: &OneTimeId, remedy: &str, is_first: bool) -> [Block; 3] {
    let does = match parse(remedy).unwrap_or(Remedy::Tell) {
        Remedy::Reset => "notice-button-does",
        Remedy::Ask => "notice-button-ends",
        Remedy::Tell | Remedy::Whom => "notice-button-asks",
        Remedy::Link => "notice-button-link",
        Remedy::Report => "notice-button-reports",
        Remedy::Stop => "notice-button-stops",
    };
    let days = days_of_button().to_string();
    let (label, url) = (desk.t("notice-button"), desk.link("/recover/not-me", not_me));
    [
        Block::Text(desk.t(does)),
        if is_first { Block::Button { label, url } } else { Block::OtherButton { label, url } },
        Block::Small(desk.with("notice-button-life", &[("days", &days)])),
    ]
}

#[derive(Serialize, Deserialize)]
pub struct PasswordChangedLetter {
    pub event: Event,
}

impl Letter for PasswordChangedLetter {
    const KIND: &'static str = "notices.password_changed";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "password", &[])
    }
}

/// To the address that was the account's until now. It does not say which one is now: that may be somebody's own business.
#[derive(Serialize, Deserialize)]
pub struct EmailChangedLetter {
    pub event: Event,
    pub old: String,
}

impl Letter for EmailChangedLetter {
    const KIND: &'static str = "notices.email_changed";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "email", &[("old", &self.old)])
    }
}

#[derive(Serialize, Deserialize)]
pub struct QuestionsChangedLetter {
    pub event: Event,
}

impl Letter for QuestionsChangedLetter {
    const KIND: &'static str = "notices.questions_changed";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "questions", &[])
    }
}

/// All answers were right, and nobody has set a password yet: there is still time to stop whoever it was.
#[derive(Serialize, Deserialize)]
pub struct QuestionsAnsweredLetter {
    pub event: Event,
    pub minutes: i64,
}

impl Letter for QuestionsAnsweredLetter {
    const KIND: &'static str = "notices.questions_answered";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "answered", &[("minutes", &self.minutes.to_string())])
    }
}

#[derive(Serialize, Deserialize)]
pub struct NewBrowserLetter {
    pub event: Event,
}

impl Letter for NewBrowserLetter {
    const KIND: &'static str = "notices.new_browser";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "new-browser", &[])
    }
}

/// A second mailbox was confirmed, or taken away.
#[derive(Serialize, Deserialize)]
pub struct SecondaryEmailChangedLetter {
    pub event: Event,
    /// Masked: the first mailbox is often the organization's, and the second is its owner's own. `None`: there is none any more.
    pub second: Option<String>,
}

impl Letter for SecondaryEmailChangedLetter {
    const KIND: &'static str = "notices.secondary_email_changed";

    fn compose(&self, desk: &Desk) -> Message {
        match &self.second {
            Some(second) => self.event.told(desk, "second", &[("second", second)]),
            None => self.event.told(desk, "second-gone", &[]),
        }
    }
}

/// The account is somebody's at its organization's identity provider from now on.
#[derive(Serialize, Deserialize)]
pub struct LinkedLetter {
    pub event: Event,
    /// What people are told they sign in with.
    pub connection: String,
}

impl Letter for LinkedLetter {
    const KIND: &'static str = "notices.linked";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "linked", &[("connection", &self.connection)])
    }
}

/// Somebody has taken a copy of everything that is kept about the person.
#[derive(Serialize, Deserialize)]
pub struct AccountExportedLetter {
    pub event: Event,
}

impl Letter for AccountExportedLetter {
    const KIND: &'static str = "notices.account_exported";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, "exported", &[])
    }
}

#[derive(Serialize, Deserialize)]
pub struct LockLetter {
    pub account: String,
    /// Microseconds since the epoch.
    pub until: i64,
    pub zone: String,
    /// [`Guessed`], in its word.
    pub guessed: String,
    /// `None` for an account no link may open, and in the row for a name nobody has, which is never sent.
    pub link: Option<OneTimeId>,
    pub minutes: i64,
    pub not_me: Option<OneTimeId>,
    #[serde(default)]
    pub remedy: String,
}

impl LockLetter {
    /// The row for a name nobody has.
    pub fn of_nobody(until: Time) -> LockLetter {
        LockLetter {
            account: String::new(),
            until: until.0,
            zone: "UTC".into(),
            guessed: Guessed::Passwords.as_str().into(),
            link: None,
            minutes: 0,
            not_me: None,
            remedy: String::new(),
        }
    }
}

impl Letter for LockLetter {
    const KIND: &'static str = "notices.locked";

    fn compose(&self, desk: &Desk) -> Message {
        let until = desk.time_in(&self.zone, Time(self.until));
        let facts = [("account", self.account.as_str()), ("until", until.as_str())];
        let guessed = parse(&self.guessed).unwrap_or(Guessed::Passwords);
        let [lead, not_you] = match guessed {
            Guessed::Passwords => ["mail-lock-lead", "mail-lock-not-you"],
            Guessed::Codes => ["mail-lock-lead-codes", "mail-lock-not-you-codes"],
            Guessed::Answers => ["mail-lock-lead-answers", "mail-lock-not-you-answers"],
        };
        let [preview, you] = match (&self.link, guessed) {
            (_, Guessed::Answers) => ["mail-lock-preview-wait", "mail-lock-you-answers"],
            (Some(_), _) => ["mail-lock-preview", "mail-lock-you"],
            (None, Guessed::Codes) => ["mail-lock-preview-wait", "mail-lock-wait-codes"],
            (None, _) => ["mail-lock-preview-wait", "mail-lock-wait"],
        };
        let mut blocks = vec![Block::Text(desk.with(lead, &facts)), Block::Text(desk.t(you))];
        if let Some(link) = &self.link {
            blocks.push(Block::Button { label: desk.t("mail-lock-button"), url: desk.link("/recover/link", link) });
            blocks.push(Block::Text(desk.with("mail-lock-life", &[("minutes", &self.minutes.to_string())])));
        }
        blocks.push(Block::Text(desk.t(not_you)));
        // Most locks are their owner's own mistakes: the link that opens it comes first.
        let is_first = self.link.is_none();
        blocks.extend(self.not_me.iter().flat_map(|not_me| button(desk, not_me, &self.remedy, is_first)));
        let subject = match guessed {
            Guessed::Passwords | Guessed::Codes => "mail-lock-subject",
            Guessed::Answers => "mail-lock-subject-answers",
        };
        Message { subject: desk.t(subject), preview: desk.with(preview, &facts), blocks }
    }
}
