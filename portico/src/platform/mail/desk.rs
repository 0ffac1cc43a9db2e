//! What a letter is composed with.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use secrecy::ExposeSecret;

use super::wire::Sender;
use crate::platform::clock::Time;
use crate::platform::i18n::Words;
use crate::platform::ids::OneTimeId;
use crate::platform::keys::Keys;
use crate::platform::one_time;

/// What all mails of a deployment have in common.
#[derive(Clone, Debug)]
pub struct Letterhead {
    pub from: Sender,
    /// Where mail that cannot be delivered comes back to, if not to `from`.
    pub bounces_to: Option<Sender>,
    pub brand: String,
    /// `#rrggbb`, of the button, and of the words on it.
    pub accent: String,
    pub on_accent: String,
    /// Whom to call or write to, as one line.
    pub support: Option<String>,
    /// `https://…` without a slash at the end. Every link begins with it; never with what a browser sent.
    pub public_url: String,
    /// For those whose organization is not known.
    pub time_zone: TimeZone,
}

/// The desk at which one mail is written.
pub struct Desk {
    pub words: Words,
    pub now: Time,
    pub(super) letterhead: Arc<Letterhead>,
    zone: TimeZone,
    keys: Keys,
    used: Mutex<Used>,
}

/// The secrets a letter has used. They become valid when it is handed over.
#[derive(Default)]
pub(super) struct Used {
    pub secrets: Vec<OneTimeId>,
    /// Those among them that are typed like a password, and so are kept like one.
    pub typed: Vec<OneTimeId>,
}

impl Desk {
    /// `zone` is the name of the reader's time zone, if it is known.
    pub fn new(letterhead: Arc<Letterhead>, words: Words, keys: Keys, zone: Option<&str>, now: Time) -> Desk {
        let known = zone.and_then(|name| TimeZone::get(name).ok());
        Desk {
            words,
            now,
            zone: known.unwrap_or_else(|| letterhead.time_zone.clone()),
            letterhead,
            keys,
            used: Mutex::default(),
        }
    }

    pub fn t(&self, key: &str) -> String {
        self.words.t(key).into_owned()
    }

    pub fn with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.words.with(key, arguments)
    }

    pub fn brand(&self) -> &str {
        &self.letterhead.brand
    }

    pub fn public_url(&self) -> &str {
        &self.letterhead.public_url
    }

    /// An address of this deployment; `path` begins with a slash.
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.letterhead.public_url)
    }

    /// `{public_url}{path}/{token}`: the link that carries a one-time secret, valid from the hand-over of this mail.
    pub fn link(&self, path: &str, secret: &OneTimeId) -> String {
        self.note(secret, false);
        let token = one_time::token(&self.keys, secret);
        format!("{}/{}", self.page(path), token.expose_secret())
    }

    /// The same secret to be typed as a password.
    pub fn temporary_password(&self, secret: &OneTimeId) -> String {
        self.note(secret, true);
        one_time::temporary_password(&self.keys, secret).expose_secret().to_owned()
    }

    /// The same to be typed as eight digits.
    pub fn code(&self, secret: &OneTimeId) -> String {
        self.note(secret, false);
        one_time::code(&self.keys, secret).expose_secret().to_owned()
    }

    /// The time of a secret begins with this mail, which does not bring it: somebody waits for the mail that would have, and must not
    /// see that it is another one.
    pub fn begin(&self, secret: &OneTimeId) {
        self.note(secret, false);
    }

    fn note(&self, secret: &OneTimeId, typed: bool) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !used.secrets.contains(secret) {
            used.secrets.push(secret.clone());
        }
        if typed && !used.typed.contains(secret) {
            used.typed.push(secret.clone());
        }
    }

    /// An instant in the zone of that name, which it names: a mail is read anywhere, and later.
    pub fn time_in(&self, zone: &str, time: Time) -> String {
        let zone = TimeZone::get(zone).unwrap_or_else(|_| self.zone.clone());
        self.told(zone, time)
    }

    /// The same in the deployment's own zone.
    pub fn time(&self, time: Time) -> String {
        self.told(self.zone.clone(), time)
    }

    fn told(&self, zone: TimeZone, time: Time) -> String {
        let Ok(instant) = Timestamp::from_microsecond(time.0) else { return String::new() };
        let local = instant.to_zoned(zone.clone());
        // As people of the zone call it; where they have no letters for it, its city says more than "+03".
        let called = local.strftime("%Z").to_string();
        let called = match called.chars().all(|c| c.is_ascii_alphabetic()) {
            true => called,
            false => format!("({})", zone.iana_name().unwrap_or("UTC")),
        };
        self.words.moment(local.date(), &format!("{} {called}", local.strftime("%H:%M")))
    }

    pub(super) fn into_used(self) -> Used {
        self.used.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
