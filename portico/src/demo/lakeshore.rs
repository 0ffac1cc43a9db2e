//! **Let Lakeshore create accounts**: what its IT decides about the connection, so that a visitor sees both.

use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::data;
use super::pages::stage;
use crate::platform::web::{Error, Form, Visit, see_other};

#[derive(Deserialize)]
pub struct Change {
    /// Accounts are made; otherwise none.
    create: Option<String>,
}

/// `POST /demo/lakeshore`. Done twice it changes nothing.
pub async fn change(visit: Visit, Form(change): Form<Change>) -> Result<Response, Error> {
    stage(&visit)?;
    let create = change.create.is_some();
    let write = async |tx: &mut Tx| data::let_accounts_be_created(tx, create).await;
    let done = visit.app.db.write("demo.lakeshore", write).await;
    done.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(see_other("/demo#lakeshore"))
}
