//! The only place where a session is born.

use serde_json::json;
use store::Tx;

use super::destination::Destination;
use super::dispatcher;
use super::facts::{Method, SignIn};
use super::half;
use super::queries;
use super::rules::Step;
use crate::audit::{self, Event};
use crate::federation;
use crate::lockout;
use crate::notices::{self, Cause};
use crate::people::{self, Account};
use crate::platform::clock::Time;
use crate::platform::ids::{SessionId, SignInId};
use crate::platform::web::{Browser, Cookie, Error, Visit};
use crate::questions;
use crate::session::{self, Birth};

pub enum Finished {
    Session {
        secret: String,
        destination: Destination,
    },
    /// The session was born before, and this is not its birth repeated.
    Earlier {
        destination: Destination,
    },
    NotDue,
}

/// What a browser that finishes brings along.
pub struct Newcomer {
    browser: Browser,
    secret: String,
    /// The session this browser has had, which the new one replaces.
    old: Option<[u8; 32]>,
}

impl Newcomer {
    /// `None` for a browser that keeps no cookies.
    pub fn of(visit: &Visit, id: &SignInId) -> Option<Newcomer> {
        let browser = visit.browser()?;
        let secret = session::secret(&visit.app.keys, id, &browser);
        Some(Newcomer { browser, secret, old: visit.cookie(Cookie::Session).map(session::hash_of) })
    }

    /// SHA-256 of its cookie.
    pub fn browser(&self) -> &[u8; 32] {
        &self.browser.hash
    }
}

/// In a transaction of its own.
pub async fn finish(visit: &Visit, id: &SignInId) -> Result<Finished, Error> {
    let Some(newcomer) = Newcomer::of(visit, id) else { return Ok(Finished::NotDue) };
    let write = async |tx: &mut Tx| finish_within(tx, visit, id, &newcomer).await;
    Ok(visit.app.db.write("sign_in.finish", write).await?)
}

/// Asks `next_step` again, closes the sign-in, and only then makes the session: all in the one transaction that calls this,
/// which may have recorded the last proof.
pub async fn finish_within(
    tx: &mut Tx,
    visit: &Visit,
    id: &SignInId,
    newcomer: &Newcomer,
) -> Result<Finished, store::Error> {
    let app = &visit.app;
    let Newcomer { browser, secret, old } = newcomer;
    let Some(opened) = dispatcher::open(tx, app, id, &browser.hash).await? else { return Ok(Finished::NotDue) };
    let destination = opened.sign_in.destination;
    if opened.step == Step::Finished {
        // A browser that sent its form twice may have thrown away the answer with the cookie: same browser, same
        // sign-in, same secret, while the session is young.
        let again = session::is_newborn(tx, id, &session::hash_of(secret)).await?;
        let secret = secret.clone();
        return Ok(if again { Finished::Session { secret, destination } } else { Finished::Earlier { destination } });
    }
    if let (Step::SecondFactor, Some(account)) = (opened.step, &opened.account) {
        half::began(tx, visit, &opened.sign_in, account, &browser.hash).await?;
    }
    let (Step::Finish, Some(account)) = (opened.step, opened.account) else { return Ok(Finished::NotDue) };
    if !queries::finish(tx, id).await? {
        return Ok(Finished::NotDue);
    }
    let account = &learn_language(tx, visit, account).await?;
    let stepped = opened.sign_in.stepped.as_ref();
    let federated = opened.sign_in.first.is_some_and(|proof| proof.method == Method::Federated) && stepped.is_none();
    let (authenticated_at, proved_at) = proved(tx, &opened.sign_in, federated).await?;
    let birth = Birth {
        sign_in: id,
        account,
        secret: session::hash_of(secret),
        methods: methods(&opened.sign_in),
        authenticated_at,
        proved_at,
        user_agent: &visit.user_agent,
        address: visit.address.to_string(),
    };
    let new = session::bear(tx, &app.entropy, birth).await?;
    if federated {
        let own_factor =
            opened.sign_in.second.is_some_and(|proof| matches!(proof.method, Method::Otp | Method::RecoveryCode));
        federation::session_began(tx, id, &new, own_factor).await?;
    }
    if let Some(stepped) = stepped {
        federation::session_continues(tx, &stepped.session, &new).await?;
    }
    if let Some(old) = old {
        replace(tx, visit, old, &new, account).await?;
    }
    if account.factor_removed_at.is_some() {
        people::factor_settled(tx, &account.id).await?;
    }
    questions::reopen(tx, &account.id).await?;
    came_in(tx, visit, &browser.hash, account, &new).await?;
    Ok(Finished::Session { secret: secret.clone(), destination })
}

