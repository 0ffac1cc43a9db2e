//! What only whoever runs the deployment lets a connection do, and for how long such a word holds. Pure.
//!
//! An organization's own program may change everything else. What it may not is what would reach beyond the organization: into the
//! private network that we are in, over names that all organizations share, past a second factor that others demand, and to the role
//! that names administrators. Such a word is given of a connection as it is: with another issuer, or read from another claim, it
//! would be somebody else's.

use crate::federation::{Protocol, Role, Settings};

/// What is wrong with a change by whoever is no operator.
pub fn problems(before: &Settings, after: &Settings) -> Vec<String> {
    let (Protocol::Oidc(old), Protocol::Oidc(new)) = (&before.protocol, &after.protocol);
    let names = (&old.claims.user_name, &new.claims.user_name);
    let wanted = [
        (
            after.private_network && !before.private_network,
            "`private_network`: only an operator can let a connection lead into the private network.",
        ),
        (
            after.private_hosts.iter().any(|host| !before.private_hosts.contains(host)),
            "`private_hosts`: only an operator can let a connection lead to more hosts of the private network.",
        ),
        (
            owners(after).any(|value| !owners(before).any(|known| known == value)),
            "`roles`: only an operator can let a connection make License Owners.",
        ),
        (
            !names.1.is_empty() && names.0 != names.1,
            "`claims.user_name`: user names are one list for all organizations, and only an operator can let a connection \
             give them out.",
        ),
        (
            after.accounts_a_day > before.accounts_a_day,
            "`accounts_a_day`: only an operator can let a connection make more accounts.",
        ),
    ];
    let mut problems: Vec<String> =
        wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, text)| text.to_owned()).collect();
    problems.extend(outlived(before, after).map(|key| {
        format!(
            "`{key}`: an operator has allowed it of the connection as it is. Ask one to change this, or take it back in the \
             same change."
        )
    }));
    problems
}

/// What was allowed of a connection that is another one now, by its key.
fn outlived(before: &Settings, after: &Settings) -> impl Iterator<Item = &'static str> {
    let (Protocol::Oidc(old), Protocol::Oidc(new)) = (&before.protocol, &after.protocol);
    let same = old.issuer == new.issuer;
    let both = |holds: fn(&Settings) -> bool| holds(before) && holds(after);
    let gives_names = |settings: &Settings| {
        let Protocol::Oidc(oidc) = &settings.protocol;
        !oidc.claims.user_name.is_empty()
    };
    [
        ("private_network", both(|settings| settings.private_network), same),
        ("roles", both(|settings| owners(settings).next().is_some()), same && old.claims.roles == new.claims.roles),
        ("claims.user_name", both(gives_names), same),
        (
            "trusts_mfa",
            both(|settings| settings.trusts_mfa && settings.mfa_accepted.is_some()),
            same && old.mfa_acr == new.mfa_acr,
        ),
    ]
    .into_iter()
    .filter_map(|(key, holds, of_this)| (holds && !of_this).then_some(key))
}

/// Takes back an operator's acceptance of a second factor that is another one now. Who changes it has to accept it anew.
pub fn lapse(before: &Settings, after: &mut Settings) {
    let outdated = outlived(before, after).any(|key| key == "trusts_mfa");
    if outdated || !after.trusts_mfa {
        after.mfa_accepted = None;
    }
}

/// The values that make somebody a License Owner.
fn owners(settings: &Settings) -> impl Iterator<Item = &str> {
    settings.roles.iter().filter(|(_, role)| *role == Role::LicenseOwner).map(|(value, _)| value.as_str())
}
