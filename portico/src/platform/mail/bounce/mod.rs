//! Mail that comes back: delivery reports (RFC 3464), put by the operator's mail server into a maildir.
//!
//! - A file is read in a moment ([`Maildir`]), and put away understood or not: what we cannot understand is nobody's bounce.
//!   What cannot even be read is set aside, told once, and keeps nobody waiting.
//! - A report is written by strangers. It is read to a fixed size, it may say anything, and it is believed in one thing
//!   only: that the mail whose Message-ID it knows came back. Nobody learns that id but who was sent the mail.
//! - A bounce moves a mail from handed over to bounced, once; a delay is only noted.
//!
//! ```text
//! new/1234.host ──read──► Report (our Message-ID, what failed) ──► handed over ═► bounced ──► cur/1234.host:2,S
//!       └ cannot be read ──► unreadable/1234.host
//! ```

mod maildir;
mod queries;
mod report;
#[cfg(test)]
mod tests;

use store::{Error, Tx};

use super::life::{self, Happened};
use super::smtp::Reply;
use crate::platform::ids::AccountId;

pub use maildir::{Arrival, Maildir};
pub use report::{Report, read};

/// A mail that came back.
#[derive(Clone, Debug)]
pub struct Bounced {
    pub mail: String,
    pub kind: String,
    pub account: Option<AccountId>,
    pub reply: Reply,
}

/// What came of a report.
#[derive(Debug, Default)]
pub struct Believed {
    /// The mails that were not bounced before.
    pub bounced: Vec<Bounced>,
    /// It came back faster than its courier wrote down that it was gone: the report must be read again.
    pub too_early: bool,
}

/// Believes a report: the mails it is about, if they were handed over, are bounced or delayed from now on.
///
/// # Errors
/// When the database says no.
pub async fn believe(tx: &mut Tx, report: &Report) -> Result<Believed, Error> {
    let mut believed = Believed::default();
    for id in &report.mails {
        let Some((recipient, kind, account)) = queries::handed_over(tx, id).await? else {
            believed.too_early |= queries::is_under_way(tx, id).await?;
            continue;
        };
        let Some(outcome) = report.outcome_for(&recipient) else { continue };
        let reply = Reply { code: outcome.code, text: outcome.text() };
        if !outcome.failed {
            life::note(tx, id, Happened::Delayed, &reply).await?;
        } else if queries::bounce(tx, id).await? {
            life::note(tx, id, Happened::Bounced, &reply).await?;
            believed.bounced.push(Bounced { mail: id.clone(), kind, account, reply });
        }
    }
    Ok(believed)
}
