//! Recovery codes: ten, each once, in place of a second factor that is not at hand.
//!
//! - A code is twelve letters and figures in three groups, short enough to be typed from paper on a bad day. That is 58 bits, and so
//!   each is kept as an Argon2id hash (ASVS 6.5.2: under 112 bits a password hash), sealed with a key that is not in the database.
//!   Codes of 112 bits would need no slow hash, and twice as many letters.
//! - Its first two letters are its name: one code is looked up and one hash computed for what was typed, not ten. What stays secret
//!   is 49 bits, behind a counter that locks after three wrong ones.
//! - A conditional UPDATE uses one up: of many posts one wins, and the owner is told by mail how many are left.
//! - Shown until their owner says that they are kept, and never again: whoever closes the browser on the way is shown them at the
//!   next sign-in, after both factors.
//! - They come with the first factor, an app or a passkey, and go with the last one. New ones make all older ones worthless.

mod make;
mod queries;
mod rules;

pub use make::{Kept, Made, make, of_name, put, shown, take};
pub use queries::{are_made, keep, left, remove};
pub use rules::read;
