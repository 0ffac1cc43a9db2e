//! The page that takes a code: of a sign-in, and of a reset.

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
    pub problem: Option<Problem>,
}

/// What is wrong: a lock, or a word of this closed set.
pub fn problem(page: &Page, locked: Option<&Moment>, word: &str) -> Option<Problem> {
    let summary = match (locked, word) {
        (Some(until), _) => page.with("mfa-locked", &[("until", &until.text)]),
        (None, "missing") => page.t("mfa-missing").into_owned(),
        (None, "wrong") => page.t("mfa-wrong").into_owned(),
        _ => return None,
    };
    Some(Problem { summary, field: "code" })
}
