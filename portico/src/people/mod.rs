//! People: accounts, and the one place where what somebody typed becomes an account.
//!
//! - Email, user name, any letter case or Unicode form map to one [`Identifier`] *before* any counter, limit or log line
//!   is touched; two spellings of one account can never mean two counters.
//! - An email contains `@`, a user name never does: neither can shadow the other.
//! - Every change of a credential goes through [`set_password`] or [`bump_epoch`], so that what was proved before it is
//!   worthless after it.

mod account;
mod identifier;
mod queries;
#[cfg(test)]
mod tests;

pub use account::{Account, NewAccount, StaffRole};
pub use identifier::{Email, Identifier, UserName};
pub use queries::{
    Administrator, administrators_of, all_sharing_mailbox, bump_epoch, by_id, by_identifier, insert, is_administrator,
    nobody, rehash_password, set_disabled, set_password, set_staff,
};
