//! One more passkey.

use serde::Deserialize;
use store::Tx;
use webauthn::{Demand, Registered, Registration};

use super::answer::{aad, bytes};
use super::queries::{self, New};
use super::{About, Asked, relying_party, rules};
use crate::audit::Event;
use crate::mfa;
use crate::notices::FactorChange;
use crate::people::{self, Account};
use crate::platform::ids::PasskeyId;
use crate::platform::web::{Browser, Error};
use crate::session::{self, Renewed, SignedIn, browser_name};

/// A form with a new passkey in it; the script has written it there.
#[derive(Deserialize)]
pub struct AddForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    asked: String,
    #[serde(default)]
    client_data: String,
    #[serde(default)]
    attestation: String,
    #[serde(default)]
    transports: String,
}

/// Why none was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// What came is not believed, or was asked too long ago, in another session, or before another change.
    Refused,
    /// Somebody has it already.
    Taken,
    Most,
    /// This account takes none.
    Closed,
}

impl NotAdded {
    /// As an address of ours spells it.
    pub fn word(self) -> &'static str {
        match self {
            NotAdded::Refused => "refused",
            NotAdded::Taken => "taken",
            NotAdded::Most => "most",
            NotAdded::Closed => "closed",
        }
    }
}

/// What came with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Alone,
    /// The first factor: recovery codes, which its owner has yet to keep.
    WithCodes,
}

/// Adds what the form brings, with recovery codes where there are none: whoever loses all passkeys must not be locked out. The session
/// it was added in goes on; all others of the account end.
///
/// # Errors
/// When the database says no, and busy, when there is no place among the hashes.
pub async fn add(
    person: &SignedIn,
    browser: &Browser,
    form: &AddForm,
) -> Result<Result<(Added, Renewed), NotAdded>, Error> {
    let app = &person.visit.app;
    let Some((handle, registered)) = read(person, browser, form) else { return Ok(Err(NotAdded::Refused)) };
    let has_codes = async |tx: &mut Tx| mfa::has_recovery_codes(tx, &person.account).await;
    let codes = match app.db.read("passkeys.codes", has_codes).await? {
        true => None,
        false => Some(mfa::make_recovery_codes(app).await?),
    };
    let write = async |tx: &mut Tx| {
        let Some(account) = people::by_id(tx, &person.account).await? else {
            return Ok::<_, store::Error>(Err(NotAdded::Closed));
        };
        if !account.takes_passkeys() {
            return Ok(Err(NotAdded::Closed));
        }
        // Of many posts of one answer the first has changed the credentials, and the others come too late.
        if !session::lives_on(tx, person).await? {
            return Ok(Err(NotAdded::Refused));
        }
        if queries::of_account(tx, &account.id).await?.len() >= rules::MOST {
            return Ok(Err(NotAdded::Most));
        }
        queries::insert_handle(tx, &account.id, &handle).await?;
        if queries::handle(tx, &account.id).await?.as_ref() != Some(&handle) {
            return Ok(Err(NotAdded::Refused));
        }
        if !keep(tx, person, &account, form, &registered).await? {
            return Ok(Err(NotAdded::Taken));
        }
        people::factor_settled(tx, &account.id).await?;
        if let Some(codes) = &codes {
            mfa::give_recovery_codes(tx, app, &account, codes).await?;
        }
        let renewed = mfa::changed(tx, person, &account, (Event::PasskeyAdded, FactorChange::PasskeyAdded)).await?;
        Ok(Ok((if codes.is_some() { Added::WithCodes } else { Added::Alone }, renewed)))
    };
    Ok(app.db.write("passkeys.add", write).await?)
}

/// The holder's handle and the new credential, if both are what was asked for in this session a moment ago.
fn read(person: &SignedIn, browser: &Browser, form: &AddForm) -> Option<(Vec<u8>, Registered)> {
    let app = &person.visit.app;
    let asked = Asked::open(&app.keys, &form.asked).filter(|asked| asked.is_timely(app.clock.now()))?;
    let challenge = asked.challenge(&app.keys, &browser.hash);
    let About::Registration { session, epoch, handle } = asked.about else { return None };
    if session != person.session || epoch != person.epoch {
        return None;
    }
    let [client_data, attestation] = [&form.client_data, &form.attestation].map(|text| bytes(text));
    let answer = Registration { client_data_json: &client_data, attestation_object: &attestation };
    let registered = webauthn::register(&relying_party(app)?, &challenge, Demand::UserVerified, answer);
    registered.ok().map(|registered| (handle, registered))
}

async fn keep(
    tx: &mut Tx,
    person: &SignedIn,
    account: &Account,
    form: &AddForm,
    registered: &Registered,
) -> Result<bool, store::Error> {
    let app = &person.visit.app;
    let id = PasskeyId::generate(&app.entropy);
    let here = browser_name(&person.visit.user_agent);
    let new = New {
        id: &id,
        account: &account.id,
        credential: &registered.credential_id,
        public_key: &app.keys.seal(&aad(&id, &account.id), registered.key.as_bytes()),
        name: &rules::name(&form.name, &here),
        sign_count: i64::from(registered.sign_count),
        backup: registered.backup,
        transports: &rules::transports(&form.transports),
        browser: &here,
    };
    queries::insert(tx, &new).await
}

/// A handle for somebody who has none yet.
pub fn new_handle(person: &SignedIn) -> Vec<u8> {
    person.visit.app.entropy.bytes::<32>().to_vec()
}
