use super::Email;
use crate::organizations::Organization;
use crate::platform::clock::Time;
use crate::platform::i18n::UNSAID;
use crate::platform::ids::{AccountId, OrganizationId};
use crate::platform::spelled::spelled;

/// One person's way in.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    pub organization: Organization,
    pub email: String,
    pub user_name: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub language: Option<String>,
    pub credentials_epoch: i64,
    /// It signs in at its organization's own identity provider, unless that is suspended: its address is of a domain that leads
    /// there, or, of no domain of theirs, it is somebody there. Never ask the organization: others of its people sign in here.
    pub federated: bool,
    /// The PHC string, sealed; see [`crate::password`]. `None` also for one that counts for nothing today: of an account that
    /// signs in elsewhere, and, while that is suspended, one that was not set under this very suspension.
    pub password: Option<Vec<u8>>,
    /// When one was set last; it stays when that password is ended.
    pub password_set_at: Option<Time>,
    /// Mail to the address is known to arrive.
    pub email_verified_at: Option<Time>,
    /// When it took the place of one that was known to.
    pub email_changed_at: Option<Time>,
    /// The second mailbox, as far as it counts: only while single sign-on is suspended, and confirmed before that.
    pub second_mailbox: Option<String>,
    pub shared_at: Option<Time>,
    pub disabled_at: Option<Time>,
    pub staff: Option<StaffRole>,
    pub has_authenticator: bool,
    /// Has passkeys, and they count.
    pub has_passkey: bool,
    /// Its second factor was taken away, and nobody has signed in since.
    pub factor_removed_at: Option<Time>,
    /// Recovery codes were made, and their owner has not said that they are kept.
    pub has_codes_to_keep: bool,
    /// When it first became known in a browser.
    pub first_browser_at: Option<Time>,
    /// Has set security questions.
    pub has_questions: bool,
    pub is_administrator: bool,
    /// May open a product that requires a second factor of everybody.
    pub opens_guarded_product: bool,
}

impl Account {
    /// The address, as long as the person has told no name.
    pub fn name(&self) -> String {
        if self.is_named() { format!("{} {}", self.first_name, self.last_name) } else { self.email.clone() }
    }

    pub fn is_named(&self) -> bool {
        !self.first_name.is_empty() && !self.last_name.is_empty()
    }

    /// Invited and not registered yet, or with a password an administrator has taken away: whoever has none signs in with a
    /// temporary one and then sets one.
    pub fn is_pending(&self) -> bool {
        self.password.is_none() && self.has_own_password_here()
    }

    /// Pending, and never had a password: what others were asked for once, it has yet to set.
    pub fn is_registering(&self) -> bool {
        self.is_pending() && self.password_set_at.is_none() && !self.comes_from_sso()
    }

    /// Its password is its organization's: nothing that is typed here proves who it is, and none is set here.
    pub fn signs_in_elsewhere(&self) -> bool {
        self.federated && self.organization.suspended.is_none()
    }

    /// Since when it signs in here because its organization's own sign-in is suspended. Whoever has a password here anyway
    /// notices nothing of a suspension.
    pub fn suspended(&self) -> Option<Time> {
        self.organization.suspended.filter(|_| self.federated)
    }

    /// Signed in at its organization before that was suspended: it is nobody new, and one mailbox must not open it.
    pub fn comes_from_sso(&self) -> bool {
        self.suspended().is_some() && (self.email_verified_at.is_some() || self.first_browser_at.is_some())
    }

    /// Neither several people's nor its organization's: a password is its owner's to set, and nobody else's to miss.
    pub fn has_own_password_here(&self) -> bool {
        self.shared_at.is_none() && !self.signs_in_elsewhere()
    }

    /// Whether a new password that an administrator has sent would let somebody in.
    ///
    /// # Errors
    /// Why not.
    pub fn takes_new_password(&self) -> Result<(), OutOfReach> {
        let Organization { name, contact, .. } = &self.organization;
        match () {
            () if self.disabled_at.is_some() => Err(OutOfReach::Disabled),
            () if self.signs_in_elsewhere() => {
                let ask = contact.clone().unwrap_or_else(|| "their service desk or IT department".to_owned());
                Err(OutOfReach::Elsewhere { organization: name.clone(), ask })
            }
            () => Ok(()),
        }
    }

