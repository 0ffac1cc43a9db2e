//! Every dependency is explained, every explanation has its dependency, and no lock file names a host.

use super::tree::{File, Tree, numbered};
use super::{Finding, Rule};

const EXPLANATIONS: &str = "docs/dependencies.md";

pub const EXPLAINED: Rule = Rule {
    why: "a dependency is code that nobody here wrote and everybody here answers for",
    way_out: "add a row to docs/dependencies.md: what it does here, why it and not its rival, its license",
    check: |tree| {
        let explained = explanations(tree);
        let all = tree.files.iter().flat_map(declared);
        all.filter(|dependency| !explained.iter().any(|(_, name)| *name == dependency.name))
            .map(|dependency| {
                let what = format!("`{}` has no row in {EXPLANATIONS}", dependency.name);
                Finding::new(dependency.file, dependency.line, what)
            })
            .collect()
    },
};

pub const STILL_THERE: Rule = Rule {
    why: "a list that names what left long ago is not read any more",
    way_out: "delete the row",
    check: |tree| {
        let declared: Vec<Dependency> = tree.files.iter().flat_map(declared).collect();
        let rows = explanations(tree).into_iter();
        rows.filter(|(_, name)| !declared.iter().any(|dependency| dependency.name == *name))
            .map(|(line, name)| Finding::new(EXPLANATIONS, line, format!("no manifest names `{name}`")))
            .collect()
    },
};

pub const NO_HOSTS: Rule = Rule {
    why: "a lock file with hosts in it installs from there, whatever registry a house has chosen",
    way_out: "delete the `resolved` lines; .npmrc beside it keeps npm from writing them",
    check: |tree| {
        let locks = tree.files.iter().filter(|file| file.name() == "package-lock.json");
        let lines = locks.flat_map(|file| file.lines().map(move |(number, line)| (file, number, line)));
        lines
            .filter(|(_, _, line)| line.contains("\"resolved\": \"http"))
            .map(|(file, number, _)| Finding::new(&file.path, number, "a host in the lock file"))
            .collect()
    },
};

struct Dependency<'a> {
    file: &'a str,
    line: usize,
    name: &'a str,
}

fn declared(file: &File) -> Vec<Dependency<'_>> {
    match file.name() {
        "Cargo.toml" => cargo(file),
        "package.json" => npm(file),
        _ => Vec::new(),
    }
}

/// Reads `name = …` below a `[…dependencies]` headline; a path is our own crate.
fn cargo(file: &File) -> Vec<Dependency<'_>> {
    let mut inside = false;
    let mut found = Vec::new();
    for (line, text) in numbered(&file.text) {
        if text.starts_with('[') {
            inside = text.trim_end().ends_with("dependencies]");
        } else if inside
            && !text.contains("path = ")
            && let Some((name, _)) = text.split_once(['=', '.']).filter(|(name, _)| is_name(name.trim()))
        {
            found.push(Dependency { file: &file.path, line, name: name.trim() });
        }
    }
    found
}

fn npm(file: &File) -> Vec<Dependency<'_>> {
    let mut inside = false;
    let mut found = Vec::new();
    for (line, text) in numbered(&file.text) {
        let name = text.trim().split('"').nth(1).unwrap_or_default();
        if text.trim_end().ends_with('{') {
            inside = name.ends_with("ependencies");
        } else if text.trim().starts_with('}') {
            inside = false;
        } else if inside {
            found.push(Dependency { file: &file.path, line, name });
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// The names in the first cell of each row: "| `axum`, `tower` | …".
fn explanations(tree: &Tree) -> Vec<(usize, &str)> {
    let Some(file) = tree.file(EXPLANATIONS) else {
        return Vec::new();
    };
    let rows = file.lines().filter_map(|(number, line)| Some((number, line.strip_prefix('|')?.split('|').next()?)));
    rows.flat_map(|(number, cell)| cell.split('`').skip(1).step_by(2).map(move |name| (number, name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[package]\nname = \"x\"\n\n[dependencies]\n# why\nanyhow = \"1\"\nstore = { path = \"y\" }\ntokio.workspace = true\n";

    #[test]
    fn a_dependency_without_a_row_and_a_row_without_a_dependency_are_found() {
        let tree = |rows| Tree::of(&[("x/Cargo.toml", MANIFEST), (EXPLANATIONS, rows)]);
        assert_eq!((EXPLAINED.check)(&tree("| `anyhow` | errors `x` |\n")).len(), 1);
        assert_eq!((EXPLAINED.check)(&tree("| `anyhow`, `tokio` | x |\n")).len(), 0);
        assert_eq!((STILL_THERE.check)(&tree("| `anyhow`, `gone` | x |\n")).len(), 1);
    }

    #[test]
    fn browser_tools_are_dependencies_too() {
        let manifest =
            "{\n  \"name\": \"x\",\n  \"devDependencies\": {\n    \"axe-core\": \"1\"\n  },\n  \"y\": \"z\"\n}\n";
        assert_eq!((EXPLAINED.check)(&Tree::of(&[("a/package.json", manifest)])).len(), 1);
    }
}
