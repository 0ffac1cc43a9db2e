//! From an account to what signing in must know of it.

use store::Tx;

use super::facts::{Lacks, Standing};
use crate::app::App;
use crate::organizations::{Mfa, Preset, SignInWay};
use crate::people::Account;
use crate::{questions, terms};

/// What the account itself says. See [`lacks`] for the rest.
pub fn standing(account: &Account) -> Standing {
    Standing {
        epoch: account.credentials_epoch,
        disabled: account.disabled_at.is_some(),
        elsewhere: account.organization.sign_in == SignInWay::Sso,
        suspended: account.organization.suspended.is_some(),
        mfa_due: account.has_second_factor() || mfa_required(account),
        has_factor: account.has_second_factor(),
        takes_passkeys: account.takes_passkeys(),
        lacks: Lacks::default(),
    }
}

/// What the account still lacks. Asked only after the first proof, like all of it: look-ups would tell strangers apart.
pub async fn lacks(tx: &mut Tx, app: &App, account: &Account) -> Result<Lacks, store::Error> {
    Ok(Lacks {
        name: !account.is_named(),
        questions: questions::missing(account),
        questions_can_wait: account.organization.policy.preset == Preset::Classic,
        password: account.is_pending(),
        verified_email: account.email_verified_at.is_none(),
        terms: match &app.terms {
            Some(terms) => !terms::are_accepted(tx, terms, &account.id).await?,
            None => false,
        },
    })
}

/// The most restrictive rule among those of the organization and of the products the person may open.
fn mfa_required(account: &Account) -> bool {
    let policy = &account.organization.policy;
    let administrator = account.is_administrator && policy.mfa_for_administrators == Mfa::Required;
    account.staff.is_some() || administrator || policy.mfa == Mfa::Required || account.opens_guarded_product
}
