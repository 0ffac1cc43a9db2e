//! The second proof. Its pages appear only after a right password, so they need no decoys.
//!
//! ```text
//!   /code ──"another way"──▶ /another-way ──┬▶ /recovery-code   counts like the app, once
//!     ▲ ▼                        ▲          │
//!   /passkey ────────────────────┘          │
//!                                           ├▶ /email-code      where it is allowed; never two factors
//!                                           └▶ neither: an administrator is asked, and takes the factor away after a while
//! ```
//!
//! All of them are due while the second factor is, whichever was looked at last.

pub mod another_way;
pub mod code;
pub mod email_code;
pub mod passkey;
pub mod recovery_code;

use axum::response::Response;
use store::Tx;

use super::dispatcher::{self, go_on_from};
use super::facts::{Method, Proof};
use super::finish::{Finished, Newcomer, finish_within};
use super::queries;
use super::rules::Step;
use crate::mfa::{Checked, Guess};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Visit};

/// What a guess came to.
enum Tried {
    /// Right, or not due any more: the facts say where it leads.
    Settled(Finished),
    Wrong,
    Locked,
}

/// One write: the count, what was shown used up, the proof, and the session if nothing else is missing. `lost`: the person says that
/// another app is to be set up next.
async fn try_out(
    visit: &Visit,
    id: &SignInId,
    account: &Account,
    guess: Guess,
    (method, lost): (Method, bool),
) -> Result<Tried, Error> {
    let subject = account.id.as_str();
    let Some(newcomer) = Newcomer::of(visit, id) else { return Ok(Tried::Settled(Finished::NotDue)) };
    let write = async |tx: &mut Tx| {
        let opened = dispatcher::open(tx, &visit.app, id, newcomer.browser()).await?;
        if opened.is_none_or(|opened| opened.step != Step::SecondFactor) {
            guess.drop_within(tx).await?;
            return finish_within(tx, visit, id, &newcomer).await.map(Tried::Settled);
        }
        match guess.settle(tx, visit, account).await? {
            Checked::Right => {
                let proof = Proof { method, epoch: account.credentials_epoch, at: Time(tx.now()) };
                queries::prove_second(tx, id, subject, proof).await?;
                queries::set_app_wanted(tx, id, lost).await?;
                finish_within(tx, visit, id, &newcomer).await.map(Tried::Settled)
            }
            Checked::Wrong => Ok(Tried::Wrong),
            Checked::Locked(_) => Ok(Tried::Locked),
        }
    };
    let tried = visit.app.db.write("second_factor.settle", write).await?;
    guess.settled(visit);
    Ok(tried)
}

/// Where a guess leads: back to its page, or wherever the facts do.
async fn answer(visit: &Visit, id: &SignInId, tried: Tried, here: &str) -> Result<Response, Error> {
    use crate::platform::web::see_other;
    match tried {
        Tried::Settled(finished) => go_on_from(visit, id, finished).await,
        Tried::Wrong => Ok(see_other(&format!("{here}?problem=wrong"))),
        Tried::Locked => Ok(see_other(here)),
    }
}

/// The address of one of the pages of this step.
pub fn way(id: &SignInId, name: &str) -> String {
    format!("{}/{name}", dispatcher::address(id))
}
