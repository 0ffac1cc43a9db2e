//! An operator takes upon them that a second factor shown elsewhere counts for everybody.

use serde_json::json;
use store::Tx;

use super::acts::{as_it_is, record};
use crate::app::App;
use crate::audit::{Actor, Event};
use crate::federation::{Acceptance, Connection, change_connection};
use crate::organizations::Vouching;
use crate::platform::clock::Time;

/// Why nothing was accepted.
#[derive(Debug, thiserror::Error)]
pub enum NotAccepted {
    #[error("a second factor shown there counts for nobody: --trusts-mfa true comes first")]
    NotTrusted,
    #[error("{0}")]
    Database(#[from] store::Error),
}

/// From now on it counts also for administrators and at products that demand one, by the word of an operator who says why; `None`:
/// no more. False when it was so before.
///
/// # Errors
/// [`NotAccepted`].
pub async fn accept_mfa(
    tx: &mut Tx,
    app: &App,
    connection: &Connection,
    vouching: Option<&Vouching<'_>>,
) -> Result<bool, NotAccepted> {
    let connection = as_it_is(tx, connection).await?;
    let mut settings = connection.settings.clone();
    if vouching.is_some() && !settings.trusts_mfa {
        return Err(NotAccepted::NotTrusted);
    }
    if settings.mfa_accepted.is_some() == vouching.is_some() {
        return Ok(false);
    }
    let at = Time(tx.now());
    settings.mfa_accepted = vouching.map(|vouching| Acceptance { at, by: vouching.operator.id.clone() });
    change_connection(tx, &connection.id, &settings).await?;
    let (what, details) = match vouching {
        Some(vouching) => (
            (Event::ConnectionMfaAccepted, Actor::Account(&vouching.operator.id)),
            json!({
                "connection": connection.id.as_str(), "operator": vouching.operator.email, "because": vouching.because,
            }),
        ),
        None => ((Event::ConnectionMfaWithdrawn, Actor::Command), json!({ "connection": connection.id.as_str() })),
    };
    record(tx, app, what, &connection, details).await?;
    Ok(true)
}
