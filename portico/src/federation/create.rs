//! Accounts for people a connection sends who have none, and what a first sign-in fills in.

use serde_json::json;
use store::Tx;

use super::connections::{Connection, Role};
use super::contract::Arrived;
use crate::audit::{self, Entry, Event};
use crate::people::{self, Account, Email, Identifier, NewAccount, UserName};
use crate::platform::ids::AccountId;
use crate::platform::web::Visit;
use crate::sign_in;

/// Makes an account of what came; `None` where its address is somebody's name by now. Never a helper's or an operator's: what such
/// people may do is not an organization's to say.
pub async fn account(
    tx: &mut Tx,
    visit: &Visit,
    connection: &Connection,
    email: &Email,
    arrived: &Arrived,
) -> Result<Option<Account>, store::Error> {
    let app = &visit.app;
    let id = AccountId::generate(&app.entropy);
    let new = NewAccount {
        id: id.clone(),
        organization: connection.organization.clone(),
        email: email.clone(),
        email_shown: email.as_str().to_owned(),
        user_name: free_user_name(tx, arrived).await?,
        first_name: name(arrived.first_name.as_deref()).unwrap_or_default(),
        last_name: name(arrived.last_name.as_deref()).unwrap_or_default(),
        signs_in_by_email: true,
        shared: false,
    };
    if people::named(tx, &Identifier::Email(email.clone())).await?.is_some() || !people::insert(tx, &new).await? {
        return Ok(None);
    }
    let mut roles: Vec<Role> = connection
        .settings
        .roles
        .iter()
        .filter(|(value, _)| arrived.roles.contains(value))
        .map(|(_, role)| *role)
        .collect();
    roles.sort_unstable();
    roles.dedup();
    for role in &roles {
        let there = (&connection.organization, &connection.id);
        people::map_administrator(tx, &app.entropy, there, &id, role.as_str()).await?;
    }
    let Some(account) = people::by_id(tx, &id).await? else { return Ok(None) };
    let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let details = json!({ "connection": connection.id.as_str(), "roles": roles });
    let entry = Entry { details, ..Entry::of(Event::AccountCreated, &account).from(visit) };
    audit::record(tx, &app.entropy, entry).await?;
    Ok(Some(account))
}

/// Fills in what the account lacks and its organization has just told: that the address is theirs, and the name.
pub async fn complete(tx: &mut Tx, visit: &Visit, account: &Account, arrived: &Arrived) -> Result<(), store::Error> {
    if people::set_email_verified(tx, &account.id).await? {
        audit::record(tx, &visit.app.entropy, Entry::of(Event::EmailVerified, account).from(visit)).await?;
    }
    let told = (name(arrived.first_name.as_deref()), name(arrived.last_name.as_deref()));
    if let (Some(first), Some(last)) = told
        && people::set_name(tx, &account.id, &first, &last).await?
    {
        audit::record(tx, &visit.app.entropy, Entry::of(Event::AccountNamed, account).from(visit)).await?;
    }
    Ok(())
}

/// The user name that came, if it is one and nobody's: a name that somebody has stays theirs.
async fn free_user_name(tx: &mut Tx, arrived: &Arrived) -> Result<Option<UserName>, store::Error> {
    let Some(name) = arrived.user_name.as_deref().and_then(UserName::parse) else { return Ok(None) };
    let taken = people::named(tx, &Identifier::UserName(name.clone())).await?.is_some();
    Ok((!taken).then_some(name))
}

/// One that cannot be a name is none: the person is asked.
fn name(told: Option<&str>) -> Option<String> {
    told.and_then(sign_in::as_name)
}
