//! The layers: the file, above it the environment. Everything that is wrong is collected, not only the first thing.

use std::collections::BTreeMap;
use std::fs;

use toml::{Table, Value};

use super::section::Field;
use super::sections::SECTIONS;
use super::settings::Setting;

const PREFIX: &str = "PORTICO_";

#[derive(Default)]
pub struct Reader {
    values: BTreeMap<String, Value>,
    pub problems: Vec<String>,
}

impl Reader {
    pub fn new(file: &str, environment: impl IntoIterator<Item = (String, String)>) -> Reader {
        let mut reader = Reader::default();
        match file.parse::<Table>() {
            Ok(table) => reader.add_table("", table),
            Err(error) => reader.problems.push(format!("The file is not TOML: {}", error.to_string().trim_end())),
        }
        for (name, value) in environment {
            reader.add_variable(&name, value);
        }
        reader.read_secret_files();
        reader
    }

    fn add_table(&mut self, prefix: &str, table: Table) {
        for (name, value) in table {
            let key = format!("{prefix}{name}");
            match value {
                _ if is_known(&key) => {
                    self.values.insert(key, value);
                }
                Value::Table(inner) if known_keys().any(|known| known.starts_with(&format!("{key}."))) => {
                    self.add_table(&format!("{key}."), inner);
                }
                _ => self.problems.push(format!("There is no key `{key}`.{}", nearest(&key, |known| known.to_owned()))),
            }
        }
    }

    fn add_variable(&mut self, name: &str, value: String) {
        let Some(rest) = name.strip_prefix(PREFIX) else {
            return;
        };
        let key = rest.to_ascii_lowercase().replace("__", ".");
        if !is_known(&key) {
            let problem = format!("The environment variable `{name}` sets nothing.{}", nearest(&key, variable));
            return self.problems.push(problem);
        }
        // The environment wins, also over the other way to give the same secret.
        let other = key.strip_suffix("_file").map_or_else(|| format!("{key}_file"), str::to_owned);
        if is_secret(&other) || is_secret(&key) {
            self.values.remove(&other);
        }
        self.values.insert(key, Value::String(value));
    }

    fn read_secret_files(&mut self) {
        for field in fields().filter(|field| field.secret) {
            let key = format!("{}_file", field.key);
            let Some(path) = self.values.remove(&key) else {
                continue;
            };
            if self.values.contains_key(field.key) {
                self.problems.push(format!("`{}` and `{key}` are both set: remove one.", field.key));
                continue;
            }
            let path = path.as_str().unwrap_or_default();
            match fs::read_to_string(path) {
                Ok(text) => {
                    self.values.insert(field.key.to_owned(), Value::String(text.trim().to_owned()));
                }
                Err(error) => {
                    self.problems.push(format!("`{key}`: the file `{path}` cannot be read: {error}."));
                    // Known to be meant, so that it is not called missing as well.
                    self.values.insert(field.key.to_owned(), Value::Boolean(false));
                }
            }
        }
    }

    pub fn required<T: Setting>(&mut self, key: &str) -> Option<T> {
        if !self.values.contains_key(key) {
            let about = fields().find(|field| field.key == key).map(Field::summary).unwrap_or_default();
            let problem =
                format!("`{key}` is missing; set it in the file or as {} in the environment. {about}", variable(key));
            self.problems.push(problem);
            return None;
        }
        self.given(key)
    }

    pub fn optional<T: Setting + Default>(&mut self, key: &str) -> Option<T> {
        if self.values.contains_key(key) { self.given(key) } else { Some(T::default()) }
    }

    pub fn or<T: Setting>(&mut self, key: &str, default: Value) -> Option<T> {
        self.values.entry(key.to_owned()).or_insert(default);
        self.given(key)
    }

    fn given<T: Setting>(&mut self, key: &str) -> Option<T> {
        match T::read(self.values.get(key)?) {
            Ok(value) => Some(value),
            Err(problem) => {
                if self.values.get(key) != Some(&Value::Boolean(false)) || !T::SECRET {
                    self.problems.push(format!("`{key}` {problem}."));
                }
                None
            }
        }
    }
}

fn fields() -> impl Iterator<Item = &'static Field> {
    SECTIONS.iter().flat_map(|section| section.fields)
}

fn known_keys() -> impl Iterator<Item = String> {
    fields()
        .flat_map(|field| [Some(field.key.to_owned()), field.secret.then(|| format!("{}_file", field.key))])
        .flatten()
}

fn is_known(key: &str) -> bool {
    known_keys().any(|known| known == key)
}

fn is_secret(key: &str) -> bool {
    fields().any(|field| field.secret && field.key == key)
}

/// The environment variable that sets `key`.
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_ascii_uppercase())
}

fn nearest(key: &str, show: fn(&str) -> String) -> String {
    let near = known_keys().map(|known| (distance(key, &known), known)).min();
    match near {
        Some((distance, known)) if distance <= key.len() / 3 + 1 => {
            format!(" Is `{}` meant?", show(&known))
        }
        _ => " All keys are in docs/operate/configuration.md.".to_owned(),
    }
}

/// How many letters have to be changed, added or left out to make `b` of `a` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (number, from) in a.chars().enumerate() {
        let mut left = number + 1;
        let mut next = vec![left];
        for ((to, above), diagonal) in b.chars().zip(row.iter().skip(1)).zip(&row) {
            left = (left + 1).min(above + 1).min(diagonal + usize::from(from != to));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(a.len())
}
