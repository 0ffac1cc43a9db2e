//! From an account to what signing in must know of it.

use store::Tx;

use super::facts::{Lacks, Method, SignIn, Standing};
use crate::app::App;
use crate::organizations::Preset;
use crate::people::Account;
use crate::platform::ids::AccountId;
use crate::{federation, mfa, questions, terms};

/// What the account itself says. See [`lacks`] and [`holds_there`] for the rest.
pub fn standing(account: &Account) -> Standing {
    Standing {
        epoch: account.credentials_epoch,
        disabled: account.disabled_at.is_some(),
        elsewhere: account.signs_in_elsewhere(),
        suspended: account.organization.suspended.is_some(),
        holds_there: true,
        mfa_due: account.has_second_factor() || mfa::is_required(account),
        has_factor: account.has_second_factor(),
        may_set_up: mfa::may_set_up(account),
        mail_may_stand_in: mfa::mail_may_stand_in(account),
        takes_passkeys: account.takes_passkeys(),
        lacks: Lacks::default(),
    }
}

/// Whether what proved it is still worth something: only what was proved elsewhere can be taken back there. A session that was born is
/// ended by other means.
pub async fn holds_there(tx: &mut Tx, sign_in: &SignIn, account: &Account) -> Result<bool, store::Error> {
    match sign_in.first {
        // A session that is added to was let in by an answer of its own, and ends when that is taken back.
        Some(proof)
            if proof.method == Method::Federated && sign_in.finished_at.is_none() && sign_in.stepped.is_none() =>
        {
            federation::holds(tx, &sign_in.id, &account.id).await
        }
        _ => Ok(true),
    }
}

/// Whether somebody has accepted the terms of today, where there are any. Asked only after the first proof, like all of it: look-ups
/// would tell strangers apart.
pub async fn accepts_terms(tx: &Tx, app: &App, account: &AccountId) -> Result<bool, store::Error> {
    match &app.terms {
        Some(terms) => terms::are_accepted(tx, terms, account).await,
        None => Ok(true),
    }
}

/// What the account still lacks.
pub fn lacks(account: &Account, accepts_terms: bool) -> Lacks {
    Lacks {
        name: !account.is_named(),
        questions: questions::missing(account),
        questions_can_wait: account.organization.policy.preset == Preset::Classic,
        password: account.is_pending(),
        verified_email: account.email_verified_at.is_none(),
        terms: !accepts_terms,
        recovery_codes: account.has_codes_to_keep,
    }
}
