//! Gathers what the answer depends on; the same look-ups for a name nobody has.

use store::{Error, Tx};

use super::queries;
use super::rules::{Facts, Lock, Product, ProductState};
use crate::lockout::{self, Closed, Factor};
use crate::organizations::{LockRule, Policy, Preset, SignInWay};
use crate::people::{self, Account, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};
use crate::portal::{self, State};
use crate::sign_in;

pub async fn of(tx: &mut Tx, account: &Account, typed: &Identifier) -> Result<Facts, Error> {
    let standing = sign_in::standing(account);
    let looked = look(tx, &account.id, &account.organization.id, &account.organization.policy.lock, typed).await?;
    let is_name = looked.named.as_ref() == Some(&account.id);
    Ok(Facts {
        disabled: account.disabled_at.is_some(),
        elsewhere: account.organization.sign_in == SignInWay::Sso,
        has_password: account.password.is_some(),
        second_factor_due: standing.mfa_due,
        has_authenticator: account.has_authenticator,
        lock: looked.lock,
        typed_is_no_name: !is_name && account.user_name.is_some(),
        products: looked.products,
        helpers: looked.helpers,
    })
}

/// What asking takes for somebody, for nobody: what a stranger can time must be alike.
pub async fn look_at_nobody(tx: &mut Tx, typed: &Identifier) -> Result<(), Error> {
    let rule = Policy::preset(Preset::Classic).lock;
    look(tx, &AccountId::from("-"), &OrganizationId::from("-"), &rule, typed).await.map(drop)
}

struct Looked {
    lock: Option<Lock>,
    named: Option<AccountId>,
    products: Vec<Product>,
    helpers: Vec<String>,
}

async fn look(
    tx: &mut Tx,
    account: &AccountId,
    organization: &OrganizationId,
    rule: &LockRule,
    typed: &Identifier,
) -> Result<Looked, Error> {
    let closed = lockout::closed_of(tx, account.as_str(), rule).await?;
    let now = Time(tx.now());
    let openings = portal::openings(tx, organization, account).await?;
    let administrators = people::administrators_of(tx, organization).await?;
    Ok(Looked {
        // Those of strangers' browsers come first; in one the account is known in, the person may well be sitting. What else is
        // closed keeps nobody from signing in.
        lock: closed.iter().find(|closed| matches!(closed.factor, Factor::Password | Factor::Totp)).map(lock),
        named: queries::named(tx, typed).await?,
        products: openings.into_iter().map(|opening| product(opening, now)).collect(),
        helpers: administrators.into_iter().map(|helper| format!("{}, {}", helper.name, helper.email)).collect(),
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
