//! No bare text in a template: every word a person reads comes from the words of their language.

use super::tree::{File, line_of};
use super::{Finding, Rule};

/// What a screen reader or a browser reads aloud from an attribute.
const SPOKEN: [&str; 5] = ["alt", "title", "aria-label", "placeholder", "aria-description"];

pub const NO_BARE_TEXT: Rule = Rule {
    why: "text in a template speaks English to everybody",
    way_out: "give it a key in portico/locales/en/<feature>.ftl and show it with {{ page.t(\"key\") }}",
    check: |tree| {
        let templates = tree.with_extension("html").filter(|file| file.path.starts_with("portico/src/"));
        templates.flat_map(|file| [bare_text(file), spoken_attributes(file)]).flatten().collect()
    },
};

/// Attributes that stand outside a tag, because a macro gives them to one.
const LONE_ATTRIBUTES: [&str; 6] = ["autofocus", "checked", "disabled", "hidden", "required", "selected"];

fn bare_text(file: &File) -> Vec<Finding> {
    let mut text = file.text.clone();
    for (open, close) in [
        // What a page calls its own shape is a class, not a word.
        ("{% block shape %}", "{% endblock %}"),
        ("{#", "#}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("<!--", "-->"),
        ("<style", "</style>"),
        ("<script", "</script>"),
        ("<", ">"),
    ] {
        text = blank(&text, open, close);
    }
    let lines = text.lines().enumerate();
    let words = lines.filter_map(|(index, line)| Some((index + 1, first_word(line)?)));
    words.map(|(line, word)| Finding::new(&file.path, line, format!("bare text: {word}"))).collect()
}

fn spoken_attributes(file: &File) -> Vec<Finding> {
    let mut text = file.text.clone();
    for (open, close) in [("{#", "#}"), ("{{", "}}"), ("{%", "%}")] {
        text = blank(&text, open, close);
    }
    let mut findings = Vec::new();
    for name in SPOKEN {
        let opening = format!(" {name}=\"");
        for (at, _) in text.match_indices(&opening) {
            let value = text.get(at + opening.len()..).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            if let Some(word) = first_word(value) {
                findings.push(Finding::new(&file.path, line_of(&text, at), format!("bare text in {name}: {word}")));
            }
        }
    }
    findings
}

fn first_word(text: &str) -> Option<String> {
    // `&nbsp;` and its kind are signs, not words.
    let text = blank(text, "&", ";");
    let words = text.split_whitespace().filter(|word| !word.contains("=\"") && !LONE_ATTRIBUTES.contains(word));
    let mut parts = words.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    parts.find(|part| !part.is_empty()).map(str::to_owned)
}

/// Takes out everything from `open` to `close`, keeping the lines.
fn blank(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(open) {
        let Some((taken, after)) = inside.split_once(close) else {
            break;
        };
        kept.push_str(before);
        kept.push(' ');
        kept.extend(taken.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;

    fn findings(text: &str) -> usize {
        (NO_BARE_TEXT.check)(&Tree::of(&[("portico/src/portal/home.html", text)])).len()
    }

    #[test]
    fn words_in_a_template_are_found_wherever_a_person_meets_them() {
        assert_eq!(
            findings("<p class=\"x\">{{ page.t(\"a\") }} · 1&nbsp;2</p>{# note #}\n{% if a > b %}<br>{% endif %}"),
            0
        );
        assert_eq!(findings("{% block shape %}wide{% endblock %}"), 0);
        assert_eq!(findings("<p>Hello</p>"), 1);
        assert_eq!(findings("{% if first %} aria-invalid=\"true\" autofocus{% endif %}"), 0);
        assert_eq!(findings("<img alt=\"Logo\">"), 1);
        assert_eq!(findings("<img alt=\"{{ page.brand.name }}\" data-title=\"x\">"), 0);
    }
}
