//! The events there are. A name is `noun.verb_past` and is never reused: exports and alarms know it.

macro_rules! events {
    ($($(#[$about:meta])* $event:ident = $name:literal),+ $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(#[$about])* $event),+
        }

        impl Event {
            pub const ALL: &[Event] = &[$(Event::$event),+];

            pub fn name(self) -> &'static str {
                match self {
                    $(Event::$event => $name),+
                }
            }

            /// `None` for one that only another version knows.
            pub fn of_name(name: &str) -> Option<Event> {
                match name {
                    $($name => Some(Event::$event),)+
                    _ => None,
                }
            }
        }
    };
}

events! {
    /// The first factor was shown, and the account may still not come in; the details say why.
    SignInRefused = "sign_in.refused",
    PasswordVerified = "password.verified",
    PasswordRefused = "password.refused",
    PasswordReset = "password.reset",
    /// Set by somebody who was let in without one.
    PasswordChanged = "password.changed",
    /// The organization's identity provider has said who it is; which connection, and how they came to the account, are in the
    /// details.
    FederationVerified = "federation.verified",
    /// A way to an identity provider ended badly; cause and reference are in the details.
    FederationRefused = "federation.refused",
    ConnectionAdded = "connection.added",
    /// What it was and what it is are in the details.
    ConnectionChanged = "connection.changed",
    /// On, off, or back to trial; for which domains is in the details.
    ConnectionSwitched = "connection.switched",
    /// A program wanted what would bring people's passwords back here: that takes an operator, and nothing was done.
    ConnectionKept = "connection.kept",
    ConnectionSecretChanged = "connection_secret.changed",
    /// A link by which somebody may try it; the one before has ended.
    ConnectionLinkIssued = "connection_link.issued",
    ConnectionLinkRevoked = "connection_link.revoked",
    /// A second factor shown there counts for everybody from now on; the details say by whose word, and why.
    ConnectionMfaAccepted = "connection_mfa.accepted",
    ConnectionMfaWithdrawn = "connection_mfa.withdrawn",
    /// An account is somebody's at a connection from now on.
    AccountLinked = "account.linked",
    AccountUnlinked = "account.unlinked",
    /// Somebody came by a connection that makes accounts, and had none.
    AccountCreated = "account.created",
    /// A connection has made as many accounts as it may within a day, and makes no more; told once.
    AccountsCapped = "accounts.capped",
    TemporaryPasswordIssued = "temporary_password.issued",
    TemporaryPasswordVerified = "temporary_password.verified",
    /// Security questions were set; the details say whether for the first time.
    QuestionsChanged = "questions.changed",
    /// An administrator has taken the answers away.
    QuestionsCleared = "questions.cleared",
    /// All that were asked were answered right.
    QuestionsAnswered = "questions.answered",
    QuestionsRefused = "questions.refused",
    /// Nobody may answer for a while, or until a sign-in.
    QuestionsLocked = "questions.locked",
    LockoutLocked = "lockout.locked",
    LockoutCleared = "lockout.cleared",
    /// A passkey was shown as the first factor, and is the second, too.
    PasskeyVerified = "passkey.verified",
    /// One was shown, or what should be one, and is not believed; the details say why.
    PasskeyRefused = "passkey.refused",
    PasskeyAdded = "passkey.added",
    PasskeyRemoved = "passkey.removed",
    SecondFactorVerified = "second_factor.verified",
    SecondFactorRefused = "second_factor.refused",
    /// An authenticator app counts from now on; the details say whether in the place of another.
    AuthenticatorAdded = "authenticator.added",
    /// All older ones are void.
    RecoveryCodesRenewed = "recovery_codes.renewed",
    /// All that there was: the details say why.
    SecondFactorRemoved = "second_factor.removed",
    /// What an organization or a product asks of people who sign in; the details say what it was and is.
    PolicyChanged = "policy.changed",
    /// It waits; the details say until when, and how it was made sure who asks.
    FactorResetStarted = "factor_reset.started",
    FactorResetStopped = "factor_reset.stopped",
    /// Somebody who has signed in with a password says that their second factor is lost.
    FactorHelpRequested = "factor_help.requested",
    SessionStarted = "session.started",
    SessionEnded = "session.ended",
    /// A browser became one the account is known in.
    DeviceRecognized = "device.recognized",
    RecoveryRequested = "recovery.requested",
    UserNameRequested = "user_name.requested",
    /// **Help me sign in** was pressed.
    HelpRequested = "help.requested",
    /// Its owner said of something that was done: it wasn't me. Everything was ended.
    AccountDisputed = "account.disputed",
    /// The Contact Form was sent.
    SupportRequested = "support.requested",
    AccountInvited = "account.invited",
    /// Somebody who was invited has told their name.
    AccountNamed = "account.named",
    EmailVerified = "email.verified",
    /// An administrator has corrected the address; both are in the details.
    EmailChanged = "email.changed",
    /// A second mailbox was named, and has got its mail.
    SecondaryEmailRequested = "secondary_email.requested",
    SecondaryEmailVerified = "secondary_email.verified",
    SecondaryEmailRemoved = "secondary_email.removed",
    /// Whoever reads one of the two mailboxes of a reset has said so.
    MailboxConfirmed = "mailbox.confirmed",
    /// Both have, in two browsers of one person: the number that the one shows was typed in the other.
    MailboxesPaired = "mailboxes.paired",
    MailboxNumberRefused = "mailbox_number.refused",
    /// A License Owner asks to suspend single sign-on.
    SuspensionRequested = "sso_suspension.requested",
    /// Taken back by whoever asked, or declined by somebody else; the details say which.
    SuspensionDeclined = "sso_suspension.declined",
    SsoSuspended = "sso.suspended",
    /// What was made under the suspension has ended; how much is in the details.
    SsoResumed = "sso.resumed",
    /// Which mailboxes a reset takes meanwhile.
    ContinuityChanged = "continuity.changed",
    EmailCodeRefused = "email_code.refused",
    /// The version and hash are in the details.
    TermsAccepted = "terms.accepted",
    /// An organization says that a domain is its own; nothing follows from that yet.
    DomainClaimed = "domain.claimed",
    /// It has shown so, or an operator vouches for it; the details say who and why.
    DomainVerified = "domain.verified",
    DomainReleased = "domain.released",
    /// The record that showed it is gone. The domain stays the organization's.
    DomainRecordVanished = "domain_record.vanished",
    DomainRecordRestored = "domain_record.restored",
    /// Its owner has taken a copy of everything that is kept about them; which lists were cut short is in the details.
    AccountExported = "account.exported",
    AccountDisabled = "account.disabled",
    AccountEnabled = "account.enabled",
    AccessGranted = "access.granted",
    AccessRequested = "access.requested",
    ProductOpened = "product.opened",
    ProductAdded = "product.added",
    /// What it was and what it is are in the details, as in the events of clients and licenses.
    ProductChanged = "product.changed",
    ProductRetired = "product.retired",
    ProductRestored = "product.restored",
    ClientAdded = "client.added",
    ClientChanged = "client.changed",
    ClientDisabled = "client.disabled",
    ClientEnabled = "client.enabled",
    ClientSecretAdded = "client_secret.added",
    ClientSecretRevoked = "client_secret.revoked",
    /// An organization may use a product.
    LicenseGranted = "license.granted",
    LicenseChanged = "license.changed",
    LicenseEnded = "license.ended",
    /// A key that signs tokens was made, and from when it signs.
    SigningKeyPublished = "signing_key.published",
    /// Its key may be in other hands: it signs no more and is published no more.
    SigningKeyWithdrawn = "signing_key.withdrawn",
    /// A product was told who somebody is.
    GrantIssued = "grant.issued",
    /// A code or a refresh token was used a second time, and everything it gave has ended.
    GrantRevoked = "grant.revoked",
    /// Somebody has signed themselves out of a product, and nowhere else; what that was given has ended.
    GrantsEnded = "grants.ended",
    /// Somebody has allowed a third party to learn who they are.
    ConsentGranted = "consent.granted",
    /// Somebody has taken that back, and everything it gave has ended.
    ConsentWithdrawn = "consent.withdrawn",
    /// A mail was given up; what the mail server said is in the details.
    MailRefused = "mail.refused",
    /// A mail was handed over, and came back; what was said of it is in the details.
    MailBounced = "mail.bounced",
    /// Somebody went on guessing while that was paused. At most one row a minute for each counter.
    AttemptRefused = "attempt.refused",
    DeploymentInitialized = "deployment.initialized",
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_noun_and_past_verb_and_each_is_used_once() {
        let names: HashSet<&str> = Event::ALL.iter().map(|event| event.name()).collect();
        assert_eq!(names.len(), Event::ALL.len());
        for name in names {
            let (noun, verb) = name.split_once('.').unwrap();
            let plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            assert!(plain(noun) && plain(verb), "{name}");
            assert!(verb.ends_with("ed") || ["reset", "withdrawn", "kept"].contains(&verb), "{name}");
        }
    }

    #[test]
    fn an_event_is_found_by_its_name() {
        for event in Event::ALL {
            assert_eq!(Event::of_name(event.name()), Some(*event));
        }
        assert_eq!(Event::of_name("moon.landed"), None);
    }
}
