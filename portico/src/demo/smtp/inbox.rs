//! The mails the server was given, newest last.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mail_parser::{Message, MessageParser};

use crate::platform::clock::Time;

/// More than anybody looks at. The oldest go first.
const KEPT: usize = 500;

/// How a mail came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Delivered,
    /// The sender was never told that it was taken.
    ReplyLost,
}

/// A mail as its recipient sees it. It holds links, so it has no `Debug`.
#[derive(Clone)]
pub struct Mail {
    /// 1, 2, 3 … in the order of arrival.
    pub id: u64,
    /// From the envelope: who got it, and who would get it back.
    pub to: String,
    pub from: String,
    /// As its reader sees it: a name and an address.
    pub sender: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub at: Time,
    pub status: Status,
    /// Without its angle brackets.
    pub message_id: String,
    /// As it came, headers and all.
    pub raw: Vec<u8>,
}

/// All mailboxes at once. Clones share it.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    mails: Vec<Mail>,
    arrived: u64,
}

/// What came over the wire for one recipient.
pub(super) struct Arrival<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub raw: &'a [u8],
    pub at: Time,
    pub status: Status,
}

/// What stands in the header.
fn sender(mail: &Message<'_>) -> Option<String> {
    let one = mail.from()?.first()?;
    let address = one.address()?;
    Some(one.name().map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>")))
}

impl Inbox {
    /// Oldest first.
    pub fn all(&self) -> Vec<Mail> {
        self.kept().mails.clone()
    }

    /// Those to one address, oldest first.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let mut mails = self.all();
        mails.retain(|mail| mail.to.eq_ignore_ascii_case(address));
        mails
    }

    /// The latest to one address.
    pub fn last_to(&self, address: &str) -> Option<Mail> {
        self.to(address).pop()
    }

    pub fn get(&self, id: u64) -> Option<Mail> {
        self.kept().mails.iter().find(|mail| mail.id == id).cloned()
    }

    pub fn len(&self) -> usize {
        self.kept().mails.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Empties all mailboxes, and gives what was in them.
    pub fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut self.kept().mails)
    }

    pub(super) fn put(&self, arrival: &Arrival<'_>) {
        let parsed = MessageParser::default().parse(arrival.raw);
        let text = |found: Option<std::borrow::Cow<'_, str>>| found.unwrap_or_default().into_owned();
        let parsed = parsed.as_ref();
        let mut kept = self.kept();
        kept.arrived += 1;
        let mail = Mail {
            id: kept.arrived,
            to: arrival.to.to_owned(),
            from: arrival.from.to_owned(),
            sender: parsed.and_then(sender).unwrap_or_else(|| arrival.from.to_owned()),
            subject: parsed.and_then(|mail| mail.subject()).unwrap_or_default().to_owned(),
            text: text(parsed.and_then(|mail| mail.body_text(0))),
            html: text(parsed.and_then(|mail| mail.body_html(0))),
            at: arrival.at,
            status: arrival.status,
            message_id: parsed.and_then(|mail| mail.message_id()).unwrap_or_default().to_owned(),
            raw: arrival.raw.to_vec(),
        };
        kept.mails.push(mail);
        let surplus = kept.mails.len().saturating_sub(KEPT);
        kept.mails.drain(..surplus);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
