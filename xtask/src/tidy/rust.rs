//! Just enough of Rust's lexis to tell code from comments and strings. Knows nothing of grammar.

#[derive(Default)]
pub struct Rust {
    /// The source with comments and the insides of literals blanked; line numbers stay true.
    pub code: String,
    pub literals: Vec<Literal>,
    /// The line at which an inline `mod tests` begins; nothing below is shipped.
    pub tests_from: usize,
}

pub struct Literal {
    pub line: usize,
    /// Where its opening quote stands in `code`.
    pub at: usize,
    /// As written: escapes are not resolved.
    pub text: String,
}

impl Rust {
    pub fn scan(source: &str) -> Self {
        let mut scanner = Scanner { rest: source, line: 1, code: String::new(), literals: Vec::new() };
        while scanner.next() {}
        let tests_from = tests_from(&scanner.code);
        Self { code: scanner.code, literals: scanner.literals, tests_from }
    }

    /// Literals of what is shipped.
    pub fn shipped_literals(&self) -> impl Iterator<Item = &Literal> {
        self.literals.iter().filter(|literal| literal.line < self.tests_from)
    }

    /// The code right before a literal, without the space between.
    pub fn before(&self, literal: &Literal) -> &str {
        self.code.get(..literal.at).unwrap_or_default().trim_end()
    }
}

fn tests_from(code: &str) -> usize {
    let lines: Vec<&str> = code.lines().collect();
    let inline_tests = lines.windows(2).position(|pair| match pair {
        [attribute, module] => {
            attribute.trim() == "#[cfg(test)]" && module.starts_with("mod ") && module.ends_with('{')
        }
        _ => false,
    });
    inline_tests.map_or(usize::MAX, |index| index + 1)
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else {
            return false;
        };
        if self.rest.starts_with("//") {
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            self.blank(end);
        } else if self.rest.starts_with("/*") {
            self.blank(block_comment_end(self.rest));
        } else if let Some(hashes) = raw_string(self.rest).filter(|_| !self.in_word()) {
            self.raw_literal(hashes);
        } else if first == '"' {
            self.literal(1, string_end(self.rest), 1);
        } else if first == '\'' {
            // A lifetime is no literal: it has no closing quote where one would have to be.
            match char_end(self.rest) {
                Some(end) => self.blank(end),
                None => self.keep(1),
            }
        } else {
            self.keep(first.len_utf8());
        }
        true
    }

    /// Whether the next character goes on with an identifier: the `r` of `for"` starts nothing.
    fn in_word(&self) -> bool {
        self.code.ends_with(|last: char| last.is_alphanumeric() || last == '_')
    }

    fn raw_literal(&mut self, hashes: usize) {
        let opening = self.rest.find('"').unwrap_or_default() + 1;
        let closing = format!("\"{}", "#".repeat(hashes));
        let inside = self.rest.get(opening..).and_then(|rest| rest.find(&closing));
        let end = inside.map_or(self.rest.len(), |inside| opening + inside + closing.len());
        self.literal(opening, end, closing.len());
    }

    fn literal(&mut self, opening: usize, end: usize, closing: usize) {
        let text = self.rest.get(opening..end.saturating_sub(closing)).unwrap_or_default();
        self.literals.push(Literal { line: self.line, at: self.code.len(), text: text.to_owned() });
        self.blank(end);
    }

    fn keep(&mut self, bytes: usize) {
        let taken = self.take(bytes);
        self.code.push_str(taken);
    }

    fn blank(&mut self, bytes: usize) {
        let taken = self.take(bytes);
        self.code.extend(taken.chars().map(|c| if c == '\n' { c } else { ' ' }));
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }
}

/// The number of `#` if a raw string (`r"`, `br#"`, `cr"`) begins here.
fn raw_string(rest: &str) -> Option<usize> {
    let rest = rest.strip_prefix(['b', 'c']).unwrap_or(rest).strip_prefix('r')?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest.trim_start_matches('#').starts_with('"').then_some(hashes)
}

fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (index, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

fn char_end(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        chars.next()?;
        return chars.find(|(_, c)| *c == '\'').map(|(index, _)| index + 1);
    }
    chars.next().filter(|(_, c)| *c == '\'').map(|(index, _)| index + 1)
}

fn block_comment_end(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut skip = false;
    for (index, pair) in rest.as_bytes().windows(2).enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        match pair {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => continue,
        }
        skip = true;
        if depth == 0 {
            return index + 2;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_and_blanked_and_lifetimes_are_not_strings() {
        let source = "fn f<'a>(x: &'a str) { g('\"', '\\'', \"one \\\" // two\", r#\"three \"x\" \"#) } // \"four\"\n/* \"five\" /* */ */ h(\"six\")\n";
        let rust = Rust::scan(source);
        let texts: Vec<&str> = rust.literals.iter().map(|literal| literal.text.as_str()).collect();
        assert_eq!(texts, ["one \\\" // two", "three \"x\" ", "six"]);
        assert_eq!(rust.literals[2].line, 2);
        assert!(rust.before(&rust.literals[2]).ends_with("h("));
        assert!(!rust.code.contains("two"));
    }

    #[test]
    fn what_stands_below_an_inline_test_module_is_not_shipped() {
        let rust = Rust::scan("f(\"a\");\n#[cfg(test)]\nmod tests {\n    g(\"b\");\n}\n");
        assert_eq!(rust.shipped_literals().count(), 1);
    }
}
