//! What an organization's connections have made by themselves since some time, and its undoing: after an incident, what an identity
//! provider in other hands has said stays said until somebody looks at it.

use serde_json::json;
use store::{Error, Tx};

use super::people::unlink_person;
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::federation::{Identity, LinkedBy, connection, identities};
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::ids::OrganizationId;
use crate::session;

/// A link that a connection has made, and what came with it.
pub struct Made {
    pub identity: Identity,
    pub account: Account,
    /// What the connection is called.
    pub connection: String,
    /// What its role mapping has made of them.
    pub roles: Vec<String>,
}

/// Oldest first.
///
/// # Errors
/// When the database says no.
pub async fn made_since(tx: &mut Tx, organization: &OrganizationId, since: Time) -> Result<Vec<Made>, Error> {
    let mut all = Vec::new();
    for identity in identities::linked_since(tx, organization, since).await? {
        let account = people::by_id(tx, &identity.account).await?;
        let connection = connection(tx, &identity.connection).await?;
        let roles = people::mapped_roles(tx, &identity.connection, &identity.account).await?;
        let Some((account, connection)) = account.zip(connection) else { continue };
        all.push(Made { identity, account, connection: connection.settings.name, roles });
    }
    Ok(all)
}

/// Takes one back: the link and its sessions; an account that was made is closed, and what role mapping made of it is gone.
///
/// # Errors
/// When the database says no.
pub async fn undo(tx: &mut Tx, app: &App, actor: Actor<'_>, made: &Made) -> Result<(), Error> {
    let Made { identity, account, .. } = made;
    let Some(connection) = connection(tx, &identity.connection).await? else { return Ok(()) };
    unlink_person(tx, app, actor, (&connection, account)).await?;
    let roles = people::unmap_administrator(tx, &connection.id, &account.id).await?;
    if identity.linked_by == LinkedBy::Created && people::disable(tx, &account.id).await? {
        session::end_all(tx, &account.id).await?;
        let details = json!({ "made_by": connection.id.as_str(), "roles_taken_back": roles });
        let entry = Entry { actor, details, ..Entry::of(Event::AccountDisabled, account) };
        audit::record(tx, &app.entropy, entry).await?;
    }
    Ok(())
}
