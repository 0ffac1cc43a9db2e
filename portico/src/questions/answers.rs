//! How answers are kept: one form, a pepper, Argon2id, sealed.

use data_encoding::BASE64URL_NOPAD;
use secrecy::ExposeSecret;
use serde_json::json;
use store::{Error, Tx};
use zeroize::Zeroizing;

use super::catalog::Question;
use super::queries;
use super::rules::{Chosen, normalize};
use crate::app::App;
use crate::audit::{self, Event};
use crate::notices::{self, Cause};
use crate::password::{self, Busy, HashError, Hasher};
use crate::people::{self, Account};
use crate::platform::entropy::Secret;
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;
use crate::platform::web::{self, Visit};
use crate::session;

/// Answers ready to be kept. They belong to no account before they are sealed for one.
pub struct Hashed(Vec<(Question, String)>);

/// Why answers are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// A part of registering: the credentials come into being, and what was proved stays proved.
    FirstTime,
    /// Any other time: everything proved under the old credentials is worthless.
    Change,
}

#[derive(Debug, thiserror::Error)]
pub enum NotHashed {
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Failed(#[from] HashError),
}

impl From<NotHashed> for web::Error {
    fn from(problem: NotHashed) -> web::Error {
        match problem {
            NotHashed::Busy(_) => web::Error::Busy { retry_after: password::RETRY_AFTER },
            NotHashed::Failed(error) => web::Error::Internal(error.to_string()),
        }
    }
}

/// Hashes answers, before and outside of the transaction that keeps them.
///
/// # Errors
/// [`Busy`] when no place is free: answer 503, as for passwords.
pub async fn hash(keys: &Keys, hasher: &Hasher, chosen: &Chosen) -> Result<Hashed, NotHashed> {
    let mut hashed = Vec::new();
    for (question, answer) in chosen.answers() {
        hashed.push((*question, hasher.reserve()?.hash(peppered(keys, *question, answer)).await?));
    }
    Ok(Hashed(hashed))
}

/// Replaces the answers of an account. Answers the epoch in force, for the sign-in that goes on under it.
///
/// # Errors
/// When the database says no.
pub async fn keep(
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    hashed: &Hashed,
    occasion: Occasion,
) -> Result<i64, Error> {
    let app = &visit.app;
    put(tx, &app.keys, &account.id, hashed).await?;
    let changed = audit::Entry::of(Event::QuestionsChanged, account).from(visit);
    let first_time = occasion == Occasion::FirstTime;
    let changed = audit::Entry { details: json!({ "first_time": first_time }), ..changed };
    audit::record(tx, &app.entropy, changed).await?;
    match occasion {
        Occasion::FirstTime => Ok(account.credentials_epoch),
        Occasion::Change => {
            let credentials_epoch = people::credentials_changed(tx, &account.id).await?;
            let account = Account { credentials_epoch, ..account.clone() };
            notices::questions_changed(tx, &Cause::of(visit), &account).await?;
            Ok(credentials_epoch)
        }
    }
}

/// Writes the answers and nothing else: for data that is seeded.
///
/// # Errors
/// When the database says no.
pub async fn put(tx: &mut Tx, keys: &Keys, account: &AccountId, hashed: &Hashed) -> Result<(), Error> {
    queries::delete(tx, account).await?;
    for (question, phc) in &hashed.0 {
        let sealed = keys.seal(&aad(account, *question), phc.as_bytes());
        queries::insert(tx, account, *question, &sealed).await?;
    }
    Ok(())
}

/// Takes an account's answers away; false when there were none.
///
/// # Errors
/// When the database says no.
pub async fn remove(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let removed = queries::delete(tx, account).await? > 0;
    if removed {
        people::credentials_changed(tx, account).await?;
    }
    Ok(removed)
}

/// Takes an account's answers away, as their owner wishes, who is told. Answers the epoch in force then; `None` where there were none.
///
/// # Errors
/// When the database says no.
pub async fn remove_own(tx: &mut Tx, visit: &Visit, account: &Account) -> Result<Option<i64>, Error> {
    if queries::delete(tx, &account.id).await? == 0 {
        return Ok(None);
    }
    let credentials_epoch = people::credentials_changed(tx, &account.id).await?;
    let removed = audit::Entry::of(Event::QuestionsRemoved, account).from(visit);
    audit::record(tx, &visit.app.entropy, removed).await?;
    let account = Account { credentials_epoch, has_questions: false, ..account.clone() };
    notices::questions_removed(tx, &Cause::of(visit), &account).await?;
    Ok(Some(credentials_epoch))
}

/// Takes an account's answers away, by whoever runs the commands: its owner is told, and asked for new ones where they are
/// needed. False when there were none.
///
/// # Errors
/// When the database says no.
pub async fn clear(tx: &mut Tx, app: &App, account: &Account) -> Result<bool, Error> {
    if !remove(tx, &account.id).await? {
        return Ok(false);
    }
    session::end_all(tx, &account.id).await?;
    let account = Account { has_questions: false, ..account.clone() };
    notices::questions_changed(tx, &Cause::command(app), &account).await?;
    Ok(true)
}

/// What is hashed in place of an answer. Without the key, which is not in the database, nobody can try answers; with the
/// question in it, an answer fits no other question.
pub(super) fn peppered(keys: &Keys, question: Question, typed: &Secret) -> Secret {
    let normal = Zeroizing::new(normalize(typed.expose_secret()));
    let text = Zeroizing::new(format!("{}/{}", question.as_str(), normal.as_str()));
    Secret::from(BASE64URL_NOPAD.encode(&keys.mac("security_answer", text.as_bytes())))
}

pub(super) fn aad(account: &AccountId, question: Question) -> String {
    format!("security_answers:hash:{account}:{}", question.as_str())
}
