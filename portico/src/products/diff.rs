//! What a registration changes, key by key. Pure.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

/// One key that changes; `Null` is "not there".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    pub key: String,
    pub before: Value,
    pub after: Value,
}

/// From one registration to another of the same kind; `None`: there was none before.
pub fn changes<T: Serialize>(before: Option<&T>, after: &T) -> Vec<Change> {
    let before = before.map(members).unwrap_or_default();
    let after = members(after);
    let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    let at = |members: &Map<String, Value>, key: &str| members.get(key).cloned().unwrap_or(Value::Null);
    let change = |key: &String| Change { key: key.clone(), before: at(&before, key), after: at(&after, key) };
    keys.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

fn members<T: Serialize>(value: &T) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

impl Change {
    /// What is told of a value that is not written in the file.
    pub fn told(key: &str, before: Option<&str>, after: Option<&str>) -> Change {
        let value = |text: Option<&str>| text.map_or(Value::Null, Value::from);
        Change { key: key.to_owned(), before: value(before), after: value(after) }
    }
}

/// A line for each thing: of lists what comes and what goes, of everything else both values.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        if [&self.before, &self.after].iter().any(|value| value.is_array()) {
            let (before, after) = (items(&self.before), items(&self.after));
            lines.extend(before.iter().filter(|item| !after.contains(item)).map(|item| format!("- {item}")));
            lines.extend(after.iter().filter(|item| !before.contains(item)).map(|item| format!("+ {item}")));
        } else {
            match (&self.before, &self.after) {
                (Value::Null, after) => lines.push(text(after)),
                (before, Value::Null) => lines.push(format!("{} is taken away", text(before))),
                (before, after) => lines.push(format!("{} → {}", text(before), text(after))),
            }
        }
        for (number, line) in lines.iter().enumerate() {
            let key = if number == 0 { self.key.as_str() } else { "" };
            write!(f, "{}    {key:28} {line}", if number == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

fn items(value: &Value) -> Vec<String> {
    value.as_array().map(|items| items.iter().map(text).collect()).unwrap_or_default()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| format!("{key} {}", text(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::products::file::{Client, Product};

    #[test]
    fn only_what_differs_is_told() {
        let before = Product { name: "Bed Board".into(), home: "https://a/".into(), ..Product::default() };
        let after = Product { name: "Beds".into(), menu_only: true, ..before.clone() };
        let told: Vec<String> = changes(Some(&before), &after).iter().map(Change::to_string).collect();
        assert_eq!(
            told,
            ["    menu_only                    true", "    name                         Bed Board → Beds",]
        );
        assert_eq!(changes(Some(&after), &after), []);
        assert_eq!(changes(None, &after).len(), 3);
    }

    #[test]
    fn of_lists_it_tells_what_comes_and_what_goes() {
        let of = |uris: &[&str]| Client {
            redirect_uris: uris.iter().map(|uri| (*uri).to_owned()).collect(),
            ..Client::default()
        };
        let change = changes(Some(&of(&["https://a/", "https://b/"])), &of(&["https://b/", "https://c/"]));
        assert_eq!(
            change[0].to_string(),
            "    redirect_uris                - https://a/\n                                 + https://c/"
        );
    }
}
