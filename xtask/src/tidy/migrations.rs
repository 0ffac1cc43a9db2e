//! A migration that was shipped never changes: `portico/migrations/LOCK` keeps the SHA-256 of each.
//!
//! A file is shipped once it is listed there, which `cargo run -p xtask -- lock-migrations` does at a release. Until
//! then only the newest may be unlisted, and it may still change.

use std::fs;
use std::path::Path;

use anyhow::Result;
use sha2::{Digest, Sha256};

use super::tree::{File, Tree};
use super::{Finding, Rule};

const FOLDER: &str = "portico/migrations/";
const LOCK: &str = "portico/migrations/LOCK";

pub const LOCKED: Rule = Rule {
    why: "a database in the field has run the shipped text; another text under its name can never reach it",
    way_out: "put the old text back and write the change as a new migration",
    check: |tree| {
        let locked = tree.file(LOCK).map(entries).unwrap_or_default();
        let mut findings = numbering(tree);
        findings.extend(locked.iter().filter_map(|entry| changed(tree, entry)));
        let unlisted = |file: &&File| !locked.iter().any(|entry| entry.name == file.name());
        let waiting: Vec<&File> = migrations(tree).into_iter().filter(unlisted).collect();
        let newest = migrations(tree).last().map(|file| file.name());
        let too_old = waiting.iter().filter(|file| Some(file.name()) != newest);
        findings.extend(too_old.map(|file| Finding::new(&file.path, 1, "not locked, and no longer the newest")));
        findings
    },
};

struct Entry<'a> {
    line: usize,
    hash: &'a str,
    name: &'a str,
}

fn entries(lock: &File) -> Vec<Entry<'_>> {
    let lines = lock.lines().filter(|(_, text)| !text.starts_with('#'));
    lines
        .filter_map(|(line, text)| {
            let (hash, name) = text.split_once("  ")?;
            Some(Entry { line, hash, name })
        })
        .collect()
}

fn migrations(tree: &Tree) -> Vec<&File> {
    tree.with_extension("sql").filter(|file| file.path.starts_with(FOLDER)).collect()
}

fn changed(tree: &Tree, entry: &Entry) -> Option<Finding> {
    let what = match tree.file(&format!("{FOLDER}{}", entry.name)) {
        None => format!("{} was shipped and is gone", entry.name),
        Some(file) if hash(&file.text) != entry.hash => {
            format!("{} was shipped with another text", entry.name)
        }
        Some(_) => return None,
    };
    Some(Finding::new(LOCK, entry.line, what))
}

/// `0001_…`, `0002_…`: the order of names is the order of running, without a gap that a branch could fill later.
fn numbering(tree: &Tree) -> Vec<Finding> {
    let files = migrations(tree).into_iter().enumerate();
    files
        .filter(|(index, file)| !file.name().starts_with(&format!("{:04}_", index + 1)))
        .map(|(index, file)| Finding::new(&file.path, 1, format!("its name does not begin with {:04}_", index + 1)))
        .collect()
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lists every migration as shipped.
pub fn lock(root: &Path) -> Result<()> {
    let tree = Tree::load(root)?;
    let mut text = String::from(
        "# SHA-256 of every shipped migration; written by `cargo run -p xtask -- lock-migrations` at a release.\n",
    );
    for file in migrations(&tree) {
        text.push_str(&format!("{}  {}\n", hash(&file.text), file.name()));
    }
    fs::write(root.join(LOCK), text)?;
    println!("{LOCK}: {} migrations", migrations(&tree).len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "portico/migrations/0001_a.sql";
    const SECOND: &str = "portico/migrations/0002_b.sql";

    fn findings(lock: &str, files: &[(&str, &str)]) -> usize {
        (LOCKED.check)(&Tree::of(&[files, &[(LOCK, lock)]].concat())).len()
    }

    #[test]
    fn a_shipped_migration_is_frozen_and_the_newest_one_is_not() {
        let lock = format!("# x\n{}  0001_a.sql\n", hash("one\n"));
        assert_eq!(findings(&lock, &[(FIRST, "one\n"), (SECOND, "two\n")]), 0);
        assert_eq!(findings(&lock, &[(FIRST, "ONE\n"), (SECOND, "two\n")]), 1);
        assert_eq!(findings(&lock, &[(SECOND, "two\n")]), 2);
        assert_eq!(findings("", &[(FIRST, "one\n")]), 0);
        assert_eq!(findings("", &[(FIRST, "one\n"), (SECOND, "two\n")]), 1);
    }
}
