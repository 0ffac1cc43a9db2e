//! Continuity: what an organization's people do while its own sign-in is out.
//!
//! ```text
//!   sign-in is theirs ──ask──▶ request ──a second person approves──▶ suspended ──resume──▶ sign-in is theirs
//!          │                     └─ withdrawn, declined, a day over       ▲  │
//!          └──────────────── an operator, at once ───────────────────────┘  │ passwords are reset here, through both mailboxes
//! ```
//!
//! - Single sign-on is suspended by an operator, or asked for by a License Owner and approved by somebody else: another License
//!   Owner, or an operator. A GET does nothing, a request lives a day, and whoever asked never approves.
//! - One value says that it is so, `organizations.sso_suspended_at`: routing, recovery, invitations and mails follow it in the same
//!   moment, on every node. It also names the suspension: a password or a session is stamped with the one it was made under, and is
//!   worth nothing under another or under none. Every suspension therefore starts anew.
//! - While it lasts a password is reset through the primary *and* the secondary mailbox, in whatever order and browsers
//!   (`recovery`), or through the secondary alone where the organization's policy says so. The secondary one is outside of all of
//!   the organization's domains, and was confirmed before the suspension. Who has none is told by mail whom to ask.
//! - Sessions that live when it begins stay: nobody's shift ends because an identity provider is down. Whoever suspends may end
//!   them too, where the provider itself is in other hands.
//! - Resuming is one write: the sessions that began under the suspension end, what they gave to products with them, passwords set
//!   under it are gone, and so is every link that waits.
//! - A secondary address counts once somebody who reads there has pressed a button; nobody else can confirm it. It is never a name
//!   to sign in with. The primary one is told of each change.

mod by;
mod confirm;
mod letters;
mod pages;
mod queries;
mod requests;
mod rules;
mod secondary;
mod secondary_page;
mod suspend;
#[cfg(test)]
mod tests;

pub use by::{Admitted, By, Refused, admit, is_responsible, party};
pub use letters::register;
pub use queries::{Address, Readiness, address_of, addresses_of, readiness};
pub use requests::{Request, close, open_request, request};
pub use rules::{NotSecond, masked, outlives_dispute};
pub use secondary::{NotNamed, SetBy, forget, name, remove};
pub use suspend::{Measures, approve, resume, set_policy, suspend, tell_all};

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/secondary-email", get(secondary_page::page).post(secondary_page::submit))
        .route("/account/secondary-email/remove", post(secondary_page::remove))
        .route("/account/secondary-email/confirm", get(confirm::page).post(confirm::submit))
        .route("/account/secondary-email/confirm/{token}", get(confirm::open))
        .route("/account/sso", get(pages::mine))
        .route("/account/sso/{organization}", get(pages::page))
        .route("/account/sso/{organization}/{act}", post(pages::act))
}
