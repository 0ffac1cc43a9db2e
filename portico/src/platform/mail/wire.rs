//! A mail in the form that goes over the wire: headers, and the two forms of its body.
//!
//! The same mail gives the same bytes each time it is sent, but for the minutes that have passed: the Message-ID and the
//! boundary between its parts come from its id.

use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use thiserror::Error;

use super::render::Rendered;
use crate::platform::clock::Time;

/// Whom mails come from: `Portico <no-reply@example.org>`.
#[derive(Clone, Debug)]
pub struct Sender(Mailbox);

#[derive(Debug, Error, PartialEq, Eq)]
#[error("the sender of mails must look like `Portico <no-reply@example.org>`")]
pub struct BadSender;

impl FromStr for Sender {
    type Err = BadSender;

    fn from_str(text: &str) -> Result<Sender, BadSender> {
        if text.chars().any(char::is_control) {
            return Err(BadSender);
        }
        text.parse().map(Sender).map_err(|_| BadSender)
    }
}

/// A mailbox somebody has read already; it cannot hold a line break.
impl From<Mailbox> for Sender {
    fn from(mailbox: Mailbox) -> Sender {
        Sender(mailbox)
    }
}

impl Sender {
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }

    /// The bare address, as pages show it.
    pub fn address(&self) -> &str {
        self.0.email.as_ref()
    }

    pub(super) fn envelope(&self) -> &Address {
        &self.0.email
    }
}

/// Why a mail cannot be put into the form of RFC 5322. Sending it again would not help.
#[derive(Debug, Error, PartialEq, Eq)]
pub(super) enum Malformed {
    #[error("the address is none that mail can be sent to")]
    Address,
    #[error("the subject holds a line break")]
    Subject,
    #[error("the mail cannot be put together")]
    Parts,
}

/// Reads a recipient. A line break in it would begin a header, or a command, of somebody else's choosing.
pub(super) fn recipient(text: &str) -> Result<Address, Malformed> {
    if text.chars().any(char::is_control) {
        return Err(Malformed::Address);
    }
    text.parse().map_err(|_| Malformed::Address)
}

pub(super) struct Envelope<'a> {
    pub from: &'a Sender,
    pub to: &'a Address,
    pub subject: &'a str,
    /// With its angle brackets.
    pub message_id: &'a str,
    pub date: Time,
}

pub(super) fn bytes(envelope: &Envelope<'_>, body: Rendered) -> Result<Vec<u8>, Malformed> {
    if envelope.subject.chars().any(char::is_control) {
        return Err(Malformed::Subject);
    }
    let boundary: String = envelope
        .message_id
        .chars()
        .take_while(|character| *character != '@')
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let parts = MultiPart::alternative()
        .boundary(format!("part-{boundary}"))
        .singlepart(part(ContentType::TEXT_PLAIN, body.text))
        .singlepart(part(ContentType::TEXT_HTML, body.html));
    let message = Message::builder()
        .from(envelope.from.0.clone())
        .to(Mailbox::new(None, envelope.to.clone()))
        .subject(envelope.subject)
        .message_id(Some(envelope.message_id.to_owned()))
        .date(system_time(envelope.date))
        // RFC 3834: nobody's holiday notice should answer this. No `Precedence`: some servers take it for advertising.
        .raw_header(header("Auto-Submitted", "auto-generated")?)
        // How Exchange is told. Not `All`: that would keep NDR away, too, and we want to hear of what cannot be delivered.
        .raw_header(header("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply")?)
        .multipart(parts)
        .map_err(|_| Malformed::Parts)?;
    Ok(message.formatted())
}

fn part(kind: ContentType, body: String) -> SinglePart {
    SinglePart::builder().header(kind).body(body)
}

fn header(name: &'static str, value: &str) -> Result<HeaderValue, Malformed> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| Malformed::Parts)?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

fn system_time(time: Time) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(u64::try_from(time.seconds()).unwrap_or(0))
}
