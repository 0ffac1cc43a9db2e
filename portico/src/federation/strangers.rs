//! What somebody without an account can cost a connection, by where they come from.
//!
//! - Counted for each connection, and apart from guesses at passwords: an identity provider that sends a whole hospital back with
//!   a refusal must not pause anybody's password, and bad answers to one connection nobody's way to another.
//! - Only what a browser can have made up is counted, and logout tokens that are none. What an identity provider does wrong is
//!   nobody's fault who sits before a page.
//! - Strangers of one source have half of a connection's seats. Browsers that the account is known in are not counted among them.

use std::net::IpAddr;

use store::Tx;

use crate::app::{App, Limits};
use crate::platform::ids::ConnectionId;
use crate::platform::limits::{self, Within};
use crate::platform::web::{Error, Visit, address};

/// Those of one source, as far as they have to do with one connection.
pub struct Strangers<'a> {
    app: &'a App,
    key: String,
}

impl<'a> Strangers<'a> {
    /// Whoever brings answers of an identity provider, or what look like ones.
    pub fn who_answer(app: &'a App, connection: &ConnectionId, from: IpAddr) -> Strangers<'a> {
        Strangers::at("answers", app, connection, from)
    }

    /// Whoever posts logout tokens.
    pub fn who_sign_out(app: &'a App, connection: &ConnectionId, from: IpAddr) -> Strangers<'a> {
        Strangers::at("logout_tokens", app, connection, from)
    }

    fn at(what: &str, app: &'a App, connection: &ConnectionId, from: IpAddr) -> Strangers<'a> {
        let key = app.limit_key(what, &format!("{connection}/{}", address::prefix(from)));
        Strangers { app, key }
    }

    /// Counts nothing.
    ///
    /// # Errors
    /// [`Error::TooMany`], when they have brought too much that was bad.
    pub async fn limit(&self, tx: &mut Tx) -> Result<(), Error> {
        let Limits { failures, window, .. } = self.app.limits;
        match limits::peek(tx, &self.key, window, failures).await? {
            Within::Limit => Ok(()),
            Within::Exceeded { retry_after } => Err(Error::TooMany { retry_after }),
        }
    }

    /// Counts something bad. In a statement of its own: many who share an address would run each other down.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn count(&self) -> Result<(), store::Error> {
        let Limits { failures, window, .. } = self.app.limits;
        limits::count_alone(&self.app.db, self.app.clock.now(), &self.key, window, failures).await.map(drop)
    }
}

/// Who has an identity provider asked, as far as seats go.
pub struct Asker {
    /// `None`: a browser that the account is known in.
    pub stranger_from: Option<String>,
}

impl Asker {
    pub fn of(visit: &Visit, known: bool) -> Asker {
        Asker { stranger_from: (!known).then(|| address::prefix(visit.address)) }
    }

    pub fn at(from: IpAddr) -> Asker {
        Asker { stranger_from: Some(address::prefix(from)) }
    }
}
