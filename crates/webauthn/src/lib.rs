//! Web Authentication (W3C, Level 3) without I/O: the relying party's side, for passkeys.
//!
//! - Bytes of a browser come in, with what was expected of them; a judgment comes out. No HTTP server, no database, no clock, no
//!   randomness: a challenge is handed in, and that it is used once is its maker's business.
//! - Attestation is `none`: nothing is believed about an authenticator's make, so that what it says about itself is stepped over,
//!   whatever format it has. What is kept is the key, under the identifier the authenticator gave it.
//! - The person was there *and* was verified (by a finger, a face, a PIN): [`Demand::UserVerified`] is what makes one gesture two
//!   factors. The weaker demand exists for the test vectors and for whoever asks for nothing but presence.
//! - The origin is compared as a whole with the configured one, never with a part of a request; frames are refused.
//! - Algorithms: ES256, EdDSA (Ed25519) and RS256, which between them every authenticator has.
//!
//! | module | what |
//! | --- | --- |
//! | [`relying_party`] | who asks: RP ID and origin |
//! | `client_data` | what the browser says it was asked |
//! | `authenticator_data` | what the authenticator says |
//! | [`cose`] | public keys, and signatures by them |
//! | `cbor` | as much of CBOR as CTAP 2 allows |
//! | [`ceremony`] | the two of them: registration and authentication |

mod authenticator_data;
mod cbor;
pub mod ceremony;
mod client_data;
pub mod cose;
#[cfg(test)]
mod hostile;
pub mod relying_party;
#[cfg(test)]
mod tests;
mod wrong;

pub use authenticator_data::Backup;
pub use ceremony::{Answer, Authenticated, Demand, Registered, Registration, authenticate, count_goes_on, register};
pub use cose::{ALGORITHMS, PublicKey};
pub use relying_party::RelyingParty;
pub use wrong::Wrong;

/// The challenge of one ceremony: 256 bits that are used once.
pub type Challenge = [u8; 32];

/// The longest credential identifier there may be, in bytes (Level 3, section 4).
pub const MOST_CREDENTIAL_ID: usize = 1023;
