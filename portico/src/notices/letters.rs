//! The notices in words. What is in a button's link is made at hand-over.

use serde::{Deserialize, Serialize};

use super::lock::Guessed;
use super::rules::days_of_button;
use crate::organizations::SignInWay;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};
use crate::platform::spelled::{parse, spelled};
use crate::recovery;

pub fn register(letters: Letters) -> Letters {
    letters
        .with::<PasswordChangedLetter>()
        .with::<EmailChangedLetter>()
        .with::<QuestionsChangedLetter>()
        .with::<NewBrowserLetter>()
        .with::<LockLetter>()
        .with::<DisputedLetter>()
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
    /// What the button does: a link to choose a new password is mailed.
    pub resets: bool,
    /// And: the present password ends.
    #[serde(default)]
    pub ends_password: bool,
    pub not_me: OneTimeId,
}

impl Event {
    /// A notice from top to bottom. `name` is the part of the words' keys that is this notice's own.
    fn told(&self, desk: &Desk, name: &str, more: &[(&str, &str)]) -> Message {
        let key = |part: &str| format!("notice-{name}-{part}");
        let arguments = [&[("account", self.account.as_str())], more].concat();
        let mut blocks = vec![Block::Text(desk.with(&key("lead"), &arguments)), Block::Facts(self.facts(desk))];
        blocks.push(Block::Text(desk.t(&key("not-you"))));
        blocks.extend(button(desk, &self.not_me, self.resets, self.ends_password));
        Message { subject: desk.t(&key("subject")), preview: desk.t(&key("preview")), blocks }
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
fn button(desk: &Desk, not_me: &OneTimeId, resets: bool, ends_password: bool) -> [Block; 3] {
    let does = match (resets, ends_password) {
        (true, _) => "notice-button-does",
        (false, true) => "notice-button-ends",
        (false, false) => "notice-button-asks",
    };
    let days = days_of_button().to_string();
    [
        Block::Text(desk.t(does)),
        Block::Button { label: desk.t("notice-button"), url: desk.link("/recover/not-me", not_me) },
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

/// To the address that was the account's until now. The new one is not told: it may be a thief's, or somebody's own
/// business.
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
    pub resets: bool,
    #[serde(default)]
    pub ends_password: bool,
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
            resets: false,
            ends_password: false,
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
        blocks.extend(self.not_me.iter().flat_map(|not_me| button(desk, not_me, self.resets, self.ends_password)));
        let subject = match guessed {
            Guessed::Passwords | Guessed::Codes => "mail-lock-subject",
            Guessed::Answers => "mail-lock-subject-answers",
        };
        Message { subject: desk.t(subject), preview: desk.with(preview, &facts), blocks }
    }
}

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
    Shared,
    Elsewhere,
    Disabled,
}

spelled!(Why { Questions = "questions", Shared = "shared", Elsewhere = "elsewhere", Disabled = "disabled" });

impl DisputedLetter {
    pub fn new(account: &Account, helpers: Vec<String>) -> DisputedLetter {
        let organization = &account.organization;
        let why = match account {
            Account { disabled_at: Some(_), .. } => Why::Disabled,
            Account { shared_at: Some(_), .. } => Why::Shared,
            _ if organization.sign_in == SignInWay::Sso => Why::Elsewhere,
            _ => Why::Questions,
        };
        DisputedLetter {
            account: account.sign_in_name().to_owned(),
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
        blocks.extend(recovery::whom_to_ask(desk, &self.helpers));
        blocks.push(Block::Small(desk.t("mail-never")));
        Message { subject: desk.t("notice-disputed-subject"), preview: desk.t("notice-disputed-preview"), blocks }
    }
}
