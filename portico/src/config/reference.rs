//! The reference page, made of the doc comments in `sections.rs`.

use super::reader::variable;
use super::section::{Field, Section};
use super::sections::SECTIONS;

const HEAD: &str = "\
# Configuration

Portico reads one TOML file (`portico serve --config portico.toml`) and, above it, the environment: `PORTICO_` and the
key in capitals, with `__` for each dot. Unknown keys and unknown `PORTICO_` variables are errors. A secret can be kept in a
file of its own, named by the same key with `_file` at its end. `portico check-config` tells everything that is wrong.

This page is made from the program: `UPDATE_DOCS=1 cargo test -p portico configuration_page`.
";

/// The whole page, as Markdown.
pub fn page() -> String {
    let sections: String = SECTIONS.iter().map(section).collect();
    format!("{HEAD}{sections}")
}

fn section(section: &Section) -> String {
    let fields: String = section.fields.iter().map(field).collect();
    format!("\n{}{fields}", lines(section.about))
}

fn field(field: &Field) -> String {
    let Field { key, kind, about, .. } = field;
    let variable = variable(key);
    let default = match field.default {
        "required" => "**required**".to_owned(),
        "none" => "not set by default".to_owned(),
        value => format!("default `{value}`"),
    };
    let file = if field.secret { format!(", or `{key}_file`") } else { String::new() };
    format!("\n### `{key}`{file}\n\n{kind} · {default} · `{variable}`\n\n{}", lines(about))
}

// The compiler leaves the blank after `///` in place.
fn lines(about: &str) -> String {
    about.lines().map(|line| format!("{}\n", line.trim())).collect()
}

impl Field {
    /// The first sentence about a key.
    pub fn summary(&self) -> String {
        let flowing = self.about.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        flowing.split_once(". ").map_or_else(|| flowing.trim().to_owned(), |(first, _)| format!("{first}."))
    }
}