/// What is known of the browser and its network from now on, and what of it the owner is told.
async fn came_in(
    tx: &mut Tx,
    visit: &Visit,
    browser: &[u8; 32],
    account: &Account,
    new: &SessionId,
) -> Result<(), store::Error> {
    let circumstances = session::settle(tx, visit, browser, account, new).await?;
    if circumstances.failures > 0 {
        lockout::told(tx, &account.id).await?;
    }
    half::ended(tx, account, browser).await?;
    notices::signed_in(tx, &Cause::of(visit), account, circumstances).await?;
    let started = audit::Entry::of(Event::SessionStarted, account).from(visit);
    let details = circumstances.as_details();
    audit::record(tx, &visit.app.entropy, audit::Entry { details, ..started }).await
}

/// A new sign-in in this browser replaces the session it had (ASVS 7.2.4).
async fn replace(
    tx: &mut Tx,
    visit: &Visit,
    old: &[u8; 32],
    new: &SessionId,
    account: &Account,
) -> Result<(), store::Error> {
    let Some(whose) = session::replace(tx, old, new, account).await? else { return Ok(()) };
    let ended = audit::Entry::by(Event::SessionEnded, &whose).from(visit);
    let ended = audit::Entry { details: json!({ "why": "replaced" }), ..ended };
    audit::record(tx, &visit.app.entropy, ended).await
}

/// What was shown, in the words of the database; of a session that was added to, all that it had.
fn methods(sign_in: &SignIn) -> String {
    let first = match &sign_in.stepped {
        Some(stepped) => Some(stepped.methods.as_str()),
        None => sign_in.first.map(|proof| proof.method.as_str()),
    };
    // An app that takes the place of another is shown after it, and told once.
    let second = sign_in.second.map(|proof| proof.method.as_str());
    let second = second.filter(|second| first.is_none_or(|first| first.split(' ').all(|shown| shown != *second)));
    first.into_iter().chain(second).collect::<Vec<_>>().join(" ")
}

/// When the person proved it: as products are told, and as far as it is known. A page left open between two factors does not make
/// the first one younger.
async fn proved(tx: &mut Tx, sign_in: &SignIn, federated: bool) -> Result<(Time, Option<Time>), store::Error> {
    // A session that was added to is as old as what was shown for it first: `auth_time` must not say that all of it is new.
    if let Some(stepped) = &sign_in.stepped {
        return Ok((stepped.authenticated_at, stepped.proved_at));
    }
    let now = Time(tx.now());
    let oldest = [sign_in.first, sign_in.second].iter().flatten().map(|proof| proof.at).min().unwrap_or(now);
    if !federated {
        return Ok((now, Some(oldest)));
    }
    let there = federation::authenticated_at(tx, &sign_in.id).await?;
    let (authenticated_at, known) = there.unwrap_or((now, None));
    Ok((authenticated_at, known.map(|known| known.min(oldest))))
}

/// Nobody has asked for it: that of the first browser they come in with is theirs, until they choose another.
async fn learn_language(tx: &mut Tx, visit: &Visit, account: Account) -> Result<Account, store::Error> {
    if let (None, Some(language)) = (&account.language, visit.reads) {
        people::reads(tx, &account.id, language).await?;
    }
    Ok(account.or_reads(visit.reads))
}
