//! Pure: from what was typed to a request, or to what is missing.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Topic;
use crate::people::Email;
use crate::platform::spelled::spelled;

pub const HOUR: Duration = Duration::from_secs(3_600);
pub const DAY: Duration = Duration::from_secs(24 * 3_600);
/// Requests in an hour that name the same mailbox or telephone.
pub const PER_PERSON: i64 = 5;
/// Requests in an hour in all: more would bury those who read them.
pub const OVERALL: i64 = 500;
/// Confirmations a day to one mailbox: whoever types somebody else's must not be able to pester them.
pub const CONFIRMATIONS: i64 = 3;
/// Administrators who are told of one request.
pub const ADMINISTRATORS: usize = 10;

const LONGEST_LINE: usize = 100;
pub const LONGEST_MESSAGE: usize = 2_000;
/// Of what cannot be sent yet, for being too long: so much is given back.
const LONGEST_DRAFT: usize = 8_000;
const FEWEST_DIGITS: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Question,
    CallBack,
}

spelled!(Kind { Question = "question", CallBack = "call_back" });

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub kind: String,
    pub topic: String,
    pub reference: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub best_time: String,
    pub message: String,
}

/// A form that can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub kind: Kind,
    pub topic: Topic,
    pub reference: Option<String>,
    pub name: String,
    pub email: Option<Email>,
    pub phone: Option<String>,
    pub best_time: Option<String>,
    pub message: String,
}

/// Why a form cannot be sent; a closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Name,
    Email,
    EmailOdd,
    Phone,
    Message,
    MessageLong,
    /// More than may be sent for now; nothing is wrong with the form.
    Crowd,
}

spelled!(Lack {
    Name = "name",
    Email = "email",
    EmailOdd = "email_odd",
    Phone = "phone",
    Message = "message",
    MessageLong = "message_long",
    Crowd = "crowd",
});

impl Lack {
    /// The field it is about.
    pub fn field(self) -> &'static str {
        match self {
            Lack::Name => "name",
            Lack::Email | Lack::EmailOdd => "email",
            Lack::Phone => "phone",
            Lack::Message | Lack::MessageLong => "message",
            Lack::Crowd => "",
        }
    }
}

impl Draft {
    /// The same as it may be kept: lines are lines, nothing in them is invisible, and nothing is endless.
    pub fn tidied(&self) -> Draft {
        Draft {
            kind: line(&self.kind),
            topic: line(&self.topic),
            reference: reference(&self.reference).unwrap_or_default(),
            name: line(&self.name),
            email: cut(&visible(&self.email, false), 300),
            phone: line(&self.phone),
            best_time: line(&self.best_time),
            message: cut(&visible(&self.message, true), LONGEST_DRAFT),
        }
    }

    /// # Errors
    /// The first thing that is missing, from top to bottom.
    pub fn read(&self) -> Result<Request, Lack> {
        let draft = self.tidied();
        let kind = draft.kind.parse().unwrap_or(Kind::Question);
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let name = given(&draft.name).ok_or(Lack::Name)?;
        let email = match draft.email.as_str() {
            "" if kind == Kind::Question => return Err(Lack::Email),
            "" => None,
            typed => Some(Email::parse(typed).ok_or(Lack::EmailOdd)?),
        };
        let phone = given(&draft.phone);
        if kind == Kind::CallBack && !phone.as_deref().is_some_and(can_be_called) {
            return Err(Lack::Phone);
        }
        if kind == Kind::Question && draft.message.is_empty() {
            return Err(Lack::Message);
        }
        if draft.message.chars().count() > LONGEST_MESSAGE {
            return Err(Lack::MessageLong);
        }
        Ok(Request {
            kind,
            topic: draft.topic.parse().unwrap_or(Topic::Other),
            reference: given(&draft.reference),
            name,
            email,
            phone,
            best_time: given(&draft.best_time),
            message: draft.message,
        })
    }
}

fn can_be_called(number: &str) -> bool {
    number.chars().filter(char::is_ascii_digit).count() >= FEWEST_DIGITS
}

/// A reference as our error pages show it, and nothing else.
pub fn reference(typed: &str) -> Option<String> {
    let typed = typed.trim().to_ascii_uppercase();
    let parts: Vec<&str> = typed.split('-').collect();
    let fits = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (parts.len() == 2 && parts.iter().all(fits)).then_some(typed)
}

fn line(text: &str) -> String {
    cut(&visible(text, false), LONGEST_LINE)
}

fn cut(text: &str, longest: usize) -> String {
    text.trim().chars().take(longest).collect::<String>().trim_end().to_owned()
}

/// Without what cannot be seen: control characters, and marks that turn the direction of text around, which would let one
/// line pose as another.
fn visible(text: &str, lines: bool) -> String {
    let is_turn =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text.chars().filter(|c| !is_turn(*c)).map(|c| if c == '\t' || c == '\n' && !lines { ' ' } else { c });
    kept.filter(|c| *c == '\n' || !c.is_control()).collect()
}
