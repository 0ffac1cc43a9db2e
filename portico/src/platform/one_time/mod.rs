//! Secrets that work once: links, temporary passwords, codes, told apart by purpose.
//!
//! - A secret is 256 bits derived from its id with a key that is not in the database: nothing secret rests anywhere, and a
//!   mail sent twice carries the same link. The row holds the SHA-256 of the token.
//! - A mailed secret becomes valid when its mail is handed over, not before ([`start`], committed before DATA), and again
//!   for the whole time when the mail has to be repeated. One shown on a terminal is valid from the beginning.
//! - Looking ([`peek`]) changes nothing: scanners open links. Only a form consumes, by one conditional UPDATE that asks
//!   everything again; exactly one caller is told yes.
//! - What is typed and not clicked is derived the same way ([`temporary_password`], [`code`]), from the same id: one mail's
//!   link and temporary password are two forms of one secret. A temporary password is also kept as an Argon2id hash, made
//!   at hand-over.
//! - It belongs to the account's credentials epoch it was made under. Any change of a credential ends it. Nothing else does:
//!   asking again never voids an earlier link.
//! - One purpose is different: "it wasn't me" outlives every change of a credential, because whoever stole an account could
//!   otherwise void it by changing the password once more.
//!
//! ```text
//! issued ──mail handed over──► valid ──consume──► used
//!   │ (or Validity::Now)─────────┘ │
//!   │                              └─ lifetime over ──► expired ──its mail is sent (again)──► valid
//!   └─ a credential of the account changes ──► void, for good
//! ```

mod queries;
#[cfg(test)]
mod tests;
mod typed;

use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64URL_NOPAD;
use secrecy::ExposeSecret;
use store::{Error, Tx};

use super::clock::{Time, micros};
use super::entropy::{Entropy, Secret};
use super::ids::{AccountId, OneTimeId, OrganizationId, OutboxId};
use super::keys::Keys;

pub use queries::read_open;
pub use typed::{LETTERS_TO_TYPE, canonical, code, temporary_password};

/// What a secret is for. One made for one purpose is unknown to every other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Choose a new password.
    ResetPassword,
    /// The same, sent by an administrator, who has seen to it that it is the right person.
    AdministratorsReset,
    /// Choose a new password after right answers to security questions, in the browser that gave them.
    AnsweredQuestions,
    /// Become the operator of a new deployment; shown on its terminal.
    FirstOperator,
    /// Say that what a notice tells was somebody else's doing.
    NotMe,
    /// The same of guesses that led nowhere.
    NotMeGuessing,
    /// The same of a change of the second factor.
    NotMeFactor,
    /// The same of a second factor that is to be taken away, and is not yet.
    NotMeFactorReset,
    /// The first proof of somebody without a password.
    TemporaryPassword,
    /// Show that mail arrives.
    VerifyEmail,
    /// Stand in for a second factor, where that is allowed.
    SecondFactor,
    /// Choose a new password, sent to the second mailbox; under some policies half of the way.
    SecondaryReset,
    /// Show that somebody reads the second mailbox, and wants it to be one.
    VerifySecondary,
    /// Show that an address that somebody wants for their account is theirs.
    ChangeEmail,
}

impl Purpose {
    pub fn name(self) -> &'static str {
        match self {
            Purpose::ResetPassword => "reset_password",
            Purpose::AdministratorsReset => "administrators_reset",
            Purpose::AnsweredQuestions => "answered_questions",
            Purpose::FirstOperator => "first_operator",
            Purpose::NotMe => "not_me",
            Purpose::NotMeGuessing => "not_me_guessing",
            Purpose::NotMeFactor => "not_me_factor",
            Purpose::NotMeFactorReset => "not_me_factor_reset",
            Purpose::TemporaryPassword => "temporary_password",
            Purpose::VerifyEmail => "verify_email",
            Purpose::SecondFactor => "second_factor",
            Purpose::SecondaryReset => "secondary_reset",
            Purpose::VerifySecondary => "verify_secondary",
            Purpose::ChangeEmail => "change_email",
        }
    }

    /// Stays valid when the account's credentials change.
    pub(super) fn outlives_credentials(self) -> bool {
        matches!(self, Purpose::NotMe | Purpose::NotMeGuessing | Purpose::NotMeFactor | Purpose::NotMeFactorReset)
    }
}

/// From when a secret is valid.
#[derive(Clone, Copy, Debug)]
pub enum Validity<'a> {
    /// From the hand-over of the mail that carries it.
    FromHandOver(&'a OutboxId),
    /// From now: it is shown at once, in a place only the right person sees.
    Now,
}

