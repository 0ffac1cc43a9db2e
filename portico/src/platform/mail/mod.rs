//! Mail that is not lost: an outbox, and couriers who empty it.
//!
//! - A mail is a row, written in the transaction of its cause ([`queue`]). Who has been told "we have sent you a mail" has one.
//! - The row holds facts, no text and no secret. Text is composed, and links are derived, when a courier has the mail
//!   server's ear; a link counts its minutes from there, and a repeated mail carries the same link.
//! - A courier claims a row by a conditional UPDATE with a lease of its own name, and writes the outcome only where the
//!   lease is still his. Any number of nodes may run couriers; a killed one loses nothing.
//! - Before DATA he commits: the lease is still mine, the links of this mail are valid from now. So no mail arrives whose
//!   links are not valid yet, and no courier who slept through his lease says DATA.
//! - What nobody can exclude is a mail accepted whose answer was lost. It is sent again under the same Message-ID, which
//!   is how mailboxes recognize it.
//! - A mail that answers a typed name costs one hash, whether it has a temporary password or not ([`Letter::ANSWERS`]).
//! - A row without a recipient exists for its timing only: strangers cannot tell from it who has an account.
//!
//! ```text
//!            ┌────────────── 4xx, no server, crash ◄──┐
//! queued ─► claimed (lease) ─► addressed ═commit═► DATA ─► handed_over
//!   ▲          │ no recipient      │ 5xx               │ 5xx
//!   │          ▼                   ▼                   ▼
//! deferred   dropped            refused             refused      (deferred for 48 hours: refused)
//!
//! handed_over ─► bounced, when the receiving side sends it back
//! ```

mod bounce;
mod desk;
mod letters;
mod life;
mod proof;
mod queries;
mod render;
mod rules;
mod smtp;
#[cfg(test)]
mod tests;
mod typed;
mod weather;
mod wire;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Error, Tx};
use tokio::sync::Notify;

pub use bounce::{Arrival, Believed, Bounced, Maildir, Report, believe, read as read_report};
pub use desk::{Desk, Letterhead};
pub use letters::Letters;
pub use life::{Event, Fault, Happened, Life, Trouble, lives_of, troubles};
pub use proof::{Proof, proof};
pub use queries::{Line, Recent, State, Whose};
pub use smtp::{BadUrl, Protection, Reply, Smtp, SmtpUrl};
pub use weather::AT_ONCE;
pub use wire::{BadSender, Sender};
pub use worker::{Courier, HashTyped, OnRefused, Refusal, Supplies};

use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;
use crate::platform::ids::{AccountId, OutboxId};

/// A mail as its feature knows it: facts that are stored, and the words made of them at the last moment.
///
/// Fields may be added with `#[serde(default)]`, never renamed: a mail may be written by one version and sent by the next.
pub trait Letter: Serialize + DeserializeOwned {
    /// `feature.mail`, never reused for anything else.
    const KIND: &'static str;
    /// It answers whoever has typed a name, and takes as long to hand over as one with a temporary password: what the name
    /// stands for shows nowhere.
    const ANSWERS: bool = false;

    fn compose(&self, desk: &Desk) -> Message;
}

/// A mail in words. It holds links, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub subject: String,
    /// What a mailbox shows beside the subject.
    pub preview: String,
    pub blocks: Vec<Block>,
}

/// A part of a mail, from top to bottom.
#[derive(Clone, PartialEq, Eq)]
pub enum Block {
    Text(String),
    Button {
        label: String,
        url: String,
    },
    /// Of less weight than the one above it.
    OtherButton {
        label: String,
        url: String,
    },
    List(Vec<String>),
    Facts(Vec<(String, String)>),
    /// What is typed somewhere else: large, in letters that cannot be taken for each other.
    Secret {
        label: String,
        value: String,
    },
    Small(String),
    /// What somebody else wrote, line by line, marked as theirs.
    Quote(String),
}

/// What is posted: to whom, what, about whose account.
pub struct Post<'a, L> {
    /// None: written for its timing, never sent.
    pub to: Option<&'a str>,
    pub letter: &'a L,
    pub account: Option<&'a AccountId>,
    pub language: &'a str,
}

/// Where mail is posted: makes its ids, and wakes this node's courier. Clones share it.
#[derive(Clone)]
pub struct PostOffice {
    entropy: Entropy,
    /// The domain of the sender, which Message-IDs end in.
    domain: Arc<str>,
    wake: Arc<Notify>,
}

impl PostOffice {
    pub fn new(entropy: Entropy, sender: &Sender) -> PostOffice {
        PostOffice { entropy, domain: sender.domain().into(), wake: Arc::new(Notify::new()) }
    }

    /// The id of a mail to be queued under it: a one-time secret names the mail that carries it.
    pub fn next_id(&self) -> OutboxId {
        OutboxId::generate(&self.entropy)
    }
}

/// Posts a letter in the caller's transaction, and gives the id by which the mail can be followed.
///
/// # Errors
/// When the database says no.
pub async fn queue<L: Letter + Sync>(tx: &mut Tx, office: &PostOffice, post: Post<'_, L>) -> Result<OutboxId, Error> {
    let id = office.next_id();
    queue_as(tx, office, &id, post).await?;
    Ok(id)
}

/// The same, under an id from [`PostOffice::next_id`].
///
/// # Errors
/// When the database says no.
pub async fn queue_as<L: Letter + Sync>(
    tx: &mut Tx,
    office: &PostOffice,
    id: &OutboxId,
    post: Post<'_, L>,
) -> Result<(), Error> {
    let facts =
        serde_json::to_string(post.letter).map_err(|_| Error::column("a letter's facts cannot be written as JSON"))?;
    let message_id = format!("<{id}@{}>", office.domain);
    let row = queries::NewMail {
        id,
        kind: L::KIND,
        recipient: post.to,
        facts: &facts,
        language: post.language,
        account: post.account,
        message_id: &message_id,
    };
    queries::insert(tx, &row).await?;
    // The caller has not committed yet; the courier knows, and looks again a few times.
    office.wake.notify_one();
    Ok(())
}

/// How the delivery of a mail is going, for the page that waits for it and for the doctor.
///
/// # Errors
/// When the database says no.
pub async fn life_line(tx: &mut Tx, id: &OutboxId) -> Result<Option<Line>, Error> {
    queries::line(tx, id).await
}

/// The latest mails to an address or about an account, newest first.
///
/// # Errors
/// When the database says no.
pub async fn recent_for(tx: &mut Tx, whose: Whose<'_>) -> Result<Vec<Recent>, Error> {
    queries::recent(tx, whose).await
}

/// Forgets some of the mails handed over, refused or dropped before `before`, and says how many. One that waits stays.
///
/// # Errors
/// When the database says no.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    Ok(queries::purge(tx, before).await? + life::purge(tx, before).await?)
}

/// How long a claim lasts. An attempt takes at most half of it before DATA and, renewed there, half of it after.
const LEASE: Duration = Duration::from_secs(60);
