//! Pure: what keeps somebody out.

use crate::platform::clock::Time;
use crate::platform::spelled::spelled;

/// Everything the answer depends on.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub disabled: bool,
    /// The organization has a sign-in page of its own.
    pub elsewhere: bool,
    pub has_password: bool,
    pub second_factor_due: bool,
    pub has_authenticator: bool,
    pub lock: Option<Lock>,
    /// Forgot Password? brings a link that sets a new one.
    pub reset_helps: bool,
    /// What was typed is the mailbox on file and opens nothing: the user name does.
    pub typed_is_no_name: bool,
    pub products: Vec<Product>,
    /// Names and how to reach them.
    pub helpers: Vec<String>,
}

/// `None` until a reset or an administrator ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    pub until: Option<Time>,
    /// Of passwords; codes want the person who holds the phone.
    pub opens_by_reset: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub name: String,
    pub state: ProductState,
    pub moves_at: Option<Time>,
    pub old_url: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductState {
    Open,
    /// Still at its old address.
    Waiting,
    Ended,
}

/// A closed set: each has its words, and at most one button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Disabled,
    Elsewhere,
    Invited,
    NoSecondFactor,
    Locked,
    OtherName,
    NoSites,
    NotMoved,
    LicenseEnded,
    Well,
}

spelled!(Answer {
    Disabled = "disabled",
    Elsewhere = "elsewhere",
    Invited = "invited",
    NoSecondFactor = "no-second-factor",
    Locked = "locked",
    OtherName = "other-name",
    NoSites = "no-sites",
    NotMoved = "not-moved",
    LicenseEnded = "license-ended",
    Well = "well",
});

/// The first thing that is in the way, in the order in which it would be met.
pub fn answer(facts: &Facts) -> Answer {
    let any = |state: ProductState| facts.products.iter().any(|product| product.state == state);
    match facts {
        Facts { disabled: true, .. } => Answer::Disabled,
        Facts { elsewhere: true, .. } => Answer::Elsewhere,
        Facts { has_password: false, .. } => Answer::Invited,
        Facts { second_factor_due: true, has_authenticator: false, .. } => Answer::NoSecondFactor,
        Facts { lock: Some(_), .. } => Answer::Locked,
        Facts { typed_is_no_name: true, .. } => Answer::OtherName,
        Facts { products, .. } if products.is_empty() => Answer::NoSites,
        _ if any(ProductState::Open) => Answer::Well,
        _ if any(ProductState::Waiting) => Answer::NotMoved,
        _ => Answer::LicenseEnded,
    }
}
