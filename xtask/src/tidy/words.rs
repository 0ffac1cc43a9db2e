//! Words: every key that a page or a mail asks for is in the English files, every key there is asked for, and every
//! language has the same keys.

use std::collections::BTreeSet;

use super::tree::{File, Tree, line_of};
use super::{Finding, Rule};

pub const LOCALES: &str = "portico/locales/";
const SOURCE: &str = "portico/src/";

pub const EXIST: Rule = Rule {
    why: "a missing key shows its name to a person who wanted to sign in",
    way_out: "add the key to portico/locales/en/<feature>.ftl, and to the other languages",
    check: |tree| {
        let known = english(tree);
        let files = tree.files.iter().filter(|file| file.path.starts_with(SOURCE));
        let asked = files.flat_map(|file| asked_for(file).into_iter().map(move |(line, key)| (file, line, key)));
        asked
            .filter(|(_, _, key)| !known.contains(key))
            .map(|(file, line, key)| Finding::new(&file.path, line, format!("no English words for `{key}`")))
            .collect()
    },
};

pub const USED: Rule = Rule {
    why: "words that nobody shows are still translated, reviewed and believed",
    way_out: "delete the key in every language",
    check: |tree| {
        let files: Vec<&File> = locale_files(tree).filter(|file| language(file) == "en").collect();
        let keys = files.iter().flat_map(|file| keys(file).into_iter().map(move |(line, key)| (file, line, key)));
        let shown = Shown::by(tree);
        keys.filter(|(_, _, key)| !shown.has(key))
            .map(|(file, line, key)| Finding::new(&file.path, line, format!("nothing shows `{key}`")))
            .collect()
    },
};

pub const COMPLETE: Rule = Rule {
    why: "a page half in one language and half in another reads like a forgery",
    way_out: "translate the key, or take the surplus one out",
    check: |tree| {
        let mut findings = Vec::new();
        let languages: BTreeSet<&str> = locale_files(tree).map(language).collect();
        let files: BTreeSet<&str> = locale_files(tree).map(File::name).collect();
        for (language, name) in languages.iter().flat_map(|language| files.iter().map(move |name| (language, name))) {
            let path = format!("{LOCALES}{language}/{name}");
            let ours = tree.file(&path).map(key_set).unwrap_or_default();
            let english = tree.file(&format!("{LOCALES}en/{name}")).map(key_set).unwrap_or_default();
            let different = english.symmetric_difference(&ours);
            findings.extend(different.map(|key| Finding::new(&path, 1, format!("`{key}` is in one language only"))));
        }
        findings
    },
};

pub fn locale_files(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.with_extension("ftl").filter(|file| file.path.starts_with(LOCALES))
}

pub fn language(file: &File) -> &str {
    file.path.strip_prefix(LOCALES).and_then(|rest| rest.split('/').next()).unwrap_or_default()
}

pub fn english(tree: &Tree) -> BTreeSet<&str> {
    locale_files(tree).filter(|file| language(file) == "en").flat_map(key_set).collect()
}

fn key_set(file: &File) -> BTreeSet<&str> {
    keys(file).into_iter().map(|(_, key)| key).collect()
}

/// `key = words` and `-term = words` at the beginning of a line.
fn keys(file: &File) -> Vec<(usize, &str)> {
    let named = file.lines().filter_map(|(number, line)| Some((number, line.split_once('=')?.0.trim_end())));
    named.filter(|(_, key)| key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') && is_key(key)).collect()
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The keys given to `.t("…")` and `.with("…"`. The room of words itself is left out: its tests ask for missing ones.
fn asked_for(file: &File) -> Vec<(usize, &str)> {
    if file.is_test() || file.path.starts_with("portico/src/platform/i18n") {
        return Vec::new();
    }
    match file.extension() {
        "rs" => {
            let asked = file.rust.shipped_literals().filter(|literal| {
                let before = file.rust.before(literal);
                (before.ends_with(".t(") || before.ends_with(".with(")) && is_key(&literal.text)
            });
            asked.map(|literal| (literal.line, literal.text.as_str())).collect()
        }
        "html" => [".t(", ".with("].iter().flat_map(|call| in_template(&file.text, call)).collect(),
        _ => Vec::new(),
    }
}

fn in_template<'a>(text: &'a str, call: &str) -> Vec<(usize, &'a str)> {
    let calls = text.match_indices(call);
    calls
        .filter_map(|(at, _)| {
            let argument = text.get(at + call.len()..)?.trim_start().strip_prefix('"')?;
            Some((line_of(text, at), argument.split('"').next()?))
        })
        .collect()
}

/// What is shown: by a page, by code that names it (and may pass it on or complete it), as part of other words.
struct Shown<'a> {
    whole: BTreeSet<&'a str>,
    /// Texts of code that may be completed to a key.
    parts: Vec<&'a str>,
}

