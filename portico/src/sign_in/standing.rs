//! From an account to what signing in must know of it.

use crate::organizations::Mfa;
use crate::people::Account;

use super::facts::Standing;

pub fn standing(account: &Account) -> Standing {
    Standing {
        epoch: account.credentials_epoch,
        disabled: account.disabled_at.is_some(),
        mfa_due: account.has_authenticator || mfa_required(account),
        has_authenticator: account.has_authenticator,
    }
}

/// The most restrictive rule among those of the organization and of the products the person may open.
fn mfa_required(account: &Account) -> bool {
    let policy = &account.organization.policy;
    let administrator = account.is_administrator && policy.mfa_for_administrators == Mfa::Required;
    account.staff.is_some() || administrator || policy.mfa == Mfa::Required || account.opens_guarded_product
}
