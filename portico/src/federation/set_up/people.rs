//! Linking somebody by hand, where no email can: a name that the provider spells otherwise, or somebody who was linked wrongly.

use serde_json::json;
use store::Tx;

use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::federation::{Connection, LinkedBy, identities_of, link, unlink};
use crate::people::{self, Account};
use crate::session;

/// Why nobody was linked.
#[derive(Debug, thiserror::Error)]
pub enum NotLinked {
    #[error("the account is another organization's")]
    Anothers,
    #[error("the account is of the people who run this, who never come by an organization's sign-in")]
    Staff,
    #[error("several people use the account, so that it can be nobody's over there")]
    Shared,
    #[error("a subject is 1 to 255 characters on one line")]
    Subject,
    #[error("the account is somebody there already, or the subject is somebody here: unlink first")]
    Taken,
    #[error("{0}")]
    Database(#[from] store::Error),
}

/// From now on whoever the provider calls by `subject` is the account.
///
/// # Errors
/// [`NotLinked`].
pub async fn link_person(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (connection, account, subject): (&Connection, &Account, &str),
) -> Result<(), NotLinked> {
    if account.organization.id != connection.organization {
        return Err(NotLinked::Anothers);
    }
    if account.staff.is_some() {
        return Err(NotLinked::Staff);
    }
    if account.shared_at.is_some() {
        return Err(NotLinked::Shared);
    }
    if !(1..=255).contains(&subject.len()) || subject.chars().any(char::is_control) {
        return Err(NotLinked::Subject);
    }
    if !link(tx, &connection.id, subject, account, LinkedBy::Administrator).await? {
        return Err(NotLinked::Taken);
    }
    // Of an address that leads nowhere it is this that says where the person signs in.
    people::put_passwords_elsewhere_away(tx, &connection.organization).await?;
    record(tx, app, (Event::AccountLinked, actor), connection, account, subject).await?;
    Ok(())
}

/// Whoever comes by the account's subject next is a stranger, and its sessions end. False when it was not linked.
///
/// # Errors
/// When the database says no.
pub async fn unlink_person(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (connection, account): (&Connection, &Account),
) -> Result<bool, store::Error> {
    let identities = identities_of(tx, &account.id).await?;
    let Some(identity) = identities.into_iter().find(|one| one.connection == connection.id) else { return Ok(false) };
    unlink(tx, &connection.id, &account.id).await?;
    session::end_all(tx, &account.id).await?;
    record(tx, app, (Event::AccountUnlinked, actor), connection, account, &identity.subject).await?;
    Ok(true)
}

async fn record(
    tx: &mut Tx,
    app: &App,
    (event, actor): (Event, Actor<'_>),
    connection: &Connection,
    account: &Account,
    subject: &str,
) -> Result<(), store::Error> {
    let details = json!({ "connection": connection.id.as_str(), "subject": subject, "by": "administrator" });
    let entry = Entry {
        account: Some(&account.id),
        organization: Some(&connection.organization),
        ..Entry::plain(event, actor, details)
    };
    audit::record(tx, &app.entropy, entry).await
}
