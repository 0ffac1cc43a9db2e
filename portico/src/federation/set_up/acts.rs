//! What is done to a connection, each with its row in the audit trail.

use oidc::jose::{Algorithm, SigningKey};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use store::Tx;

use super::moved::{Census, Moved, TakesAnOperator};
use super::queries;
use super::settings::{May, Wanted};
use super::told::settings_json;
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::federation::{
    self, ClientAuth, Connection, LINK_LIVES, Protocol, Settings, State, change_connection, insert_connection,
    lead_domain, leads_to, seal_secret, set_opt_in, set_secret, set_state,
};
use crate::organizations::Organization;
use crate::platform::clock::Time;
use crate::platform::domain::Domain;
use crate::platform::entropy::Secret;
use crate::platform::hashes::sha256;
use crate::platform::ids::ConnectionId;

/// A private key of our own for `private_key_jwt`, made anew. Its public half is at `/federation/{id}/jwks`.
///
/// # Errors
/// When the library makes none.
pub fn new_key() -> Result<Vec<u8>, store::Error> {
    let made = SigningKey::generate(Algorithm::Es256);
    let made = made.map_err(|_| store::Error::column("the cryptographic library makes no keys"))?;
    Ok(made.to_vec())
}

/// Why no connection was made.
#[derive(Debug, thiserror::Error)]
pub enum NotAdded {
    #[error("it is the organization of the people who run this, who never come by an identity provider")]
    Operators,
    #[error("{0}")]
    Database(#[from] store::Error),
}

/// A connection as it is now: whoever changes it has read it before, and must not write back what was changed meanwhile.
pub(super) async fn as_it_is(tx: &mut Tx, read: &Connection) -> Result<Connection, store::Error> {
    let found = federation::connection(tx, &read.id).await?;
    found.ok_or_else(|| store::Error::column("a connection was expected"))
}

/// Makes a connection, in trial and without a link.
///
/// # Errors
/// [`NotAdded`].
pub async fn add(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    organization: &Organization,
    (mut settings, secret, expires_at): (Settings, Option<&[u8]>, Option<Time>),
) -> Result<ConnectionId, NotAdded> {
    if queries::has_staff(tx, &organization.id).await? {
        return Err(NotAdded::Operators);
    }
    let id = ConnectionId::generate(&app.entropy);
    let Protocol::Oidc(oidc) = &mut settings.protocol;
    oidc.secret = secret.map(|plain| seal_secret(&app.keys, &id, plain));
    oidc.secret_expires_at = expires_at;
    insert_connection(tx, &id, &organization.id, &settings).await?;
    let details = json!({ "connection": id.as_str(), "settings": settings_json(&settings) });
    let entry = Entry { organization: Some(&organization.id), ..Entry::plain(Event::ConnectionAdded, actor, details) };
    audit::record(tx, &app.entropy, entry).await?;
    Ok(id)
}

/// Writes other settings over a connection's.
///
/// # Errors
/// In the inner one, everything that is wrong, as sentences.
pub async fn change(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (connection, wanted, may): (&Connection, &Wanted, May),
) -> Result<Result<Settings, Vec<String>>, store::Error> {
    let connection = &as_it_is(tx, connection).await?;
    let mut after = match wanted.over(&connection.settings, may) {
        Ok(after) => after,
        Err(problems) => return Ok(Err(problems)),
    };
    let Protocol::Oidc(old) = &connection.settings.protocol;
    let Protocol::Oidc(new) = &mut after.protocol;
    if old.issuer != new.issuer && queries::linked(tx, &connection.id).await? > 0 {
        // Whoever has the same subject at another provider would come in as them.
        return Ok(Err(vec![
            "`issuer`: people are linked through this connection, and another issuer may call somebody else by their \
             names. Make a new connection for it."
                .to_owned(),
        ]));
    }
    if (old.auth == ClientAuth::PrivateKeyJwt) != (new.auth == ClientAuth::PrivateKeyJwt) {
        return Ok(Err(vec![
            "`auth_method`: a private key and a secret are not taken for one another. Change it with the secret."
                .to_owned(),
        ]));
    }
    let another = (&old.issuer, &old.client_id) != (&new.issuer, &new.client_id);
    // Or whoever may change the address could have it sent to themselves. A key of our own is shown to nobody.
    let goes = another && new.auth != ClientAuth::PrivateKeyJwt && new.secret.take().is_some();
    if goes {
        new.secret_expires_at = None;
    }
    if after == connection.settings {
        return Ok(Ok(after));
    }
    change_connection(tx, &connection.id, &after).await?;
    let details = json!({
        "connection": connection.id.as_str(),
        "before": settings_json(&connection.settings),
        "after": settings_json(&after),
        "secret_dropped": goes,
        "mfa_acceptance_lapsed": connection.settings.mfa_accepted.is_some() && after.mfa_accepted.is_none(),
    });
    record(tx, app, (Event::ConnectionChanged, actor), connection, details).await?;
    Ok(Ok(after))
}

/// Puts another secret in, with the way it is shown; left out, as before, or in the header where there was a key. Answers how.
///
/// # Errors
/// When the database says no.
pub async fn put_secret(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    connection: &Connection,
    (auth, plain, expires_at): (Option<ClientAuth>, &[u8], Option<Time>),
) -> Result<ClientAuth, store::Error> {
    let sealed = seal_secret(&app.keys, &connection.id, plain);
    let mut settings = as_it_is(tx, connection).await?.settings;
    let Protocol::Oidc(oidc) = &mut settings.protocol;
    let auth = match (auth, oidc.auth) {
        (Some(auth), _) => auth,
        (None, ClientAuth::PrivateKeyJwt) => ClientAuth::SecretBasic,
        (None, before) => before,
    };
    if oidc.auth != auth {
        oidc.auth = auth;
        change_connection(tx, &connection.id, &settings).await?;
    }
    set_secret(tx, &connection.id, &sealed, expires_at).await?;
    let details = json!({
        "connection": connection.id.as_str(), "auth_method": auth.as_str(), "expires_at": expires_at.map(Time::to_text),
    });
    record(tx, app, (Event::ConnectionSecretChanged, actor), connection, details).await?;
    Ok(auth)
}

/// Makes a link by which somebody may try the connection, and says until when; the one before ends. From *off* it goes to *trial* by
/// that.
///
/// # Errors
/// When the database says no.
pub async fn new_link(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    connection: &Connection,
) -> Result<(Secret, Time), store::Error> {
    let connection = &as_it_is(tx, connection).await?;
    let token = app.entropy.token();
    let until = Time(tx.now()) + LINK_LIVES;
    set_opt_in(tx, &connection.id, Some((&sha256(token.expose_secret().as_bytes()), until))).await?;
    let details = json!({ "connection": connection.id.as_str(), "until": until.to_text() });
    record(tx, app, (Event::ConnectionLinkIssued, actor), connection, details).await?;
    // Asked in this write: one that was switched on meanwhile stays so.
    if queries::from_off_to_trial(tx, &connection.id).await? {
        let details = json!({ "connection": connection.id.as_str(), "before": State::Off.as_str(), "state": State::Trial.as_str() });
        record(tx, app, (Event::ConnectionSwitched, actor), connection, details).await?;
    }
    Ok((token, until))
}

/// Takes the link away. False when there was none.
///
/// # Errors
/// When the database says no.
pub async fn no_link(tx: &mut Tx, app: &App, actor: Actor<'_>, connection: &Connection) -> Result<bool, store::Error> {
    if as_it_is(tx, connection).await?.opt_in_until.is_none() {
        return Ok(false);
    }
    set_opt_in(tx, &connection.id, None).await?;
    let details = json!({ "connection": connection.id.as_str() });
    record(tx, app, (Event::ConnectionLinkRevoked, actor), connection, details).await?;
    Ok(true)
}

/// Which domains are to lead there.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Those that do already.
    AsBefore,
    These(Vec<Domain>),
    /// Every verified one of the organization.
    All,
}

