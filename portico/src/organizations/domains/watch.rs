//! The records of verified domains, looked at again each week.

use std::time::Duration;

use serde_json::json;
use store::Tx;

use super::claim::record;
use super::letters::RecordMissingLetter;
use super::queries;
use super::rules::{News, Record, challenge, is_there, looked};
use crate::app::App;
use crate::audit::{Actor, Event};
use crate::notices;
use crate::organizations::by_id;
use crate::people;
use crate::platform::clock::Time;
use crate::platform::domain::Domain;
use crate::platform::ids::OrganizationId;
use crate::platform::jobs::{self, Shutdown, Turn};

const EVERY: Duration = Duration::from_secs(600);
/// At a time: each may take the resolver's whole patience.
const BATCH: i64 = 20;

/// A record that is to be looked at.
#[derive(Clone, Debug)]
pub struct Due {
    pub organization: OrganizationId,
    pub domain: String,
    pub secret: String,
    pub record: Record,
}

/// Looks until a stop is asked for.
pub async fn run(app: App, shutdown: Shutdown) {
    jobs::every("domain_records", EVERY, shutdown, async || look(&app).await).await;
}

/// One round. Two nodes may look at the same record; one of them tells.
///
/// # Errors
/// When the database says no.
pub async fn look(app: &App) -> Result<Turn, store::Error> {
    let due = app.db.read("domains.due", async |tx: &mut Tx| queries::due(tx, BATCH).await).await?;
    for one in &due {
        look_at(app, one).await?;
    }
    Ok(if due.is_empty() { Turn::Rest } else { Turn::Again })
}

async fn look_at(app: &App, due: &Due) -> Result<(), store::Error> {
    let Some(domain) = Domain::parse(&due.domain) else { return Ok(()) };
    let wanted = challenge(&domain, &due.secret);
    let there = match app.dns.texts(&wanted.name).await {
        Ok(texts) => Some(is_there(&wanted, &texts)),
        Err(silent) => {
            tracing::info!(domain = due.domain, %silent, "a domain's record could not be looked at");
            None
        }
    };
    let (after, news) = looked(due.record, there, app.clock.now());
    let told = async |tx: &mut Tx| {
        if !queries::set_record(tx, due, after).await? {
            return Ok(false);
        }
        match news {
            Some(News::Vanished { since }) => vanished(tx, app, due, since).await?,
            Some(News::Restored) => {
                let event = (Event::DomainRecordRestored, Actor::System);
                record(tx, app, event, &due.organization, json!({ "domain": due.domain })).await?;
            }
            None => {}
        }
        Ok::<_, store::Error>(true)
    };
    if app.db.write("domains.looked", told).await? {
        gauge(due, after);
    }
    Ok(())
}

/// Told to those who can put it back, and to those who would have to decide.
async fn vanished(tx: &mut Tx, app: &App, due: &Due, since: Time) -> Result<(), store::Error> {
    let event = (Event::DomainRecordVanished, Actor::System);
    record(tx, app, event, &due.organization, json!({ "domain": due.domain })).await?;
    let Some(organization) = by_id(tx, &due.organization).await? else { return Ok(()) };
    let Some(domain) = Domain::parse(&due.domain) else { return Ok(()) };
    let wanted = challenge(&domain, &due.secret);
    let letter = RecordMissingLetter {
        organization: organization.name,
        domain: due.domain.clone(),
        name: wanted.name,
        value: wanted.value,
        since,
        zone: organization.time_zone,
    };
    let mut told = people::administrators_of(tx, &due.organization).await?;
    told.extend(people::operators(tx).await?);
    notices::tell_administrators(tx, app, &told, &letter).await
}

fn gauge(due: &Due, after: Record) {
    let missing = after.warned_at.is_some();
    let value = if missing { 1.0 } else { 0.0 };
    metrics::gauge!("portico_domain_record_missing", "domain" => due.domain.clone()).set(value);
    match (due.record.warned_at.is_some(), missing) {
        (false, true) => tracing::warn!(domain = due.domain, "the record that verified a domain is gone"),
        (true, false) => tracing::info!(domain = due.domain, "the record that verified a domain is back"),
        _ => {}
    }
}
