//! What the server said, fit to be stored and shown; and what follows from it.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;

const LONGEST: usize = 300;

/// A server's answer: its code, and its text without control characters, cut to 300 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// None when this side decided, and no server was asked.
    pub code: Option<u16>,
    pub text: String,
}

impl Reply {
    pub fn new(code: u16, text: &str) -> Reply {
        Reply { code: Some(code), text: tidy(text) }
    }

    /// Said by this side.
    pub fn own(text: &str) -> Reply {
        Reply { code: None, text: tidy(text) }
    }
}

impl From<&Response> for Reply {
    fn from(response: &Response) -> Reply {
        let text = response.message().collect::<Vec<_>>().join(" ");
        Reply::new(response.code().into(), &text)
    }
}

/// Why a mail was not handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// For good.
    Refused(Reply),
    /// Not now, the server said of this mail.
    Deferred(Reply),
    /// The server takes no mail at all from us now, and said so.
    Closed(Reply),
    /// No server, no answer, or an answer that makes no sense. Whether it has the mail may be unknown.
    Unreachable(String),
    /// The connection could not be protected.
    Tls(String),
    /// This node could not write the mail; another may be able to.
    Unwritten(String),
}

impl Failure {
    pub(super) fn slow(limit: Duration) -> Failure {
        Failure::Unreachable(format!("the mail server took longer than {limit:?}"))
    }

    pub(super) fn out_of_step(response: &Response) -> Failure {
        let code = u16::from(response.code());
        Failure::Unreachable(format!("the mail server answered {code} out of step"))
    }

    /// What is kept of it beside the mail.
    pub fn reply(&self) -> Reply {
        match self {
            Failure::Refused(reply) | Failure::Deferred(reply) | Failure::Closed(reply) => reply.clone(),
            Failure::Unreachable(why) | Failure::Tls(why) | Failure::Unwritten(why) => Reply::own(why),
        }
    }

    /// Whether it says that the next mail would fare no better.
    pub fn is_the_servers(&self) -> bool {
        matches!(self, Failure::Closed(_) | Failure::Unreachable(_) | Failure::Tls(_))
    }

    /// For the metrics and the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Failure::Refused(_) => "refused",
            Failure::Deferred(_) => "deferred",
            Failure::Closed(_) => "closed",
            Failure::Unreachable(_) => "unreachable",
            Failure::Tls(_) => "tls",
            Failure::Unwritten(_) => "unwritten",
        }
    }
}

/// Whom an answer is about.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    /// This program: greeting, TLS, credentials, sender.
    Ours,
    /// The recipient or the message.
    Theirs,
}

pub(super) fn failure(stage: Stage, error: &Error) -> Failure {
    let Some(code) = error.status() else {
        let why = cause(error);
        return if error.is_tls() || is_tls(error) {
            Failure::Tls(tidy(&why))
        } else {
            Failure::Unreachable(tidy(&why))
        };
    };
    let reply = Reply::new(code.into(), &cause(error));
    match (stage, error.is_permanent()) {
        // 421, whenever it comes, says that the server closes the connection: its own state, not the mail's.
        _ if reply.code == Some(421) => Failure::Closed(reply),
        (Stage::Ours, _) => Failure::Closed(reply),
        (Stage::Theirs, true) => Failure::Refused(reply),
        (Stage::Theirs, false) => Failure::Deferred(reply),
    }
}

/// The innermost text: the library puts "permanent error (550)" and the like in front of it.
fn cause(error: &Error) -> String {
    let mut text = error.to_string();
    let mut inner = error.source();
    while let Some(source) = inner {
        text = source.to_string();
        inner = source.source();
    }
    text
}

/// A failed handshake comes as an I/O error of invalid data.
fn is_tls(error: &Error) -> bool {
    let mut inner = error.source();
    while let Some(source) = inner {
        if let Some(io) = source.downcast_ref::<io::Error>() {
            return io.kind() == io::ErrorKind::InvalidData;
        }
        inner = source.source();
    }
    false
}

/// A server's text ends up on pages and in terminals.
fn tidy(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_cut_and_holds_no_control_characters() {
        let reply = Reply::new(550, "no\u{1b}[31m such\r\nmailbox\0");
        assert_eq!(reply.text, "no[31m suchmailbox");
        let long = Reply::new(550, &"é".repeat(1_000));
        assert_eq!(long.text.chars().count(), 300);
    }
}
