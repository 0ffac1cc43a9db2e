//! The Contact Form: a question, or a request to be called back, from anybody, signed in or not.
//!
//! ```text
//!   /support?topic=…&reference=… ──POST──▶ cannot be sent: what was typed is kept (sealed, one row a browser), and why
//!                                     └──▶ row + mails, in one write ──▶ /support/{id}  its number, and what comes next
//!                                                └ the clerk, behind the request ──▶ mail to administrators
//! ```
//!
//! - One form is one request however often it is posted. A request never carries a secret of ours; of error pages it
//!   carries the reference.
//! - What a stranger typed goes to the support mailbox alone, quoted. The confirmation goes to the address that was typed,
//!   so it has no word of the stranger's and comes three times a day at most.
//! - Where only an organization's administrators can help, they are told which of *their* people asks, as their own records
//!   name them. Which organization follows the typed domain (or the session). Whether anybody has the name the clerk looks up,
//!   behind the request, so that sending a form tells nothing.
//! - A stranger's text is cut to size and freed of what cannot be seen. Requests are forgotten after half a year.

mod clerk;
mod form;
mod letters;
mod queries;
mod rules;
mod send;
mod sent;
#[cfg(test)]
mod tests;
mod topic;

pub use clerk::{run as tell, tell_due};
pub use letters::register;
pub use queries::{Sent, open, purge, purge_drafts};
pub use topic::Topic;

use axum::Router;
use axum::routing::get;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new().route("/support", get(form::page).post(form::submit)).route("/support/{id}", get(sent::page))
}
