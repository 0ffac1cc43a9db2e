//! What owners change of their accounts by themselves: name, address, user name.
//!
//! - An address and a user name are credentials: what was proved before is worth nothing after. Sessions are the caller's, who knows
//!   which one goes on.
//! - Nobody moves by themselves to where passwords are kept elsewhere, or to a domain of another organization.
//! - User names are unique, so that "taken" has to be said; how often may be asked is limited by the page (see `account`). That an
//!   address is somebody's is never said.

mod email;
mod queries;
mod user_name;

pub use email::{NotMoved, may_move, move_email, who_has};
pub use queries::rename;
pub use user_name::{NotRenamed, change_user_name};
