//! The pages that take a code: of a sign-in, and of a reset.

use askama::Template;

use crate::platform::web::{Moment, Page, Problem};

#[derive(Template)]
#[template(path = "mfa/code.html")]
pub struct CodePage {
    pub page: Page,
    pub action: String,
    pub resume: String,
    pub identifier: String,
    pub identify_url: String,
    /// For whoever has a passkey, too.
    pub passkey_url: Option<String>,
    /// Where whoever has no app at hand goes on.
    pub another_url: String,
    pub problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "mfa/recovery_codes/code.html")]
pub struct RecoveryCodePage {
    pub page: Page,
    pub action: String,
    pub resume: String,
    pub identifier: String,
    pub identify_url: String,
    /// Back to the app, or to the other ways.
    pub back_url: String,
    /// Whether another app can be set up next, in the place of one that is lost.
    pub may_replace: bool,
    pub problem: Option<Problem>,
}

/// What is wrong: a lock, or a word of this closed set.
pub fn problem(page: &Page, locked: Option<&Moment>, word: &str) -> Option<Problem> {
    told(page, locked, word, ["mfa-missing", "mfa-wrong"])
}

/// The same of a recovery code.
pub fn recovery_problem(page: &Page, locked: Option<&Moment>, word: &str) -> Option<Problem> {
    told(page, locked, word, ["mfa-recovery-missing", "mfa-recovery-wrong"])
}

fn told(page: &Page, locked: Option<&Moment>, word: &str, [missing, wrong]: [&str; 2]) -> Option<Problem> {
    let summary = match (locked, word) {
        (Some(until), _) => page.with("mfa-locked", &[("until", &until.told(page.words()))]),
        (None, "missing") => page.t(missing).into_owned(),
        (None, "wrong") => page.t(wrong).into_owned(),
        _ => return None,
    };
    Some(Problem { summary, field: "code" })
}
