//! From an account to what signing in must know of it.

use store::Tx;

use super::facts::{Lacks, Standing};
use crate::app::App;
use crate::organizations::{Preset, SignInWay};
use crate::people::Account;
use crate::{mfa, questions, terms};

/// What the account itself says. See [`lacks`] for the rest.
pub fn standing(account: &Account) -> Standing {
    Standing {
        epoch: account.credentials_epoch,
        disabled: account.disabled_at.is_some(),
        elsewhere: account.organization.sign_in == SignInWay::Sso,
        suspended: account.organization.suspended.is_some(),
        mfa_due: account.has_second_factor() || mfa::is_required(account),
        has_factor: account.has_second_factor(),
        may_set_up: mfa::may_set_up(account),
        mail_may_stand_in: mfa::mail_may_stand_in(account),
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
        recovery_codes: account.has_codes_to_keep,
    })
}
