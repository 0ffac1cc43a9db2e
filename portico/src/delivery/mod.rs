//! How mail fares: what comes back, which organizations' mail servers turn ours away, and a mail's life in words.
//!
//! - Reports of mail that came back are read from a maildir the operator names, by one node at a time ([`collect_bounces`]).
//! - A domain *refuses us* when, within a day, mail to at least three of its people was turned away for no fault of their
//!   mailboxes, and to more of them than had theirs taken. Addresses that do not exist say nothing: strangers can type them.
//! - That alarms ([`watch_domains`]: a gauge for every organization's domain, a line in the log when it begins and ends), is told
//!   by the doctor, and on "Check your mail" to whoever typed an address of that domain, known or not.
//! - A mail's whole life ([`lives_of`]) is for the doctor and `account show` only. Pages show no more than its state.

mod bounces;
mod queries;
mod rules;
#[cfg(test)]
mod tests;
mod told;
mod watch;

pub use bounces::{collect as collect_bounces, run as run_bounces};
pub use rules::refuses;
pub use told::{MailTold, lives_of, trouble_of};
pub use watch::{DomainTold, Watch, domains};