/// A secret to be made.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    pub purpose: Purpose,
    pub account: &'a AccountId,
    /// The account's, at the time of asking.
    pub credentials_epoch: i64,
    pub sent_to: &'a str,
    pub validity: Validity<'a>,
    pub lifetime: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Its mail has not been handed over yet.
    NotYet,
    Valid {
        expires_at: Time,
    },
    Expired,
    Used,
    /// A credential of the account has changed since.
    Void,
}

/// What is known of a secret somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub id: OneTimeId,
    pub account: AccountId,
    pub credentials_epoch: i64,
    pub sent_to: String,
    pub lifetime: Duration,
    pub status: Status,
    /// The browser in which a second factor was shown for this secret.
    pub second_factor_in: Option<Vec<u8>>,
    /// The browser in which a security question was answered for this secret.
    pub answered_in: Option<Vec<u8>>,
    /// The browser in which whoever reads the mailbox said last that they do.
    pub mailbox_in: Option<Vec<u8>>,
    /// The secret in the other mailbox whose number was typed in that browser.
    pub mailbox_pair: Option<OneTimeId>,
    pub used_at: Option<Time>,
    /// The browser that used it.
    pub used_in: Option<Vec<u8>>,
}

/// The secret of an account and purpose that is not used up, as far as what is typed is compared with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub id: OneTimeId,
    pub sent_to: String,
    pub status: Status,
    pub created_at: Time,
    /// Sealed; see [`open_phc`]. Not there before hand-over.
    pub phc: Option<Vec<u8>>,
    pub failures: i64,
}

/// How often one was made lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    pub count: i64,
    pub last_at: Option<Time>,
}

/// Writes a new secret, and gives its id, which the letter keeps.
///
/// # Errors
/// When the database says no.
pub async fn issue(tx: &mut Tx, keys: &Keys, entropy: &Entropy, issue: Issue<'_>) -> Result<OneTimeId, Error> {
    let id = OneTimeId::generate(entropy);
    let hash = hash(token(keys, &id).expose_secret());
    let (outbox, expires_at) = match issue.validity {
        Validity::FromHandOver(outbox) => (Some(outbox), None),
        Validity::Now => (None, Some(Time(tx.now()) + issue.lifetime)),
    };
    queries::insert(
        tx,
        &queries::NewSecret {
            id: &id,
            hash: &hash,
            issue: &issue,
            outbox,
            lifetime: micros(issue.lifetime),
            expires_at,
        },
    )
    .await?;
    Ok(id)
}

/// The secret itself. Derived, so that the same id gives the same token on every node, at every attempt.
pub fn token(keys: &Keys, id: &OneTimeId) -> Secret {
    Secret::from(BASE64URL_NOPAD.encode(&keys.mac("one_time", id.as_str().as_bytes())))
}

