//! What is not a feature: time, randomness, keys, words, the web, and the other things that every room of the house
//! uses. Nothing under here knows a feature; features know this.

pub mod clock;
pub mod dns;
pub mod domain;
pub mod entropy;
pub mod fresh;
pub mod hashes;
pub mod i18n;
pub mod ids;
pub mod jobs;
pub mod kept;
pub mod keys;
pub mod limits;
pub mod lines;
pub mod log;
pub mod mail;
pub mod one_time;
pub mod ops;
pub mod outgoing;
pub mod spelled;
pub mod web;

#[cfg(test)]
pub(crate) mod test_db;
