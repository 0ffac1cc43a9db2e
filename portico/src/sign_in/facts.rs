//! The facts of one sign-in, and of the account as far as signing in needs them.

use super::destination::Destination;
use crate::organizations::{Organization, SignInWay};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, OneTimeId, OrganizationId, SessionId, SignInId};
use crate::platform::spelled::spelled;

/// One attempt, in one browser, towards one destination.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub id: SignInId,
    pub destination: Destination,
    pub named: Option<Named>,
    pub refusal: Option<Refusal>,
    pub first: Option<Proof>,
    /// The one-time secret that was the first proof; setting a password uses it up.
    pub first_secret: Option<OneTimeId>,
    pub second: Option<Proof>,
    /// The session that this sign-in adds a second factor to. What was proved first was proved there, and counts as long as it lives.
    pub stepped: Option<Stepped>,
    /// Its owner, who has shown whatever second factor there is, wants to set an authenticator app up: the first one, or another in the
    /// place of one that is lost or given up.
    pub sets_up_app: bool,
    /// The newest code mailed in place of a second factor.
    pub second_code: Option<OneTimeId>,
    /// The newest code mailed for this sign-in: no other one, mailed for another, counts here.
    pub email_code: Option<OneTimeId>,
    /// *Cancel* on the page of security questions: for this sign-in only.
    pub questions_put_off: bool,
    pub finished_at: Option<Time>,
}

impl SignIn {
    /// Whether it leads somewhere for which a code by mail may stand in for a second factor.
    pub fn takes_mail(&self) -> bool {
        // A temporary password came by mail: with a code by mail the mailbox would be all there is.
        let mailed = self.first.is_some_and(|proof| proof.method == Method::TemporaryPassword);
        self.stepped.is_none() && !mailed && !self.destination.wants_fresh_proof()
    }
}

/// A session that is to be one of two factors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stepped {
    pub session: SessionId,
    /// It has not ended since.
    pub alive: bool,
    /// What was shown for it, and when.
    pub methods: String,
    pub authenticated_at: Time,
    /// When it is known to have been.
    pub proved_at: Option<Time>,
}

/// Who the person says they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As typed, for the page.
    pub identifier: String,
    /// The account's id, or the keyed pseudo-id of a name nobody has: what counters count. Which of them it is shows only when
    /// the account is looked up.
    pub subject: String,
    /// Whose identity provider proves it: by the verified domain of what was typed and nothing else, or by an opt-in link. None:
    /// a password, here.
    pub connection: Option<ConnectionId>,
    /// When it was routed by an opt-in link.
    pub opted_in: Option<Time>,
    /// The organization of that domain, or of that link.
    pub organization: Option<Organization>,
}

impl Named {
    pub fn route(&self) -> SignInWay {
        match self.connection {
            Some(_) => SignInWay::Sso,
            None => SignInWay::Password,
        }
    }

    /// Whose it would be. A pseudo-id is nobody's, after the same look-up.
    pub fn account(&self) -> AccountId {
        AccountId::from(self.subject.as_str())
    }

    pub fn organization_id(&self) -> Option<OrganizationId> {
        self.organization.as_ref().map(|organization| organization.id.clone())
    }

    /// The zone in which times are told; UTC where there is no organization.
    pub fn zone(&self) -> &str {
        self.organization.as_ref().map_or("UTC", |organization| &organization.time_zone)
    }
}

/// A factor of the account was shown, under the credentials of that epoch, then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    pub method: Method,
    pub epoch: i64,
    pub at: Time,
}

/// Authentication methods, by their names of RFC 8176 where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Password,
    /// Leads to a new password and never to a session.
    TemporaryPassword,
    Otp,
    /// One of the codes that stand in for a second factor.
    RecoveryCode,
    /// A code by mail: lets in where nothing asks for two factors, and is none.
    EmailCode,
    /// The organization's identity provider has said who it is.
    Federated,
    /// It has said that it saw a second factor, and is believed that.
    FederatedMfa,
    /// A passkey that says it cannot leave its device. With whoever was verified there, it is two factors.
    DevicePasskey,
    /// One that says it may be kept in several places.
    SyncedPasskey,
}

impl Method {
    pub fn is_passkey(self) -> bool {
        matches!(self, Method::DevicePasskey | Method::SyncedPasskey)
    }

    /// Whether what it shows, after something else, makes two.
    pub fn is_second_factor(self) -> bool {
        self.is_passkey() || matches!(self, Method::Otp | Method::RecoveryCode | Method::FederatedMfa)
    }
}

spelled!(Method {
    Password = "pwd",
    TemporaryPassword = "temporary",
    Otp = "otp",
    RecoveryCode = "recovery",
    EmailCode = "email",
    Federated = "fed",
    FederatedMfa = "mfa",
    DevicePasskey = "hwk",
    SyncedPasskey = "swk",
});

/// The last answer to a guess, told again on every reload of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongPassword,
    PasswordLocked { until: Time },
}

/// What the account says about its owner's signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub epoch: i64,
    pub disabled: bool,
    /// Its password is its organization's: nothing that is typed here proves who it is.
    pub elsewhere: bool,
    /// Its organization's identity provider is not believed at present.
    pub suspended: bool,
    /// What was said there of this sign-in still holds: nobody has signed out there since, and the way there is still open.
    pub holds_there: bool,
    /// A second factor is asked of this person.
    pub mfa_due: bool,
    /// One is set up.
    pub has_factor: bool,
    /// Where there is none, whoever has shown the first one may set it up.
    pub may_set_up: bool,
    /// A code by mail lets in whoever has their second factor not at hand.
    pub mail_may_stand_in: bool,
    /// Passkeys can be its own, and count.
    pub takes_passkeys: bool,
    pub lacks: Lacks,
}

/// What an account still lacks, derived from it whenever it is asked: registering is meeting these for the first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacks {
    pub name: bool,
    pub questions: bool,
    /// Missing questions may be put off, sign-in by sign-in.
    pub questions_can_wait: bool,
    pub password: bool,
    pub verified_email: bool,
    /// Today's version of them is not accepted.
    pub terms: bool,
    /// Recovery codes were made, and are not kept yet.
    pub recovery_codes: bool,
}
