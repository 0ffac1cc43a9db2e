//! Words, in the reader's language.
//!
//! - Words live in `locales/<language>/<feature>.ftl` (Fluent) and are part of the program.
//! - A page never contains a word of its own; it asks [`Words`] by key. A key that is missing shows itself and is logged: a
//!   page with one odd word helps more than no page.
//! - Messages without arguments, which are nearly all, are resolved once: when somebody reads them first.
//! - No isolation marks around arguments: they end up in mails, in page titles and in people's clipboards.
//!
//! A message's attribute is asked for as `key.attribute`.
//!
//! Which language: that of the account, once somebody is signed in and in their mails; before that what a product or the
//! person has chosen in this browser, then what the browser says it reads, then the deployment's own, which is the first.
//! Nothing of an account is looked at for it before the first proof.

mod accept;
mod embedded;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use jiff::civil::Date;

pub use embedded::Source;

/// The language of whoever has not said one: the deployment's own serves it.
pub const UNSAID: &str = "";

/// All languages of this deployment.
#[derive(Clone)]
pub struct Locales {
    words: Arc<[Words]>,
}

/// The words of one language. Cheap to clone.
#[derive(Clone)]
pub struct Words(Arc<Language>);

/// What a test wants to see at every message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    None,
    /// ⟦…⟧ around it.
    Brackets,
    /// `[[key]]` before it.
    Key,
}

struct Language {
    tag: &'static str,
    mark: Mark,
    bundle: FluentBundle<FluentResource>,
    /// Every message, and its text once somebody has read it; `None` where it wants arguments.
    plain: HashMap<String, OnceLock<Option<String>>>,
}

impl Locales {
    /// The languages that are part of the program. What is wrong with a file is logged, and the rest of it is used.
    pub fn embedded() -> Locales {
        Locales::read(embedded::LANGUAGES, Mark::None)
    }

    /// Every message wrapped in ⟦…⟧, so that a test can see the words which did not come from here.
    pub fn pseudo() -> Locales {
        Locales::read(embedded::LANGUAGES, Mark::Brackets)
    }

    /// Every message after its key, `[[key]]`, so that a test can see which ones something is made of.
    pub fn keyed() -> Locales {
        Locales::read(embedded::LANGUAGES, Mark::Key)
    }

    /// With this language as the deployment's own, for whoever has not said one.
    #[must_use]
    pub fn led_by(self, language: &str) -> Locales {
        let mut words = self.words.to_vec();
        words.sort_by_key(|words| words.lang() != language);
        Locales { words: words.into() }
    }

    fn read(sources: &[Source], mark: Mark) -> Locales {
        let words = sources.iter().map(|source| {
            let (language, faults) = Language::read(source, mark);
            for fault in faults {
                tracing::error!(fault, "a file of words has a fault");
            }
            Words(Arc::new(language))
        });
        Locales { words: words.collect() }
    }

    pub fn languages(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().map(Words::lang)
    }

    /// Every language and its name in itself, such as `es` and Español.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
        self.words.iter().map(|words| (words.lang(), words.t("web-language-name")))
    }

    /// The words of `language` (`fr-CA` is served by `fr`), if there are any.
    fn serving(&self, language: &str) -> Option<&Words> {
        let primary = language.split('-').next().unwrap_or(language);
        let called = |tag: &str| self.words.iter().find(|words| words.lang().eq_ignore_ascii_case(tag));
        called(language).or_else(|| called(primary))
    }

    /// The words of the first of these languages that there is, if there is one.
    pub fn best(&self, wanted: &[String]) -> Option<Words> {
        wanted.iter().find_map(|language| self.serving(language)).cloned()
    }

    /// The words that `Accept-Language` asks for, if there are any.
    pub fn accepted(&self, header: &str) -> Option<Words> {
        self.best(&accept::wanted(header))
    }

    /// The words of `language`, or of the first language there is.
    pub fn words(&self, language: &str) -> Words {
        let found = self.serving(language).or_else(|| self.words.first());
        found.cloned().unwrap_or_else(|| Words(Arc::new(Language::read(&("en", &[]), Mark::None).0)))
    }
}

impl Words {
    pub fn lang(&self) -> &'static str {
        self.0.tag
    }

    /// The message `key`, which takes no arguments.
    pub fn t<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        match self.0.plain(key) {
            Some(text) => Cow::Borrowed(text),
            None => self.missing(key, "there is no such message, or it wants arguments").into(),
        }
    }

    /// The message `key` with its arguments, as text.
    pub fn with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.format(key, &texts(arguments))
    }

    /// The same, where `$count` is a number that chooses between singular and plural.
    pub fn counted(&self, key: &str, count: i64, arguments: &[(&str, &str)]) -> String {
        let mut all = texts(arguments);
        all.set("count", count);
        self.format(key, &all)
    }

    /// A day and an hour, as one writes them: `hour` has its zone behind it.
    pub fn moment(&self, day: Date, hour: &str) -> String {
        let [year, month, day] = ["%Y", "%b", "%d"].map(|part| day.strftime(part).to_string().to_lowercase());
        self.with("web-moment", &[("year", &year), ("month", &month), ("day", &day), ("hour", hour)])
    }

    fn format(&self, key: &str, arguments: &FluentArgs<'_>) -> String {
        match self.0.format(key, Some(arguments)) {
            Some((text, errors)) if errors.is_empty() => text,
            Some((text, errors)) => {
                tracing::error!(key, language = self.lang(), ?errors, "a message lacks an argument");
                text
            }
            None => self.missing(key, "there is no such message"),
        }
    }

    fn missing(&self, key: &str, why: &str) -> String {
        tracing::error!(key, language = self.lang(), "{why}");
        key.to_owned()
    }
}

impl Language {
    fn read(&(tag, files): &Source, mark: Mark) -> (Language, Vec<String>) {
        let mut faults = Vec::new();
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for (feature, text) in files {
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
                faults.extend(errors.iter().map(|error| format!("{tag}/{feature}.ftl: {error}")));
                resource
            });
            keys.extend(resource.entries().flat_map(keys_of));
            if let Err(errors) = bundle.add_resource(resource) {
                faults.extend(errors.iter().map(|error| format!("{tag}/{feature}.ftl: {error}")));
            }
        }
        let plain = keys.into_iter().map(|key| (key, OnceLock::new())).collect();
        (Language { tag, mark, bundle, plain }, faults)
    }

    fn plain(&self, key: &str) -> Option<&str> {
        // An error here is a message that wants arguments: it is resolved when they are there.
        let resolve = || self.format(key, None).filter(|(_, errors)| errors.is_empty()).map(|(text, _)| text);
        self.plain.get(key)?.get_or_init(resolve).as_deref()
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> Option<(String, Vec<FluentError>)> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, name)| (id, Some(name)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, arguments, &mut errors);
        let text = match self.mark {
            Mark::None => text.into_owned(),
            Mark::Brackets => format!("⟦{text}⟧"),
            Mark::Key => format!("[[{key}]]{text}"),
        };
        Some((text, errors))
    }
}

// Text stays text: "007" in somebody's user name must not become the number 7.
fn texts<'a>(arguments: &[(&'a str, &'a str)]) -> FluentArgs<'a> {
    arguments.iter().map(|(name, text)| (*name, FluentValue::from(*text))).collect()
}

fn keys_of(entry: &Entry<&str>) -> Vec<String> {
    let Entry::Message(message) = entry else {
        return Vec::new();
    };
    let attributes = message.attributes.iter().map(|attribute| format!("{}.{}", message.id.name, attribute.id.name));
    attributes.chain(message.value.is_some().then(|| message.id.name.to_owned())).collect()
}
