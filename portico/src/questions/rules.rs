//! Which answers may be set, and for whom questions are. Pure; the words for a flaw are in `questions.ftl`.
//!
//! 1. Three questions of the catalog, three different ones.
//! 2. Each answer long enough, and not the same as another.
//! 3. Not made of the question's own words, nor of what anybody knows of the person. (That it is not the password, nor the
//!    password an answer, takes hashes: [`super::is_password`], [`super::is_answer`].)
//! 4. Not one of those most often given to this question.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use secrecy::ExposeSecret;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::catalog::Question;
use crate::organizations::{Mfa, Recovery};
use crate::people::Account;
use crate::platform::entropy::Secret;
use crate::platform::i18n::Words;
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;
use crate::platform::spelled::{UnknownWord, spelled};

/// An account has that many questions, or none.
pub const COUNT: usize = 3;
/// Letters and digits of the shortest answer, in its one form.
pub const MIN_CHARS: usize = 3;
const MAX_BYTES: usize = 200;

/// One question as chosen in a form, and what was typed for it.
pub struct Typed {
    /// The catalog's name for it, as the form sent it.
    pub question: String,
    pub answer: Secret,
}

/// What no answer may be made of.
pub struct About<'a> {
    /// What anybody knows of the person: see [`Account::words_about`].
    pub person: &'a [String],
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    Missing,
    /// No question of the catalog was chosen.
    Unknown,
    /// A question was chosen twice.
    Twice,
    Short,
    Long,
    /// The same as another answer.
    Same,
    /// Words of the question.
    Question,
    /// Words about the person.
    Personal,
    /// The account's password; only its hash can tell.
    Password,
    Common,
}

spelled!(Weakness {
    Missing = "missing",
    Unknown = "unknown",
    Twice = "twice",
    Short = "short",
    Long = "long",
    Same = "same",
    Question = "question",
    Personal = "personal",
    Password = "password",
    Common = "common",
});

impl Weakness {
    pub fn words(self, words: &Words) -> String {
        words.with(&format!("questions-weak-{}", self.as_str()), &[("min", &MIN_CHARS.to_string())])
    }
}

/// The first weakness, and at which of the three it is: `short-2`, as the address of a page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// 1, 2 or 3.
    pub number: usize,
    pub weakness: Weakness,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.weakness.as_str(), self.number)
    }
}

impl FromStr for Flaw {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Flaw, UnknownWord> {
        let unknown = || UnknownWord(text.to_owned());
        let (weakness, number) = text.split_once('-').ok_or_else(unknown)?;
        let number = number.parse().ok().filter(|number| (1..=COUNT).contains(number)).ok_or_else(unknown)?;
        Ok(Flaw { number, weakness: weakness.parse()? })
    }
}

/// Three questions with answers that may be kept.
pub struct Chosen(Vec<(Question, Secret)>);

impl Chosen {
    /// Judges what a person set; `words` are those in which the questions were read.
    ///
    /// # Errors
    /// The first flaw.
    pub fn check(typed: &[Typed; COUNT], words: &Words, about: &About<'_>) -> Result<Chosen, Flaw> {
        let mut questions = HashSet::new();
        let mut answers = HashSet::new();
        let mut chosen = Vec::new();
        for (number, one) in (1..).zip(typed) {
            let flaw = |weakness| Flaw { number, weakness };
            let question: Question = one.question.parse().map_err(|_| flaw(Weakness::Unknown))?;
            if !questions.insert(question) {
                return Err(flaw(Weakness::Twice));
            }
            let answer = normalize(one.answer.expose_secret());
            if let Some(weakness) = weakness(question, &question.text(words), &one.answer, &answer, about) {
                return Err(flaw(weakness));
            }
            if !answers.insert(answer) {
                return Err(flaw(Weakness::Same));
            }
            chosen.push((question, one.answer.clone()));
        }
        Ok(Chosen(chosen))
    }

    /// Without any check: for data that is seeded.
    pub fn seeded(answers: [(Question, &str); COUNT]) -> Chosen {
        Chosen(answers.map(|(question, answer)| (question, Secret::from(answer))).into())
    }

    pub(super) fn answers(&self) -> &[(Question, Secret)] {
        &self.0
    }
}

