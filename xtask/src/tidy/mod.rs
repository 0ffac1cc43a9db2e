//! The conventions of STYLE.md, as far as a machine can see them.
//!
//! One rule is one function from the tree to its findings, with a sentence why and a sentence on the way out, and one
//! line in `RULES`. Rules read text, not types: where one is a heuristic it errs towards silence, because a rule that
//! cries wolf gets switched off.

mod dependencies;
mod languages;
mod leftovers;
pub mod migrations;
mod paths;
mod rooms;
mod rust;
mod sizes;
mod sql;
mod templates;
mod tree;
mod words;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use tree::Tree;

pub struct Rule {
    pub why: &'static str,
    pub way_out: &'static str,
    pub check: fn(&Tree) -> Vec<Finding>,
}

pub struct Finding {
    pub file: String,
    pub line: usize,
    pub what: String,
}

impl Finding {
    fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into() }
    }
}

const RULES: [Rule; 21] = [
    sizes::FILES,
    sizes::FUNCTIONS,
    rooms::SIGN_AT_THE_DOOR,
    rooms::PLATFORM_KNOWS_NO_FEATURE,
    rooms::FRONT_DOORS_ONLY,
    sql::ONE_PLACE,
    sql::PORTABLE,
    paths::EXIST,
    paths::EVERY_ROOM_ON_THE_MAP,
    words::EXIST,
    words::USED,
    words::COMPLETE,
    languages::SAME_ARGUMENTS,
    languages::TYPOGRAPHY,
    templates::NO_BARE_TEXT,
    leftovers::NOTES,
    leftovers::WHITESPACE,
    dependencies::EXPLAINED,
    dependencies::STILL_THERE,
    dependencies::NO_HOSTS,
    migrations::LOCKED,
];

pub fn run(root: &Path) -> Result<ExitCode> {
    let tree = Tree::load(root)?;
    let mut count = 0;
    for rule in RULES {
        let findings = (rule.check)(&tree);
        for Finding { file, line, what } in &findings {
            println!("{file}:{line}: {what}");
        }
        if !findings.is_empty() {
            println!("    Why: {}\n    The way out: {}\n", rule.why, rule.way_out);
        }
        count += findings.len();
    }
    if count == 0 {
        println!("tidy: {} rules hold in {} files", RULES.len(), tree.files.len());
        return Ok(ExitCode::SUCCESS);
    }
    println!("tidy: {count} findings");
    Ok(ExitCode::FAILURE)
}
