//! The page that sets a password: of a reset, and of a sign-in that brought a temporary one.

use askama::Template;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;
use store::Tx;

use super::queries;
use crate::password::{self, Weakness};
use crate::people::{self, Account};
use crate::platform::web::{Error, Page, Problem, Visit, html};
use crate::questions::{self, Kept};
use crate::{lockout, session};

#[derive(Template)]
#[template(path = "recovery/set_password.html")]
struct SetPasswordPage {
    page: Page,
    action: String,
    identifier: String,
    resume: String,
    products: Vec<String>,
    min_length: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    pub problem: String,
}

#[derive(Deserialize)]
pub struct NewPasswordForm {
    #[serde(default = "password::missing")]
    pub password: SecretString,
    #[serde(default = "password::missing")]
    pub again: SecretString,
    #[serde(default)]
    pub resume: String,
}

/// What the page says besides the account's own.
pub struct Around {
    pub page: Page,
    pub action: String,
    pub identifier: String,
    /// Whom the form was shown for, sealed; empty where the browser's link says it.
    pub resume: String,
}

pub async fn show(visit: &Visit, account: &Account, around: Around, problem: &str) -> Result<Response, Error> {
    let products = async |tx: &mut Tx| queries::products_of(tx, &account.id).await;
    let products = visit.app.db.read("password.products", products).await?;
    let Around { page, action, identifier, resume } = around;
    let floor = floor(account);
    html(&SetPasswordPage {
        // A closed set: what stands in an address is never shown.
        problem: problem_of(&page, problem, floor),
        page,
        action,
        identifier,
        resume,
        products,
        min_length: floor.to_string(),
    })
}

/// The problem of a password that could not be set because the answers it was compared with are others now.
pub const OVERTAKEN: &str = "overtaken";

/// A closed set: what stands in an address is never shown.
pub fn problem_of(page: &Page, problem: &str, floor: usize) -> Option<Problem> {
    if problem == OVERTAKEN {
        return Some(Problem { summary: page.t("password-overtaken").into_owned(), field: "password" });
    }
    problem.parse().ok().map(|weakness: Weakness| weakness.told(page, floor))
}

/// Whether what was typed may be this account's password, as far as no hash is needed to tell.
///
/// # Errors
/// When the database says no.
pub async fn judge(visit: &Visit, account: &Account, form: &NewPasswordForm) -> Result<Result<(), Weakness>, Error> {
    let words = async |tx: &mut Tx| people::words_around(tx, account).await;
    let mut about = visit.app.db.read("password.words", words).await?;
    about.push(visit.app.brand.name.clone());
    Ok(password::judge(&form.password, &form.again, floor(account), &about))
}

/// A password ready to be set.
pub struct Prepared {
    /// As it is stored.
    sealed: Vec<u8>,
    /// None of which it is.
    answers: Kept,
}

impl Prepared {
    /// Whether it may still be set: answers that were set in another tab meanwhile have not been compared with it.
    pub async fn still_stands(&self, tx: &mut Tx, account: &Account) -> Result<bool, store::Error> {
        Ok(Kept::of(tx, &account.id).await? == self.answers)
    }

    /// Sets it, and nothing else: for its owner, in a session that goes on. Answers the new epoch.
    pub async fn set(&self, tx: &mut Tx, account: &Account) -> Result<i64, store::Error> {
        people::set_password(tx, &account.id, &self.sealed).await
    }

    /// Sets it, and ends what must not outlive the old one: every session, and every lock. Answers the new epoch.
    pub async fn put(&self, tx: &mut Tx, account: &Account) -> Result<i64, store::Error> {
        let epoch = self.set(tx, account).await?;
        session::end_all(tx, &account.id).await?;
        lockout::clear_subject(tx, account.id.as_str()).await?;
        Ok(epoch)
    }
}

/// Judges what was typed, and makes its stored form; outside of the write that sets it, because it takes hashes.
pub async fn prepare(
    visit: &Visit,
    account: &Account,
    form: NewPasswordForm,
) -> Result<Result<Prepared, Weakness>, Error> {
    if let Err(weakness) = judge(visit, account, &form).await? {
        return Ok(Err(weakness));
    }
    let app = &visit.app;
    let password = form.password;
    let answers = app.db.read("password.answers", async |tx: &mut Tx| Kept::of(tx, &account.id).await).await?;
    if questions::is_answer(app, account, &answers, &password).await? {
        return Ok(Err(Weakness::Answer));
    }
    let slot = app.hasher.reserve().map_err(|_| Error::Busy { retry_after: password::RETRY_AFTER })?;
    let hash = slot.hash(password).await.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Ok(Prepared { sealed: password::seal(&app.keys, &account.id, &hash), answers }))
}

/// How many characters it has at the least.
pub fn floor(account: &Account) -> usize {
    account.organization.policy.password_floor(account.has_second_factor())
}
