//! The terms that people accept before they come in.
//!
//! - Whoever runs the deployment writes them and gives them a version; without any, nobody is asked.
//! - A person who has not accepted today's version meets the page at the next sign-in, between the proofs and the session.
//! - What was accepted can be shown later: the row says who, which version, when, and the SHA-256 of the text, which is kept from
//!   the first acceptance on ([`read`]).
//! - An old page accepts nothing: it says which version it showed, and counts only for that one while it is today's.

mod queries;

pub use queries::{accept, accepted, are_accepted};

use store::{Error, Tx};

use crate::platform::clock::Time;
use crate::platform::hashes::sha256;

/// Today's terms.
#[derive(Clone, Debug)]
pub struct Terms {
    pub version: String,
    /// Plain text; an empty line begins a new paragraph.
    pub text: String,
    pub hash: [u8; 32],
}

impl Terms {
    pub fn new(version: &str, text: &str) -> Terms {
        Terms { version: version.to_owned(), text: text.to_owned(), hash: sha256(text.as_bytes()) }
    }

    pub fn paragraphs(&self) -> Vec<String> {
        paragraphs(&self.text)
    }
}

/// What somebody has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub version: String,
    pub hash: Vec<u8>,
    pub at: Time,
    /// Its text can be read.
    pub is_kept: bool,
}

/// The text that somebody has accepted, in paragraphs: today's, or a former one that is kept.
///
/// # Errors
/// When the database says no.
pub async fn read(tx: &mut Tx, accepted: &Accepted, today: Option<&Terms>) -> Result<Option<Vec<String>>, Error> {
    if let Some(today) = today.filter(|today| accepted.is_of(today)) {
        return Ok(Some(today.paragraphs()));
    }
    Ok(queries::text(tx, &accepted.hash).await?.map(|text| paragraphs(&text)))
}

impl Accepted {
    /// By the text and not by the version: somebody may have corrected a word and left it.
    pub fn is_of(&self, terms: &Terms) -> bool {
        self.hash == terms.hash
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_begins_a_new_paragraph() {
        let terms = Terms::new("1", "One\nand more.\r\n\r\n Two. \n\n\n\nThree.");
        assert_eq!(terms.paragraphs(), ["One\nand more.", "Two.", "Three."]);
        assert_ne!(terms.hash, Terms::new("1", "Two.").hash);
    }
}
