//! The topics, and what each page says: which messages, in which order.

use super::Facts;
use crate::platform::spelled::spelled;
use crate::support;

/// A closed set; the word is the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    FirstTime,
    Password,
    UserName,
    Code,
    Mail,
    Wrong,
    Sites,
    Locked,
    SigningIn,
    Product,
    Shared,
    /// For those who run an organization's mail server.
    Allow,
}

spelled!(Topic {
    FirstTime = "first-time",
    Password = "password",
    UserName = "username",
    Code = "code",
    Mail = "mail",
    Wrong = "wrong",
    Sites = "sites",
    Locked = "locked",
    SigningIn = "signing-in",
    Product = "product",
    Shared = "shared",
    Allow = "allow-our-mail",
});

/// The one right way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    SignIn,
    Reset,
    UserName,
    HelpMe,
    Contact,
}

impl Way {
    /// The key of the words that lead there.
    pub fn key(self) -> &'static str {
        match self {
            Way::SignIn => "help-way-sign-in",
            Way::Reset => "sign-in-forgot",
            Way::UserName => "recovery-forgot-name",
            Way::HelpMe => "help-me",
            Way::Contact => "support-heading",
        }
    }
}

impl Topic {
    /// In the order of the page.
    pub const ALL: [Topic; 12] = [
        Topic::FirstTime,
        Topic::Password,
        Topic::UserName,
        Topic::Code,
        Topic::Mail,
        Topic::Wrong,
        Topic::Sites,
        Topic::Locked,
        Topic::SigningIn,
        Topic::Product,
        Topic::Shared,
        Topic::Allow,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Topic::FirstTime => "help-first",
            Topic::Password => "sign-in-forgot",
            Topic::UserName => "recovery-forgot-name",
            Topic::Code => "help-code",
            Topic::Mail => "help-mail",
            Topic::Wrong => "help-wrong",
            Topic::Sites => "help-sites",
            Topic::Locked => "help-locked",
            Topic::SigningIn => "help-signing-in",
            Topic::Product => "help-product",
            Topic::Shared => "help-shared",
            Topic::Allow => "help-allow",
        }
    }

    /// The answer in a sentence or two.
    pub fn text(self) -> &'static str {
        match self {
            Topic::FirstTime => "help-first-text",
            Topic::Password => "help-password-text",
            Topic::UserName => "help-name-text",
            Topic::Code => "help-code-text",
            Topic::Mail => "help-mail-text",
            Topic::Wrong => "help-wrong-text",
            Topic::Sites => "help-sites-text",
            Topic::Locked => "help-locked-text",
            Topic::SigningIn => "help-signing-in-text",
            Topic::Product => "help-product-text",
            Topic::Shared => "help-shared-text",
            Topic::Allow => "help-allow-text",
        }
    }

    pub fn way(self) -> Way {
        match self {
            Topic::FirstTime | Topic::Password | Topic::Mail | Topic::Wrong | Topic::Locked => Way::Reset,
            Topic::UserName | Topic::Allow => Way::UserName,
            Topic::Sites | Topic::SigningIn | Topic::Product => Way::SignIn,
            Topic::Code => Way::Contact,
            Topic::Shared => Way::HelpMe,
        }
    }

    /// What the Contact Form is to begin with.
    pub fn contact(self) -> support::Topic {
        match self {
            Topic::FirstTime => support::Topic::FirstTime,
            Topic::Password => support::Topic::Password,
            Topic::UserName => support::Topic::UserName,
            Topic::Code => support::Topic::Code,
            Topic::Mail | Topic::Allow => support::Topic::Mail,
            Topic::Wrong => support::Topic::Wrong,
            Topic::Sites => support::Topic::Sites,
            Topic::Locked => support::Topic::Locked,
            Topic::Product => support::Topic::Product,
            Topic::SigningIn | Topic::Shared => support::Topic::Other,
        }
    }

    /// What to do, in order.
    pub fn steps(self, facts: &Facts) -> Vec<&'static str> {
        match self {
            Topic::FirstTime => first_time(facts),
            Topic::Password => password(facts),
            Topic::UserName => vec!["help-name-1", "help-name-2", "help-name-3"],
            Topic::Code => vec!["help-code-1", "help-code-2", "help-code-3", "help-code-4", "help-code-5"],
            Topic::Mail => vec!["help-mail-1", "help-mail-2", "help-mail-3", "help-mail-4", "help-mail-5"],
            Topic::Wrong => vec!["help-wrong-1", "help-wrong-2", "help-wrong-3", "help-wrong-4"],
            Topic::Sites => vec!["help-sites-1", "help-sites-2"],
            Topic::Locked => vec!["help-locked-1", "help-locked-2"],
            Topic::SigningIn => signing_in(facts),
            Topic::Product => vec!["help-product-1", "help-product-2", "help-product-3"],
            Topic::Shared => vec!["help-shared-1", "help-shared-2"],
            Topic::Allow => vec!["help-allow-1", "help-allow-2", "help-allow-3", "help-allow-4"],
        }
    }

    /// What is good to know.
    pub fn notes(self, facts: &Facts) -> Vec<&'static str> {
        let mut notes = match self {
            Topic::FirstTime => vec!["help-first-note", "help-first-leave", "help-first-ask"],
            Topic::Password => vec!["help-password-note", "help-password-products"],
            Topic::Mail => vec!["help-mail-direct"],
            Topic::Wrong => vec!["help-wrong-ask"],
            Topic::Sites => vec!["help-sites-said"],
            Topic::Locked => vec!["help-locked-said", "help-locked-known"],
            Topic::Shared => vec!["help-shared-note"],
            Topic::Allow => vec!["help-allow-what", "help-allow-refused"],
            Topic::Code => vec!["help-code-app"],
            Topic::UserName | Topic::SigningIn | Topic::Product => Vec::new(),
        };
        if self == Topic::Mail && facts.questions {
            notes.push("help-mail-questions");
        }
        if self == Topic::Password && facts.question_after_link {
            notes.push("help-password-question-note");
        }
        if facts.sso && matches!(self, Topic::Password | Topic::Wrong) {
            notes.push("help-password-sso");
        }
        notes
    }
}

fn first_time(facts: &Facts) -> Vec<&'static str> {
    let mut steps = vec!["help-first-1", "help-first-2", "help-first-3"];
    if facts.questions || facts.question_after_link {
        steps.push("help-first-questions");
    }
    steps.extend(["help-first-4", "help-first-5", "help-first-6"]);
    steps
}

fn password(facts: &Facts) -> Vec<&'static str> {
    let mut steps = vec!["help-password-1"];
    steps.push(if facts.mail_first { "help-password-2" } else { "help-password-2-ways" });
    if facts.questions {
        steps.push("help-password-questions");
    }
    steps.push("help-password-3");
    if facts.question_after_link {
        steps.push("help-password-question");
    }
    steps.extend(["help-password-4", "help-password-5"]);
    steps
}

fn signing_in(facts: &Facts) -> Vec<&'static str> {
    let mut steps = vec!["help-signing-in-1", "help-signing-in-2", "help-signing-in-3"];
    if facts.sso {
        steps.push("help-signing-in-sso");
    }
    steps.extend(["help-signing-in-4", "help-signing-in-5", "help-signing-in-6"]);
    steps
}
