//! Who may know whom: a feature is a room with one door, and the platform knows no feature.

use super::tree::{File, Tree, line_of};
use super::{Finding, Rule};

const SOURCE: &str = "portico/src/";
/// Folders of `portico/src` that are no features.
const NO_FEATURES: [&str; 2] = ["platform", "testing"];

pub const SIGN_AT_THE_DOOR: Rule = Rule {
    why: "whoever enters a room should learn its rules at the door, in words",
    way_out: "open it with //! lines: what this room is, its rules, its states if it has any",
    check: |tree| {
        let doors =
            tree.rust().filter(|file| matches!(file.name(), "mod.rs" | "lib.rs") && !file.text.trim().is_empty());
        doors
            .filter(|file| !file.text.starts_with("//!"))
            .map(|file| Finding::new(&file.path, 1, format!("{} does not open with //!", file.name())))
            .collect()
    },
};

pub const PLATFORM_KNOWS_NO_FEATURE: Rule = Rule {
    why: "what every feature stands on must not lean on one of them",
    way_out: "pass what it needs as an argument or a trait of its own, or move the code into the feature",
    check: |tree| {
        let features = features(tree);
        let platform = tree.rust().filter(|file| file.path.starts_with("portico/src/platform/") && !file.is_test());
        let uses = platform.flat_map(|file| crate_paths(file).into_iter().map(move |path| (file, path)));
        uses.filter(|(_, path)| features.contains(&path.room.as_str()))
            .map(|(file, path)| Finding::new(&file.path, path.line, format!("platform uses crate::{}", path.room)))
            .collect()
    },
};

pub const FRONT_DOORS_ONLY: Rule = Rule {
    why: "what mod.rs does not offer may change without asking anybody",
    way_out: "use a function of the other feature's mod.rs, or add one there that says what you want to know",
    check: |tree| {
        let features = features(tree);
        let files = tree.rust().filter(|file| file.path.starts_with(SOURCE));
        let uses = files.flat_map(|file| crate_paths(file).into_iter().map(move |path| (file, path)));
        let strangers = uses.filter(|(file, path)| {
            features.contains(&path.room.as_str()) && !file.path.starts_with(&format!("{SOURCE}{}/", path.room))
        });
        strangers.flat_map(|(file, path)| side_doors(tree, file, &path)).collect()
    },
};

fn features(tree: &Tree) -> Vec<&str> {
    let mut rooms = tree.rooms(SOURCE);
    rooms.retain(|room| !NO_FEATURES.contains(room));
    rooms
}

/// Only a module that its feature made public can be entered; whatever else bears a file's name is a function.
fn side_doors(tree: &Tree, file: &File, path: &CratePath) -> Vec<Finding> {
    let room = &path.room;
    let Some(door) = tree.file(&format!("{SOURCE}{room}/mod.rs")) else { return Vec::new() };
    let open = |name: &&String| {
        let mut lines = door.rust.code.lines().map(str::trim);
        lines.any(|line| line.starts_with("pub") && line.ends_with(&format!(" mod {name};")))
    };
    let inside = path.names.iter().filter(open);
    inside
        .map(|name| Finding::new(&file.path, path.line, format!("crate::{room}::{name} is inside another feature")))
        .collect()
}

struct CratePath {
    line: usize,
    room: String,
    /// What is named right behind the room: one name, or the names of a `{…}` list.
    names: Vec<String>,
}

/// Every `crate::room::name` and `portico::room::name`, in `use` lines and in expressions.
fn crate_paths(file: &File) -> Vec<CratePath> {
    let code = &file.rust.code;
    let starts = code.match_indices("crate::").map(|(at, found)| (at, at + found.len()));
    starts
        .filter_map(|(at, end)| {
            let rest = code.get(end..)?;
            let room = identifier(rest);
            let behind = rest.get(room.len()..)?.strip_prefix("::").unwrap_or_default();
            Some(CratePath { line: line_of(code, at), room: room.to_owned(), names: first_names(behind) })
        })
        .collect()
}

fn first_names(behind: &str) -> Vec<String> {
    let Some(list) = behind.strip_prefix('{') else {
        return vec![identifier(behind).to_owned()];
    };
    let mut depth = 1;
    let mut names = vec![String::new()];
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(String::new()),
            _ if depth == 1 => names.last_mut().into_iter().for_each(|name| name.push(c)),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.iter().map(|name| identifier(name.trim_start()).to_owned()).collect()
}

fn identifier(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKOUT: (&str, &str) = ("portico/src/lockout/mod.rs", "//! x\npub mod rules;\nmod name;\n");

    fn front_doors(path: &str, text: &str) -> usize {
        (FRONT_DOORS_ONLY.check)(&Tree::of(&[LOCKOUT, (path, text)])).len()
    }

    #[test]
    fn a_feature_enters_another_one_by_its_front_door() {
        assert_eq!(front_doors("portico/src/mfa/check.rs", "use crate::lockout::Permit;"), 0);
        assert_eq!(front_doors("portico/src/mfa/check.rs", "use crate::lockout::rules::Permit;"), 1);
        assert_eq!(
            front_doors("portico/src/mfa/check.rs", "use crate::lockout::{\n    Permit, rules::{self, X},\n};"),
            1
        );
        assert_eq!(front_doors("portico/src/mfa/check.rs", "use crate::lockout::name;"), 0);
        assert_eq!(front_doors("portico/src/lockout/reserve.rs", "use crate::lockout::rules::Permit;"), 0);
        assert_eq!(front_doors("portico/src/mfa/check.rs", "// crate::lockout::rules"), 0);
    }

    #[test]
    fn the_platform_knows_no_feature() {
        let check =
            |text| (PLATFORM_KNOWS_NO_FEATURE.check)(&Tree::of(&[LOCKOUT, ("portico/src/platform/web/page.rs", text)]));
        assert_eq!(check("use crate::lockout::Permit;").len(), 1);
        assert_eq!(check("use crate::platform::clock::Time;").len(), 0);
    }
}
