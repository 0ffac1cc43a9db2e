//! Forgotten password, forgotten user name.
//!
//! ```text
//!   GET /recover ──POST──▶ row ──▶ /recover/{id}  "Check your mail"   (resend, delivery line)
//!                    │      └ the clerk, behind the request ──▶ mail
//!                    └───▶ row ──▶ /recover/{id}/questions ──three right answers──▶ a grant of 15 minutes ─┐
//!   mail ──▶ GET /recover/link/{token} ──303──▶ /recover/new-password  ◀──────────────────────────────────┘
//!                (nothing is used up by a GET)    │ second factor due ──▶ /recover/code, or /recover/recovery-code
//!                                                 │ one of two mailboxes ──▶ /recover/mailbox
//!                                                 │ question due ──▶ /recover/challenge
//!                                                 └ POST: link consumed, password set, epoch bumped, all in one write
//!                                                   └──▶ /recover/done ──▶ the sign-in that waited
//! ```
//!
//! | policy | a reset takes |
//! | --- | --- |
//! | `email` | the mailed link |
//! | `questions_or_email` | all three answers, or the mailed link |
//! | `email_then_question` | the mailed link, and then one answer |
//!
//! - While an organization's single sign-on is suspended (`continuity`) a reset takes two links, mailed to both of its person's mailboxes:
//!   each is said yes to in the browser that opened it. A browser that has said both goes on; or one in which the number is typed that
//!   the other one shows, so that nobody goes on with somebody else's yes. Or it takes the link to the secondary one, where the policy says so. What administrators send goes to the primary mailbox alone, as ever.
//! - With a second factor enrolled the link is followed by that factor, under every policy, and never by a question;
//!   answers alone never open such an account, nor one that administers, is shared, is staff's, or signs in elsewhere.
//! - Under `email_then_question` administrators are asked like everybody: the question comes on top of the link. An account
//!   that has none is told by mail whom to ask, and a link that an administrator sends asks nothing.
//! - A shared account is reset by a link that an administrator sends, to its own mailbox, and in no other way.
//! - Which ways are offered follows the typed domain's policy. A name nobody has, and an account that answers may not open,
//!   get questions of their own that no answer fits: same page, same work, same count.
//! - Right answers are no session: they give this browser, once, for 15 minutes, the right to set a password.
//! - What is shown, and what a request does, is the same for everyone; whom it is about the clerk looks up, behind it.
//!   Every typed address gets exactly one mail (an unknown one: "no account here"); a typed user name shows no delivery
//!   line, and an unknown one writes a mail that is never sent.
//! - Asking changes nothing and never voids an earlier link; a *finished* reset unlocks, ends every session and older
//!   link, forgets the browsers the account was known in, makes this one a recognized one, and mails the owner.
//! - A mailbox alone never creates a session and never skips a second factor.

mod ask;
mod challenge;
mod check_mail;
mod clerk;
mod done;
mod letters;
mod link;
mod mailbox;
mod mailbox_letters;
mod mailboxes;
mod new_password;
mod pair;
mod passkey;
mod queries;
mod questions;
mod rules;
mod second_factor;
mod send;
mod set_password;
#[cfg(test)]
mod tests;
mod ticket;

pub use ask::help as ask_for_help;
pub use clerk::{Bell, answer_due, run as answer};
pub use letters::{register, whom_to_ask};
pub use queries::{products_of, purge};
pub use send::{
    a_link_resets, begin, can_reset, issue_link, lacks_question, minutes_of, send_reset, tell_to_confirm,
    tell_where_to_sign_in,
};
pub use set_password::{
    Around as SetPassword, Arrival as SetPasswordArrival, NewPasswordForm, OVERTAKEN as PASSWORD_OVERTAKEN,
    Prepared as PreparedPassword, floor as password_floor, judge as judge_password, prepare as prepare_password,
    problem_of as password_problem, show as show_set_password,
};

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/recover", get(ask::password_page).post(ask::password))
        .route("/recover/user-name", get(ask::user_name_page).post(ask::user_name))
        .route("/recover/link/{token}", get(link::open))
        .route("/recover/new-password", get(new_password::page).post(new_password::submit))
        .route("/recover/mailbox", get(mailbox::page).post(mailbox::submit))
        .route("/recover/mailbox/number", post(pair::submit))
        .route("/recover/challenge", get(challenge::page).post(challenge::submit))
        .route("/recover/code", get(second_factor::page).post(second_factor::submit))
        .route("/recover/passkey", get(passkey::page).post(passkey::submit))
        .route("/recover/recovery-code", get(second_factor::recovery_page).post(second_factor::recovery_submit))
        .route("/recover/done", get(done::page))
        .route("/recover/{id}", get(check_mail::page))
        .route("/recover/{id}/questions", get(questions::page).post(questions::submit))
        .route("/recover/{id}/delivery", get(check_mail::delivery))
        .route("/recover/{id}/resend", post(check_mail::resend))
}
