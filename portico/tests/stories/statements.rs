//! Every statement of the product is understood by both engines.

use std::fs;
use std::path::{Path, PathBuf};

use crate::stories;

const VERBS: [&str; 4] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];

/// All files of the product that hold SQL.
fn queries(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(queries(&path));
        } else if path.file_name().is_some_and(|name| name == "queries.rs") {
            found.push(path);
        }
    }
    found
}

/// The string literals of a Rust file; a backslash at the end of a line joins it to the next one, as in Rust.
pub fn literals(source: &str) -> Vec<String> {
    let code: String =
        source.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect();
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find('"') {
        let body = &rest[start + 1..];
        let end = body.char_indices().find(|(at, c)| *c == '"' && !body[..*at].ends_with('\\')).unwrap().0;
        found.push(body[..end].replace("\\\n", "").replace("\\\"", "\"").trim().to_owned());
        rest = &body[end + 1..];
    }
    found
}

#[test]
fn literals_are_read_as_rust_reads_them() {
    let source = "f(\"SELECT \\\"a\\\"\n  FROM b\", &[&x]); // \"not this\"\ng(\"\nDELETE FROM c\")";
    assert_eq!(literals(source), ["SELECT \"a\"\n  FROM b", "DELETE FROM c"]);
}

stories! {
    async fn every_statement_prepares(app: TestApp) {
        let files = queries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let mut count = 0;
        let mut faults = Vec::new();
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            for sql in literals(&source) {
                if !VERBS.iter().any(|verb| sql.starts_with(verb)) {
                    continue;
                }
                count += 1;
                if let Err(error) = app.app().db.prepare(&sql).await {
                    faults.push(format!("{}: {error:?}\n{sql}", file.display()));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n\n"));
        assert!(count > 80, "only {count} statements were found");
    }

    async fn a_statement_one_engine_does_not_understand_is_noticed(app: TestApp) {
        for sql in ["SELECT nothing FROM nowhere", "SELECT id FROM accounts WHERE", "UPDATE audit SET none = $1"] {
            assert!(app.app().db.prepare(sql).await.is_err(), "{sql}");
        }
    }
}
