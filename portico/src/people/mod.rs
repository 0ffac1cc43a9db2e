//! People: accounts, and the one place where what somebody typed becomes an account.
//!
//! - Email, user name, any letter case or Unicode form map to one [`Identifier`] *before* any counter, limit or log line
//!   is touched; two spellings of one account can never mean two counters.
//! - An email contains `@`, a user name never does: neither can shadow the other.
//! - An address is changed by [`change_email`] alone, and by its owner with [`move_email`]. The new one is proved by a code, and no
//!   link goes there before, but for one that an administrator sends.
//! - A user name is changed by [`change_user_name`] alone.
//! - A closed account is opened by [`enable`] alone, which looks for the seats it takes.
//! - A password is changed by [`set_password`], put away by [`put_password_away`] and an account closed by [`disable`]
//!   alone: all raise the credentials epoch, as [`credentials_changed`] does for any other credential, so that what was
//!   proved before is worthless after.

mod account;
mod administrators;
mod change_email;
mod enable;
mod identifier;
mod own;
mod queries;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use account::{Account, NewAccount, OutOfReach, StaffRole};
pub use administrators::{
    Administrator, administrators_of, helpers_of, map_administrator, mapped_roles, operators, unmap_administrator,
};
pub use change_email::{Refused as EmailRefused, change_email};
pub use enable::enable;
pub use identifier::{Email, Identifier, UserName};
pub use own::{NotMoved, NotRenamed, change_user_name, may_move, move_email, rename, who_has};
pub use queries::{
    all_sharing_mailbox, by_id, by_identifier, count_federated, credentials_changed, disable, factor_removed,
    factor_settled, insert, named, nobody, put_password_away, put_passwords_elsewhere_away,
    put_passwords_of_suspension_away, reads, rehash_password, set_email_verified, set_first_browser, set_name,
    set_password, set_staff, words_around,
};
#[cfg(test)]
pub use sample::some_account;
