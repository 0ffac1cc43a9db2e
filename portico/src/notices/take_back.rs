//! What pressing "it wasn't me" does, in one write.

use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use store::{Error, Tx};

use super::letters::DisputedLetter;
use super::rules::{Remedy, disputed};
use crate::audit::{self, Event};
use crate::people::{self, Account};
use crate::platform::ids::RecoveryId;
use crate::platform::mail::{self, Post};
use crate::platform::one_time::{self, Purpose};
use crate::platform::web::{Browser, Visit};
use crate::{questions, recovery, session};

/// Of many posts of one link the conditional UPDATE lets one through; that one ends everything. Answers the recovery that
/// follows; `None` for the losers, and where none can.
pub async fn take_back(
    tx: &mut Tx,
    visit: &Visit,
    token: &SecretString,
    browser: &Browser,
) -> Result<Option<RecoveryId>, Error> {
    let hash = one_time::hash(token.expose_secret());
    let Some(found) = one_time::peek(tx, Purpose::NotMe, &hash).await? else { return Ok(None) };
    let Some(account) = people::by_id(tx, &found.account).await? else { return Ok(None) };
    if !one_time::consume(tx, Purpose::NotMe, &found.id, &browser.hash).await? {
        return Ok(None);
    }
    // What earlier notices offered has been done with it.
    one_time::retire(tx, Purpose::NotMe, &account.id).await?;
    let remedy = Remedy::of(&account);
    let account = end_everything(tx, visit, &account, remedy).await?;
    if remedy == Remedy::Reset {
        return recovery::begin(tx, visit, browser, &account, &found.sent_to).await.map(Some);
    }
    let letter = DisputedLetter::new(&account, people::helpers_of(tx, &account).await?);
    let to = Some(found.sent_to.as_str());
    let post = Post { to, letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue(tx, &visit.app.office, post).await?;
    Ok(None)
}

/// Sessions, recognized browsers, answers, and the password where it is the owner's alone; the epoch ends whatever was proved
/// or mailed. Answers what is left of the account.
async fn end_everything(tx: &mut Tx, visit: &Visit, account: &Account, remedy: Remedy) -> Result<Account, Error> {
    let sessions = session::end_all(tx, &account.id).await?;
    let browsers = session::forget_browsers(tx, &account.id).await?;
    // Under every policy: tomorrow's may let them open the account, and where they come on top of a mailed link they would be
    // the thief's half of it.
    let answers = questions::remove(tx, &account.id).await?;
    let credentials_epoch = match remedy.ends_password() {
        true => people::put_password_away(tx, &account.id).await?,
        false => people::credentials_changed(tx, &account.id).await?,
    };
    let details = json!({
        "sessions": sessions,
        "browsers": browsers,
        "answers_taken_back": answers,
        "password_put_away": remedy.ends_password(),
    });
    let entry = audit::Entry { details, ..audit::Entry::of(Event::AccountDisputed, account).from(visit) };
    audit::record(tx, &visit.app.entropy, entry).await?;
    Ok(Account { credentials_epoch, ..disputed(account) })
}
