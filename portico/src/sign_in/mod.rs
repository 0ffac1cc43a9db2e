//! Sign-in: one row of facts, one pure function that says what comes next.
//!
//! ```text
//!   GET /sign-in ──POST──▶ row ──▶ GET /sign-in/{id} ── next_step ──┬▶ /identify   who?
//!                            ▲          (the dispatcher)            ├▶ /sso        your organization's page (federation)
//!                            │                                      ├▶ /password   first proof
//!                            └── every POST asks the same question ─┼▶ /code …     second proof
//!                                                                   ├▶ /name …     what the account still lacks
//!                                                                   ├▶ /refused    barred; who can help
//!                                                                   └▶ finish      session, destination
//! ```
//!
//! - Nothing stores "where you are". Pages never link to each other; they post, and the dispatcher looks at the facts. A form
//!   that has changed them answers at once with what the dispatcher would say (docs/decisions/0005-answers-dispatch.md).
//! - A page counts only while it is due. A stale, replayed or out-of-order form changes nothing and burns no attempt.
//! - Facts only move forward, by conditional UPDATE; the loser of a race is redirected like everybody.
//! - A proof names the epoch of the credentials it was made under; another epoch makes it worthless. The sign-in that made the
//!   change stamps its own proofs anew.
//! - A temporary password is a first proof, and leads to a password of one's own before anything else opens.
//! - A session to which a second factor is added is the first proof of a sign-in of its own ([`step_up`]), as long as it lives; the
//!   session that is born takes its place.
//! - A session is born once, in [`finish`], in the transaction that asks [`next_step`] again: most often the one that has just
//!   recorded the last proof.
//! - The row is bound to the browser that began it. Before the first POST nothing is stored.

mod arrival;
mod destination;
mod dispatcher;
mod facts;
mod finish;
mod guess;
mod half;
mod identify;
mod letters;
mod passkey;
mod password;
mod queries;
mod refused;
mod registration;
mod rules;
mod second_factor;
mod sso;
mod standing;
mod step_up;
#[cfg(test)]
mod tests;

pub use arrival::arrive;
pub use destination::{AccountPage, AuthorizationId, Destination, OpeningId, Resume, address as address_for};
pub use dispatcher::{address as dispatcher_address, go_on, go_on_from, waiting};
pub use facts::{Lacks, Method};
pub use finish::{Finished, Newcomer};
pub use half::{run as run_half, tell_due as tell_half};
pub use identify::{OptedIn, start_with};
pub use letters::register;
pub use queries::{forget_federated, purge};
pub use registration::name::{Flaw as NameFlaw, as_name, judge as judge_names};
pub use registration::verify_email::{
    AN_HOUR as CODES_AN_HOUR, LIVES as CODE_LIVES, RESEND_AFTER as CODE_RESENT_AFTER, TRIES as CODE_TRIES,
};
pub use rules::PROOF_LIVES;
pub use sso::{Awaited, awaited, choose_address, identify_address, proved_there};
pub use standing::{accepts_terms, lacks, standing};
pub use step_up::{begin as step_up, set_up_app};

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(identify::first_page).post(identify::begin))
        .route("/sign-in/forget", post(identify::forget))
        .route("/sign-in/passkey", post(passkey::submit))
        .route("/sign-in/{id}", get(dispatcher::dispatch))
        .route("/sign-in/{id}/identify", get(identify::page).post(identify::choose))
        .route("/sign-in/{id}/password", get(password::page).post(password::submit))
        .route("/sign-in/{id}/passkey", get(second_factor::passkey::page).post(second_factor::passkey::submit))
        .route("/sign-in/{id}/code", get(second_factor::code::page).post(second_factor::code::submit))
        .route("/sign-in/{id}/another-way", get(second_factor::another_way::page).post(second_factor::another_way::ask))
        .route(
            "/sign-in/{id}/recovery-code",
            get(second_factor::recovery_code::page).post(second_factor::recovery_code::submit),
        )
        .route("/sign-in/{id}/email-code", get(second_factor::email_code::page).post(second_factor::email_code::submit))
        .route("/sign-in/{id}/email-code/send", post(second_factor::email_code::send))
        .route("/sign-in/{id}/set-up", get(registration::set_up::page).post(registration::set_up::submit))
        .route(
            "/sign-in/{id}/recovery-codes",
            get(registration::recovery_codes::page).post(registration::recovery_codes::submit),
        )
        .route("/sign-in/{id}/name", get(registration::name::page).post(registration::name::submit))
        .route("/sign-in/{id}/questions", get(registration::questions::page).post(registration::questions::submit))
        .route("/sign-in/{id}/questions/later", post(registration::questions::later))
        .route(
            "/sign-in/{id}/new-password",
            get(registration::new_password::page).post(registration::new_password::submit),
        )
        .route(
            "/sign-in/{id}/verify-email",
            get(registration::verify_email::page).post(registration::verify_email::submit),
        )
        .route("/sign-in/{id}/verify-email/send", post(registration::verify_email::send))
        .route("/sign-in/{id}/terms", get(registration::terms::page).post(registration::terms::submit))
        .route("/sign-in/{id}/sso", get(sso::leave))
        .route("/sign-in/{id}/refused", get(refused::page))
}
