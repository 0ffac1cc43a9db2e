//! Languages beside each other: what a translation must keep of the English words, and what each language asks of its own
//! typography.

use std::collections::BTreeSet;

use super::tree::{File, Tree};
use super::words::{LOCALES, english, language, locale_files};
use super::{Finding, Rule};

pub const SAME_ARGUMENTS: Rule = Rule {
    why: "a translation without its name or its number says something else, and one that asks for more shows its key",
    way_out: "use the arguments ({ $name }) and attributes of the English words, and only messages that there are",
    check: |tree| {
        let known = english(tree);
        let others = locale_files(tree).filter(|file| language(file) != "en");
        others.flat_map(|file| strange(tree, file, &known)).collect()
    },
};

pub const TYPOGRAPHY: Rule = Rule {
    why: "a page that puts its marks as another language does reads like a forgery",
    way_out: "French: U+202F before : ; ? ! » and after «; Spanish: ¿ with ?, ¡ with !; both: ’ and not '",
    check: |tree| {
        let others = locale_files(tree).filter(|file| language(file) != "en");
        others.flat_map(|file| messages(file).into_iter().filter_map(|one| misprinted(file, &one))).collect()
    },
};

/// One message: its key, and everything up to the next.
struct Message<'a> {
    line: usize,
    key: &'a str,
    value: String,
}

impl Message<'_> {
    /// `$name` wherever it stands.
    fn arguments(&self) -> BTreeSet<&str> {
        self.value.split('$').skip(1).filter_map(word).collect()
    }

    /// `{ key }` of other messages.
    fn messages(&self) -> BTreeSet<&str> {
        let inner = self.value.split('{').skip(1).filter_map(|after| after.split_once('}'));
        inner.map(|(inner, _)| inner.trim()).filter(|inner| word(inner) == Some(inner)).collect()
    }

    /// `.name = …` on a line of its own.
    fn attributes(&self) -> BTreeSet<&str> {
        self.value.lines().filter_map(|line| word(line.trim_start().strip_prefix('.')?)).collect()
    }

    /// What a reader sees: an argument is a letter, a text in quotes is itself.
    fn shown(&self) -> String {
        let (mut shown, mut inner, mut depth) = (String::new(), String::new(), 0);
        for c in self.value.chars() {
            match (c, depth) {
                ('{', _) => depth += 1,
                ('}', 1) => {
                    depth = 0;
                    shown.push_str(inner.trim().strip_prefix('"').map_or("x", |text| text.trim_end_matches('"')));
                    inner.clear();
                }
                ('}', _) => depth -= 1,
                (c, 0) => shown.push(c),
                (c, _) => inner.push(c),
            }
        }
        shown
    }
}

fn word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    text.get(..end).filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn messages(file: &File) -> Vec<Message<'_>> {
    let mut messages: Vec<Message<'_>> = Vec::new();
    for (line, text) in file.lines() {
        if text.starts_with([' ', '\t']) {
            if let Some(message) = messages.last_mut() {
                message.value.push('\n');
                message.value.push_str(text);
            }
        } else if let Some((key, value)) = text.split_once('=').filter(|_| !text.starts_with('#')) {
            messages.push(Message { line, key: key.trim(), value: value.to_owned() });
        }
    }
    messages
}

fn strange(tree: &Tree, file: &File, known: &BTreeSet<&str>) -> Vec<Finding> {
    let Some(twin) = tree.file(&format!("{LOCALES}en/{}", file.name())) else { return Vec::new() };
    let english = messages(twin);
    let mut findings = Vec::new();
    for ours in messages(file) {
        let mut tell = |what: String| findings.push(Finding::new(&file.path, ours.line, what));
        if let Some(theirs) = english.iter().find(|one| one.key == ours.key) {
            for (sign, (here, there)) in
                [("$", (ours.arguments(), theirs.arguments())), (".", (ours.attributes(), theirs.attributes()))]
            {
                for name in here.symmetric_difference(&there) {
                    tell(format!("`{}`: {sign}{name} is in one language only", ours.key));
                }
            }
        }
        for name in ours.messages().difference(known) {
            tell(format!("`{}` shows `{name}`, which is no message", ours.key));
        }
    }
    findings
}

fn misprinted(file: &File, message: &Message<'_>) -> Option<Finding> {
    let shown = message.shown();
    let mark = match language(file) {
        _ if shown.contains(['\'', '"']) => Some("a typewriter's quotation mark"),
        "fr" => french(&shown),
        "es" => spanish(&shown),
        _ => None,
    };
    mark.map(|mark| Finding::new(&file.path, message.line, format!("`{}`: {mark}", message.key)))
}

fn french(shown: &str) -> Option<&'static str> {
    let chars: Vec<char> = shown.chars().collect();
    let spaced = chars.windows(3).all(|three| match three {
        // Of an address, a port or an hour, and not of a sentence.
        [_, ':', '/'] => true,
        [_, ':', after] if after.is_ascii_digit() => true,
        [before, ':' | ';' | '?' | '!' | '»', _] => *before == '\u{202f}',
        ['«', after, _] => *after == '\u{202f}',
        _ => true,
    });
    let ends = match chars.as_slice() {
        [.., before, ':' | ';' | '?' | '!' | '»'] => *before == '\u{202f}',
        _ => true,
    };
    (!spaced || !ends).then_some("no narrow no-break space (U+202F) beside a mark")
}

fn spanish(shown: &str) -> Option<&'static str> {
    let count = |mark: char| shown.chars().filter(|c| *c == mark).count();
    (count('¿') != count('?') || count('¡') != count('!')).then_some("a question or a call that only ends")
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "portico/locales/en/a.ftl";

    #[test]
    fn a_translation_keeps_the_arguments_and_shows_only_what_there_is() {
        let words = "a = In { $n } minutes\nb = B\n    .hint = H\n";
        let check = |es| (SAME_ARGUMENTS.check)(&Tree::of(&[(EN, words), ("portico/locales/es/a.ftl", es)])).len();
        assert_eq!(
            check("a = En { $n ->\n    [one] un\n   *[other] { $n }\n    } minutos\nb = { a }\n    .hint = H\n"),
            0
        );
        assert_eq!(check("a = En unos minutos\nb = B\n"), 2);
        assert_eq!(check("a = En { $n } o { $m }\nb = { gone }\n    .hint = H\n"), 2);
    }

    #[test]
    fn french_has_its_spaces() {
        let check = |fr: &str| (TYPOGRAPHY.check)(&Tree::of(&[("portico/locales/fr/a.ftl", fr)])).len();
        assert_eq!(check("a = Oublié\u{202f}? Lisez «\u{202f}{ b }\u{202f}»\u{202f}: https://a.example à 14:32\n"), 0);
        assert_eq!(check("c = { \"\u{202f}\" }:\nd = { $m ->\n    [a] b\n   *[c] d\n    } { $y }\n"), 0);
        for wrong in ["a = Oublié?", "a = Oublié ?", "a = Oublié\u{202f}; ou: là", "a = « Oui\u{202f}»", "a = l'un"]
        {
            assert_eq!(check(wrong), 1, "{wrong}");
        }
    }

    #[test]
    fn spanish_opens_its_questions() {
        let check = |es: &str| (TYPOGRAPHY.check)(&Tree::of(&[("portico/locales/es/a.ftl", es)])).len();
        assert_eq!(check("a = ¿Olvidó algo? Elija “{ b }”.\nb = ¡Hola!\n"), 0);
        assert_eq!(check("a = Olvidó algo?\nb = ¿Sí\nc = Hola!\n"), 3);
    }
}
