//! Where SQL may stand, and what it may say on two engines.

use super::rust::Literal;
use super::tree::{File, Tree};
use super::{Finding, Rule};

const VERBS: [&str; 6] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE"];
const ONE_ENGINE_ONLY: [&str; 8] =
    ["SELECT *", "ILIKE", "SKIP LOCKED", "NOW()", "CURRENT_TIMESTAMP", "::TEXT", "::BIGINT", "GROUP_CONCAT"];

pub const ONE_PLACE: Rule = Rule {
    why: "all SQL of a feature lies side by side, so that a test can prepare it and a reader can check its keys",
    way_out: "move the statement into the feature's queries.rs and call it by a name",
    check: |tree| {
        let elsewhere = shipped(tree).filter(|file| !is_queries(file));
        elsewhere
            .flat_map(|file| statements(file).map(|sql| Finding::new(&file.path, sql.line, "SQL outside queries.rs")))
            .collect()
    },
};

pub const PORTABLE: Rule = Rule {
    why: "one text runs on SQLite and PostgreSQL, and a second dialect drifts into a second behavior",
    way_out: "name the columns; keep normalized forms in columns of their own; take the time from tx.now(); claim rows by a conditional UPDATE",
    check: |tree| shipped(tree).flat_map(unportable).collect(),
};

/// `crates/store` is the one that knows the engines; tests may look into tables.
fn shipped(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.rust().filter(|file| file.path.starts_with("portico/src/") && !file.is_test())
}

fn is_queries(file: &File) -> bool {
    file.name() == "queries.rs" || file.path.contains("/queries/")
}

fn statements(file: &File) -> impl Iterator<Item = &Literal> {
    file.rust.shipped_literals().filter(|literal| is_statement(&literal.text))
}

fn is_statement(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
    let verb = text.split_whitespace().next().unwrap_or_default();
    VERBS.contains(&verb) && text.len() > verb.len()
}

fn unportable(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sql in statements(file) {
        let text = sql.text.to_uppercase();
        for banned in ONE_ENGINE_ONLY.iter().filter(|banned| text.contains(**banned)) {
            findings.push(Finding::new(&file.path, sql.line, format!("`{banned}` in SQL")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_stands_in_queries_only() {
        let check = |path, text| (ONE_PLACE.check)(&Tree::of(&[(path, text)])).len();
        let sql = "const A: &str = \"SELECT id FROM accounts\";";
        assert_eq!(check("portico/src/people/pages.rs", sql), 1);
        assert_eq!(check("portico/src/people/queries.rs", sql), 0);
        assert_eq!(check("portico/src/people/tests.rs", sql), 0);
        assert_eq!(check("portico/src/people/pages.rs", "f(\"SELECTED\", \"With this\", \"UPDATE\")"), 0);
    }

    #[test]
    fn sql_of_one_engine_is_refused() {
        let check = |text| (PORTABLE.check)(&Tree::of(&[("portico/src/people/queries.rs", text)])).len();
        assert_eq!(check("f(\"SELECT * FROM a\")"), 1);
        assert_eq!(check("f(\"SELECT COUNT(*) FROM a\")"), 0);
    }
}
