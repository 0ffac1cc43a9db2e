//! A look at a connection's provider: what it says of itself, and whether it knows us.

use oidc::rp::{Metadata, TokenRequest};
use secrecy::ExposeSecret;

use crate::app::App;
use crate::federation::failure::{Cause, Trouble};
use crate::federation::oidc as provider;
use crate::federation::{Connection, Protocol};

/// What was seen. Nobody signs in by it, and nothing is written.
pub struct Look {
    /// What it publishes, its keys among it; else why that is of no use, in words.
    pub metadata: Result<Metadata, String>,
    pub client: Seen,
}

/// Whether the provider knows us by our client and secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Known,
    Refused(String),
    Silent(String),
    NotAsked,
}

/// Asks the provider, freshly.
pub async fn look(app: &App, connection: &Connection) -> Look {
    let Protocol::Oidc(settings) = &connection.settings.protocol;
    let metadata = match provider::look(app, connection, settings).await {
        Ok(metadata) => metadata,
        Err(trouble) => return Look { metadata: Err(words(trouble)), client: Seen::NotAsked },
    };
    let client = match &settings.secret {
        Some(_) => knows_us(app, connection, &metadata).await,
        None => Seen::NotAsked,
    };
    Look { metadata: Ok(metadata), client }
}

/// Shows a code that it has given to nobody. Whom it knows it refuses for the code, anybody else for who they are.
async fn knows_us(app: &App, connection: &Connection, metadata: &Metadata) -> Seen {
    let Protocol::Oidc(settings) = &connection.settings.protocol;
    let (code, verifier) = (app.entropy.token(), app.entropy.token());
    let request = TokenRequest {
        client_id: &settings.client_id,
        code: code.expose_secret(),
        redirect_uri: &provider::redirect_uri(app, &connection.id),
        verifier: verifier.expose_secret(),
    };
    match provider::show(app, connection, settings, metadata, &request).await {
        // It has taken a code that was never given.
        Ok(_) => Seen::Silent("it takes any code at all".to_owned()),
        Err(trouble) => match trouble.cause {
            Cause::WrongAnswer | Cause::SaysNo => Seen::Known,
            Cause::NotSetUp => Seen::Refused(words(trouble)),
            _ => Seen::Silent(words(trouble)),
        },
    }
}

fn words(trouble: Trouble) -> String {
    trouble.detail.trim_end_matches('.').to_owned()
}