/// Why a connection was not switched.
#[derive(Debug, thiserror::Error)]
pub enum NotSwitched {
    #[error("{0} is no verified domain of the organization")]
    Domain(String),
    #[error("no domain leads there yet: say which, or all")]
    NoDomain,
    #[error(transparent)]
    TakesAnOperator(#[from] TakesAnOperator),
    #[error("{0}")]
    Database(#[from] store::Error),
}

/// Whom a connection gets now.
#[derive(Clone, Debug)]
pub struct Switched {
    pub domains: Vec<String>,
    /// Verified domains of the organization that do not lead there.
    pub others: Vec<String>,
    pub moved: Moved,
}

/// Switches a connection on for some domains.
///
/// # Errors
/// [`NotSwitched`]; then nothing has changed.
pub async fn turn_on(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (connection, wish): (&Connection, &Wish),
) -> Result<Switched, NotSwitched> {
    let verified = queries::verified_domains(tx, &connection.organization, &connection.id).await?;
    let wanted: Vec<String> = match wish {
        Wish::AsBefore => verified.iter().filter(|(_, leads)| *leads).map(|(domain, _)| domain.clone()).collect(),
        Wish::All => verified.iter().map(|(domain, _)| domain.clone()).collect(),
        Wish::These(these) => these.iter().map(|domain| domain.as_str().to_owned()).collect(),
    };
    if wanted.is_empty() {
        return Err(NotSwitched::NoDomain);
    }
    let census = Census::take(tx, &connection.organization).await?;
    let mut sent = 0;
    for domain in &wanted {
        sent += to_be_sent(tx, actor, connection, domain).await?;
        if !lead_domain(tx, &connection.organization, domain, Some(&connection.id)).await? {
            return Err(NotSwitched::Domain(domain.clone()));
        }
    }
    set_state(tx, &connection.id, State::On).await?;
    let moved = census.moved(tx, actor).await??.sending(sent);
    switched(tx, app, actor, connection, (json!({ "state": State::On.as_str(), "domains": wanted }), moved)).await?;
    let now = queries::verified_domains(tx, &connection.organization, &connection.id).await?;
    let named = |led: bool| now.iter().filter(move |(_, leads)| *leads == led).map(|(domain, _)| domain.clone());
    Ok(Switched { domains: named(true).collect(), others: named(false).collect(), moved })
}

/// How many people of a domain are sent to a connection that were not so far. A program may not take them from another one: who they
/// are would be another's to say.
async fn to_be_sent(tx: &mut Tx, actor: Actor<'_>, connection: &Connection, domain: &str) -> Result<i64, NotSwitched> {
    let leads = leads_to(tx, domain).await?;
    if leads.as_ref() == Some(&connection.id) {
        return Ok(0);
    }
    let people = queries::people_of_domain(tx, &connection.organization, domain).await?;
    match (leads, actor) {
        (Some(_), Actor::Client(_)) if people > 0 => Err(TakesAnOperator(people).into()),
        _ => Ok(people),
    }
}

/// Switches a connection off for everybody, or takes one domain away from it. `None` when it was so before.
///
/// # Errors
/// [`NotSwitched`]; then nothing has changed.
pub async fn turn_off(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    (connection, domain): (&Connection, Option<&Domain>),
) -> Result<Option<Moved>, NotSwitched> {
    let census = Census::take(tx, &connection.organization).await?;
    let what = match domain {
        None if set_state(tx, &connection.id, State::Off).await? => json!({ "state": State::Off.as_str() }),
        None => return Ok(None),
        Some(domain) => {
            let verified = queries::verified_domains(tx, &connection.organization, &connection.id).await?;
            if !verified.iter().any(|(one, leads)| one == domain.as_str() && *leads) {
                return Ok(None);
            }
            lead_domain(tx, &connection.organization, domain.as_str(), None).await?;
            json!({ "no_more_for": domain.as_str() })
        }
    };
    let moved = census.moved(tx, actor).await??;
    switched(tx, app, actor, connection, (what, moved)).await?;
    Ok(Some(moved))
}

/// Written down, and told to those who are responsible.
async fn switched(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    connection: &Connection,
    (what, moved): (Value, Moved),
) -> Result<(), store::Error> {
    let details = json!({
        "connection": connection.id.as_str(), "before": connection.state.as_str(), "what": what, "moved": moved.json(),
    });
    record(tx, app, (Event::ConnectionSwitched, actor), connection, details).await?;
    moved.tell(tx, app, actor, &connection.organization, &connection.settings.name).await
}

pub(super) async fn record(
    tx: &mut Tx,
    app: &App,
    (event, actor): (Event, Actor<'_>),
    connection: &Connection,
    details: Value,
) -> Result<(), store::Error> {
    let entry = Entry { organization: Some(&connection.organization), ..Entry::plain(event, actor, details) };
    audit::record(tx, &app.entropy, entry).await
}
