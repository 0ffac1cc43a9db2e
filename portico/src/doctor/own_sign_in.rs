//! How a person fares at their organization's own sign-in: which connection is theirs, who they are there, and what went wrong.

use store::{Error, Tx};

use super::rules::{Failure, Federated};
use crate::federation::{self, Connection, Weight};
use crate::organizations::Organization;
use crate::people::{Account, Email, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::ConnectionId;
use crate::platform::web::Moment;

/// `None`: they sign in here, and have never been anybody elsewhere.
pub async fn examine(
    tx: &mut Tx,
    identifier: &Identifier,
    account: Option<&Account>,
    zone: &str,
) -> Result<Option<Federated>, Error> {
    let now = Time(tx.now());
    let routed = match identifier.email() {
        Some(email) => route(tx, email).await?,
        None => None,
    };
    // Whoever types a user name is sent nowhere, and gets a link by mail that leads there.
    let own = match account.and_then(|account| Email::parse(&account.email)) {
        Some(email) => route(tx, &email).await?,
        None => None,
    };
    let identities = match account {
        Some(account) => federation::identities_of(tx, &account.id).await?,
        None => Vec::new(),
    };
    let theirs = routed.clone().or(own).or_else(|| identities.first().map(|one| one.connection.clone()));
    let Some(id) = theirs else { return Ok(None) };
    let Some(connection) = federation::connection(tx, &id).await? else { return Ok(None) };
    let linked = identities.iter().find(|one| one.connection == id);
    let told = |at: Time| Moment::new(at, zone, now).text;
    let failure = match account {
        Some(account) => federation::last_failure_of(tx, &account.id).await?,
        None => None,
    };
    Ok(Some(Federated {
        id: id.to_string(),
        name: connection.settings.name.clone(),
        routed: routed.is_some(),
        state: connection.state.as_str(),
        linked: linked.map(|one| (one.subject.clone(), one.seen_at.map(told))),
        creates_accounts: connection.settings.creates_accounts,
        broken: broken(&connection, now),
        fails_for_many: federation::fails_for_many(tx, &id).await?,
        failure: failure.map(|one| Failure {
            at: told(one.at),
            reference: one.reference,
            cause: one.cause.as_str(),
            detail: one.detail,
        }),
    }))
}

async fn route(tx: &mut Tx, email: &Email) -> Result<Option<ConnectionId>, Error> {
    let route: Option<(Organization, Option<ConnectionId>)> = federation::route(tx, email.domain()).await?;
    Ok(route.and_then(|(_, connection)| connection))
}

/// What can be seen without asking the provider.
fn broken(connection: &Connection, now: Time) -> Option<String> {
    let found = federation::findings(connection, &[], None, now);
    found.into_iter().find(|finding| finding.weight == Weight::Broken).map(|finding| finding.text)
}