impl<'a> Shown<'a> {
    fn by(tree: &'a Tree) -> Shown<'a> {
        let code = tree.with_extension("rs").filter(|file| file.path.starts_with(SOURCE));
        let literals = code.flat_map(|file| &file.rust.literals).map(|literal| literal.text.as_str());
        let (parts, named): (Vec<&str>, Vec<&str>) = literals.partition(|text| text.contains('{'));
        let pages = tree.with_extension("html").flat_map(|file| quoted(&file.text));
        let words = tree.with_extension("ftl").flat_map(|file| placed(&file.text));
        Shown { whole: pages.chain(words).chain(named).collect(), parts }
    }

    fn has(&self, key: &str) -> bool {
        self.whole.contains(key) || self.parts.iter().any(|text| can_be(text, key))
    }
}

/// Whatever stands between two quotes, on either side of them.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let last = text.matches('"').count();
    text.split('"').enumerate().filter(move |(at, _)| (1..last).contains(at)).map(|(_, piece)| piece)
}

/// `{ key }`, `{ -term(…) }` and `{ key.attribute }` in words.
fn placed(text: &str) -> impl Iterator<Item = &str> {
    text.split("{ ").skip(1).filter_map(|rest| {
        let end = [" }", "(", "."].iter().filter_map(|end| rest.find(end)).min()?;
        rest.get(..end)
    })
}

/// Whether code completes this text to the key: `web-error-{kind}-text`.
fn can_be(text: &str, key: &str) -> bool {
    let Some((first, rest)) = text.split_once('{') else { return false };
    let last = rest.rsplit_once('}').map_or("", |(_, last)| last);
    let outside = first.ends_with('-') && is_key(first) && (last.is_empty() || is_key(last));
    outside && key.starts_with(first) && key.ends_with(last) && key.len() > first.len() + last.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "portico/locales/en/sign-in.ftl";
    const PAGE: &str = "portico/src/sign_in/identify.html";
    const CODE: &str = "portico/src/sign_in/pages.rs";

    #[test]
    fn a_key_that_a_page_or_code_asks_for_must_exist() {
        let words = "# x = y\ntitle = Sign in\n    .aria = x\n";
        let check = |path, text| (EXIST.check)(&Tree::of(&[(EN, words), (path, text)])).len();
        assert_eq!(check(PAGE, "{{ page.t(\"title\") }}\n{{ page.with(\n  \"title\", &[]) }}"), 0);
        assert_eq!(check(PAGE, "{{ page.t(\"gone\") }}"), 1);
        assert_eq!(check(CODE, "words.t(\n    \"gone\",\n)"), 1);
        assert_eq!(check(CODE, "layers.with(Some(\"gone\"))"), 0);
    }

    #[test]
    fn a_key_that_nobody_shows_is_found() {
        let check = |code| (USED.check)(&Tree::of(&[(EN, "-brand = P\ntitle = { -brand }\n"), (CODE, code)])).len();
        assert_eq!(check("let key = \"title\";"), 0);
        assert_eq!(check("format!(\"ti-{x}\")"), 1);
        assert_eq!(check(""), 1);
    }

    #[test]
    fn a_key_that_code_completes_is_shown() {
        assert!(can_be("web-error-{kind}-text", "web-error-busy-text"));
        assert!(!can_be("web-error-{kind}-text", "web-error-busy"));
        assert!(!can_be("{kind}-text", "web-error-busy-text"));
    }

    #[test]
    fn languages_have_the_same_keys() {
        let check =
            |es| (COMPLETE.check)(&Tree::of(&[(EN, "a = A\nb = B\n"), ("portico/locales/es/sign-in.ftl", es)])).len();
        assert_eq!(check("a = A\nb = B\n"), 0);
        assert_eq!(check("a = A\nc = C\n"), 2);
        let other = ("portico/locales/fr/other.ftl", "");
        let without = (COMPLETE.check)(&Tree::of(&[(EN, "a = A\n"), other]));
        assert_eq!(without.len(), 1, "a file that a language lacks lacks all of its keys");
    }
}
