//! **Take access away**: what an administrator will do, so that a visitor sees it reach the product.

use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::data;
use super::pages::stage;
use crate::platform::web::{Error, Form, Visit, see_other};

#[derive(Deserialize)]
pub struct Change {
    /// Given back; otherwise taken away.
    give: Option<String>,
}

/// `POST /demo/access`: omar's to Bed Board. Done twice it changes nothing.
pub async fn change(visit: Visit, Form(change): Form<Change>) -> Result<Response, Error> {
    stage(&visit)?;
    let app = &visit.app;
    let done = app
        .db
        .write("demo.access", async |tx: &mut Tx| match change.give {
            None => data::take_access(tx).await,
            Some(_) => data::give_access(tx, &app.entropy).await,
        })
        .await;
    done.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(see_other("/demo#access"))
}
