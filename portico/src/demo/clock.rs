//! **Let time pass**: everything of the demo that reads the clock sees it jump, and nothing waits for it.

use std::time::Duration;

use axum::response::Response;
use serde::Deserialize;
use store::Db;

use super::data;
use crate::platform::clock::{Clock, Time};
use crate::platform::web::{Error, Form, Visit, see_other};

/// 2100-01-01. Where the calendar ends no page could tell a time, and there would be no way back.
const FURTHEST: Time = Time::from_seconds(4_102_444_800);

#[derive(Deserialize)]
pub struct Passing {
    /// Without a sign: a clock that goes back would bring back what is over.
    seconds: u64,
}

/// `POST /demo/clock`
pub async fn put_ahead(visit: Visit, Form(passing): Form<Passing>) -> Result<Response, Error> {
    super::pages::stage(&visit)?;
    let clock = &visit.app.clock;
    let by = Duration::from_secs(passing.seconds);
    if clock.now() + by > FURTHEST {
        return Err(Error::BadRequest("the demo's clock ends in 2100".into()));
    }
    clock.advance(by);
    Ok(see_other("/demo#clock"))
}

/// Puts the clock of a demo that was kept to the last thing that happened in it: to people there, time has not gone back.
///
/// # Errors
/// When the database cannot say.
pub async fn catch_up(clock: &Clock, db: &Db) -> Result<(), store::Error> {
    if let Some(latest) = data::latest(db).await? {
        clock.advance(latest.since(clock.now()));
    }
    Ok(())
}
