//! Whether an account may open what is behind a client, asked of access rows, licenses and moves at this moment.

use serde::Serialize;
use store::{Error, Tx};

use super::queries;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};
use crate::portal::{self, State};
use crate::provider::clients::Registered;

/// A site at which an account uses a product, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    pub id: String,
    pub name: String,
    pub roles: Vec<String>,
}

/// What an account may do at a client.
#[derive(Clone, Debug)]
pub enum Opening {
    Open,
    /// It may not: why, as the portal would say it. `None`: it has no access at all.
    Closed(Option<Box<portal::Entry>>),
}

impl Opening {
    pub fn is_open(&self) -> bool {
        matches!(self, Opening::Open)
    }
}

/// # Errors
/// When the database says no.
pub async fn opening(
    tx: &mut Tx,
    client: &Registered,
    organization: &OrganizationId,
    account: &AccountId,
) -> Result<Opening, Error> {
    let Some(product) = &client.product else {
        let open = client.organizations.contains(organization);
        return Ok(if open { Opening::Open } else { Opening::Closed(None) });
    };
    let now = Time(tx.now());
    let mut entries = portal::openings(tx, organization, account, Some(product)).await?;
    if entries.iter().any(|entry| entry.state(now) == State::Open) {
        return Ok(Opening::Open);
    }
    Ok(Opening::Closed(entries.pop().map(Box::new)))
}

/// Where, and as what: a row for each site; access to all sites is a row for each there is.
pub(super) async fn places(
    tx: &mut Tx,
    client: &Registered,
    organization: &OrganizationId,
    account: &AccountId,
) -> Result<(Vec<Place>, Vec<String>), Error> {
    let Some(product) = &client.product else { return Ok((Vec::new(), Vec::new())) };
    let mut places: Vec<Place> = Vec::new();
    let mut roles = Vec::new();
    for row in queries::places(tx, organization, account, product).await? {
        roles.extend(row.role.clone());
        let Some((id, name)) = row.site else { continue };
        let known = places.iter().position(|place| place.id == id);
        match known.and_then(|at| places.get_mut(at)) {
            Some(place) => place.roles.extend(row.role),
            None => places.push(Place { id, name, roles: row.role.into_iter().collect() }),
        }
    }
    for place in &mut places {
        tidy(&mut place.roles);
    }
    tidy(&mut roles);
    Ok((places, roles))
}

fn tidy(words: &mut Vec<String>) {
    words.sort();
    words.dedup();
}
