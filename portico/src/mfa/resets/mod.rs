//! A second factor that is lost, and no recovery code either: an administrator has it taken away (security.md C6).
//!
//! ```text
//!                    ┌──"it wasn't me"──▶ stopped        every address is told
//!   begun ──waits────┼──the app is used─▶ stopped        every address is told
//!     │  (a day, or as the organization wants it)
//!     │              ├──a passkey is───▶ stopped        every address is told
//!     │              └──an administrator▶ stopped        every address is told
//!     ▼
//!                             due ──▶ judged once more ──▶ stopped: every address is told, and whoever began it
//!   every address is told             └─▶ done: all factors and recovery codes are taken away, every session ends, every address is told
//! ```
//!
//! - Whoever begins one says how it was made sure who asks, and that is kept. Nothing is asked of the person but what an administrator
//!   knows them by: no questions, and nobody is told a secret that would open the account.
//! - An operator begins one with a command; who administers an organization, on a page that lists those who asked for help: for people
//!   they look after, never for themselves, for staff, or for administrators whom they have not named.
//! - It is never done at once and never silently. One waits at most for an account. What has changed until it is due counts: an
//!   administrator who is none any more, a person who has become staff, another organization or address stop it.
//! - It takes nothing but the second factor: whoever comes next still has to know the password. Until somebody has signed in with that
//!   one, no link that anybody may ask for resets it; who has lost both asks the administrator once more.

mod acts;
mod administer;
mod job;
mod letters;
mod pages;
mod queries;
mod rules;

pub use acts::{MadeSure, NotBegun, begin, ends_by_use, stop};
pub use administer::administers;
pub use job::{end_due, run};
pub use letters::register;
pub use queries::{Waiting, ask, close_request, waiting};

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/lost-factors", get(pages::page).post(pages::begin))
        .route("/account/lost-factors/{account}/stop", post(pages::stop))
}
