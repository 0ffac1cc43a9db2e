//! The demo: a whole Portico on one machine, with people to be, products to open, an organization's identity provider
//! and a mailbox to look into.
//!
//! - It differs from a production by its data and by what is in this folder; everything else is the same program.
//! - Its data is the same every time ([`data`]), so that a script, a test and a reader can rely on it. Its database says
//!   that it is a demo's, and `portico serve` refuses it.
//! - Its pages exist only where [`crate::app::Parts::demo`] is given. They show passwords and other people's mail to
//!   whoever asks, which is why everything of the demo listens on loopback only.
//! - Its master key is made at random, once per data folder, like anybody's.
//! - Its configuration lies in its folder, so that an administrator's commands work on it as on any other: there is no other way to be
//!   one here yet.
//! - Its clock can be put ahead, so that a visitor sees what ends with time. No production has such a clock: the address
//!   is not there, and the system's clock cannot be moved.
//!
//! ```text
//! /demo                  what to try, as whom
//! /demo/access           takes omar's access to Bed Board away, or gives it back
//! /demo/lakeshore        lets Lakeshore's people without an account get one as they come, or no more
//! /demo/clock            puts the demo's clock ahead by `seconds`
//! /demo/mail             every mail, newest first; /demo/mail.json for scripts
//! /demo/mail/{id}        one mail as text, its headers, and the way to
//! /demo/mail/{id}/html   the mail as its reader sees it
//! ```

mod access;
mod addresses;
mod clock;
pub mod data;
mod houses;
mod idp;
mod lakeshore;
mod pages;
mod products;
mod run;
mod smtp;
mod summary;

use std::path::PathBuf;

use axum::Router;
use axum::routing::{get, post};

pub use addresses::{Addresses, Listen};
pub use clock::catch_up;
pub use run::{Options, run};
pub use smtp::{Inbox, Mail, Script, Sink, Status};

use crate::app::App;

/// What the demo's own pages need beside the application.
pub struct Stage {
    pub inbox: Inbox,
    pub addresses: Addresses,
    /// The configuration that the commands are given to act on this demo.
    pub configuration: PathBuf,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/demo", get(pages::index))
        .route("/demo/access", post(access::change))
        .route("/demo/lakeshore", post(lakeshore::change))
        .route("/demo/clock", post(clock::put_ahead))
        .route("/demo/mail", get(pages::mailbox))
        .route("/demo/mail.json", get(pages::mails))
        .route("/demo/mail/{id}", get(pages::message))
        .route("/demo/mail/{id}/html", get(pages::letter))
}
