//! The only place where a session is born.

use serde_json::json;
use store::Tx;

use super::destination::Destination;
use super::dispatcher;
use super::queries;
use super::rules::Step;
use crate::audit::{self, Event};
use crate::notices::{self, Acquaintance, Cause};
use crate::platform::ids::SignInId;
use crate::platform::web::{Cookie, Error, Visit};
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

/// One transaction: asks `next_step` again, closes the sign-in, and only then makes the session.
pub async fn finish(visit: &Visit, id: &SignInId) -> Result<Finished, Error> {
    let Some(browser) = visit.browser() else { return Ok(Finished::NotDue) };
    let secret = session::secret(&visit.app.keys, id, &browser);
    let old = visit.cookie(Cookie::Session).map(session::hash_of);
    let app = &visit.app;
    let finished = app
        .db
        .write("sign_in.finish", async |tx: &mut Tx| {
            let Some(opened) = dispatcher::open(tx, app, id, &browser.hash).await? else { return Ok(Finished::NotDue) };
            let destination = opened.sign_in.destination;
            if opened.step == Step::Finished {
                // A browser that sent its form twice may have thrown away the answer with the cookie: same browser, same
                // sign-in, same secret, while the session is young.
                let again = session::is_newborn(tx, id, &session::hash_of(&secret)).await?;
                let secret = secret.clone();
                return Ok(if again {
                    Finished::Session { secret, destination }
                } else {
                    Finished::Earlier { destination }
                });
            }
            let (Step::Finish, Some(account)) = (opened.step, &opened.account) else { return Ok(Finished::NotDue) };
            if !queries::finish(tx, id).await? {
                return Ok(Finished::NotDue);
            }
            let methods = [opened.sign_in.first, opened.sign_in.second];
            let methods: Vec<_> = methods.iter().flatten().map(|proof| proof.method.as_str()).collect();
            let birth = Birth {
                sign_in: id,
                account,
                secret: session::hash_of(&secret),
                methods: methods.join(" "),
                user_agent: &visit.user_agent,
                address: visit.address.to_string(),
            };
            let new = session::bear(tx, &app.entropy, birth).await?;
            if let Some(old) = &old {
                // A new sign-in in this browser replaces the session it had (ASVS 7.2.4).
                if let Some(whose) = session::replace(tx, old, &new, &account.id).await? {
                    let ended = audit::Entry::by(Event::SessionEnded, &whose).from(visit);
                    let ended = audit::Entry { details: json!({ "why": "replaced" }), ..ended };
                    audit::record(tx, &app.entropy, ended).await?;
                }
            }
            questions::reopen(tx, &account.id).await?;
            let epoch = account.credentials_epoch;
            if session::recognize(tx, visit, &browser.hash, account, epoch).await? == Acquaintance::New {
                notices::new_browser(tx, &Cause::of(visit), account).await?;
            }
            audit::record(tx, &app.entropy, audit::Entry::of(Event::SessionStarted, account).from(visit)).await?;
            Ok::<_, Error>(Finished::Session { secret: secret.clone(), destination })
        })
        .await?;
    Ok(finished)
}
