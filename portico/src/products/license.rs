//! Which organizations may use a product: seats, from when, until when.

use serde_json::json;
use store::{Error, Tx};

use super::by::By;
use super::diff::{Change, changes};
use super::queries;
use super::stored::Stored;
use crate::audit::{self, Entry, Event};
use crate::organizations::Organization;
use crate::platform::clock::Time;
use crate::platform::ids::{OrganizationId, ProductId};

/// A license as a list shows it.
#[derive(Clone, Debug)]
pub struct License {
    pub product: ProductId,
    pub organization: OrganizationId,
    pub slug: String,
    pub seats: i64,
    /// Accounts that have access, and are not switched off.
    pub taken: i64,
    pub valid_from: Time,
    pub valid_until: Option<Time>,
}

impl License {
    pub fn is_in_force(&self, now: Time) -> bool {
        self.valid_from <= now && self.valid_until.is_none_or(|until| now < until)
    }
}

/// What an organization is to get; `None` stays as it is, and is "now" and "without end" where there is none yet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terms {
    pub seats: Option<i64>,
    pub from: Option<Time>,
    pub until: Option<Until>,
}

#[derive(Clone, Copy, Debug)]
pub enum Until {
    Time(Time),
    WithoutEnd,
}

/// Why an organization was not let in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTerms {
    #[error("say how many people may use it: --seats 50")]
    NoSeats,
    #[error("{0} people have access already: take it from some of them first, or give more seats")]
    TooFew(i64),
    #[error("it would end before it begins")]
    Backwards,
}

/// Opens a product to an organization, or changes the license there is; what has changed.
///
/// # Errors
/// When the database says no.
pub async fn open_to(
    tx: &mut Tx,
    by: By<'_>,
    (product, organization): (&Stored, &Organization),
    terms: Terms,
) -> Result<Result<Vec<Change>, BadTerms>, Error> {
    let now = Time(tx.now());
    let found = queries::license(tx, &product.id, &organization.id).await?;
    // One that is over begins anew: nobody expects yesterday's end to hold.
    let over = found.as_ref().is_some_and(|old| old.valid_until.is_some_and(|until| until <= now));
    let Some(seats) = terms.seats.or(found.as_ref().map(|old| old.seats)).filter(|seats| *seats > 0) else {
        return Ok(Err(BadTerms::NoSeats));
    };
    if let Some(taken) = found.as_ref().map(|old| old.taken).filter(|taken| *taken > seats) {
        return Ok(Err(BadTerms::TooFew(taken)));
    }
    let new = License {
        product: product.id.clone(),
        organization: organization.id.clone(),
        slug: organization.slug.clone(),
        seats,
        taken: 0,
        valid_from: terms.from.or(found.as_ref().map(|old| old.valid_from)).unwrap_or(now),
        valid_until: match terms.until {
            Some(Until::Time(until)) => Some(until),
            Some(Until::WithoutEnd) => None,
            None => found.as_ref().and_then(|old| old.valid_until).filter(|_| !over),
        },
    };
    if new.valid_until.is_some_and(|until| until <= new.valid_from) {
        return Ok(Err(BadTerms::Backwards));
    }
    let changed = changes(found.as_ref().map(told).as_ref(), &told(&new));
    if !changed.is_empty() {
        queries::put_license(tx, &by.entropy.id(), &new).await?;
        let event = if found.is_some() { Event::LicenseChanged } else { Event::LicenseGranted };
        record(tx, by, (product, organization), event, json!(changed)).await?;
    }
    Ok(Ok(changed))
}

/// Ends a license now; false when there is none in force or to come.
///
/// # Errors
/// When the database says no.
pub async fn close_to(
    tx: &mut Tx,
    by: By<'_>,
    (product, organization): (&Stored, &Organization),
) -> Result<bool, Error> {
    let ended = queries::end_license(tx, &product.id, &organization.id).await?;
    if ended {
        record(tx, by, (product, organization), Event::LicenseEnded, json!([])).await?;
    }
    Ok(ended)
}

fn told(license: &License) -> serde_json::Value {
    let valid_until = license.valid_until.map(Time::to_text);
    json!({ "seats": license.seats, "from": license.valid_from.to_text(), "until": valid_until })
}

async fn record(
    tx: &mut Tx,
    by: By<'_>,
    (product, organization): (&Stored, &Organization),
    event: Event,
    changes: serde_json::Value,
) -> Result<(), Error> {
    let details = json!({ "product": product.product.id, "organization": organization.slug, "changes": changes });
    let entry = Entry { organization: Some(&organization.id), ..Entry::plain(event, by.actor, details) };
    audit::record(tx, by.entropy, entry).await
}
