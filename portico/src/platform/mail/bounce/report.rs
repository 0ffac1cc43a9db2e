//! Reading a delivery report. Every byte of it is a stranger's: nothing here fails, it only finds nothing.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};

/// Recipients of one report that are looked at; ours have one.
const RECIPIENTS: usize = 20;
/// Message-IDs of one report that are looked at.
const MAILS: usize = 5;
const LONGEST: usize = 300;

/// What a report says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The ids of our mails it is about, from their Message-IDs.
    pub mails: Vec<String>,
    outcomes: Vec<Outcome>,
}

/// What became of the mail to one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    recipients: Vec<String>,
    /// For good; otherwise it only takes longer.
    pub failed: bool,
    /// `5.1.1`
    pub status: String,
    /// What the other server said, where that is told.
    pub diagnostic: String,
    pub code: Option<u16>,
}

impl Outcome {
    /// Status and diagnosis as one line; the status is not said twice.
    pub fn text(&self) -> String {
        match (self.status.as_str(), self.diagnostic.as_str()) {
            (status, "") => status.to_owned(),
            ("", diagnostic) => diagnostic.to_owned(),
            (status, diagnostic) if diagnostic.contains(status) => diagnostic.to_owned(),
            (status, diagnostic) => format!("{status} {diagnostic}"),
        }
    }
}

impl Report {
    /// What it says of one of our recipients. A mail that was forwarded comes back from an address we never wrote to; then
    /// there must be no doubt which one is meant.
    pub fn outcome_for(&self, recipient: &str) -> Option<&Outcome> {
        let same = |one: &&Outcome| one.recipients.iter().any(|to| to.eq_ignore_ascii_case(recipient));
        self.outcomes.iter().find(same).or(match self.outcomes.as_slice() {
            [only] => Some(only),
            _ => None,
        })
    }
}

/// Reads a report on mails of the sender's `domain`; `None` for whatever is none.
pub fn read(raw: &[u8], domain: &str) -> Option<Report> {
    let message = MessageParser::default().parse(raw)?;
    let mut report = Report::default();
    let mut ids = Vec::new();
    for header in [message.in_reply_to(), message.references()] {
        ids.extend(texts(header));
    }
    for part in &message.parts {
        match (&part.body, kind(part.content_type()).as_str()) {
            (PartType::Message(returned), _) => ids.extend(returned.message_id().map(str::to_owned)),
            (_, "message/delivery-status" | "message/global-delivery-status") => {
                report.outcomes.extend(outcomes(&String::from_utf8_lossy(part.contents())));
            }
            (_, "text/rfc822-headers" | "message/global-headers" | "message/rfc822") => {
                ids.extend(message_id_in(part.contents()));
            }
            _ => {}
        }
    }
    report.outcomes.truncate(RECIPIENTS);
    report.mails = ours(ids, domain);
    (!report.mails.is_empty() && !report.outcomes.is_empty()).then_some(report)
}

fn kind(content_type: Option<&mail_parser::ContentType<'_>>) -> String {
    let Some(kind) = content_type else { return String::new() };
    format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
}

fn texts(header: &HeaderValue<'_>) -> Vec<String> {
    match header {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(list) => list.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// The Message-ID among the headers of a mail that came back without its body.
fn message_id_in(headers: &[u8]) -> Option<String> {
    let parsed: Message<'_> = MessageParser::default().parse_headers(headers)?;
    parsed.message_id().map(str::to_owned)
}

/// The ids in `<id@domain>`, where the domain is ours and the id could be one.
fn ours(message_ids: Vec<String>, domain: &str) -> Vec<String> {
    let mut mails = Vec::new();
    for message_id in message_ids {
        let bare = message_id.trim().trim_start_matches('<').trim_end_matches('>');
        let Some((id, at)) = bare.rsplit_once('@') else { continue };
        let is_id = id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        if is_id && at.eq_ignore_ascii_case(domain) && !mails.iter().any(|known| known == id) {
            mails.push(id.to_owned());
        }
    }
    mails.truncate(MAILS);
    mails
}

/// RFC 3464, 2: groups of fields, set apart by empty lines. The first is about the mail, each other about a recipient.
fn outcomes(text: &str) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut group = Outcome::default();
    for line in unfolded(text).iter().map(String::as_str).chain([""]) {
        let Some((name, value)) = line.split_once(':') else {
            if !group.recipients.is_empty() && outcomes.len() < RECIPIENTS {
                outcomes.push(std::mem::take(&mut group));
            }
            group = Outcome::default();
            continue;
        };
        group.learn(&name.trim().to_ascii_lowercase(), value);
    }
    // What succeeded is not told apart from what was not said.
    outcomes.retain(|outcome| outcome.failed || !outcome.status.is_empty());
    outcomes
}

impl Outcome {
    fn learn(&mut self, name: &str, value: &str) {
        match name {
            "original-recipient" | "final-recipient" => self.recipients.push(behind_type(value)),
            "status" => self.status = tidy(value.split_whitespace().next().unwrap_or_default()),
            "diagnostic-code" => {
                self.diagnostic = behind_type(value);
                self.code = self.diagnostic.get(..3).and_then(|code| code.parse().ok()).filter(|code| *code >= 400);
            }
            "action" => match value.trim().to_ascii_lowercase().as_str() {
                "failed" => self.failed = true,
                // Told by its status, like a failure; anything else (delivered, relayed) needs no telling.
                "delayed" => {}
                _ => self.recipients.clear(),
            },
            _ => {}
        }
    }
}

/// `rfc822; ann@riverside.example`, `smtp; 550 5.1.1 …`
fn behind_type(value: &str) -> String {
    tidy(value.split_once(';').map_or(value, |(_, behind)| behind))
}

fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) && !last.is_empty() => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    lines
}

/// A stranger's text ends up on pages and in terminals.
fn tidy(text: &str) -> String {
    let plain = text.trim().trim_matches(['<', '>']).chars().filter(|character| !character.is_control());
    plain.take(LONGEST).collect()
}
