//! People whose passwords go elsewhere, or come back here: around every act that may move some, a count before and behind it.
//!
//! - Nothing else moves anybody: not a claim that is let go, not a trial, not another domain's connection.
//! - No password from before counts after, in either direction.
//! - To bring people back takes an operator. An organization's own program is refused, or one token would do what continuity asks two
//!   people for: a password through one mailbox. Whoever is responsible is told either way.

use serde_json::{Value, json};
use store::{Error, Tx};

use super::letters::{KeptLetter, MovedLetter};
use super::queries;
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::continuity;
use crate::organizations::{self, Organization};
use crate::people;
use crate::platform::ids::OrganizationId;
use crate::platform::limits;

/// A program that asks again and again is told of once in this time.
const KEPT_WINDOW: std::time::Duration = std::time::Duration::from_secs(24 * 3_600);

/// How many of an organization's people sign in elsewhere, before an act that may move some.
pub struct Census {
    organization: OrganizationId,
    people: i64,
    leads: bool,
    put_away: u64,
}

/// Whom an act has moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// They sign in elsewhere now, or at another place than before.
    pub there: i64,
    /// They sign in here now, once they have set a password.
    pub here: i64,
    pub passwords_put_away: u64,
}

/// People would come back here, and a program wanted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is how {0} people sign in, and what brings their passwords back here takes an operator")]
pub struct TakesAnOperator(pub i64);

impl Census {
    /// Call it before the act, in its transaction: what was left of the passwords of those who sign in elsewhere is put away,
    /// and does not count when they do no more.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn take(tx: &mut Tx, organization: &OrganizationId) -> Result<Census, Error> {
        Ok(Census {
            organization: organization.clone(),
            put_away: people::put_passwords_elsewhere_away(tx, organization).await?,
            people: people::count_federated(tx, organization).await?,
            leads: queries::leads_somewhere(tx, organization).await?,
        })
    }

    /// Call it behind the act, and roll back where the inner answer is a refusal.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn moved(self, tx: &mut Tx, actor: Actor<'_>) -> Result<Result<Moved, TakesAnOperator>, Error> {
        if self.leads || queries::leads_somewhere(tx, &self.organization).await? {
            // Or what was said before there was a connection came to hold again with its end, and nobody could get in.
            organizations::give_up_elsewhere(tx, &self.organization).await?;
        }
        let passwords_put_away = self.put_away + people::put_passwords_elsewhere_away(tx, &self.organization).await?;
        let change = people::count_federated(tx, &self.organization).await? - self.people;
        let moved = Moved { there: change.max(0), here: (-change).max(0), passwords_put_away };
        match actor {
            Actor::Client(_) if moved.here > 0 => Ok(Err(TakesAnOperator(moved.here))),
            _ => Ok(Ok(moved)),
        }
    }
}

impl Moved {
    /// So many people of domains lead somewhere that did not lead there before: also of whom it was only said that they sign in
    /// elsewhere.
    pub fn sending(self, people: i64) -> Moved {
        Moved { there: self.there.max(people), ..self }
    }

    /// For the audit trail.
    pub fn json(self) -> Value {
        json!({ "there": self.there, "here": self.here, "passwords_put_away": self.passwords_put_away })
    }

    /// Tells License Owners and operators, where somebody was moved. `through`: the connection's name, or the domain that was let go.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn tell(
        self,
        tx: &mut Tx,
        app: &App,
        actor: Actor<'_>,
        organization: &OrganizationId,
        through: &str,
    ) -> Result<(), Error> {
        let Some(organization) = organizations::by_id(tx, organization).await? else { return Ok(()) };
        for (people, there) in [(self.there, true), (self.here, false)].into_iter().filter(|(people, _)| *people > 0) {
            let letter = MovedLetter {
                organization: organization.name.clone(),
                through: through.to_owned(),
                there,
                people,
                program: program(actor),
                at: tx.now(),
                zone: organization.time_zone.clone(),
            };
            let told = license_owners(tx, &organization).await?;
            continuity::tell_all(tx, app, told, &letter).await?;
        }
        Ok(())
    }
}

/// A program was refused: those who can do it are told, who may know of nothing. `what` it was: the connection, or the domain.
///
/// # Errors
/// When the database says no.
pub async fn kept(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (organization, what, people): (&Organization, &str, i64),
) -> Result<(), Error> {
    let key = app.limit_key("kept_elsewhere", organization.id.as_str());
    if !limits::count(tx, &key, KEPT_WINDOW, 1).await?.is_within() {
        return Ok(());
    }
    let details = json!({ "what": what, "people": people });
    let entry = Entry { organization: Some(&organization.id), ..Entry::plain(Event::ConnectionKept, actor, details) };
    audit::record(tx, &app.entropy, entry).await?;
    let letter = KeptLetter {
        organization: organization.name.clone(),
        slug: organization.slug.clone(),
        what: what.to_owned(),
        people,
        program: program(actor).unwrap_or_default(),
        at: tx.now(),
        zone: organization.time_zone.clone(),
    };
    let told = license_owners(tx, organization).await?;
    continuity::tell_all(tx, app, told, &letter).await
}

fn program(actor: Actor<'_>) -> Option<String> {
    match actor {
        Actor::Client(id) => Some(id.to_owned()),
        _ => None,
    }
}

async fn license_owners(tx: &mut Tx, organization: &Organization) -> Result<Vec<people::Administrator>, Error> {
    let mut told = people::administrators_of(tx, &organization.id).await?;
    told.retain(|one| one.license_owner);
    Ok(told)
}
