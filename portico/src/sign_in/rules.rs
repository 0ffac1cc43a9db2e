//! What comes next: pure, of facts and a time.

use std::time::Duration;

use super::facts::{Method, Proof, SignIn, Standing};
use crate::organizations::SignInWay;
use crate::platform::clock::Time;

/// How long a proof counts towards a session that is not finished.
pub const PROOF_LIVES: Duration = Duration::from_secs(30 * 60);

/// A closed set: a step without a page does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Identify,
    Sso,
    Password,
    Refused(Reason),
    SecondFactor,
    Name,
    SecurityQuestions,
    NewPassword,
    VerifyEmail,
    Terms,
    EnrollMfa,
    /// The recovery codes that came with it are shown until they are kept.
    RecoveryCodes,
    Finish,
    /// The session was born; whoever comes back goes where the sign-in led.
    Finished,
}

/// Why a person who proved who they are is still not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Disabled,
    /// A second factor is required, and the account has none and can get none: several people share it.
    NoFactor,
}

impl Reason {
    pub fn name(self) -> &'static str {
        match self {
            Reason::Disabled => "disabled",
            Reason::NoFactor => "no_factor",
        }
    }
}

impl Step {
    /// The step of whoever has a name and no proof yet.
    pub fn of_stranger(route: SignInWay) -> Step {
        match route {
            SignInWay::Sso => Step::Sso,
            SignInWay::Password => Step::Password,
        }
    }

    /// The last part of the step's address.
    pub fn name(self) -> &'static str {
        match self {
            Step::Identify => "identify",
            Step::Sso => "sso",
            Step::Password => "password",
            Step::Refused(_) => "refused",
            Step::SecondFactor => "code",
            Step::Name => "name",
            Step::SecurityQuestions => "questions",
            Step::NewPassword => "new-password",
            Step::VerifyEmail => "verify-email",
            Step::Terms => "terms",
            Step::EnrollMfa => "set-up",
            Step::RecoveryCodes => "recovery-codes",
            Step::Finish | Step::Finished => "",
        }
    }
}

/// The one answer to "what now?". `standing` is `None` for a name nobody has, which therefore never passes `Password`.
pub fn next_step(sign_in: &SignIn, standing: Option<&Standing>, now: Time) -> Step {
    if sign_in.finished_at.is_some() {
        return Step::Finished;
    }
    let Some(named) = &sign_in.named else { return Step::Identify };
    let proved = |proof: &Option<Proof>| standing.is_some_and(|standing| counts(proof.as_ref(), standing, now));
    // Signed out in another tab: nothing is left of the factor that was shown there.
    let lives = sign_in.stepped.as_ref().is_none_or(|stepped| stepped.alive);
    if !proved(&sign_in.first) || !lives {
        return Step::of_stranger(named.route());
    }
    // Barred is asked only after the first proof: before it, a stranger would learn that the account exists.
    match standing {
        None => Step::Password,
        Some(standing) if standing.disabled => Step::Refused(Reason::Disabled),
        Some(standing) => match second(sign_in, standing, proved(&sign_in.second)) {
            Second::Due if standing.has_factor => Step::SecondFactor,
            Second::Due if !standing.may_set_up => Step::Refused(Reason::NoFactor),
            second => requirement(sign_in, standing, second).unwrap_or(Step::Finish),
        },
    }
}

/// How the second factor stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Second {
    /// None is asked, or it was shown.
    Settled,
    Due,
    /// It was shown, and another app is to be set up next.
    Renewing,
}

fn second(sign_in: &SignIn, standing: &Standing, proved: bool) -> Second {
    let shown = if sign_in.sets_up_app { Second::Renewing } else { Second::Settled };
    if is_two_factors(sign_in.first) {
        return shown;
    }
    let due = standing.mfa_due || sign_in.stepped.is_some();
    match sign_in.second.filter(|_| proved).map(|proof| proof.method) {
        None if due => Second::Due,
        Some(Method::EmailCode) if due && !mail_is_enough(sign_in, standing) => Second::Due,
        None | Some(Method::EmailCode) => Second::Settled,
        Some(_) => shown,
    }
}

/// What asks for two factors is not met by a mailbox, and neither is what could give the account away for good: whoever reads the mail
/// and knows the password would set up a factor of their own.
fn mail_is_enough(sign_in: &SignIn, standing: &Standing) -> bool {
    standing.mail_may_stand_in && sign_in.takes_mail()
}

/// The first thing the account still lacks, in the order in which a person registers.
fn requirement(sign_in: &SignIn, standing: &Standing, second: Second) -> Option<Step> {
    let lacks = standing.lacks;
    let put_off = sign_in.questions_put_off && lacks.questions_can_wait;
    // Whoever comes by way of their organization needs no password here, and no questions to recover one.
    let federated = sign_in.first.is_some_and(|proof| proof.method == Method::Federated);
    // Whatever the account says: a temporary password alone never becomes a session.
    let temporary = sign_in.first.is_some_and(|proof| proof.method == Method::TemporaryPassword);
    // The codes stand in for a second factor: they are shown to nobody who has shown none.
    let by_mail = sign_in.second.is_some_and(|proof| proof.method == Method::EmailCode);
    let list = [
        (lacks.name, Step::Name),
        (lacks.questions && !put_off && !federated, Step::SecurityQuestions),
        // A passkey is all that its owner needs.
        ((lacks.password && !federated && !is_two_factors(sign_in.first)) || temporary, Step::NewPassword),
        (lacks.verified_email, Step::VerifyEmail),
        (lacks.terms, Step::Terms),
        (second != Second::Settled, Step::EnrollMfa),
        (lacks.recovery_codes && !by_mail, Step::RecoveryCodes),
    ];
    list.into_iter().find(|(lacking, _)| *lacking).map(|(_, step)| step)
}

/// A passkey is shown by somebody who was verified where it is kept.
fn is_two_factors(first: Option<Proof>) -> bool {
    first.is_some_and(|proof| proof.method.is_passkey())
}

/// Where an account's factors are proved follows its organization as it is now, whatever the sign-in saw when it began.
fn believes(standing: &Standing, method: Method) -> bool {
    match method {
        Method::Federated => !standing.suspended && standing.holds_there,
        Method::DevicePasskey | Method::SyncedPasskey => standing.takes_passkeys,
        // What federation is believed follows the first proof.
        Method::Otp | Method::RecoveryCode | Method::EmailCode | Method::FederatedMfa => true,
        Method::Password | Method::TemporaryPassword => !standing.elsewhere,
    }
}

/// A proof counts under the credentials it was made with, for a while, and where it is believed.
fn counts(proof: Option<&Proof>, standing: &Standing, now: Time) -> bool {
    proof.is_some_and(|proof| {
        proof.epoch == standing.epoch
            && proof.at <= now
            && now < proof.at + PROOF_LIVES
            && believes(standing, proof.method)
    })
}
