//! From somebody whom an identity provider has named to an account: linked before, linked now, or made. One transaction gathers
//! the facts, asks [`rules::who`], writes, and finishes the sign-in where nothing else is missing.

use std::time::Duration;

use serde_json::json;
use store::Tx;

use super::connections::{Connection, State};
use super::contract::Arrived;
use super::departure::Departure;
use super::failure::{Cause, Trouble};
use super::identities::{self, LinkedBy};
use super::leave::{self, Way};
use super::queries::{self, CameBack};
use super::rules::{self, Asserted, Becomes, Facts, ShownThere, Typed};
use super::{connections, create};
use crate::audit::{self, Entry, Event};
use crate::invitations;
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
    /// What was typed is the asserted email.
    typed_it: bool,
    mailbox_shown: bool,
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
    if awaited.connection != departure.connection {
        return Ok(Entered::GoneOn);
    }
    // An answer that was judged under settings of before counts under none: another issuer may call somebody else by the same
    // name, and what it may say was perhaps taken from it since. It is asked once more.
    let fresh = leave::way(tx, &awaited).await?.filter(|fresh| fresh.connection.is_as(&way.connection));
    let Some(way) = &fresh else { return Ok(Entered::GoneOn) };
    let gathered = gather(tx, visit, &awaited, way, arrived).await?;
    let becomes = match rules::who(&gathered.facts(way)) {
        Ok(becomes) => becomes,
        Err(cause) => return Ok(gathered.refused(cause, way, arrived)),
    };
    let account = match become_account(tx, visit, way, gathered, becomes, arrived).await? {
        Ok(account) => account,
        Err(trouble) => return Ok(Entered::Refused { trouble, came_as: None }),
    };
    let second = counts_here(tx, way, &account, arrived).await?;
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

/// Whether a second factor was shown there that counts here.
async fn counts_here(tx: &mut Tx, way: &Way, account: &Account, arrived: &Arrived) -> Result<bool, store::Error> {
    let Connection { id, settings, .. } = &way.connection;
    let identity = identities::identity(tx, id, &arrived.subject).await?;
    let shown = ShownThere {
        account,
        trusted: settings.trusts_mfa,
        accepted: settings.mfa_accepted.is_some(),
        shown_here_before: identity.is_some_and(|identity| identity.factor_at.is_some()),
    };
    Ok(arrived.second_factor && rules::counts_here(shown))
}

async fn gather(
    tx: &mut Tx,
    visit: &Visit,
    awaited: &Awaited,
    way: &Way,
    arrived: &Arrived,
) -> Result<Gathered, store::Error> {
    let connection = &way.connection;
    let identity = identities::identity(tx, &connection.id, &arrived.subject).await?;
    let linked = match &identity {
        Some(identity) => people::by_id(tx, &identity.account).await?,
        None => None,
    };
    let typed = people::by_id(tx, &awaited.named.account()).await?.map(|account| account.id);
    let email = arrived.email.as_deref().and_then(Email::parse);
    let named = Identifier::parse(&awaited.named.identifier);
    let typed_it = email.is_some() && named.as_ref().and_then(Identifier::email) == email.as_ref();
    let asserted = match &email {
        None => Asserted::Nothing,
        Some(_) if !is_believed(connection, arrived) => Asserted::Unverified,
        Some(email) => {
            let organization = &connection.organization;
            // On, it speaks for the domains that lead to it, whoever has a link.
            let tried = awaited.named.opted_in.is_some() && connection.state == State::Trial;
            match connections::speaks_for(tx, organization, &connection.id, email.domain(), tried).await? {
                true => by_email(tx, way, email).await?,
                false => Asserted::Foreign,
            }
        }
    };
    let mailbox_shown = match &asserted {
        Asserted::Of { account, .. } => invitations::is_open_here(tx, visit, account).await?,
        _ => false,
    };
    let opted_in = awaited.named.opted_in.is_some();
    Ok(Gathered { linked, email, asserted, typed, typed_it, mailbox_shown, opted_in })
}

/// Whether an email is to be looked at that the provider says this of.
fn is_believed(connection: &Connection, arrived: &Arrived) -> bool {
    arrived.email_verified.unwrap_or(!connection.settings.requires_verified_email)
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
            typed: match &self.typed {
                Some(account) => Typed::NameOf(account),
                None if self.typed_it => Typed::AssertedEmail,
                None => Typed::NobodysName,
            },
            mailbox_shown: self.mailbox_shown,
        }
    }

    /// With what administrators want to know, and the name by which whoever came can go on.
    fn refused(&self, cause: Cause, way: &Way, arrived: &Arrived) -> Entered {
        let account = match (&self.linked, &self.asserted) {
            (Some(account), _) => Some(account),
            (None, Asserted::Of { account, .. }) => Some(account.as_ref()),
            _ => None,
        };
        let came = match (&self.asserted, &self.email) {
            (_, None) => "No email address came along.".to_owned(),
            (Asserted::Unverified, Some(email)) => match arrived.email_verified {
                Some(_) => format!("{} came along, unverified.", email.as_str()),
                None => format!("{} came along, and no word (`email_verified`) that it is verified.", email.as_str()),
            },
            (Asserted::Shared, Some(email)) => format!("{} is the mailbox of several accounts.", email.as_str()),
            (_, Some(email)) => format!("{} came along.", email.as_str()),
        };
        let known = match (&self.linked, way.connection.settings.creates_accounts) {
            (Some(account), _) => format!("The subject is linked to {}.", account.sign_in_name()),
            (None, true) => "The subject is linked to nobody; accounts are made.".to_owned(),
            (None, false) => "The subject is linked to nobody; no accounts are made.".to_owned(),
        };
        let known = match cause {
            // Whoever links them by hand needs it.
            Cause::NotByEmail => format!("{known} The subject is {}.", arrived.subject),
            _ => known,
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
) -> Result<Result<Account, Trouble>, store::Error> {
    let app = &visit.app;
    let taken = |cause| Ok(Err(Trouble::new(cause, "It was taken meanwhile.")));
    let connection = &way.connection;
    let Gathered { linked, email, asserted, .. } = gathered;
    let (account, by) = match (becomes, linked, asserted, email) {
        (Becomes::Linked, Some(account), ..) => return Ok(Ok(account)),
        (Becomes::LinkedNow, _, Asserted::Of { account, .. }, _) => (*account, LinkedBy::FirstSignIn),
        (Becomes::Created, _, _, Some(email)) => match create::account(tx, visit, connection, &email, arrived).await? {
            Ok(account) => (account, LinkedBy::Created),
            Err(trouble) => return Ok(Err(trouble)),
        },
        _ => return taken(Cause::NoAccountHere),
    };
    if !identities::link(tx, &connection.id, &arrived.subject, &account, by).await? {
        return taken(Cause::AlreadyLinked);
    }
    let details = json!({ "connection": connection.id.as_str(), "by": by.as_str() });
    let entry = Entry { details, ..Entry::of(Event::AccountLinked, &account).from(visit) };
    audit::record(tx, &app.entropy, entry).await?;
    create::complete(tx, visit, &account, arrived).await?;
    // As it is after what was just written: its address is proved.
    let Some(account) = people::by_id(tx, &account.id).await? else { return taken(Cause::NoAccountHere) };
    if by == LinkedBy::FirstSignIn {
        notices::linked(tx, &Deed::of(visit), &account, &connection.settings.name).await?;
    }
    Ok(Ok(account))
}
