//! Passwords: how they are kept and which ones are accepted.
//!
//! - A password is kept as an Argon2id hash that says how it was made; a hash made at an older cost is renewed at the next
//!   sign-in.
//! - What is checked is what a person chose: length, not among the common ones, not about the person. There are no rules
//!   of composition and no expiry (NIST SP 800-63B-4, 3.1.1.2).

pub mod hash;
mod phc;
pub mod rules;
