//! Invitations: somebody is given access to a product, and a first way in.
//!
//! ```text
//!   invite ──▶ access + account without a password + mail "{product} Access"
//!                                     │ temporary password and link, 15 minutes from hand-over
//!              GET /invitation/{token}│──303──▶ /invitation ── over ──▶ a fresh mail to the same mailbox
//!                                     ▼
//!              the ordinary sign-in: a temporary password is a kind of proof, never a session
//!                                     ▼
//!              what the account lacks, first to last; setting a password uses the temporary one up
//! ```
//!
//! - One row, one secret, in two forms: a link and a temporary password, both derived when the mail is handed over.
//! - A temporary password counts for its account, address, organization and invitation together, five tries long, and until
//!   a password is set: whoever leaves midway goes on with it on any device, or with a fresh one.
//! - Registered is who has a password. There is nothing else to remember, so a password that an administrator takes away
//!   leads through the same pages.
//! - A newer invitation voids the older ones. Asking again sends the one that still counts once more, so that a stranger who
//!   asks takes nothing away; a fresh one where it has ended.
//! - The link opens the page that takes the temporary password and makes that browser one the account is known in: a stranger's
//!   wrong guesses must not lock somebody out who has no other way in yet.
//! - Access takes a seat of the organization's license, once for each account, from the invitation on and not only from its
//!   acceptance. Without a free one, or a license valid today, nobody is invited. An account that is switched off gives its
//!   seats back; it is opened, and invited to more, only when they are free.
//! - An invitation to an address that has an account already adds access and tells nobody that it had. Where the account is
//!   another organization's the access opens nothing, and its owner is told. An address of a domain that another organization has
//!   verified is theirs to invite, with an account or without.

mod invite;
mod letters;
mod pages;
mod queries;
mod rules;
mod seats;
mod send;

pub use invite::{Invite, Refused, invite};
pub use letters::register;
pub use pages::is_open_here;
pub use queries::{accepted, newest, purge, void};
pub use rules::{LIVES, Pending};
pub use seats::{SeatTaken, may_return};
pub use send::{make_temporary, pending, send_again};

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/invitation", get(pages::page).post(pages::submit))
        .route("/invitation/{token}", get(pages::open))
}
