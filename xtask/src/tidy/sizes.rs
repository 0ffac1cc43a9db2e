//! How long a file and a function may be.

use super::tree::{File, numbered};
use super::{Finding, Rule};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;
/// An excuse has to say why, so it is a sentence that begins like this.
const FILE_EXCUSE: &str = "This file is long because ";
const FUNCTION_EXCUSE: &str = "Long because ";

pub const FILES: Rule = Rule {
    why: "a reader holds a short file in the head; the median here is about 120 lines",
    way_out: "split it along its parts, or say in its opening comment: `This file is long because …`",
    check: |tree| tree.rust().filter_map(too_long).collect(),
};

pub const FUNCTIONS: Rule = Rule {
    why: "a function longer than a screen does more than its name says",
    way_out: "give its parts names, or say right above it: `// Long because …` (the order a reader needs)",
    check: |tree| tree.rust().flat_map(long_functions).collect(),
};

fn too_long(file: &File) -> Option<Finding> {
    let count = file.text.lines().count();
    let mut opening = file.text.lines().take_while(|line| line.starts_with("//"));
    let excused = opening.any(|line| line.contains(FILE_EXCUSE));
    (count > FILE_LINES && !excused)
        .then(|| Finding::new(&file.path, 1, format!("{count} lines; {FILE_LINES} are the limit")))
}

fn long_functions(file: &File) -> Vec<Finding> {
    let lines: Vec<&str> = file.rust.code.lines().collect();
    let mut findings = Vec::new();
    for (number, line) in numbered(&file.rust.code) {
        let Some(name) = function_name(line) else {
            continue;
        };
        let length = function_length(lines.get(number - 1..).unwrap_or_default());
        if length > FUNCTION_LINES && !excused(file, number) {
            let what = format!("function `{name}` has {length} lines; {FUNCTION_LINES} are the limit");
            findings.push(Finding::new(&file.path, number, what));
        }
    }
    findings
}

fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let modifiers = before.split_whitespace();
    let declares = modifiers.into_iter().all(|word| {
        matches!(word, "const" | "async" | "unsafe" | "extern" | "default")
            || word.starts_with("pub")
            || word.starts_with("in")
            || word.ends_with(')')
    });
    let name = after.split(['(', '<']).next()?;
    (declares && !name.is_empty()).then_some(name)
}

/// Relies on rustfmt: the brace that closes a body stands alone, as deep as its `fn`. A declaration without a body, or
/// one that is closed on its own line, has length 1.
fn function_length(lines: &[&str]) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let indent = first.len() - first.trim_start().len();
    let closing = format!("{}}}", " ".repeat(indent));
    let opens = lines.iter().find(|line| line.trim_end().ends_with(['{', ';', '}']));
    if !opens.is_some_and(|line| line.trim_end().ends_with('{')) {
        return 1;
    }
    lines.iter().position(|line| line.trim_end() == closing).map_or(1, |index| index + 1)
}

/// The comment and the attributes right above a function.
fn excused(file: &File, number: usize) -> bool {
    let lines: Vec<&str> = file.text.lines().take(number - 1).collect();
    let above = lines.iter().rev().map(|line| line.trim_start());
    above.take_while(|line| line.starts_with("//") || line.starts_with("#[")).any(|line| line.contains(FUNCTION_EXCUSE))
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;

    fn function(head: &str, lines: usize) -> String {
        format!("{head}pub(crate) async fn f<T>(\n    a: T,\n) {{\n{}}}\n", "    x();\n".repeat(lines - 4))
    }

    #[test]
    fn a_function_of_sixty_lines_is_the_longest_without_an_excuse() {
        let check = |text: &str| (FUNCTIONS.check)(&Tree::of(&[("a.rs", text)])).len();
        assert_eq!(check(&function("", 60)), 0);
        assert_eq!(check(&function("", 61)), 1);
        assert_eq!(check(&function("// Long because it is a table.\n#[must_use]\n", 61)), 0);
        assert_eq!(check(&format!("trait A {{\n    fn f(&self);\n}}\n{}", function("", 20))), 0);
    }

    #[test]
    fn a_file_may_say_why_it_is_long() {
        let check = |text: String| (FILES.check)(&Tree::of(&[("a.rs", &text)])).len();
        assert_eq!(check("x();\n".repeat(401)), 1);
        assert_eq!(check(format!("//! This file is long because it is one table.\n{}", "x();\n".repeat(401))), 0);
    }
}
