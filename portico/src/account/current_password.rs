//! The current password, asked for once more: a guess like any other. It is counted before it is verified, by the counter of this browser
//! where the account is known in it, and by the strangers' where it is not (security.md C3).

use secrecy::SecretString;
use store::Tx;

use crate::audit::{self, Entry, Event};
use crate::lockout::{self, Attempt, Class, Counter, Factor, Lock, Permit};
use crate::notices::{self, Guessed};
use crate::password;
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::web::{Error, Visit};
use crate::session;
use crate::sources;

pub enum Checked {
    Right,
    Wrong,
    Locked,
}

/// Verifies what was typed against the account's password.
///
/// # Errors
/// Busy, when there is no place among the hashes; too many, when this address has failed too often.
pub async fn check(visit: &Visit, account: &Account, typed: SecretString) -> Result<Checked, Error> {
    let app = &visit.app;
    let counter = counter(visit, account).await?;
    let rule = Factor::Password.rule(account.organization.policy.lock);
    let place = || app.hasher.reserve().ok();
    let attempt = lockout::reserve(&app.db, &app.entropy, &app.lockout, counter.clone(), rule, place).await?;
    let (permit, slot) = match attempt {
        Attempt::Permit(permit, slot) => (permit, slot),
        Attempt::Crowded => return Err(Error::Busy { retry_after: password::RETRY_AFTER }),
        Attempt::Locked { lock, began } => {
            let write = async |tx: &mut Tx| {
                lockout::record_refused(tx, visit, Some(account), &counter).await?;
                if began { tell_lock(tx, visit, account, lock).await } else { Ok(()) }
            };
            app.db.write("account.password_locked", write).await?;
            return Ok(Checked::Locked);
        }
    };
    let stored = account.password.as_deref().and_then(|sealed| password::unseal(&app.keys, &account.id, sealed));
    let right = password::matches(slot, &permit, typed, stored).await;
    let settle = async |tx: &mut Tx| settle(tx, visit, account, (&permit, &counter.class), right).await;
    let checked = app.db.write("account.password_settle", settle).await?;
    permit.settled(&app.lockout);
    Ok(checked)
}

/// Until when the counter of this browser is locked.
///
/// # Errors
/// When the database says no.
pub async fn locked_until(visit: &Visit, account: &Account) -> Result<Option<Time>, Error> {
    let id = counter(visit, account).await?.id();
    let read = async |tx: &mut Tx| lockout::locks_of(tx, account.id.as_str()).await;
    let locks = visit.app.db.read("account.password_lock", read).await?;
    Ok(locks.into_iter().find(|(counter, _)| *counter == id).map(|(_, until)| until))
}

async fn counter(visit: &Visit, account: &Account) -> Result<Counter, Error> {
    let browser = visit.browser().map(|browser| browser.hash);
    let read = async |tx: &mut Tx| {
        let device = match browser {
            Some(browser) => session::recognized(tx, &browser, account.id.as_str()).await?,
            None => None,
        };
        // As at the door: recognized browsers don't share their address's budget.
        if device.is_none() {
            sources::admit(tx, &visit.app, visit.address).await?;
        }
        Ok::<_, Error>(device.map_or(Class::Unrecognized, Class::Device))
    };
    let class = visit.app.db.read("account.password_class", read).await?;
    Ok(Counter { subject: account.id.to_string(), factor: Factor::Password, class })
}

async fn settle(
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    (permit, class): (&Permit, &Class),
    right: bool,
) -> Result<Checked, store::Error> {
    let entropy = &visit.app.entropy;
    if right {
        permit.succeed(tx).await?;
        audit::record(tx, entropy, Entry::of(Event::PasswordVerified, account).from(visit)).await?;
        return Ok(Checked::Right);
    }
    let lock = permit.fail(tx).await?;
    if matches!(class, Class::Unrecognized) {
        sources::failed(tx, &visit.app, visit.address, account.id.as_str()).await?;
    }
    audit::record(tx, entropy, Entry::of(Event::PasswordRefused, account).from(visit)).await?;
    let Some(lock) = lock else { return Ok(Checked::Wrong) };
    tell_lock(tx, visit, account, lock).await?;
    Ok(Checked::Locked)
}

async fn tell_lock(tx: &mut Tx, visit: &Visit, account: &Account, lock: Lock) -> Result<(), store::Error> {
    let entry = Entry::of(Event::LockoutLocked, account).from(visit);
    audit::record(tx, &visit.app.entropy, entry).await?;
    notices::locked(tx, &visit.app, Some(account), account.id.as_str(), Guessed::Passwords, lock.until).await
}
