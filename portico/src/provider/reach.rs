//! Which clients know somebody, by whose word, and since when: for the person to see (security.md C11, ASVS 10.7.3).

use oidc::Scope;
use store::Tx;

use super::authorize::{self, Consented, meanings};
use super::clients::{self, Registered};
use super::grants::{self, Given};
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::ids::ProductId;
use crate::platform::web::Error;
use crate::portal::{self, State};
use crate::products::Mark;
use crate::session::SignedIn;

/// By whose word a client learns who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The person's own, given then.
    Person(Time),
    /// An administrator's, who alone can take it back; since when, as far as that is kept.
    Administrator(Option<Time>),
}

/// A client that knows somebody.
#[derive(Clone, Debug)]
pub struct Reach {
    pub client: String,
    /// As people know it.
    pub name: String,
    pub mark: Mark,
    pub word: Word,
    /// What it learns, as keys of words.
    pub learns: Vec<&'static str>,
    /// When it last got something.
    pub used_at: Option<Time>,
    /// Something it was given is good by now: the person is signed in there.
    pub lives: bool,
}

/// What is read of an account.
struct Found {
    consents: Vec<Consented>,
    administrators: Vec<(String, Option<Time>)>,
    /// Products that open for the person at this moment.
    open: Vec<ProductId>,
    given: Vec<Given>,
}

/// Every client that may learn who somebody is: first what the person has allowed, the last first, then what administrators
/// have, by name.
///
/// # Errors
/// When the database says no.
pub async fn reach(person: &SignedIn) -> Result<Vec<Reach>, Error> {
    let app = &person.visit.app;
    let found = app.db.read("provider.reach", async |tx: &mut Tx| find(tx, person).await).await?;
    let mut reach = Vec::new();
    for consent in &found.consents {
        let client = clients::find(app, &consent.client).await?;
        // One of our own that wanted to ask all the same: it would go on without that answer.
        if client.as_ref().is_none_or(|client| client.asks_people()) {
            reach.push(of_person(consent, client.as_deref(), &found.given));
        }
    }
    for (id, since) in &found.administrators {
        let Some(client) = clients::find(app, id).await? else { continue };
        let opens = client.product.as_ref().is_none_or(|product| found.open.contains(product));
        if opens && !client.asks_people() {
            reach.push(of_administrator(&client, *since, &found.given));
        }
    }
    Ok(reach)
}

/// The same of one client; `None` where it does not know the person.
///
/// # Errors
/// When the database says no.
pub async fn reach_of(person: &SignedIn, client: &str) -> Result<Option<Reach>, Error> {
    Ok(reach(person).await?.into_iter().find(|one| one.client == client))
}

/// A client's name, for who reads what has been done there.
///
/// # Errors
/// When the database says no.
pub async fn client_name(app: &App, id: &str) -> Result<Option<String>, Error> {
    Ok(clients::find(app, id).await?.map(|client| client.name.clone()))
}

async fn find(tx: &mut Tx, person: &SignedIn) -> Result<Found, store::Error> {
    let (organization, account) = (&person.organization.id, &person.account);
    let now = Time(tx.now());
    let entries = portal::openings(tx, organization, account, None).await?;
    let open = entries.into_iter().filter(|entry| entry.state(now) == State::Open);
    Ok(Found {
        open: open.map(|entry| entry.product_id).collect(),
        consents: authorize::consents(tx, account).await?,
        administrators: authorize::of_administrators(tx, organization, account).await?,
        given: grants::given(tx, account).await?,
    })
}

fn of_person(consent: &Consented, client: Option<&Registered>, given: &[Given]) -> Reach {
    let scope = Scope::parse(&consent.scope).unwrap_or_default();
    Reach {
        mark: client.map_or_else(|| Mark::of(&consent.name, None), |client| client.mark.clone()),
        word: Word::Person(consent.given_at),
        learns: meanings(&scope),
        ..known(&consent.client, &consent.name, given)
    }
}

fn of_administrator(client: &Registered, since: Option<Time>, given: &[Given]) -> Reach {
    Reach {
        mark: client.mark.clone(),
        word: Word::Administrator(since),
        learns: meanings(&client.client.scope),
        ..known(client.id(), &client.name, given)
    }
}

fn known(client: &str, name: &str, given: &[Given]) -> Reach {
    let given = given.iter().find(|given| given.client == client);
    Reach {
        client: client.to_owned(),
        name: name.to_owned(),
        mark: Mark::of(name, None),
        word: Word::Administrator(None),
        learns: Vec::new(),
        used_at: given.map(|given| given.used_at),
        lives: given.is_some_and(|given| given.lives),
    }
}
