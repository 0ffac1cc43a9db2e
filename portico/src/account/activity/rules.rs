//! Which events a person is told, in which words, and where to go if it was not them. Pure.
//!
//! This file is long because it is one decision for every event there is.

use std::collections::HashMap;
use std::time::Duration;

use crate::audit::{Doer, Event, Told};
use crate::people::StaffRole;
use crate::platform::ids::AccountId;

/// Steps of a sign-in and its end lie no further apart.
const ONE_SIGN_IN: Duration = Duration::from_secs(30 * 60);

/// How an event is told to the person it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    Line {
        /// Of words.
        key: &'static str,
        about: About,
        not_me: Option<NotMe>,
    },
    /// A step of a sign-in: told only where that came to nothing.
    Step { key: &'static str, about: About, not_me: Option<NotMe> },
    /// Told by something else, or about nobody's account.
    Silent,
}

/// What of the details the words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Nothing,
    Client,
    Version,
}

/// Where a person goes who says: it wasn't me.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMe {
    /// Somebody knows the password, or has set one.
    Password,
    /// Somebody is or was signed in.
    Sessions,
    /// Products that were given something.
    Products,
    /// A way in that is not the password.
    Passkeys,
    /// Something only others can put right.
    Help,
}

impl NotMe {
    pub fn path(self) -> &'static str {
        match self {
            NotMe::Password => "/account/password",
            NotMe::Sessions => "/account/sessions",
            NotMe::Products => "/account/products",
            NotMe::Passkeys => "/account/passkeys",
            NotMe::Help => "/support?topic=refused",
        }
    }
}

fn line(key: &'static str) -> Telling {
    Telling::Line { key, about: About::Nothing, not_me: None }
}

fn suspect(key: &'static str, not_me: NotMe) -> Telling {
    Telling::Line { key, about: About::Nothing, not_me: Some(not_me) }
}

fn at_client(key: &'static str, not_me: Option<NotMe>) -> Telling {
    Telling::Line { key, about: About::Client, not_me }
}

fn step(key: &'static str, not_me: NotMe) -> Telling {
    Telling::Step { key, about: About::Nothing, not_me: Some(not_me) }
}

/// The same of a row: where that says why, in words that do.
pub fn telling_of(event: Event, why: Option<&str>) -> Telling {
    match (event, why) {
        (Event::SessionEnded, Some("replaced")) => line("activity-session-replaced"),
        (Event::SessionEnded, Some("limit")) => line("activity-session-limit"),
        _ => telling(event),
    }
}

