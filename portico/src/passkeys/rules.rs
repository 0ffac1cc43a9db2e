//! Pure: names, and ways to reach an authenticator.

/// Passkeys of one account.
pub const MOST: usize = 20;
/// Characters of a name.
pub const LONGEST_NAME: usize = 60;

/// What its owner calls it; the browser's name where they call it nothing.
pub fn name(typed: &str, browser: &str) -> String {
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect::<String>()
    };
    let typed = plain(typed);
    if typed.is_empty() { plain(browser) } else { typed }
}

/// The ways to reach an authenticator that browsers know (Level 3, section 5.8.4), as far as they are told.
pub fn transports(told: &str) -> String {
    let known = |word: &&str| ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"].contains(word);
    let mut words: Vec<&str> = told.split([' ', ',']).filter(known).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}
