//! The files of the repository, read once.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::rust::Rust;

pub struct Tree {
    pub files: Vec<File>,
}

pub struct File {
    /// From the root of the repository, with `/` on every system.
    pub path: String,
    pub text: String,
    /// Only for `.rs` files; empty for all others.
    pub rust: Rust,
}

/// What is built or fetched, not written.
const NOT_OURS: [&str; 3] = ["target", "node_modules", ".git"];

impl Tree {
    pub fn load(root: &Path) -> Result<Self> {
        let mut tree = Self { files: Vec::new() };
        tree.walk(root, "")?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| File::new((*path).to_owned(), (*text).to_owned()));
        Self { files: files.collect() }
    }

    fn walk(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
                self.walk(&entry.path(), &path)?;
            }
            // What is no UTF-8 (a picture, a compressed list) has no conventions.
            if kind.is_file()
                && !NOT_OURS.contains(&name.as_str())
                && let Ok(text) = fs::read_to_string(entry.path())
            {
                self.files.push(File::new(path, text));
            }
        }
        Ok(())
    }

    pub fn with_extension<'a>(&'a self, extension: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.extension() == extension)
    }

    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.with_extension("rs")
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a file or a folder of this path is in the tree.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files
            .iter()
            .any(|file| file.path == path || file.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The folders right below `folder` (which ends with `/`) that have a `mod.rs`.
    pub fn rooms(&self, folder: &str) -> Vec<&str> {
        self.files
            .iter()
            .filter_map(|file| file.path.strip_prefix(folder)?.strip_suffix("/mod.rs"))
            .filter(|name| !name.contains('/'))
            .collect()
    }
}

impl File {
    fn new(path: String, text: String) -> Self {
        let rust = if path.ends_with(".rs") { Rust::scan(&text) } else { Rust::default() };
        Self { path, text, rust }
    }

    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Files that exist only to test: they may do what the product may not.
    pub fn is_test(&self) -> bool {
        let name = self.name();
        let own = name == "tests.rs" || name.ends_with("_tests.rs") || name.starts_with("test_");
        own || self.path.contains("/tests/") || self.path.contains("/testing/")
    }

    /// `(number, text)` of each line, numbered from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered(&self.text)
    }
}

pub fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// The number of the line that the byte at `at` stands in.
pub fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}
