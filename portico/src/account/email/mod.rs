//! The email address: another one is typed, a code is mailed there, and it counts once the code was typed here.
//!
//! ```text
//!   nothing ──ask──▶ waits ──right code──▶ changed: the old address and the second mailbox are told, other sessions end
//!      ▲               │
//!      └── cancelled, ten minutes over, five wrong codes, any change of a credential, another address asked for
//! ```
//!
//! - Nothing changes before: the old address is what one signs in with and what mail goes to. It is told when another one is asked for,
//!   while it can still undo whatever somebody has, and again when it is done.
//! - A code counts for this account, in the browser it was asked for in, under the credentials of then (product.md D4: eight digits, ten
//!   minutes, five tries, a minute apart and five an hour).
//! - An address that is somebody's already gets a mail, too, which says that nothing was changed. The page is the same, and so is what
//!   is written: nobody finds out who has an account. No code that is typed is right then.
//! - Whose domain it is, and that its people sign in elsewhere, is no secret, and is said at once.

mod change;
mod letters;
mod pages;
mod queries;

pub use letters::register;
pub use pages::{cancel, page, resend, submit, verify};
pub use queries::purge;
