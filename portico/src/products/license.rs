//! Which organizations may use a product: seats, from when, until when.

use serde_json::json;
use store::{Error, Tx};

use super::by::By;
use super::diff::{Change, changes};
use super::ends::Ended;
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

    /// The same under other terms, as far as an operator may mean them.
    fn with(&self, terms: Terms, now: Time) -> Result<License, BadTerms> {
        let new = License {
            seats: terms.seats.unwrap_or(self.seats),
            valid_from: terms.from.unwrap_or(self.valid_from),
            valid_until: match terms.until {
                None => self.valid_until,
                Some(Until::Time(until)) => Some(until),
                Some(Until::WithoutEnd) => None,
            },
            ..self.clone()
        };
        let over = |until: Option<Time>| until.is_some_and(|until| until <= now);
        match () {
            () if new.seats <= 0 => Err(BadTerms::NoSeats),
            () if self.taken > new.seats => Err(BadTerms::TooFew(self.taken)),
            () if new.valid_until.is_some_and(|until| until <= new.valid_from) => Err(BadTerms::Backwards),
            // The day on which it was closed is not the one that was agreed on.
            () if over(self.valid_until) && terms.until.is_none() => Err(BadTerms::NoEnd),
            () if over(new.valid_until) => Err(BadTerms::Over),
            () => Ok(new),
        }
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
    #[error("it would be over already; `portico product close-to` ends a license now")]
    Over,
    #[error("it has ended: say --until with its last day, or --without-end")]
    NoEnd,
    #[error("it is in use, and would not be until then; `portico product close-to` ends it first")]
    InUse,
}

/// Opens a product to an organization, or changes the license there is: what holds now, and what has changed. It never ends
/// one: that is [`close_to`], which is told to the product.
///
/// # Errors
/// When the database says no.
pub async fn open_to(
    tx: &mut Tx,
    by: By<'_>,
    (product, organization): (&Stored, &Organization),
    terms: Terms,
) -> Result<Result<(License, Vec<Change>), BadTerms>, Error> {
    let now = Time(tx.now());
    let found = queries::license(tx, &product.id, &organization.id).await?;
    let fresh = License {
        product: product.id.clone(),
        organization: organization.id.clone(),
        slug: organization.slug.clone(),
        seats: 0,
        taken: 0,
        valid_from: now,
        valid_until: None,
    };
    let new = match found.as_ref().unwrap_or(&fresh).with(terms, now) {
        Ok(new) if found.as_ref().is_some_and(|old| old.is_in_force(now) && !new.is_in_force(now)) => {
            return Ok(Err(BadTerms::InUse));
        }
        Ok(new) => new,
        Err(bad) => return Ok(Err(bad)),
    };
    let changed = changes(found.as_ref().map(told).as_ref(), &told(&new));
    if !changed.is_empty() {
        // What people had under one that has ended does not live again with it.
        Ended::License(product.id.clone(), organization.id.clone()).end_within(tx).await?;
        queries::put_license(tx, &by.entropy.id(), &new).await?;
        let event = if found.is_some() { Event::LicenseChanged } else { Event::LicenseGranted };
        record(tx, by, (product, organization), event, json!(changed)).await?;
    }
    Ok(Ok((new, changed)))
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
