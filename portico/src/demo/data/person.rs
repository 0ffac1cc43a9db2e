//! What there is to say of somebody in the demo.

use crate::people::StaffRole;

pub struct Person {
    /// Slug of the organization.
    pub organization: &'static str,
    pub email: &'static str,
    pub user_name: Option<&'static str>,
    pub first_name: &'static str,
    pub last_name: &'static str,
    /// Words that say why the person is here.
    pub about: &'static str,
    /// Has a password.
    pub registered: bool,
    /// Has set security questions.
    pub questions: bool,
    /// An account that several people use.
    pub shared: bool,
    /// Signs in with the address, too; several accounts of one mailbox are told apart by their user names.
    pub by_email: bool,
    /// Switched off.
    pub disabled: bool,
    /// The address that has taken the place of `email`, and that nobody has confirmed.
    pub moved_to: Option<&'static str>,
    /// A second mailbox, confirmed before the demo began.
    pub second: Option<&'static str>,
    /// The secret of an authenticator app, in base32.
    pub totp: Option<&'static str>,
    pub staff: Option<StaffRole>,
    pub administers: Option<&'static str>,
    pub access: &'static [Access],
    pub relocations: &'static [Relocation],
}

/// What most have in common.
pub const SOMEBODY: Person = Person {
    organization: "riverside",
    email: "",
    user_name: None,
    first_name: "",
    last_name: "",
    about: "",
    registered: true,
    questions: true,
    shared: false,
    by_email: true,
    disabled: false,
    moved_to: None,
    second: None,
    totp: None,
    staff: None,
    administers: None,
    access: &[],
    relocations: &[],
};

impl Person {
    /// What is typed at the first page.
    pub fn identifier(&self) -> &'static str {
        self.user_name.unwrap_or(self.mailbox())
    }

    /// Where mail for the person goes.
    pub fn mailbox(&self) -> &'static str {
        self.moved_to.unwrap_or(self.email)
    }
}

pub struct Access {
    /// Slug of the product.
    pub product: &'static str,
    /// None: all sites.
    pub site: Option<&'static str>,
    /// A word of the product's own.
    pub role: &'static str,
}

/// Where somebody stands in a product's way behind the front door.
pub struct Relocation {
    pub product: &'static str,
    pub state: &'static str,
    pub in_days: Option<u32>,
    /// Portico knows where the product is used until then.
    pub old_page: bool,
}

pub const fn anywhere(product: &'static str, role: &'static str) -> Access {
    Access { product, site: None, role }
}

pub const fn at(site: &'static str, product: &'static str, role: &'static str) -> Access {
    Access { product, site: Some(site), role }
}

pub const fn relocation(product: &'static str, state: &'static str, in_days: Option<u32>) -> Relocation {
    Relocation { product, state, in_days, old_page: true }
}
