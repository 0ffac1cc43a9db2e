//! A mail as it would be sent, without sending it: for whoever wants to look at one.

use super::render::render;
use super::{Desk, Letters};

/// Both forms of a mail, and what a mailbox shows of it.
pub struct Proof {
    pub subject: String,
    pub preview: String,
    pub text: String,
    pub html: String,
}

/// Writes a mail of that kind from its stored facts.
///
/// # Errors
/// A sentence: the kind is unknown, the facts are of another kind.
pub fn proof(letters: &Letters, kind: &str, facts: &str, desk: &Desk) -> Result<Proof, String> {
    let message = letters.compose(kind, facts, desk).map_err(|error| error.to_string())?;
    let body = render(&message, desk).map_err(|error| error.to_string())?;
    Ok(Proof { subject: message.subject, preview: message.preview, text: body.text, html: body.html })
}