/// Whether a text could be a token at all: what is put into a cookie of ours comes from an address.
pub fn is_token(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// What is stored, and looked up, of a token. No salt and no slow hash: there is nothing to guess in 256 bits.
pub fn hash(token: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (to, from) in bytes.iter_mut().zip(digest(&SHA256, token.as_bytes()).as_ref()) {
        *to = *from;
    }
    bytes
}

/// Looks at the secret behind a hash, without changing anything. None: there is none of this purpose.
///
/// # Errors
/// When the database says no.
pub async fn peek(tx: &mut Tx, purpose: Purpose, hash: &[u8; 32]) -> Result<Option<State>, Error> {
    queries::find(tx, purpose, hash).await
}

/// Uses the secret up in the browser of that hash, if it is valid at this moment and its account's epoch is still the one it was made under. True for
/// exactly one caller, ever. Its effect belongs into the same transaction.
///
/// # Errors
/// When the database says no.
pub async fn consume(tx: &mut Tx, purpose: Purpose, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    queries::consume(tx, purpose, id, browser).await
}

/// Uses up, in nobody's browser, whatever other secrets of this purpose the account has, and says how many these were.
///
/// # Errors
/// When the database says no.
pub async fn retire(tx: &mut Tx, purpose: Purpose, account: &AccountId) -> Result<u64, Error> {
    queries::retire(tx, purpose, account).await
}

/// The same, of those that were sent to one address.
///
/// # Errors
/// When the database says no.
pub async fn retire_sent_to(tx: &mut Tx, purpose: Purpose, account: &AccountId, sent_to: &str) -> Result<u64, Error> {
    queries::retire_sent_to(tx, purpose, account, sent_to).await
}

/// The same as [`consume`] for a secret that was shown while it was valid and has been a proof since: a person may take longer to choose a
/// password than it takes a temporary one to expire.
///
/// # Errors
/// When the database says no.
pub async fn consume_shown(tx: &mut Tx, purpose: Purpose, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    queries::consume_shown(tx, purpose, id, browser).await
}

/// The newest secret of an account that is not used up.
///
/// # Errors
/// When the database says no.
pub async fn open_of(tx: &mut Tx, purpose: Purpose, account: &AccountId) -> Result<Option<Open>, Error> {
    queries::open_of(tx, purpose, account).await
}

/// Something else was typed.
///
/// # Errors
/// When the database says no.
pub async fn count_failure(tx: &mut Tx, id: &OneTimeId) -> Result<(), Error> {
    queries::count_failure(tx, id).await
}

/// How many of an account's secrets were made after `since`.
///
/// # Errors
/// When the database says no.
pub async fn made_since(tx: &mut Tx, purpose: Purpose, account: &AccountId, since: Time) -> Result<Made, Error> {
    queries::made_since(tx, purpose, account, since).await
}

/// The PHC string of a temporary password; `None` for what does not open, which then verifies like no password at all.
pub fn open_phc(keys: &Keys, id: &OneTimeId, sealed: &[u8]) -> Option<String> {
    keys.open(&phc_aad(id), sealed).ok().and_then(|plain| String::from_utf8(plain).ok())
}

/// What a temporary password is compared with, to be kept before its mail says it.
///
/// # Errors
/// When the database says no.
pub(super) async fn keep_phc(tx: &mut Tx, keys: &Keys, id: &OneTimeId, phc: &str) -> Result<(), Error> {
    queries::keep_phc(tx, id, &keys.seal(&phc_aad(id), phc.as_bytes())).await
}

fn phc_aad(id: &OneTimeId) -> String {
    format!("one_time:phc:{id}")
}

/// Notes that the account's second factor was shown for this secret, in the browser of that hash. False when the secret
/// is not valid any more.
///
/// # Errors
/// When the database says no.
pub async fn mark_second_factor(tx: &mut Tx, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    queries::mark_second_factor(tx, id, browser).await
}

/// Notes that a security question was answered for this secret, in the browser of that hash. False when the secret is not
/// valid any more.
///
/// # Errors
/// When the database says no.
pub async fn mark_answered(tx: &mut Tx, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    queries::mark_answered(tx, id, browser).await
}

/// Notes that whoever reads the mailbox this secret was sent to has said so, in the browser of that hash. False when the secret is
/// not valid any more.
///
/// # Errors
/// When the database says no.
pub async fn mark_mailbox(tx: &mut Tx, id: &OneTimeId, browser: &[u8; 32]) -> Result<bool, Error> {
    queries::mark_mailbox(tx, id, browser).await
}

/// Notes that the number of another secret was typed in the browser of that hash, which has said the same of this one. False when it
/// has not, or this one is not valid any more.
///
/// # Errors
/// When the database says no.
pub async fn mark_pair(tx: &mut Tx, id: &OneTimeId, browser: &[u8; 32], pair: &OneTimeId) -> Result<bool, Error> {
    queries::mark_pair(tx, id, browser, pair).await
}

/// The valid secrets of this purpose of which that was said, each with the browser in which it was.
///
/// # Errors
/// When the database says no.
pub async fn mailboxes_shown(
    tx: &mut Tx,
    purpose: Purpose,
    account: &AccountId,
) -> Result<Vec<(OneTimeId, Vec<u8>)>, Error> {
    queries::mailboxes_shown(tx, purpose, account).await
}

/// Uses up, in nobody's browser, the secrets of this purpose of all of an organization's people.
///
/// # Errors
/// When the database says no.
pub async fn retire_of_organization(
    tx: &mut Tx,
    purpose: Purpose,
    organization: &OrganizationId,
) -> Result<u64, Error> {
    queries::retire_of_organization(tx, purpose, organization).await
}

/// Forgets some of the secrets whose time was over before `before`, used or not, and says how many. One whose mail
/// still waits has not begun.
///
/// # Errors
/// When the database says no.
pub async fn purge(tx: &mut Tx, before: Time) -> Result<u64, Error> {
    queries::purge(tx, before).await
}

/// Its mail is about to be handed over: the whole lifetime begins now. A used secret stays used.
///
/// # Errors
/// When the database says no.
pub(super) async fn start(tx: &mut Tx, id: &OneTimeId) -> Result<(), Error> {
    queries::start(tx, id).await
}

/// Pure: what a row's facts mean at `now`.
fn status(used: bool, void: bool, expires_at: Option<Time>, now: Time) -> Status {
    match expires_at {
        _ if used => Status::Used,
        _ if void => Status::Void,
        None => Status::NotYet,
        Some(expires_at) if now < expires_at => Status::Valid { expires_at },
        Some(_) => Status::Expired,
    }
}
