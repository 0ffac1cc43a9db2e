//! An account for tables of cases.

use super::Account;
use crate::organizations::{Organization, Policy, Preset, SignInWay};
use crate::platform::ids::{AccountId, OrganizationId};

/// Somebody who signs in with a password, in `classic`, and has nothing special.
pub fn some_account(id: &str, organization: &str) -> Account {
    Account {
        id: AccountId::from(id),
        organization: Organization {
            id: OrganizationId::from(organization),
            slug: organization.into(),
            name: organization.into(),
            time_zone: "UTC".into(),
            contact: None,
            sign_in: SignInWay::Password,
            suspended: None,
            policy: Policy::preset(Preset::Classic),
        },
        federated: false,
        email: format!("{id}@{organization}.example"),
        user_name: None,
        first_name: "Lee".into(),
        last_name: "Castillo".into(),
        language: None,
        credentials_epoch: 1,
        password: None,
        password_set_at: None,
        email_verified_at: None,
        email_changed_at: None,
        second_mailbox: None,
        shared_at: None,
        disabled_at: None,
        staff: None,
        has_authenticator: false,
        has_passkey: false,
        factor_removed_at: None,
        has_codes_to_keep: false,
        first_browser_at: None,
        has_questions: false,
        is_administrator: false,
        opens_guarded_product: false,
    }
}
