//! One way to an identity provider and back, of one sign-in in one browser.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use secrecy::ExposeSecret;

use crate::platform::clock::Time;
use crate::platform::entropy::{Entropy, Secret};
use crate::platform::hashes::sha256;
use crate::platform::ids::{ConnectionId, DepartureId, SignInId};
use crate::platform::keys::Keys;

/// Long enough to find one's telephone for the code that is asked for there.
pub const LIVES: Duration = Duration::from_secs(15 * 60);

/// How often one sign-in goes there. Whoever needs more names themselves anew, which is counted where they come from: or one
/// sign-in could ask an identity provider for ever, in our name.
pub const MOST: i64 = 30;

/// The ways that a sign-in has taken so far. None of them is taken back for another: a second tab's is as good as the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    pub taken: i64,
    /// Of them, those that have brought an answer back, which let nobody in.
    pub answered: i64,
}

/// What has to be asked before a sign-in goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    Freely,
    /// While there were not too many bad answers where it comes from.
    WithinItsLimit,
    NoMore,
}

impl Ways {
    /// Whether the sign-in may go there once more. `known`: the browser is one that the account is known in.
    ///
    /// The first answer of a sign-in is never refused for what others have brought: a hospital is one address, and one of its
    /// computers must not keep the others out.
    pub fn go(self, known: bool) -> Goes {
        match self.taken < MOST {
            false => Goes::NoMore,
            true => self.come_back(known),
        }
    }

    /// Whether one more answer is taken.
    pub fn come_back(self, known: bool) -> Goes {
        match self.answered == 0 || known {
            true => Goes::Freely,
            false => Goes::WithinItsLimit,
        }
    }
}

/// A departure as it is stored. Its nonce and verifier are in no row: they follow from the id and the server's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    pub id: DepartureId,
    pub sign_in: SignInId,
    pub connection: ConnectionId,
    pub created_at: Time,
}

/// What goes out with the browser, and comes back with it.
pub struct State(Secret);

impl State {
    pub fn generate(entropy: &Entropy) -> State {
        State(entropy.token())
    }

    pub fn text(&self) -> &str {
        self.0.expose_secret()
    }

    pub fn hash(&self) -> [u8; 32] {
        State::hash_of(self.text())
    }

    pub fn hash_of(text: &str) -> [u8; 32] {
        sha256(text.as_bytes())
    }
}

impl Departure {
    /// Binds an ID token to this departure.
    pub fn nonce(&self, keys: &Keys) -> String {
        self.derived(keys, "federation_nonce")
    }

    /// Binds the code to this deployment (RFC 7636).
    pub fn verifier(&self, keys: &Keys) -> Secret {
        Secret::from(self.derived(keys, "federation_verifier"))
    }

    fn derived(&self, keys: &Keys, purpose: &str) -> String {
        BASE64URL_NOPAD.encode(&keys.mac(purpose, self.id.as_str().as_bytes()))
    }

    /// For how many seconds whoever left has been away.
    pub fn seconds_away(&self, now: Time) -> u32 {
        u32::try_from(now.since(self.created_at).as_secs()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Goes, MOST, Ways};

    #[rstest]
    #[case::the_first(0, 0, false, Goes::Freely)]
    #[case::again_without_an_answer(MOST - 1, 0, false, Goes::Freely)]
    #[case::after_a_bad_answer(1, 1, false, Goes::WithinItsLimit)]
    #[case::after_a_bad_answer_where_it_is_known(1, 1, true, Goes::Freely)]
    #[case::too_often(MOST, 0, false, Goes::NoMore)]
    #[case::too_often_where_it_is_known(MOST, MOST, true, Goes::NoMore)]
    fn a_sign_in_goes_there_so_often_and_its_first_answer_is_never_refused(
        #[case] taken: i64,
        #[case] answered: i64,
        #[case] known: bool,
        #[case] goes: Goes,
    ) {
        let ways = Ways { taken, answered };
        assert_eq!(ways.go(known), goes);
        // Whoever is on the way may come back by the last one, too.
        let back = if answered > 0 && !known { Goes::WithinItsLimit } else { Goes::Freely };
        assert_eq!(ways.come_back(known), back);
    }
}
