//! Checking a code of an authenticator app: counted before it is verified, and never twice.

use store::Tx;

use super::{queries, totp};
use crate::audit::{self, Event};
use crate::lockout::{self, Attempt, Class, Counter, Factor, Lock};
use crate::people::Account;
use crate::platform::web::{Error, Visit};
use crate::{password, session};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Right,
    Wrong,
    Locked(Lock),
}

/// Checks a code. What follows from it (`record`) is written in the same transaction that uses the code up.
pub async fn check(
    visit: &Visit,
    account: &Account,
    code: &str,
    record: impl AsyncFn(&mut Tx, Checked) -> Result<(), store::Error>,
) -> Result<Checked, Error> {
    let app = &visit.app;
    let browser = visit.browser().map_or([0; 32], |browser| browser.hash);
    let (device, authenticators) = app
        .db
        .read("mfa.load", async |tx: &mut Tx| {
            let device = session::recognized(tx, &browser, account.id.as_str()).await?;
            Ok::<_, store::Error>((device, queries::authenticators_of(tx, &account.id).await?))
        })
        .await?;
    let class = device.map_or(Class::Unrecognized, Class::Device);
    let counter = Counter { subject: account.id.to_string(), factor: Factor::Totp, class };
    let rule = account.organization.policy.lock;
    let permit = match lockout::reserve(&app.db, &app.entropy, &app.lockout, counter, rule).await? {
        Attempt::Permit(permit) => permit,
        Attempt::Crowded => return Err(Error::Busy { retry_after: password::RETRY_AFTER }),
        Attempt::Locked(lock) => {
            let locked = Checked::Locked(lock);
            app.db.write("mfa.locked", async |tx: &mut Tx| record(tx, locked).await).await?;
            return Ok(locked);
        }
    };
    let digits: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let now = app.clock.now();
    let matching = authenticators.iter().find_map(|one| {
        let secret = app.keys.open(&super::secret_aad(&one.id), &one.secret).ok()?;
        Some((&one.id, totp::matching_step(&secret, &digits, now)?))
    });
    let checked = app
        .db
        .write("mfa.settle", async |tx: &mut Tx| {
            // The step is taken by a conditional UPDATE: of many posts of one code, or on many nodes, one wins.
            let right = match matching {
                Some((id, step)) => queries::take_step(tx, id, step).await?,
                None => false,
            };
            let checked = if right {
                permit.succeed(tx).await?;
                Checked::Right
            } else {
                permit.fail(tx).await?.map_or(Checked::Wrong, Checked::Locked)
            };
            let event = if right { Event::SecondFactorVerified } else { Event::SecondFactorRefused };
            audit::record(tx, &app.entropy, audit::Entry::of(event, account).from(visit)).await?;
            record(tx, checked).await?;
            Ok::<_, store::Error>(checked)
        })
        .await?;
    permit.settled(&app.lockout);
    Ok(checked)
}
