//! Answers and the password are kept apart: none of the three may be the password, whichever is set second. Or whoever has
//! overheard an answer, or got the password out of somebody, had both.
//!
//! What is kept is a hash, so that it takes one to find out: in the bounded pool, all of them whatever the others say, and as
//! many for an account that has nothing to compare with.

use store::{Error, Tx};

use super::answers::{aad, peppered};
use super::catalog::Question;
use super::queries;
use super::rules::{COUNT, Chosen, Flaw, Weakness, normalize};
use crate::app::App;
use crate::lockout::{self, Comparison};
use crate::password::{self, Slot};
use crate::people::Account;
use crate::platform::entropy::Secret;
use crate::platform::ids::AccountId;
use crate::platform::web;
use secrecy::ExposeSecret;

/// The answers of an account at one time, sealed: what was found out of them holds as long as they are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept(Vec<(Question, Vec<u8>)>);

impl Kept {
    /// # Errors
    /// When the database says no.
    pub async fn of(tx: &mut Tx, account: &AccountId) -> Result<Kept, Error> {
        queries::of_account(tx, account).await.map(Kept)
    }
}

/// The first of these answers that is the account's password, as it was typed or in its one form.
///
/// # Errors
/// Busy, when there is no place for all hashes; too many, when it was asked too often.
pub async fn is_password(app: &App, account: &Account, chosen: &Chosen) -> Result<Option<Flaw>, web::Error> {
    let stored = account.password.as_deref().and_then(|sealed| password::unseal(&app.keys, &account.id, sealed));
    let comparison = lockout::compare(app, &account.id).await?;
    let forms = |answer: &Secret| {
        let typed = answer.expose_secret().trim();
        [Secret::from(typed), Secret::from(normalize(typed))]
    };
    let mut wanted = Vec::new();
    for (number, (_, answer)) in (1..).zip(chosen.answers()) {
        wanted.extend(forms(answer).map(|form| (number, form, stored.clone())));
    }
    let same = compare(app, &comparison, wanted).await?;
    Ok(same.map(|number| Flaw { number, weakness: Weakness::Password }))
}

/// Whether a new password is one of the answers that stay.
///
/// # Errors
/// Busy, when there is no place for all hashes; too many, when it was asked too often.
pub async fn is_answer(app: &App, account: &Account, kept: &Kept, password: &Secret) -> Result<bool, web::Error> {
    let comparison = lockout::compare(app, &account.id).await?;
    let answers = kept.0.iter().map(|(question, sealed)| {
        let place = aad(&account.id, *question);
        let phc = app.keys.open(&place, sealed).ok().and_then(|plain| String::from_utf8(plain).ok());
        (*question, phc)
    });
    let nothing = std::iter::repeat((Question::ChildhoodToy, None));
    let wanted = answers.chain(nothing).take(COUNT);
    let wanted =
        (1..).zip(wanted).map(|(number, (question, phc))| (number, peppered(&app.keys, question, password), phc));
    Ok(compare(app, &comparison, wanted.collect()).await?.is_some())
}

/// The lowest number among those whose text fits its hash. All places at once or none; all hashes are computed.
async fn compare(
    app: &App,
    comparison: &Comparison,
    wanted: Vec<(usize, Secret, Option<String>)>,
) -> Result<Option<usize>, web::Error> {
    let slots = wanted.iter().map(|_| app.hasher.reserve()).collect::<Result<Vec<Slot>, _>>();
    let slots = slots.map_err(|_| web::Error::Busy { retry_after: password::RETRY_AFTER })?;
    let mut running = Vec::new();
    for (slot, (number, typed, stored)) in slots.into_iter().zip(wanted) {
        let same = password::coincides(slot, comparison, typed, stored);
        running.push((number, tokio::spawn(same)));
    }
    let mut first = None;
    for (number, one) in running {
        // Fail closed: what could not be compared counts as the same.
        if one.await.unwrap_or(true) && first.is_none() {
            first = Some(number);
        }
    }
    Ok(first)
}