fn weakness(question: Question, asked: &str, typed: &Secret, answer: &str, about: &About<'_>) -> Option<Weakness> {
    let typed = typed.expose_secret();
    match () {
        () if typed.trim().is_empty() => Some(Weakness::Missing),
        () if typed.len() > MAX_BYTES => Some(Weakness::Long),
        () if answer.chars().filter(|c| c.is_alphanumeric()).count() < MIN_CHARS => Some(Weakness::Short),
        () if made_of(answer, [asked]) => Some(Weakness::Question),
        () if made_of(answer, about.person.iter().map(String::as_str)) => Some(Weakness::Personal),
        () if question.commonest().any(|common| common == answer) => Some(Weakness::Common),
        () => None,
    }
}

/// Whether every word of an answer is among the words of these texts, or the answer is one of them as a whole.
fn made_of<'a>(answer: &str, texts: impl IntoIterator<Item = &'a str>) -> bool {
    let texts: Vec<String> = texts.into_iter().map(normalize).collect();
    let words: HashSet<&str> = texts.iter().flat_map(|text| text.split(' ')).collect();
    texts.iter().any(|text| text == answer) || answer.split(' ').all(|word| words.contains(word))
}

/// One form for every way to write an answer: compatibility forms, case, spaces and punctuation make no difference.
pub fn normalize(typed: &str) -> String {
    // Upper case first: ß and ss, ς and σ are one letter to whoever types them (Unicode's full case folding).
    let folded: String = typed.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
    let mut out = String::new();
    let mut gap = false;
    for c in folded.nfkc() {
        match c {
            c if c.is_alphanumeric() || is_combining_mark(c) => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(c);
            }
            // People write "Winston Salem" as often as "Winston-Salem".
            c if c.is_whitespace() || is_dash(c) => gap = true,
            _ => {}
        }
    }
    // What has been taken out may have stood between two that belong together.
    out.nfkc().collect()
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '/' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether right answers alone may lead to a new password. Never for those whose account opens more than their own work
/// or has a stronger proof: administrators, staff, whoever has or needs a second factor (security.md C1).
pub fn may_stand_alone(account: &Account) -> bool {
    let Account { organization, .. } = account;
    organization.policy.recovery == Recovery::QuestionsOrEmail
        && may_be_asked(account)
        && organization.policy.mfa != Mfa::Required
        && !account.is_guarded()
        && !account.opens_guarded_product
        && !account.is_administrator
        && account.staff.is_none()
}

/// The questions a name is asked that has none: nobody can compute them from outside, and they never change.
pub fn decoys(keys: &Keys, identifier: &str) -> [Question; COUNT] {
    let rank = |question: &Question| {
        let text = format!("{identifier}/{}", question.as_str());
        keys.mac("decoy_questions", text.as_bytes())
    };
    let mut ranked: Vec<Question> = Question::ALL.to_vec();
    ranked.sort_by_cached_key(rank);
    let mut drawn = [Question::ChildhoodToy; COUNT];
    drawn.iter_mut().zip(ranked).for_each(|(place, question)| *place = question);
    drawn.sort();
    drawn
}

/// Which of its `count` questions an account is asked alone.
pub fn the_one(keys: &Keys, account: &AccountId, count: usize) -> Option<usize> {
    let first = keys.mac("the_one_question", account.as_str().as_bytes()).first().copied().unwrap_or_default();
    usize::from(first).checked_rem(count)
}

/// Whether this account's password can be reset by its owner at all, so that a question may be a part of it.
fn may_be_asked(account: &Account) -> bool {
    // While single sign-on is suspended two mailboxes are asked, and nobody is to set questions for these few days.
    !account.federated && account.disabled_at.is_none() && account.shared_at.is_none()
}

/// Whether the account should have questions, by its organization's policy, and has none. A requirement, and as such
/// derived: `email_then_question` needs them of everybody without a second factor, administrators too, since there they come
/// on top of the link.
pub fn missing(account: &Account) -> bool {
    are_of_use(account) && !account.has_questions
}

/// Whether its organization's policy has a use for the account's answers, and the account may have some.
pub fn are_of_use(account: &Account) -> bool {
    match account.organization.policy.recovery {
        Recovery::Email => false,
        Recovery::QuestionsOrEmail => may_stand_alone(account),
        Recovery::EmailThenQuestion => may_be_asked(account) && !account.has_second_factor(),
    }
}
