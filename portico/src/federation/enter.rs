//! From somebody whom an identity provider has named to an account: linked before, linked now, or made. One transaction gathers
//! the facts, asks [`rules::who`], writes, and finishes the sign-in where nothing else is missing.

use std::time::Duration;

use serde_json::json;
use store::Tx;

use super::contract::Arrived;
use super::departure::Departure;
use super::failure::{Cause, Trouble};
use super::identities::{self, LinkedBy};
use super::leave::{self, Way};
use super::queries::{self, CameBack};
use super::rules::{self, Asserted, Becomes, Facts};
use super::{connections, create};
use crate::audit::{self, Entry, Event};
use crate::notices::{self, Cause as Deed};
use crate::people::{self, Account, Email, Identifier};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, SignInId};
use crate::platform::web::{Error, Visit};
use crate::sign_in::{self, Awaited, Finished, Newcomer};

/// Where it ended.
pub enum Entered {
    Finished(Finished),
    /// The sign-in went on in another tab.
    GoneOn,
    Refused {
        trouble: Trouble,
        came_as: Option<String>,
    },
}

/// What the tables know of whoever came.
struct Gathered {
    linked: Option<Account>,
    email: Option<Email>,
    asserted: Asserted,
    typed: Option<AccountId>,
    opted_in: bool,
}

/// Says whose the sign-in is, from what has come back.
pub async fn enter(
    visit: &Visit,
    newcomer: &Newcomer,
    departure: &Departure,
    way: &Way,
    arrived: &Arrived,
) -> Result<Entered, Error> {
    let write = async |tx: &mut Tx| enter_within(tx, visit, newcomer, departure, way, arrived).await;
    Ok(Box::pin(visit.app.db.write("federation.enter", write)).await?)
}

async fn enter_within(
    tx: &mut Tx,
    visit: &Visit,
    newcomer: &Newcomer,
    departure: &Departure,
    way: &Way,
    arrived: &Arrived,
) -> Result<Entered, store::Error> {
    let app = &visit.app;
    // Seconds have passed since the departure was used up: everything is asked again.
    let Some(awaited) = sign_in::awaited(tx, app, &departure.sign_in, newcomer.browser()).await? else {
        return Ok(Entered::GoneOn);
    };
    if awaited.connection != departure.connection || leave::way(tx, &awaited).await?.is_none() {
        return Ok(Entered::GoneOn);
    }
    let gathered = gather(tx, &awaited, way, arrived).await?;
    let becomes = match rules::who(&gathered.facts(way)) {
        Ok(becomes) => becomes,
        Err(cause) => return Ok(gathered.refused(cause, way)),
    };
    let account = match become_account(tx, visit, way, gathered, becomes, arrived).await? {
        Ok(account) => account,
        Err(cause) => {
            return Ok(Entered::Refused { trouble: Trouble::new(cause, "It was taken meanwhile."), came_as: None });
        }
    };
    identities::note_seen(tx, &way.connection.id, &arrived.subject).await?;
    let sealed = arrived.hint.as_ref().map(|hint| app.keys.seal(&hint_aad(awaited.id()), hint.as_bytes()));
    let proved_at = proved_at(departure, arrived, Time(tx.now()));
    let came = CameBack {
        sign_in: awaited.id(),
        connection: &way.connection.id,
        subject: &arrived.subject,
        sid: arrived.sid.as_deref(),
        id_token: sealed.as_deref(),
        authenticated_at: proved_at,
        // One that says nothing may have let in whoever sits at a computer where somebody signed in yesterday.
        proved_at: arrived.authenticated_at.map(|_| proved_at),
    };
    queries::keep(tx, &came).await?;
    let second = arrived.second_factor && way.connection.settings.trusts_mfa;
    let details = json!({ "connection": way.connection.id.as_str(), "second_factor": second });
    let entry = Entry { details, ..Entry::of(Event::FederationVerified, &account).from(visit) };
    audit::record(tx, &app.entropy, entry).await?;
    let finished = sign_in::proved_there(tx, visit, &awaited, &account, second, newcomer).await?;
    Ok(Entered::Finished(finished))
}

/// Where an ID token that ends a session over there is sealed for.
pub fn hint_aad(sign_in: &SignInId) -> String {
    format!("federated_sessions:id_token:{sign_in}")
}

/// When the person proved it: what was proved on this way was proved now, however the two clocks differ.
fn proved_at(departure: &Departure, arrived: &Arrived, now: Time) -> Time {
    let skew = Duration::from_secs(::oidc::rp::SKEW.unsigned_abs());
    match arrived.authenticated_at {
        Some(at) if at + skew < departure.created_at => at,
        _ => now,
    }
}

