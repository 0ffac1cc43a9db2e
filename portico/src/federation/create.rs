//! Accounts for people a connection sends who have none, and what a first sign-in fills in.

use std::time::Duration;

use serde_json::json;
use store::Tx;

use super::connections::{Connection, Role};
use super::contract::Arrived;
use super::failure::{Cause, Trouble};
use super::letters::AccountsCappedLetter;
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::notices;
use crate::organizations;
use crate::people::{self, Account, Email, Identifier, NewAccount, UserName};
use crate::platform::ids::AccountId;
use crate::platform::limits;
use crate::platform::web::Visit;
use crate::sign_in;

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Makes an account of what came, if its address is nobody's name still, and not too many were made today. Never a helper's or an
/// operator's: what such people may do is not an organization's to say.
pub async fn account(
    tx: &mut Tx,
    visit: &Visit,
    connection: &Connection,
    email: &Email,
    arrived: &Arrived,
) -> Result<Result<Account, Trouble>, store::Error> {
    let app = &visit.app;
    if people::named(tx, &Identifier::Email(email.clone())).await?.is_some() {
        return Ok(Err(Trouble::new(Cause::ForeignEmail, "It was taken meanwhile.")));
    }
    if let Err(trouble) = one_more(tx, app, connection).await? {
        return Ok(Err(trouble));
    }
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
    if !people::insert(tx, &new).await? {
        // Its names were looked at in this transaction. Half an account must not be committed.
        return Err(store::Error::column("names that nobody has were expected"));
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
    let Some(account) = people::by_id(tx, &id).await? else {
        return Err(store::Error::column("an account that has just been written was expected"));
    };
    let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let details = json!({ "connection": connection.id.as_str(), "roles": roles });
    let entry = Entry { details, ..Entry::of(Event::AccountCreated, &account).from(visit) };
    audit::record(tx, &app.entropy, entry).await?;
    Ok(Ok(account))
}

/// Counts one more account of this connection. Whoever has taken an identity provider over could make as many people as they can
/// think of names.
async fn one_more(tx: &mut Tx, app: &App, connection: &Connection) -> Result<Result<(), Trouble>, store::Error> {
    let most = connection.settings.accounts_a_day;
    let key = app.limit_key("accounts_made", connection.id.as_str());
    if limits::count(tx, &key, DAY, most).await?.is_within() {
        return Ok(Ok(()));
    }
    // Said once a day: each of those who come after them has a failure of their own.
    if limits::count(tx, &app.limit_key("accounts_capped", connection.id.as_str()), DAY, 1).await?.is_within() {
        tracing::warn!(connection = connection.id.as_str(), most, "a connection makes no more accounts today");
        let details = json!({ "connection": connection.id.as_str(), "accounts_a_day": most });
        let entry = Entry::plain(Event::AccountsCapped, Actor::System, details);
        let entry = Entry { organization: Some(&connection.organization), ..entry };
        audit::record(tx, &app.entropy, entry).await?;
        tell_of_cap(tx, app, connection).await?;
    }
    let detail = format!("{most} accounts were made today, and no more are. An operator can allow more.");
    Ok(Err(Trouble::new(Cause::NoAccountHere, detail)))
}

/// To those who see whether these are people, and to those who can allow more.
async fn tell_of_cap(tx: &mut Tx, app: &App, connection: &Connection) -> Result<(), store::Error> {
    let Some(organization) = organizations::by_id(tx, &connection.organization).await? else { return Ok(()) };
    let letter = AccountsCappedLetter {
        organization: organization.name,
        name: connection.settings.name.clone(),
        most: connection.settings.accounts_a_day,
    };
    let mut told = people::administrators_of(tx, &connection.organization).await?;
    told.extend(people::operators(tx).await?);
    notices::tell_administrators(tx, app, &told, &letter).await
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
