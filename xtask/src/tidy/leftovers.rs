//! What an author forgot to take along.

use super::tree::{File, Tree};
use super::{Finding, Rule};

/// Written in halves so that this file does not find itself.
const NOTES_TO_SELF: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!("),
    concat!("db", "g!("),
    concat!("unimple", "mented!("),
];

pub const NOTES: Rule = Rule {
    why: "a note to a later self is read by a stranger as a promise",
    way_out: "do it now, or write an issue and leave the code as if it were whole",
    check: |tree| {
        each_line(tree, |line| NOTES_TO_SELF.iter().find(|note| has_word(line, note)).map(|note| format!("`{note}`")))
    },
};

pub const WHITESPACE: Rule = Rule {
    why: "what nobody can see shows up in every later diff",
    way_out: "let the editor follow .editorconfig",
    check: |tree| {
        let mut findings = each_line(tree, |line| {
            let end = line.trim_end_matches('\r');
            (line.contains('\r') || end.ends_with([' ', '\t'])).then(|| "space at the end of the line".to_owned())
        });
        let open = ours(tree).filter(|file| !file.text.is_empty() && !file.text.ends_with('\n'));
        findings.extend(
            open.map(|file| Finding::new(&file.path, file.text.lines().count(), "no newline at the end of the file")),
        );
        findings
    },
};

/// Snapshots and lock files are written by machines.
fn ours(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| !matches!(file.extension(), "snap" | "lock") && file.name() != "package-lock.json")
}

fn each_line(tree: &Tree, what: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in ours(tree) {
        // `lines()` would hide a carriage return.
        for (index, line) in file.text.split('\n').enumerate() {
            findings.extend(what(line).map(|what| Finding::new(&file.path, index + 1, what)));
        }
    }
    findings
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let touches = |text: Option<&str>, last: bool| {
            let c = text.and_then(|text| if last { text.chars().next_back() } else { text.chars().next() });
            c.is_some_and(|c| c.is_alphanumeric() || c == '_')
        };
        !touches(line.get(..at), true) && (word.ends_with('(') || !touches(line.get(at + word.len()..), false))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_to_a_later_self_is_found_and_a_word_with_it_inside_is_not() {
        let check = |text: &str| (NOTES.check)(&Tree::of(&[("a.rs", text)])).len();
        assert_eq!(check(&format!("// {}: later\n", NOTES_TO_SELF[0])), 1);
        assert_eq!(check(&format!("    {}x);\n", NOTES_TO_SELF[3])), 1);
        assert_eq!(check(&format!("MAS{}S\n", NOTES_TO_SELF[0])), 0);
    }

    #[test]
    fn invisible_things_at_the_end_are_found() {
        let check = |text| (WHITESPACE.check)(&Tree::of(&[("a.md", text)])).len();
        assert_eq!(check("a \n"), 1);
        assert_eq!(check("a\r\n"), 1);
        assert_eq!(check("a"), 1);
        assert_eq!(check("a\n"), 0);
    }
}
