//! The one source of randomness: ids, tokens, salts, nonces.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use secrecy::SecretString;

use super::clock::Clock;

/// Something that must not be printed, logged or compared in the open.
pub type Secret = SecretString;

/// Randomness of the operating system's quality, and the ids made from it and the clock.
#[derive(Clone, Debug)]
pub struct Entropy {
    system: SystemRandom,
    clock: Clock,
}

impl Entropy {
    pub fn new(clock: Clock) -> Entropy {
        Entropy { system: SystemRandom::new(), clock }
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        if self.system.fill(&mut bytes).is_err() {
            // A program without randomness must not go on: every token it made would be guessable.
            tracing::error!("the operating system gives no randomness; stopping");
            std::process::abort();
        }
        bytes
    }

    /// A UUIDv7 (RFC 9562): sorts by the time it was made, which keeps indexes compact. An id is a name, never a secret.
    pub fn id(&self) -> String {
        let millis = u64::try_from(self.clock.now().0 / 1_000).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid().to_string()
    }

    /// A short name for one failed request, to be read over the telephone: `7KQ4-M2XD`.
    pub fn reference(&self) -> String {
        let text = BASE32_NOPAD.encode(&self.bytes::<5>());
        let (left, right) = text.split_at(text.len() / 2);
        format!("{left}-{right}")
    }

    /// 256 random bits, as text that fits a URL, a cookie or a form.
    pub fn token(&self) -> Secret {
        Secret::from(BASE64URL_NOPAD.encode(&self.bytes::<32>()))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use secrecy::ExposeSecret;

    use super::*;
    use crate::platform::clock::Time;

    #[test]
    fn ids_are_uuids_of_version_7_that_sort_by_the_clock() {
        let clock = Clock::fake(Time::from_seconds(1_700_000_000));
        let entropy = Entropy::new(clock.clone());
        let first = entropy.id();
        clock.advance(Duration::from_millis(1));
        let second = entropy.id();
        assert!(first < second);
        assert_eq!(uuid::Uuid::parse_str(&first).unwrap().get_version_num(), 7);
    }

    #[test]
    fn tokens_are_256_bits_and_never_print() {
        let entropy = Entropy::new(Clock::system());
        let token = entropy.token();
        assert_eq!(BASE64URL_NOPAD.decode(token.expose_secret().as_bytes()).unwrap().len(), 32);
        assert_ne!(token.expose_secret(), entropy.token().expose_secret());
        assert_eq!(entropy.reference().len(), 9);
        assert!(!format!("{token:?}").contains(token.expose_secret()));
    }
}
