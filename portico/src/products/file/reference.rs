//! The reference, made of the doc comments of the tables.

use super::{Key, Table};

pub fn table(table: &Table) -> String {
    let keys: String = table.keys.iter().map(key).collect();
    format!(
        "### `{}`\n\n{}\n\n| key | is | if left out |\n| --- | --- | --- |\n{keys}\n",
        table.name,
        flowing(table.about)
    )
}

fn key(key: &Key) -> String {
    let default = if key.default == "required" { "**required**" } else { key.default };
    format!("| `{}` | {} ({}) | {default} |\n", key.name, flowing(key.about), key.kind)
}

fn flowing(about: &str) -> String {
    about.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}
