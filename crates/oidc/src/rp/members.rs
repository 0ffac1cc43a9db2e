//! Members of a JSON object that somebody else has written, read by name: what is wrong is named.

use serde_json::{Map, Value};

use super::wrong::{Part, Wrong};
use crate::jose::{self, NumericDate};

pub(super) struct Members {
    part: Part,
    members: Map<String, Value>,
}

impl Members {
    pub fn read(part: Part, text: &[u8]) -> Result<Members, Wrong> {
        let members = jose::object(text).map_err(|_| Wrong::NotJson(part))?;
        Ok(Members { part, members })
    }

    pub fn of(part: Part, members: Map<String, Value>) -> Members {
        Members { part, members }
    }

    pub fn into_map(self) -> Map<String, Value> {
        self.members
    }

    /// A member that is `null` is not there.
    fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    pub fn text(&self, name: &'static str) -> Result<Option<&str>, Wrong> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Wrong::Malformed(self.part, name)),
        }
    }

    pub fn needed(&self, name: &'static str) -> Result<&str, Wrong> {
        let text = self.text(name)?.filter(|text| !text.is_empty());
        text.ok_or(Wrong::Missing(self.part, name))
    }

    /// A list of texts, or one text alone.
    pub fn texts(&self, name: &'static str) -> Result<Option<Vec<String>>, Wrong> {
        let malformed = Wrong::Malformed(self.part, name);
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(one)) => Ok(Some(vec![one.clone()])),
            Some(Value::Array(list)) => {
                let texts = list.iter().map(|item| item.as_str().map(str::to_owned));
                texts.collect::<Option<_>>().map(Some).ok_or(malformed)
            }
            Some(_) => Err(malformed),
        }
    }

    pub fn flag(&self, name: &'static str) -> Result<bool, Wrong> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(Wrong::Malformed(self.part, name)),
        }
    }

    pub fn time(&self, name: &'static str) -> Result<Option<i64>, Wrong> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let time: Result<NumericDate, _> = serde_json::from_value(value.clone());
        time.map(|time| Some(time.0)).map_err(|_| Wrong::Malformed(self.part, name))
    }

    pub fn needed_time(&self, name: &'static str) -> Result<i64, Wrong> {
        self.time(name)?.ok_or(Wrong::Missing(self.part, name))
    }

    /// Who somebody is at the issuer (OpenID Connect Core section 2): at most 255 characters, and none that is not seen.
    pub fn subject(&self) -> Result<&str, Wrong> {
        let subject = self.needed("sub")?;
        match subject.len() <= 255 && !subject.chars().any(char::is_control) {
            true => Ok(subject),
            false => Err(Wrong::Malformed(self.part, "sub")),
        }
    }
}
