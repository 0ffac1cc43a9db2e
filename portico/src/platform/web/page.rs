//! What every page needs beside its own facts.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::app::{App, Brand};
use crate::platform::clock::Time;
use crate::platform::i18n::Words;

pub struct Page {
    app: App,
    words: Words,
    pub brand: Brand,
    pub brand_css: Option<String>,
    /// The person's name, on pages for somebody who is signed in.
    pub signed_in: Option<String>,
    /// On those pages: for whom it is shown, sealed, to come back with every form that does something.
    pub shown: String,
    /// Where "Need help signing in?" leads; keeps the sign-in it was pressed in. Empty on the page it leads to.
    pub help: String,
    /// This page's own address, sealed, to come back to in another language. None where coming back by GET would be another page.
    pub here: Option<String>,
}

/// A language to choose, by its name in itself.
pub struct Choice {
    pub tag: &'static str,
    pub name: String,
}

impl Page {
    pub fn new(app: App, words: Words) -> Page {
        Page {
            words,
            brand: app.brand.clone(),
            brand_css: app.assets.brand.clone(),
            signed_in: None,
            shown: String::new(),
            help: "/help".into(),
            here: None,
            app,
        }
    }

    pub fn signed_in(self, name: String, shown: String) -> Page {
        Page { signed_in: Some(name), shown, ..self }
    }

    pub fn help(self, help: String) -> Page {
        Page { help, ..self }
    }

    pub fn here(self, here: Option<String>) -> Page {
        Page { here, ..self }
    }

    /// The other languages there are.
    pub fn others(&self) -> Vec<Choice> {
        let others = self.app.locales.named().filter(|(tag, _)| *tag != self.lang());
        others.map(|(tag, name)| Choice { tag, name: name.into_owned() }).collect()
    }

    pub fn t<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        self.words.t(key)
    }

    pub fn with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.words.with(key, arguments)
    }

    pub fn lang(&self) -> &str {
        self.words.lang()
    }

    pub fn css(&self) -> &str {
        &self.app.assets.css
    }

    pub fn js(&self) -> &str {
        &self.app.assets.js
    }

    pub fn icon(&self) -> &str {
        &self.app.assets.icon
    }

    pub fn words(&self) -> &Words {
        &self.words
    }
}

/// Something to put right, told at the top of the page and at the field.
pub struct Problem {
    pub summary: String,
    /// The id of the input it is about; empty for none.
    pub field: &'static str,
}

/// A time as a page tells it: exact, in a named zone, for the script to turn into the reader's own.
#[derive(Clone, Debug)]
pub struct Moment {
    pub iso: String,
    /// The same to the letter in every language: what stands there until the script has read `iso`.
    pub text: String,
    /// As part of a sentence it is told in the language of that.
    day: Option<Date>,
    hour: String,
}

impl Moment {
    /// `zone` is an IANA name; one that is not known is told in UTC.
    pub fn new(time: Time, zone: &str, now: Time) -> Moment {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let stamp = Timestamp::from_microsecond(time.0).unwrap_or(Timestamp::UNIX_EPOCH);
        let there = stamp.to_zoned(zone.clone());
        let today = Timestamp::from_microsecond(now.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone);
        let hour = there.strftime("%H:%M %Z").to_string();
        let day = Some(there.date()).filter(|day| *day != today.date());
        let text = day.map_or_else(|| hour.clone(), |day| format!("{day} {hour}"));
        Moment { iso: stamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), text, day, hour }
    }

    /// As part of a sentence.
    pub fn told(&self, words: &Words) -> String {
        self.day.map_or_else(|| self.hour.clone(), |day| words.moment(day, &self.hour))
    }
}