async fn gather(tx: &mut Tx, awaited: &Awaited, way: &Way, arrived: &Arrived) -> Result<Gathered, store::Error> {
    let connection = &way.connection;
    let identity = identities::identity(tx, &connection.id, &arrived.subject).await?;
    let linked = match &identity {
        Some(identity) => people::by_id(tx, &identity.account).await?,
        None => None,
    };
    let typed = people::by_id(tx, &awaited.named.account()).await?.map(|account| account.id);
    let email = arrived.email.as_deref().and_then(Email::parse);
    let asserted = match &email {
        None => Asserted::Nothing,
        Some(_) if arrived.email_unverified => Asserted::Unverified,
        Some(email) => {
            let organization = &connection.organization;
            let tried = awaited.named.opted_in;
            match connections::speaks_for(tx, organization, &connection.id, email.domain(), tried).await? {
                true => by_email(tx, way, email).await?,
                false => Asserted::Foreign,
            }
        }
    };
    Ok(Gathered { linked, email, asserted, typed, opted_in: awaited.named.opted_in })
}

async fn by_email(tx: &mut Tx, way: &Way, email: &Email) -> Result<Asserted, store::Error> {
    let named = people::by_identifier(tx, &Identifier::Email(email.clone())).await?;
    let others = people::all_sharing_mailbox(tx, email, named.as_ref().map(|named| &named.id)).await?;
    let mut all: Vec<Account> = named.into_iter().chain(others).collect();
    let Some(account) = all.pop() else { return Ok(Asserted::Free) };
    if !all.is_empty() {
        return Ok(Asserted::Shared);
    }
    let is_linked = identities::is_linked(tx, &way.connection.id, &account.id).await?;
    Ok(Asserted::Of { account: Box::new(account), is_linked })
}

impl Gathered {
    fn facts<'a>(&'a self, way: &'a Way) -> Facts<'a> {
        Facts {
            organization: &way.connection.organization,
            linked: self.linked.as_ref(),
            email: &self.asserted,
            creates_accounts: way.connection.settings.creates_accounts,
            typed: self.typed.as_ref(),
        }
    }

    /// With what administrators want to know, and the name by which whoever came can go on.
    fn refused(&self, cause: Cause, way: &Way) -> Entered {
        let account = match (&self.linked, &self.asserted) {
            (Some(account), _) => Some(account),
            (None, Asserted::Of { account, .. }) => Some(account.as_ref()),
            _ => None,
        };
        let came = match (&self.asserted, &self.email) {
            (_, None) => "No email address came along.".to_owned(),
            (Asserted::Unverified, Some(email)) => format!("{} came along, unverified.", email.as_str()),
            (Asserted::Shared, Some(email)) => format!("{} is the mailbox of several accounts.", email.as_str()),
            (_, Some(email)) => format!("{} came along.", email.as_str()),
        };
        let known = match (&self.linked, way.connection.settings.creates_accounts) {
            (Some(account), _) => format!("The subject is linked to {}.", account.sign_in_name()),
            (None, true) => "The subject is linked to nobody; accounts are made.".to_owned(),
            (None, false) => "The subject is linked to nobody; no accounts are made.".to_owned(),
        };
        // Their address, not a user name: it is what leads to this connection. By an opt-in link no name does.
        let address = account.map(|account| account.email.as_str()).or(self.email.as_ref().map(Email::as_str));
        let goes_on = cause == Cause::NotWhoWasTyped && !self.opted_in;
        let came_as = address.filter(|_| goes_on).map(str::to_owned);
        Entered::Refused { trouble: Trouble::new(cause, format!("{came} {known}")), came_as }
    }
}

/// The account that whoever came is from now on.
async fn become_account(
    tx: &mut Tx,
    visit: &Visit,
    way: &Way,
    gathered: Gathered,
    becomes: Becomes,
    arrived: &Arrived,
) -> Result<Result<Account, Cause>, store::Error> {
    let app = &visit.app;
    let connection = &way.connection;
    let Gathered { linked, email, asserted, .. } = gathered;
    let (account, by) = match (becomes, linked, asserted, email) {
        (Becomes::Linked, Some(account), ..) => return Ok(Ok(account)),
        (Becomes::LinkedNow, _, Asserted::Of { account, .. }, _) => (*account, LinkedBy::FirstSignIn),
        (Becomes::Created, _, _, Some(email)) => match create::account(tx, visit, connection, &email, arrived).await? {
            Some(account) => (account, LinkedBy::Created),
            None => return Ok(Err(Cause::ForeignEmail)),
        },
        _ => return Ok(Err(Cause::NoAccountHere)),
    };
    if !identities::link(tx, &connection.id, &arrived.subject, &account, by).await? {
        return Ok(Err(Cause::AlreadyLinked));
    }
    let details = json!({ "connection": connection.id.as_str(), "by": by.as_str() });
    let entry = Entry { details, ..Entry::of(Event::AccountLinked, &account).from(visit) };
    audit::record(tx, &app.entropy, entry).await?;
    create::complete(tx, visit, &account, arrived).await?;
    // As it is after what was just written: its address is proved.
    let Some(account) = people::by_id(tx, &account.id).await? else { return Ok(Err(Cause::NoAccountHere)) };
    if by == LinkedBy::FirstSignIn {
        notices::linked(tx, &Deed::of(visit), &account, &connection.settings.name).await?;
    }
    Ok(Ok(account))
}