/// What is told of an event. Exhaustive: whoever adds one decides here.
// Long because each event there is has a line.
pub fn telling(event: Event) -> Telling {
    match event {
        Event::SessionStarted => suspect("activity-signed-in", NotMe::Sessions),
        Event::SessionEnded => line("activity-signed-out"),
        Event::SignInRefused => suspect("activity-not-let-in", NotMe::Password),
        Event::PasswordVerified => step("activity-password-right", NotMe::Password),
        Event::TemporaryPasswordVerified => step("activity-temporary-right", NotMe::Password),
        Event::FederationVerified => step("activity-federation-right", NotMe::Help),
        Event::PasskeyVerified => step("activity-passkey-right", NotMe::Passkeys),
        Event::PasswordRefused => line("activity-password-wrong"),
        Event::PasskeyRefused => line("activity-passkey-wrong"),
        Event::SecondFactorRefused => suspect("activity-code-wrong", NotMe::Password),
        Event::DeviceRemoved => suspect("activity-browser-forgotten", NotMe::Sessions),
        Event::LockoutLocked => line("activity-locked"),
        Event::LockoutCleared => line("activity-unlocked"),
        Event::AttemptRefused => line("activity-tried-on"),
        Event::PasswordReset => suspect("activity-password-reset", NotMe::Password),
        Event::PasswordChanged => suspect("activity-password-changed", NotMe::Password),
        Event::TemporaryPasswordIssued => line("activity-temporary-issued"),
        Event::RecoveryRequested => line("activity-recovery"),
        Event::UserNameRequested => line("activity-user-name"),
        Event::HelpRequested => line("activity-help"),
        Event::SupportRequested => line("activity-support"),
        Event::AccountDisputed => line("activity-disputed"),
        Event::PasskeyAdded => suspect("activity-passkey-added", NotMe::Passkeys),
        Event::PasskeyRemoved => suspect("activity-passkey-removed", NotMe::Sessions),
        Event::AuthenticatorAdded => suspect("activity-app-added", NotMe::Sessions),
        Event::AuthenticatorRemoved => suspect("activity-app-removed", NotMe::Sessions),
        Event::RecoveryCodesRenewed => suspect("activity-codes-renewed", NotMe::Sessions),
        Event::SecondFactorRemoved => suspect("activity-factor-removed", NotMe::Help),
        Event::FactorResetStarted => suspect("activity-factor-reset", NotMe::Help),
        Event::FactorResetStopped => line("activity-factor-reset-stopped"),
        Event::FactorHelpRequested => suspect("activity-factor-lost", NotMe::Password),
        Event::QuestionsChanged => suspect("activity-questions-changed", NotMe::Sessions),
        Event::QuestionsCleared => line("activity-questions-cleared"),
        Event::QuestionsRemoved => suspect("activity-questions-cleared", NotMe::Sessions),
        Event::QuestionsAnswered => suspect("activity-questions-answered", NotMe::Password),
        Event::QuestionsRefused => line("activity-questions-wrong"),
        Event::QuestionsLocked => line("activity-questions-locked"),
        Event::AccountLinked => suspect("activity-linked", NotMe::Sessions),
        Event::AccountUnlinked => line("activity-unlinked"),
        Event::AccountCreated => line("activity-created"),
        Event::AccountInvited => line("activity-invited"),
        Event::AccountNamed | Event::AccountRenamed => suspect("activity-named", NotMe::Sessions),
        Event::UserNameChanged => suspect("activity-user-name-changed", NotMe::Sessions),
        Event::UserNameRefused => line("activity-user-name-taken"),
        Event::EmailVerified => line("activity-email-confirmed"),
        Event::EmailCodeRefused => line("activity-email-code-wrong"),
        Event::EmailChangeRequested => suspect("activity-email-asked", NotMe::Sessions),
        Event::EmailChangeCancelled => line("activity-email-kept"),
        Event::EmailChanged => suspect("activity-email-changed", NotMe::Help),
        Event::SecondaryEmailRequested => suspect("activity-second-named", NotMe::Sessions),
        Event::SecondaryEmailVerified => suspect("activity-second-confirmed", NotMe::Sessions),
        Event::SecondaryEmailRemoved => suspect("activity-second-removed", NotMe::Sessions),
        Event::MailboxConfirmed => suspect("activity-mailbox-confirmed", NotMe::Help),
        Event::MailboxesPaired => suspect("activity-mailboxes-paired", NotMe::Help),
        Event::MailboxNumberRefused => suspect("activity-mailbox-number-wrong", NotMe::Help),
        Event::TermsAccepted => Telling::Line { key: "activity-terms", about: About::Version, not_me: None },
        Event::AccountExported => suspect("activity-exported", NotMe::Sessions),
        Event::AccountDisabled => line("activity-disabled"),
        Event::AccountEnabled => line("activity-enabled"),
        Event::AccessGranted => line("activity-access-granted"),
        Event::AccessRequested => line("activity-access-requested"),
        Event::GrantIssued => at_client("activity-product-signed-in", Some(NotMe::Products)),
        Event::GrantRevoked => at_client("activity-product-revoked", Some(NotMe::Sessions)),
        Event::GrantsEnded => at_client("activity-product-left", None),
        Event::ConsentGranted => at_client("activity-consent", Some(NotMe::Products)),
        Event::ConsentWithdrawn => at_client("activity-consent-withdrawn", None),
        Event::MailRefused => line("activity-mail-refused"),
        Event::MailBounced => line("activity-mail-bounced"),
        // Told by the line of the session that begins with it, or of what it was shown for; or by that of the first factor, which led nowhere.
        Event::SecondFactorVerified | Event::DeviceRecognized | Event::ProductOpened | Event::SignInAbandoned => {
            Telling::Silent
        }
        // An office somebody holds for an organization or for the deployment: their acts in it are its affair.
        Event::SuspensionRequested
        | Event::SuspensionDeclined
        | Event::SsoSuspended
        | Event::SsoResumed
        | Event::ContinuityChanged
        | Event::PolicyChanged
        | Event::DeploymentInitialized => Telling::Silent,
        // About no person.
        Event::FederationRefused
        | Event::ConnectionAdded
        | Event::ConnectionChanged
        | Event::ConnectionSwitched
        | Event::ConnectionKept
        | Event::ConnectionSecretChanged
        | Event::ConnectionLinkIssued
        | Event::ConnectionLinkRevoked
        | Event::ConnectionMfaAccepted
        | Event::ConnectionMfaWithdrawn
        | Event::AccountsCapped
        | Event::SessionsEnded
        | Event::AddressSlowed
        | Event::AddressReleased
        | Event::DomainClaimed
        | Event::DomainVerified
        | Event::DomainReleased
        | Event::DomainRecordVanished
        | Event::DomainRecordRestored
        | Event::ProductAdded
        | Event::ProductChanged
        | Event::ProductRetired
        | Event::ProductRestored
        | Event::ClientAdded
        | Event::ClientChanged
        | Event::ClientDisabled
        | Event::ClientEnabled
        | Event::ClientSecretAdded
        | Event::ClientSecretRevoked
        | Event::LicenseGranted
        | Event::LicenseChanged
        | Event::LicenseEnded
        | Event::SigningKeyPublished
        | Event::SigningKeyWithdrawn => Telling::Silent,
    }
}

