//! The map is tested: what a document names is there, and what is there is on the map.

use super::tree::{File, Tree};
use super::{Finding, Rule};

const MAP: &str = "ARCHITECTURE.md";
/// Where a path in a document may start.
const STARTS: [&str; 4] = ["", "portico/", "portico/src/", "portico/tests/"];
const EXTENSIONS: [&str; 12] =
    ["rs", "md", "toml", "sql", "ftl", "html", "mjs", "js", "json", "css", "service", "conf"];

pub const EXIST: Rule = Rule {
    why: "a document that leads nowhere once is not believed the second time",
    way_out: "correct the path, or take the sentence out with what it described",
    check: |tree| documents(tree).flat_map(|file| broken(tree, file)).collect(),
};

pub const EVERY_ROOM_ON_THE_MAP: Rule = Rule {
    why: "a newcomer looks for a thing on the map first",
    way_out: "give it a row in the table of rooms in ARCHITECTURE.md: what it is, in one line",
    check: |tree| {
        let Some(map) = tree.file(MAP) else {
            return Vec::new();
        };
        let rooms = ["portico/src/", "portico/src/platform/"].into_iter().flat_map(|folder| tree.rooms(folder));
        rooms
            .filter(|room| !map.text.contains(&format!("`{room}`")) && !map.text.contains(&format!("`{room}/")))
            .map(|room| Finding::new(MAP, 1, format!("`{room}` is not on the map")))
            .collect()
    },
};

/// STYLE.md is left out: it names bad examples, which must not exist.
fn documents(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.with_extension("md")
        .filter(|file| file.path.starts_with("docs/") || !file.path.contains('/') && file.path != "STYLE.md")
}

fn broken(tree: &Tree, file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut fenced = false;
    for (number, line) in file.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let paths = quoted(line).filter(|path| looks_like_a_path(path) && !found(tree, path));
            findings.extend(paths.map(|path| Finding::new(&file.path, number, format!("`{path}` does not exist"))));
            let links = links(line).filter(|link| !leads_somewhere(tree, file, link));
            findings
                .extend(links.map(|link| Finding::new(&file.path, number, format!("the link {link} leads nowhere"))));
        }
    }
    findings
}

fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn looks_like_a_path(text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
    let named = |extensions: &[&str]| {
        text.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && extensions.contains(&end))
    };
    // A bare name is a path only if it cannot well be anything else: an operator's own portico.toml is none of ours.
    let inside = text.contains('/') && !text.starts_with('/') && (text.ends_with('/') || named(&EXTENSIONS));
    plain && (inside || named(&["rs", "md"]))
}

fn found(tree: &Tree, path: &str) -> bool {
    STARTS.iter().any(|start| tree.has(&format!("{start}{path}")))
        || !path.contains('/') && tree.files.iter().any(|file| file.name() == path)
}

/// The targets of `[text](target)`, without other sites and without places inside the same page.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|link| !link.contains(':') && !link.starts_with('#'))
}

fn leads_somewhere(tree: &Tree, from: &File, link: &str) -> bool {
    let mut folder: Vec<&str> = from.path.split('/').collect();
    folder.pop();
    for part in link.split('#').next().unwrap_or_default().split('/') {
        match part {
            "." | "" => {}
            ".." => drop(folder.pop()),
            name => folder.push(name),
        }
    }
    tree.has(&folder.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> usize {
        let files = [("docs/operate/a.md", text), ("portico/src/lockout/mod.rs", ""), ("README.md", "")];
        (EXIST.check)(&Tree::of(&files)).len()
    }

    #[test]
    fn a_path_that_does_not_exist_is_found() {
        assert_eq!(findings("`portico/src/lockout/mod.rs`, `lockout/`, `mod.rs`, [home](../../README.md)\n"), 0);
        assert_eq!(findings("`portico/src/gone/mod.rs`\n"), 1);
        assert_eq!(findings("`lockout/gone/`\n"), 1);
        assert_eq!(findings("[home](README.md)\n"), 1);
    }

    #[test]
    fn addresses_types_and_the_operators_own_files_are_no_paths() {
        assert_eq!(
            findings("`/sign-in/{id}`, `text/html`, `portico.toml`, `/etc/x/y.toml`, `a::b`, <https://a.b/c.md>\n"),
            0
        );
    }
}
