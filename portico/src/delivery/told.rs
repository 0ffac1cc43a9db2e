//! A mail's life as the doctor and `account show` tell it.

use serde::Serialize;
use store::{Error, Tx};

use super::rules::{WINDOW, refuses};
use crate::platform::clock::Time;
use crate::platform::mail::{self, Event, Happened, Life, Whose};
use crate::platform::web::Moment;

/// For people ([`MailTold::sentence`]) and for programs (times in UTC).
#[derive(Clone, Debug, Serialize)]
pub struct MailTold {
    pub id: String,
    pub kind: String,
    /// `None` for a row that is never sent.
    pub to: Option<String>,
    pub at: String,
    pub state: &'static str,
    pub attempts: i64,
    pub code: Option<i64>,
    pub reply: Option<String>,
    pub next_attempt_at: Option<String>,
    pub events: Vec<EventTold>,
    /// When a form used its link: certain, unlike that somebody has looked at it.
    pub link_used_at: Option<String>,
    #[serde(skip)]
    sentence: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct EventTold {
    pub state: &'static str,
    pub code: Option<i64>,
    pub reply: String,
    pub times: i64,
    pub first_at: String,
    pub last_at: String,
}

impl MailTold {
    /// The whole life in one line, times in the organization's zone.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }
}

/// The latest mails of somebody, newest first.
///
/// # Errors
/// When the database says no.
pub async fn lives_of(tx: &mut Tx, whose: Whose<'_>, zone: &str) -> Result<Vec<MailTold>, Error> {
    let now = Time(tx.now());
    Ok(mail::lives_of(tx, whose).await?.into_iter().map(|life| told(life, zone, now)).collect())
}

/// What the mail server of a domain holds against us, if it does.
///
/// # Errors
/// When the database says no.
pub async fn trouble_of(tx: &mut Tx, domain: &str) -> Result<Option<String>, Error> {
    let since = Time(tx.now()) - WINDOW;
    let troubles = mail::troubles(tx, since, Some(domain)).await?;
    Ok(troubles.into_iter().find(refuses).map(|trouble| {
        format!(
            "The mail server of {} has turned away mail to {} people within a day, and taken mail to {}.",
            trouble.domain, trouble.turned_away, trouble.taken
        )
    }))
}

fn told(life: Life, zone: &str, now: Time) -> MailTold {
    let sentence = sentence(&life, zone, now);
    let iso = |time: Time| Moment::new(time, "UTC", now).iso;
    let Life { mail, events, link_used_at } = life;
    MailTold {
        id: mail.id,
        kind: mail.kind,
        to: mail.recipient,
        at: iso(mail.created_at),
        state: mail.line.state.name(),
        attempts: mail.line.attempts,
        code: mail.line.smtp_code,
        reply: mail.line.smtp_reply,
        next_attempt_at: mail.line.next_attempt_at.map(iso),
        events: events.into_iter().map(|event| event_told(event, iso)).collect(),
        link_used_at: link_used_at.map(iso),
        sentence,
    }
}

fn event_told(event: Event, iso: impl Fn(Time) -> String) -> EventTold {
    EventTold {
        state: event.what.as_str(),
        code: event.code,
        reply: event.reply,
        times: event.times,
        first_at: iso(event.first_at),
        last_at: iso(event.last_at),
    }
}

fn sentence(life: &Life, zone: &str, now: Time) -> String {
    let time = |at: Time| Moment::new(at, zone, now).text;
    let mail = &life.mail;
    let to = mail.recipient.as_deref().unwrap_or("nobody");
    let mut parts = vec![format!("{} to {to}, queued {}", mail.kind, time(mail.created_at))];
    parts.extend(life.events.iter().map(|event| happened(event, time)));
    if life.events.is_empty() {
        parts.push(mail.line.state.name().replace('_', " "));
    }
    if let Some(next) = mail.line.next_attempt_at.filter(|next| *next > now) {
        parts.push(format!("next attempt {}", time(next)));
    }
    parts.extend(life.link_used_at.map(|at| format!("link used {}", time(at))));
    parts.join("; ")
}

fn happened(event: &Event, time: impl Fn(Time) -> String) -> String {
    let what = match event.what {
        Happened::Deferred => "deferred",
        Happened::HandedOver => "handed over",
        Happened::Refused => "refused",
        Happened::Delayed => "said to take longer",
        Happened::Bounced => "sent back",
    };
    let code = event.code.map(|code| format!("{code} ")).unwrap_or_default();
    // A diagnosis often begins with the code itself.
    let reply = event.reply.strip_prefix(&code).unwrap_or(&event.reply);
    let times =
        if event.times > 1 { format!(", {} times until {}", event.times, time(event.last_at)) } else { String::new() };
    format!("{what} {}{times}: {code}{reply}", time(event.first_at))
}