/// Whether a step led to a session: one that began at the same place, at once or soon after.
pub fn came_to_something(step: &Told, ends: &[Told]) -> bool {
    ends.iter().any(|end| {
        end.at >= step.at
            && end.at <= step.at + ONE_SIGN_IN
            && end.address == step.address
            && end.browser() == step.browser()
    })
}

/// What somebody who did something is to the person it was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    You,
    /// Nobody who was signed in: the browser and the address say it.
    Unsaid,
    Administrator,
    HelpDesk,
    /// Whoever runs the deployment.
    House,
    /// An organization's own program.
    Program,
    Itself,
    Somebody,
}

impl Part {
    pub fn key(self) -> Option<&'static str> {
        match self {
            Part::You => Some("activity-by-you"),
            Part::Unsaid => None,
            Part::Administrator => Some("activity-by-administrator"),
            Part::HelpDesk => Some("activity-by-help-desk"),
            Part::House => Some("activity-by-house"),
            Part::Program => Some("activity-by-program"),
            Part::Itself => Some("activity-by-itself"),
            Part::Somebody => Some("activity-by-somebody"),
        }
    }
}

/// Of somebody else's account.
pub fn part_of(staff: Option<StaffRole>, is_of_the_organization: bool) -> Part {
    match staff {
        Some(StaffRole::Operator) => Part::House,
        Some(StaffRole::Support) => Part::HelpDesk,
        None if is_of_the_organization => Part::Administrator,
        None => Part::Somebody,
    }
}

pub fn part(doer: &Doer, others: &HashMap<AccountId, Part>) -> Part {
    match doer {
        Doer::Owner => Part::You,
        Doer::Browser => Part::Unsaid,
        Doer::Another(id) => others.get(id).copied().unwrap_or(Part::Somebody),
        Doer::Client => Part::Program,
        Doer::Command => Part::House,
        Doer::System => Part::Itself,
    }
}
