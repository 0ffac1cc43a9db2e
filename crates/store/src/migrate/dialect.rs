//! The few words in which the engines differ.

use crate::Engine;

/// The statements of a migration in an engine's own types. A statement ends with `;` at the end of a line; a line that
/// begins with `--` is a comment.
pub(super) fn translate(engine: Engine, sql: &str) -> String {
    statements(sql)
        .into_iter()
        .map(|statement| match engine {
            Engine::Sqlite => strict(&replace_word(&statement, "BIGINT", "INTEGER")),
            Engine::Postgres => replace_word(&statement, "BLOB", "BYTEA"),
        })
        .map(|statement| statement + ";\n")
        .collect()
}

fn statements(sql: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut current = String::new();
    let lines = sql.lines().map(str::trim_end);
    for line in lines.filter(|line| !line.is_empty() && !line.trim_start().starts_with("--")) {
        if let Some(last) = line.strip_suffix(';') {
            current.push_str(last);
            all.push(std::mem::take(&mut current));
        } else {
            current.push_str(line);
            current.push('\n');
        }
    }
    if !current.trim().is_empty() {
        all.push(current);
    }
    all
}

/// Without STRICT, SQLite would store a text in an integer column, which PostgreSQL refuses. Without WITHOUT ROWID, a table
/// whose key is a text would be two trees, and every row would be written to both. Tables made before stay as they are.
fn strict(statement: &str) -> String {
    let statement = statement.trim();
    if statement.starts_with("CREATE TABLE") && statement.ends_with(')') {
        let keyed = statement.contains("PRIMARY KEY");
        format!("{statement} STRICT{}", if keyed { ", WITHOUT ROWID" } else { "" })
    } else {
        statement.to_owned()
    }
}

/// Replaces whole words outside of quotes.
fn replace_word(sql: &str, from: &str, to: &str) -> String {
    // Odd pieces lie between single quotes; a doubled quote inside a text only adds an empty piece.
    let pieces: Vec<String> = sql
        .split('\'')
        .enumerate()
        .map(|(index, piece)| if index % 2 == 0 { replace_in_code(piece, from, to) } else { piece.to_owned() })
        .collect();
    pieces.join("'")
}

fn replace_in_code(code: &str, from: &str, to: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(length);
        out.push_str(if piece == from { to } else { piece });
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "-- BLOB; said here is no statement;\nCREATE TABLE keys (\n    -- sealed\n    \
                         id BIGINT PRIMARY KEY,\n    BIGINT_like BLOB DEFAULT 'BLOB BIGINT'\n);\n\nCREATE INDEX i ON keys (id);\n";

    #[test]
    fn sqlite_gets_integers_and_strict_tables() {
        assert_eq!(
            translate(Engine::Sqlite, TABLE),
            "CREATE TABLE keys (\n    id INTEGER PRIMARY KEY,\n    BIGINT_like BLOB DEFAULT 'BLOB BIGINT'\n) STRICT, WITHOUT ROWID;\n\
             CREATE INDEX i ON keys (id);\n"
        );
    }

    #[test]
    fn postgres_gets_bytea() {
        assert_eq!(
            translate(Engine::Postgres, TABLE),
            "CREATE TABLE keys (\n    id BIGINT PRIMARY KEY,\n    BIGINT_like BYTEA DEFAULT 'BLOB BIGINT'\n);\n\
             CREATE INDEX i ON keys (id);\n"
        );
    }

    #[test]
    fn a_statement_without_its_last_semicolon_counts() {
        assert_eq!(translate(Engine::Sqlite, "SELECT 1"), "SELECT 1;\n");
    }
}
