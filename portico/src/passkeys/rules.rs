//! Pure: names, and how recent a proof must be.

use std::time::Duration;

use crate::platform::clock::Time;

/// Passkeys of one account.
pub const MOST: usize = 20;
/// Characters of a name.
pub const LONGEST_NAME: usize = 60;
/// For how long a proof is recent enough to add or remove one.
pub const RECENT: Duration = Duration::from_secs(15 * 60);

/// What its owner calls it; the browser's name where they call it nothing.
pub fn name(typed: &str, browser: &str) -> String {
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect::<String>()
    };
    let typed = plain(typed);
    if typed.is_empty() { plain(browser) } else { typed }
}

/// Whether whoever is signed in has proved just now who they are.
pub fn is_recent(authenticated_at: Time, now: Time) -> bool {
    now < authenticated_at + RECENT
}

/// The ways to reach an authenticator that browsers know (Level 3, section 5.8.4), as far as they are told.
pub fn transports(told: &str) -> String {
    let known = |word: &&str| ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"].contains(word);
    let mut words: Vec<&str> = told.split([' ', ',']).filter(known).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}
