//! The same person has signed in anew in a browser: what becomes of what products were given in the session before.

use std::collections::BTreeSet;

use store::{Error, Tx};

use super::queries::{self, GivenIn, Which};
use super::standing::is_over;
use crate::organizations::SessionRule;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, SessionId};
use crate::session::Life;

/// The session was alive: products that were reached in it go on, under the new session, and are told when that one ends.
///
/// # Errors
/// When the database says no.
pub async fn session_continues(tx: &mut Tx, old: &SessionId, new: &SessionId) -> Result<(), Error> {
    queries::move_to_session(tx, old, new).await
}

/// A session that was over by its organization's limits, and that nobody has ended.
pub struct RanOut<'a> {
    pub session: &'a SessionId,
    pub account: &'a AccountId,
    pub life: Life,
    pub rule: &'a SessionRule,
}

impl RanOut<'_> {
    fn lives_on(&self, given: &GivenIn, now: Time) -> bool {
        let life = Life { expires_at: given.expires_at, ..self.life };
        !given.revoked && !is_over(&given.scope, given.used_at, life, (self.rule, now))
    }
}

/// It goes on only where it had not run out with the session: it was granted to outlive that, or a product has been at work with it
/// meanwhile. All else ends as at the end of the session, and whoever is left with nothing is told.
///
/// # Errors
/// When the database says no.
pub async fn session_ran_out(tx: &mut Tx, old: RanOut<'_>, new: &SessionId) -> Result<(), Error> {
    let now = Time(tx.now());
    let given = queries::given_in(tx, old.session).await?;
    let (living, over): (Vec<_>, Vec<_>) = given.iter().partition(|given| old.lives_on(given, now));
    for given in &living {
        queries::move_one(tx, &given.id, new).await?;
    }
    let clients = |given: &[&GivenIn]| given.iter().map(|given| given.client.clone()).collect::<BTreeSet<_>>();
    for client in clients(&over).difference(&clients(&living)) {
        let which = Which { account: old.account, session: Some(old.session), client: Some(client) };
        queries::queue_notices(tx, which).await?;
    }
    let rest = Which { account: old.account, session: Some(old.session), client: None };
    queries::revoke_all(tx, rest).await.map(drop)
}
