//! The notices of sign-ins that were not as always (one mail, whatever of it is new), and of those that stopped half-way.

use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::letters::Event;
use super::lock::{HALF_NOTICE, is_first};
use super::rules::{Circumstances, News, SIGN_INS_TOLD, SIGN_INS_TOLD_IN, SIGN_INS_TOLD_IN_KNOWN};
use super::send::{Cause, to_all};
use crate::organizations;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::limits;
use crate::platform::mail::{Block, Desk, Letter, Message};

/// Tells the owner of a full sign-in, where there is something to tell.
///
/// # Errors
/// When the database says no.
pub async fn signed_in(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    circumstances: Circumstances,
) -> Result<(), Error> {
    let Some(mut news) = circumstances.news() else { return Ok(()) };
    // Asked only now: most sign-ins are no news.
    if news.network && !organizations::tells_of_networks(tx, &account.organization.id).await? {
        news = news.without_network();
    }
    if !news.is_any() || !may_tell(tx, cause, account, news).await? {
        return Ok(());
    }
    let letter = |event| SignInLetter {
        event,
        browser: news.browser,
        network: news.network,
        failures: news.failures.unwrap_or_default(),
    };
    to_all(tx, cause, account, letter).await
}

/// A phone that changes networks all day, or a stranger who goes on guessing, must not teach anybody to throw these mails away.
async fn may_tell(tx: &mut Tx, cause: &Cause<'_>, account: &Account, news: News) -> Result<bool, Error> {
    let key = |of| cause.app.limit_key(of, account.id.as_str());
    if !news.browser {
        let known = limits::count(tx, &key("sign_ins_told_in_known"), SIGN_INS_TOLD_IN, SIGN_INS_TOLD_IN_KNOWN).await?;
        if !known.is_within() {
            return Ok(false);
        }
    }
    Ok(limits::count(tx, &key("sign_ins_told"), SIGN_INS_TOLD_IN, SIGN_INS_TOLD).await?.is_within())
}

#[derive(Serialize, Deserialize)]
pub struct SignInLetter {
    pub event: Event,
    /// The browser is new. Rows that were written when there was nothing else to tell do not say so.
    #[serde(default = "yes")]
    pub browser: bool,
    #[serde(default)]
    pub network: bool,
    /// Attempts that had failed before it; 0: too few to tell.
    #[serde(default)]
    pub failures: i64,
}

fn yes() -> bool {
    true
}

impl Letter for SignInLetter {
    const KIND: &'static str = "notices.new_browser";

    fn compose(&self, desk: &Desk) -> Message {
        let name = match (self.browser, self.network) {
            (true, true) => "new-browser-and-network",
            (true, false) => "new-browser",
            (false, true) => "new-network",
            (false, false) => "after-failures",
        };
        let failures = self.failures.to_string();
        let mut message = self.event.told(desk, name, &[("failures", &failures)]);
        if self.failures > 0 && (self.browser || self.network) {
            let before = Block::Text(desk.with("notice-failures-before", &[("failures", &failures)]));
            message.blocks.insert(1, before);
        }
        message
    }
}

/// Tells the owner of a sign-in whose first proof was right, then, and whose second one never came: once a day. `elsewhere`: it was shown
/// at the organization's own sign-in.
///
/// # Errors
/// When the database says no.
pub async fn half_signed_in(
    tx: &mut Tx,
    cause: &Cause<'_>,
    account: &Account,
    then: Time,
    elsewhere: bool,
) -> Result<(), Error> {
    if !is_first(tx, cause.app, HALF_NOTICE, account.id.as_str()).await? {
        return Ok(());
    }
    to_all(tx, cause, account, |event| HalfLetter { event: Event { at: then.0, ..event }, elsewhere }).await
}

#[derive(Serialize, Deserialize)]
pub struct HalfLetter {
    pub event: Event,
    pub elsewhere: bool,
}

impl Letter for HalfLetter {
    const KIND: &'static str = "notices.half_sign_in";

    fn compose(&self, desk: &Desk) -> Message {
        self.event.told(desk, if self.elsewhere { "half-elsewhere" } else { "half" }, &[])
    }
}
