//! `docs/operate/sign-in-protection.md` says what the program does: its numbers are the program's.

use std::time::Duration;

use portico::config::Config;
use portico::notices::{FAILURES_TOLD, SIGN_INS_TOLD, SIGN_INS_TOLD_IN_KNOWN};
use portico::organizations::{Policy, Preset};
use portico::platform::limits;
use portico::sources::{self, FIRST_PAUSE, LONGEST_PAUSE, TOLD_A_DAY};
use portico::{session, sign_in};

const PAGE: &str = include_str!("../../../docs/operate/sign-in-protection.md");
const LEAST: &str = "public_url = \"https://id.example.org\"\ndatabase.url = \"sqlite:portico.db\"\n\
    mail.smtp_url = \"smtps://mail.example.org\"\nmail.from = \"no-reply@example.org\"\n\
    keys.master_key_file = \"key\"\npolicy.preset = \"classic\"\n";

fn minutes(time: Duration) -> u64 {
    time.as_secs() / 60
}

fn days(time: Duration) -> u64 {
    time.as_secs() / 86_400
}

/// What the page has to say of locks, of limits by address, and of notices.
fn sayings() -> Vec<String> {
    let limits = Config::read(LEAST, []).unwrap().limits;
    let (names, window) = (limits.names_per_address, limits.names_window_minutes);
    let most = i64::from(names);
    let step = sources::step(most);
    let after = |steps: i64| minutes(sources::pause(most + steps * step, most).unwrap());
    let lock = Policy::preset(Preset::Classic).lock;
    vec![
        format!(
            "| the third in a row within {} minutes | sign-in with that name is paused for {} minutes",
            minutes(lock.window),
            minutes(lock.length)
        ),
        format!("| after {} wrong ones in a row, over all pauses |", lock.cap),
        format!("| failures from one address | {} in {} minutes |", limits.failures_per_address, limits.window_minutes),
        format!(
            "| sign-ins begun from one address | {} in {} minutes |",
            limits.sign_ins_per_address, limits.window_minutes
        ),
        format!("| mails asked for, per mailbox | {} an hour |", limits.mails_per_mailbox),
        format!("| mails asked for, per address | {} an hour |", limits.mails_per_address),
        format!("| mails asked for, in all | {} an hour |", limits.mails_overall),
        format!("| passwords waiting to be verified | {} |", limits.hash_queue),
        format!(
            "| connections, in all and from one address | {}, {} |",
            limits.connections, limits.connections_per_address
        ),
        format!("| different names that fail from one address | {names} in {window} minutes |"),
        format!(
            "| {names} names in {window} minutes | from there no password is taken, and no answer, for {} minute:",
            minutes(FIRST_PAUSE)
        ),
        format!(
            "| each {step} more | {} minutes, then {}, {}, and {} at most |",
            after(1),
            after(2),
            after(3),
            minutes(LONGEST_PAUSE)
        ),
        format!("of one address once a day, of {TOLD_A_DAY} addresses a day"),
        format!("as keyed hashes for a day, {} at most", limits::MEMBERS),
        format!("not signed in with within {} days", days(session::NETWORK_KNOWN_FOR)),
        format!(
            "not signed in from within {} days, the last {} of them",
            days(session::NETWORK_KNOWN_FOR),
            session::NETWORKS_KNOWN
        ),
        format!("| {SIGN_INS_TOLD} mails a day at most,"),
        format!("| {SIGN_INS_TOLD_IN_KNOWN} a day, where the browser is known |"),
        format!("a sign-in after {FAILURES_TOLD} failures or more"),
        format!("not finished within {} minutes", minutes(sign_in::PROOF_LIVES)),
        format!("proofs older than {} minutes", minutes(sign_in::PROOF_LIVES)),
        format!("{} in a row; {} in a row; {FAILURES_TOLD} before a success", lock.failures, lock.cap),
    ]
}

#[test]
fn the_page_on_sign_in_protection_has_the_numbers_of_the_program() {
    let missing: Vec<_> = sayings().into_iter().filter(|saying| !PAGE.contains(saying.as_str())).collect();
    assert!(missing.is_empty(), "docs/operate/sign-in-protection.md does not say: {missing:#?}");
}
