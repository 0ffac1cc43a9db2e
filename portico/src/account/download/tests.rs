use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use store::Tx;

use super::file::{self, ACTIVITY, MOST};
use super::queries::{ACCOUNT, PARTS};
use super::tables::{Decision, TABLES, Why};
use crate::platform::test_db::TestDb;

/// Every table there is by now, and which of its columns say whose a row is.
async fn tables(test: &TestDb) -> BTreeMap<String, BTreeSet<String>> {
    // A foreign key to an account, or a column that is one by its name.
    let sql = "SELECT t.name, c.name, k.\"table\"
               FROM sqlite_master t JOIN pragma_table_info(t.name) c
               LEFT JOIN pragma_foreign_key_list(t.name) k ON k.\"from\" = c.name
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
    let rows = test.db.read("test", async |tx: &mut Tx| tx.all(sql, &[]).await).await.unwrap();
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let (table, column): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let leads_to: Option<String> = row.get(2).unwrap();
        let columns = tables.entry(table.clone()).or_default();
        let is_somebodys = leads_to.as_deref() == Some("accounts")
            || ["account_id", "subject", "identifier", "recipient", "sent_to"].contains(&column.as_str())
            || (table == "accounts" && column == "id");
        if is_somebodys {
            columns.insert(column);
        }
    }
    tables
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_a_decision_for_every_table() {
    let test = TestDb::open().await;
    let mut tables = tables(&test).await;
    tables.remove("schema_migrations");
    assert!(tables.len() > 40, "{tables:?}");
    let decided: BTreeMap<&str, Decision> = TABLES.iter().copied().collect();
    assert_eq!(decided.len(), TABLES.len(), "a table is decided twice");
    let missing: Vec<_> = tables.keys().filter(|table| !decided.contains_key(table.as_str())).collect();
    assert!(missing.is_empty(), "what of {missing:?} is in a download? Say so in account/download/tables.rs");
    let gone: Vec<_> = decided.keys().filter(|table| !tables.contains_key(**table)).collect();
    assert!(gone.is_empty(), "no such tables: {gone:?}");
    for (table, columns) in &tables {
        let is_somebodys = !columns.is_empty();
        assert!(
            !(is_somebodys && decided[table.as_str()] == Decision::NobodysOwn),
            "{table} is somebody's by {columns:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_nobody_has_decided_on_would_be_noticed() {
    let test = TestDb::open().await;
    test.write("CREATE TABLE diaries (id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts (id))").await;
    let tables = tables(&test).await;
    assert_eq!(tables["diaries"].iter().collect::<Vec<_>>(), ["account_id"]);
    assert!(TABLES.iter().all(|(table, _)| *table != "diaries"));
}

#[test]
fn what_is_decided_to_be_in_the_file_is_a_part_of_it() {
    let parts: BTreeSet<&str> = PARTS.iter().map(|part| part.name).chain([ACCOUNT.name, ACTIVITY]).collect();
    assert_eq!(parts.len(), PARTS.len() + 2, "two parts of one name");
    let promised: BTreeSet<&str> = TABLES
        .iter()
        .filter_map(|(_, decision)| match decision {
            Decision::In(part) => Some(*part),
            Decision::Out(_) | Decision::NobodysOwn => None,
        })
        .collect();
    assert_eq!(promised, parts);
}

/// The documentation's page tells of every part with every column, and of every reason.
#[test]
fn the_page_about_it_tells_of_every_part() {
    let page = include_str!("../../../../docs/operate/my-data.md");
    for part in PARTS.iter().chain([&ACCOUNT]) {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", part.name)));
        let row = row.unwrap_or_else(|| panic!("docs/operate/my-data.md does not tell of {}", part.name));
        for (column, _) in part.columns {
            assert!(row.contains(&format!("`{column}`")), "{}: {column}", part.name);
        }
    }
    for (table, decision) in TABLES {
        let is_told = page.contains(&format!("`{table}`"));
        assert!(
            is_told || !matches!(decision, Decision::Out(_)),
            "docs/operate/my-data.md does not tell why {table} is left out"
        );
    }
    let whys = [Why::OfABrowser, Why::ToldElsewhere, Why::OfAnOffice, Why::Unreadable, Why::Passing];
    for why in whys {
        assert!(TABLES.iter().any(|(_, decision)| *decision == Decision::Out(why)), "{why:?} is nobody's reason");
    }
}

#[test]
fn a_part_that_is_too_long_is_cut_and_says_so() {
    let mut file = file::File { text: "{\n".into(), cut: Vec::new() };
    let row = |number: usize| format!("{{\"number\":{number}}}");
    file.part("short", MOST, (0..MOST).map(row).collect());
    file.part("long", MOST, (0..=MOST).map(row).collect());
    file.part("none", MOST, Vec::new());
    file.text.push('}');
    assert_eq!(file.cut, ["long"]);
    let read: Value = serde_json::from_str(&file.text).unwrap();
    for (part, cut, rows) in [("short", false, MOST), ("long", true, MOST), ("none", false, 0)] {
        assert_eq!(read[part]["cut"], cut, "{part}");
        assert_eq!(read[part]["rows"].as_array().unwrap().len(), rows, "{part}");
    }
}
