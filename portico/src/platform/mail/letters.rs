//! All kinds of letters a courier can write, by the name that is stored.

use std::collections::HashMap;

use thiserror::Error;

use super::{Desk, Letter, Message};

type Compose = fn(&str, &Desk) -> Result<Message, serde_json::Error>;

/// The registry: `Letters::new().with::<ResetLetter>()…`
#[derive(Clone, Default)]
pub struct Letters(HashMap<&'static str, Kind>);

#[derive(Clone, Copy)]
struct Kind {
    compose: Compose,
    answers: bool,
}

/// Both happen while two versions run side by side; the newer one will send the mail.
#[derive(Debug, Error)]
pub(super) enum Unwritten {
    #[error("this version does not know mails of this kind")]
    UnknownKind,
    // Without the parser's own text, which could quote the facts.
    #[error("this version cannot read the facts of this mail")]
    Unreadable,
}

impl Letters {
    pub fn new() -> Letters {
        Letters::default()
    }

    #[must_use]
    pub fn with<L: Letter>(mut self) -> Letters {
        let compose: Compose = |facts, desk| Ok(serde_json::from_str::<L>(facts)?.compose(desk));
        self.0.insert(L::KIND, Kind { compose, answers: L::ANSWERS });
        self
    }

    /// The names of all kinds, in no order.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// Whether a mail of this kind answers a name that anybody may have typed.
    pub fn answers(&self, kind: &str) -> bool {
        self.0.get(kind).is_some_and(|kind| kind.answers)
    }

    pub(super) fn compose(&self, kind: &str, facts: &str, desk: &Desk) -> Result<Message, Unwritten> {
        let Kind { compose, .. } = self.0.get(kind).ok_or(Unwritten::UnknownKind)?;
        compose(facts, desk).map_err(|_| Unwritten::Unreadable)
    }
}
