//! The file itself: JSON, a line for each row, in the order of the columns (docs/operate/my-data.md).

use serde_json::Value;
use store::{Error, Tx};

use super::queries::{self, ACCOUNT, PARTS};
use crate::app::App;
use crate::audit::{self, Place};
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

pub const FORMAT: &str = "portico-account";
const VERSION: i64 = 1;
/// Rows of a part, and of the activity: what a download may hold in memory. Whatever is cut says so.
pub const MOST: usize = 1_000;
pub const MOST_ACTIVITY: usize = 5_000;
pub const ACTIVITY: &str = "activity";

/// A download, and which of its parts were cut short.
pub struct File {
    pub text: String,
    pub cut: Vec<&'static str>,
}

/// Everything that is kept about an account, in one snapshot.
///
/// # Errors
/// When the database says no.
pub async fn of(tx: &mut Tx, app: &App, account: &AccountId) -> Result<File, Error> {
    let mut file = File { text: String::from("{\n"), cut: Vec::new() };
    let about = [("format", FORMAT.into()), ("version", VERSION.into())];
    let made = [("made_at", Time(tx.now()).to_text().into()), ("made_by", app.public_url.as_str().into())];
    for (name, value) in about.into_iter().chain(made) {
        file.member(name, &Value::to_string(&value));
    }
    let own = queries::rows(tx, &ACCOUNT, account, 1).await?;
    let own = own.into_iter().next().unwrap_or_default();
    file.member(ACCOUNT.name, &object(ACCOUNT.columns.iter().map(|(name, _)| *name), own));
    for part in PARTS {
        let rows = queries::rows(tx, part, account, limit(MOST)).await?;
        let names = || part.columns.iter().map(|(name, _)| *name);
        file.part(part.name, MOST, rows.into_iter().map(|row| object(names(), row)).collect());
    }
    let rows = audit::told_of(tx, account, Time(0), &Place::end(), limit(MOST_ACTIVITY)).await?;
    file.part(ACTIVITY, MOST_ACTIVITY, rows.iter().map(told).collect());
    file.text.push_str("\n}\n");
    Ok(file)
}

/// One more than is told: so that it is known whether there is more.
fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1)
}

/// An event without its details: they may be about others.
fn told(row: &audit::Told) -> String {
    let text = |value: Option<&str>| Value::from(value);
    let values = vec![
        row.at.to_text().into(),
        row.name.as_str().into(),
        row.doer.word().into(),
        text(row.address.as_deref()),
        text(row.browser()),
        text(row.detail("client")),
    ];
    object(["at", "event", "by", "address", "browser", "client"].into_iter(), values)
}

/// In the order of the columns, which a map would not keep.
fn object<'a>(names: impl Iterator<Item = &'a str>, values: Vec<Value>) -> String {
    let members: Vec<String> = names.zip(values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

impl File {
    fn member(&mut self, name: &str, value: &str) {
        if self.text.len() > 2 {
            self.text.push_str(",\n");
        }
        self.text.push_str(&format!("\"{name}\":{value}"));
    }

    pub(super) fn part(&mut self, name: &'static str, most: usize, mut rows: Vec<String>) {
        let is_cut = rows.len() > most;
        if is_cut {
            rows.truncate(most);
            self.cut.push(name);
        }
        let rows = if rows.is_empty() { String::new() } else { format!("\n{}\n", rows.join(",\n")) };
        self.member(name, &format!("{{\"cut\":{is_cut},\"rows\":[{rows}]}}"));
    }
}
