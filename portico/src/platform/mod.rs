//! What is not a feature: time, randomness, keys, words, the web, and the other things that every room of the house
//! uses. Nothing under here knows a feature; features know this.

pub mod clock;
pub mod entropy;
pub mod i18n;
pub mod ids;
pub mod keys;
pub mod limits;
pub mod web;