    /// Whether mail to this address is mail to the account, however either is spelled.
    pub fn has_mailbox(&self, address: &str) -> bool {
        self.has_address(address) || self.second_mailbox.as_deref().is_some_and(|second| is_same(second, address))
    }

    /// Whether it is the address on file.
    pub fn has_address(&self, address: &str) -> bool {
        is_same(&self.email, address)
    }

    /// The address was changed, and nothing has shown yet that it is the owner's. (Whoever registers has shown so with the mail
    /// of the invitation.)
    pub fn has_unproved_address(&self) -> bool {
        self.email_changed_at.is_some() && self.email_verified_at.is_none()
    }

    /// A second factor is set up. Recovery codes are none: they stand in for one.
    pub fn has_second_factor(&self) -> bool {
        self.has_authenticator || self.has_passkey
    }

    /// More than a mailbox is between a stranger and this account, or was until somebody took it away: answers and links that
    /// anybody may ask for open nothing.
    pub fn is_guarded(&self) -> bool {
        self.has_second_factor() || self.factor_removed_at.is_some()
    }

    /// Whether passkeys can be its own, and count. Several people share no device, and beside an organization's own sign-in, working or
    /// not, a key that is kept here would outlive what is decided over there.
    pub fn takes_passkeys(&self) -> bool {
        takes_passkeys(self.federated, self.shared_at.is_some())
    }

    /// What the person signs in with.
    pub fn sign_in_name(&self) -> &str {
        self.user_name.as_deref().unwrap_or(&self.email)
    }

    /// What anybody may know of the person: no password may be made of it (ASVS 6.2.11).
    pub fn words_about(&self) -> Vec<String> {
        let (mailbox, domain) = self.email.split_once('@').unwrap_or((&self.email, ""));
        let words =
            [mailbox, &self.email, domain.split('.').next().unwrap_or_default(), &self.first_name, &self.last_name];
        let organization = [self.organization.name.as_str(), self.organization.slug.as_str()];
        words.into_iter().chain(organization).chain(self.user_name.as_deref()).map(str::to_owned).collect()
    }

    /// In the language of whoever asks for it, as long as its own is not known.
    #[must_use]
    pub fn or_reads(self, language: Option<&str>) -> Account {
        Account { language: self.language.or_else(|| language.map(str::to_owned)), ..self }
    }

    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or(UNSAID)
    }
}

/// The same before there is an [`Account`].
pub fn takes_passkeys(federated: bool, shared: bool) -> bool {
    !shared && !federated
}

fn is_same(one: &str, other: &str) -> bool {
    one == other || Email::parse(one).is_some_and(|one| Some(one) == Email::parse(other))
}

/// Why an account gets no new password, not even from an administrator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutOfReach {
    #[error("The account is disabled. Open it first with `portico account enable`.")]
    Disabled,
    #[error("It signs in at {organization}, where its password is kept, and only they can change it. Ask {ask}.")]
    Elsewhere { organization: String, ask: String },
    #[error(
        "Several people use it, so that no one owner would set a new password at the next sign-in. Mail its mailbox a link \
         instead with `portico account reset`."
    )]
    Shared,
}

/// People of whoever runs the deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffRole {
    Operator,
    Support,
}

spelled!(StaffRole { Operator = "operator", Support = "support" });

/// What an account is made of; it is written with its identifiers or not at all.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub id: AccountId,
    pub organization: OrganizationId,
    pub email: super::Email,
    pub email_shown: String,
    pub user_name: Option<super::UserName>,
    pub first_name: String,
    pub last_name: String,
    /// The email may be typed at the first page (false where several accounts share a mailbox).
    pub signs_in_by_email: bool,
    pub shared: bool,
}
