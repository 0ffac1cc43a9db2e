//! Gathers what the answer depends on.

use store::{Error, Tx};

use super::rules::{Facts, Lock, Product, ProductState};
use crate::lockout::{self, Closed, Factor};
use crate::people::{self, Account, Identifier};
use crate::platform::clock::Time;
use crate::portal::{self, State};
use crate::{recovery, sign_in};

pub async fn of(tx: &mut Tx, account: &Account, typed: &Identifier) -> Result<Facts, Error> {
    let standing = sign_in::standing(account);
    let organization = &account.organization;
    let closed = lockout::closed_of(tx, account.id.as_str(), &organization.policy.lock).await?;
    let openings = portal::openings(tx, &organization.id, &account.id, None).await?;
    let is_name = people::named(tx, typed).await?.as_ref() == Some(&account.id);
    let now = Time(tx.now());
    Ok(Facts {
        disabled: account.disabled_at.is_some(),
        elsewhere: account.signs_in_elsewhere(),
        has_password: account.password.is_some(),
        // Whoever has none and may set one up is led to it on the way in.
        second_factor_due: standing.mfa_due && (standing.has_factor || !standing.may_set_up),
        has_authenticator: standing.has_factor,
        // Those of strangers' browsers come first; in one the account is known in, the person may well be sitting. What else
        // is closed keeps nobody from signing in.
        lock: closed
            .iter()
            .find(|closed| matches!(closed.factor, Factor::Password | Factor::Totp | Factor::RecoveryCode))
            .map(lock),
        reset_helps: recovery::can_reset(account),
        typed_is_no_name: !is_name && account.user_name.is_some(),
        products: openings.into_iter().map(|opening| product(opening, now)).collect(),
        helpers: people::helpers_of(tx, account).await?,
    })
}

fn lock(closed: &Closed) -> Lock {
    Lock { until: closed.until, opens_by_reset: closed.factor == Factor::Password }
}

fn product(opening: portal::Entry, now: Time) -> Product {
    let state = match opening.state(now) {
        State::Open => ProductState::Open,
        State::Ended => ProductState::Ended,
        State::Scheduled | State::Legacy => ProductState::Waiting,
    };
    let moves_at = opening.moves_at.filter(|_| opening.state(now) == State::Scheduled);
    Product { name: opening.product, state, moves_at, old_url: opening.old_url }
}
