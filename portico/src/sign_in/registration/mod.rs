//! What an account still lacks, one page each: the steps between the proofs and the session.
//!
//! ```text
//!   proofs ──▶ name ──▶ questions ──▶ new-password ──▶ verify-email ──▶ terms ──▶ set-up ──▶ recovery-codes ──▶ finish
//! ```
//!
//! - Registering is meeting these for the first time; who lacks one later (new terms, a password taken away, questions that
//!   have become necessary) meets the same page. Nothing stores how far somebody has come.
//! - Every form is asked again within its write whether its page is due. What was done on another device or in another tab
//!   meanwhile is done.

pub mod name;
pub mod new_password;
pub mod questions;
pub mod recovery_codes;
pub mod set_up;
pub mod terms;
pub mod verify_email;

use axum::response::Response;
use store::Tx;

use super::destination::Resume;
use super::dispatcher::{self, Opened, address, begin_anew, step_address};
use super::facts::{Named, SignIn};
use super::identify;
use super::rules::Step;
use crate::people::Account;
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Page, Visit, see_other};

/// A sign-in whose page of that step is due.
pub struct Due {
    pub sign_in: SignIn,
    pub named: Named,
    pub account: Account,
}

/// Whether a page is due, and where to go if it is not.
pub enum Gate {
    Due(Box<Due>),
    Elsewhere(Box<Response>),
}

impl Gate {
    fn elsewhere(response: Response) -> Gate {
        Gate::Elsewhere(Box::new(response))
    }

    /// For a page that is looked at.
    pub async fn of_page(visit: &Visit, id: &SignInId, step: Step) -> Result<Gate, Error> {
        let Some(opened) = dispatcher::opened(visit, id).await? else {
            return Ok(Gate::elsewhere(begin_anew(visit, id)));
        };
        Ok(Gate::of(opened, step).unwrap_or_else(|| Gate::elsewhere(see_other(&address(id)))))
    }

    /// For a form that was sent: it must have been shown for whom the sign-in names now.
    pub async fn of_form(visit: &Visit, id: &SignInId, step: Step, resume: &str) -> Result<Gate, Error> {
        let Some(opened) = dispatcher::opened(visit, id).await? else {
            return identify::resume(visit, resume).await.map(Gate::elsewhere);
        };
        match Gate::of(opened, step) {
            Some(Gate::Due(due)) if !Resume::is_for_another(&visit.app, resume, &due.named.identifier) => {
                Ok(Gate::Due(due))
            }
            _ => Ok(Gate::elsewhere(see_other(&address(id)))),
        }
    }

    fn of(opened: Opened, step: Step) -> Option<Gate> {
        if opened.step != step {
            return None;
        }
        let account = opened.account?;
        let named = opened.sign_in.named.clone()?;
        Some(Gate::Due(Box::new(Due { sign_in: opened.sign_in, named, account })))
    }
}

/// Asks again within a write.
pub async fn still_due(tx: &mut Tx, visit: &Visit, id: &SignInId, step: Step) -> Result<Option<Due>, store::Error> {
    let Some(browser) = visit.browser() else { return Ok(None) };
    let opened = dispatcher::open(tx, &visit.app, id, &browser.hash).await?;
    Ok(match opened.and_then(|opened| Gate::of(opened, step)) {
        Some(Gate::Due(due)) => Some(*due),
        _ => None,
    })
}

/// What all these pages have in common.
pub struct Frame {
    pub page: Page,
    pub action: String,
    pub resume: String,
    pub identifier: String,
    pub identify_url: String,
}

impl Frame {
    pub fn of(visit: &Visit, due: &Due, step: Step) -> Frame {
        let id = &due.sign_in.id;
        let identifier = due.named.identifier.clone();
        let resume = Resume { destination: due.sign_in.destination, identifier: Some(identifier.clone()) };
        let resume = resume.seal(&visit.app);
        Frame {
            page: visit.page().help(format!("/help?resume={resume}")),
            action: step_address(id, step),
            resume,
            identifier,
            identify_url: step_address(id, Step::Identify),
        }
    }
}
