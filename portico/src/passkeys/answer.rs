//! An answer: read, held against the key it should be signed with, and taken.

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde_json::json;
use store::Tx;
use webauthn::{Authenticated, Demand, PublicKey, Wrong};

use super::queries::{self, Kept, Use};
use super::{About, Asked, relying_party};
use crate::app::App;
use crate::audit::{self, Entry, Event};
use crate::mfa;
use crate::people::{self, Account};
use crate::platform::ids::{AccountId, PasskeyId};
use crate::platform::web::{Browser, Visit};
use crate::session::browser_name;

/// A form with an answer in it; the script has written it there.
#[derive(Deserialize)]
pub struct AnswerForm {
    #[serde(default)]
    pub resume: String,
    #[serde(default)]
    pub asked: String,
    #[serde(default)]
    credential: String,
    #[serde(default)]
    client_data: String,
    #[serde(default)]
    authenticator_data: String,
    #[serde(default)]
    signature: String,
    #[serde(default)]
    user_handle: String,
}

impl AnswerForm {
    /// What it says was used.
    pub fn credential(&self) -> Vec<u8> {
        bytes(&self.credential)
    }
}

/// What is no base64url is nothing, and nothing is refused like everything else.
pub fn bytes(text: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default()
}

/// What the tables know of a credential.
pub struct Found {
    kept: Option<Kept>,
    pub account: Option<Account>,
}

/// An answer that is believed. It counts once it is [`take`]n.
pub struct Shown {
    passkey: PasskeyId,
    pub account: AccountId,
    answer: Authenticated,
}

impl Shown {
    /// It says of itself that it may be kept in several places.
    pub fn syncs(&self) -> bool {
        self.answer.backup.eligible
    }
}

/// Why it is not believed: for the trail alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("nothing of ours was asked, or too long ago")]
    Stale,
    #[error("nobody has this passkey")]
    Unknown,
    #[error("it is another account's")]
    Another,
    #[error("the account takes no passkeys")]
    NotTaken,
    #[error("its key does not open")]
    Sealed,
    #[error("it says of another account that it is its own")]
    Holder,
    #[error("it could not be kept in several places, and can be now, or the other way round")]
    Backup,
    #[error("its count has not gone on, or it is gone")]
    Count,
    #[error(transparent)]
    Wrong(#[from] Wrong),
}

/// Looks a credential up. One that nobody has takes the same way.
///
/// # Errors
/// When the database says no.
pub async fn find(tx: &mut Tx, credential: &[u8]) -> Result<Found, store::Error> {
    let kept = queries::by_credential(tx, credential).await?;
    let id = kept.as_ref().map_or_else(people::nobody, |kept| kept.account.clone());
    let account = people::by_id(tx, &id).await?;
    Ok(Found { kept, account })
}

/// Judges an answer. One signature is verified whoever it is.
///
/// # Errors
/// Why it is not believed.
pub fn judge(app: &App, browser: &Browser, asked: &Asked, found: &Found, form: &AnswerForm) -> Result<Shown, Refused> {
    let relying_party = relying_party(app).ok_or(Refused::NotTaken)?;
    let key = found.kept.as_ref().map(|kept| open_key(app, kept));
    let key = key.unwrap_or_else(|| PublicKey::read(&NOBODYS).map_err(Refused::Wrong));
    let [client_data, authenticator_data, signature] =
        [&form.client_data, &form.authenticator_data, &form.signature].map(|text| bytes(text));
    let answer = webauthn::Answer {
        client_data_json: &client_data,
        authenticator_data: &authenticator_data,
        signature: &signature,
    };
    let challenge = asked.challenge(&app.keys, &browser.hash);
    let answer = webauthn::authenticate(&relying_party, &challenge, Demand::UserVerified, &key?, answer);
    let (Some(kept), Some(account)) = (&found.kept, &found.account) else { return Err(Refused::Unknown) };
    let answer = answer?;
    if !asked.is_timely(app.clock.now()) {
        return Err(Refused::Stale);
    }
    // Only an authenticator that was told which passkeys will do need not say whose it is.
    let must_say = matches!(asked.about, About::SignIn(_)) || !form.user_handle.is_empty();
    if must_say && bytes(&form.user_handle) != kept.handle {
        return Err(Refused::Holder);
    }
    if !account.takes_passkeys() {
        return Err(Refused::NotTaken);
    }
    if answer.backup.eligible != kept.may_sync {
        return Err(Refused::Backup);
    }
    Ok(Shown { passkey: kept.id.clone(), account: account.id.clone(), answer })
}

/// Uses an answer up. The account as it is now; `None` where the count has not gone on, or the passkey has gone.
///
/// # Errors
/// When the database says no.
pub async fn take(tx: &mut Tx, visit: &Visit, shown: &Shown) -> Result<Option<Account>, store::Error> {
    let used = Use {
        sign_count: i64::from(shown.answer.sign_count),
        backup: shown.answer.backup,
        browser: &browser_name(&visit.user_agent),
        address: &visit.address.to_string(),
    };
    if !queries::note_use(tx, &shown.passkey, &shown.account, &used).await? {
        return Ok(None);
    }
    let account = people::by_id(tx, &shown.account).await?.filter(Account::takes_passkeys);
    if let Some(account) = &account {
        // Whoever has it has not lost everything: what somebody else may have told an administrator ends.
        mfa::ends_by_use(tx, visit, account).await?;
    }
    Ok(account)
}

/// Records an answer that is not believed. It counts for nothing else: nobody can guess one, and whoever sends many must not keep
/// anybody at the same address out.
///
/// # Errors
/// When the database says no.
pub async fn record_refused(
    tx: &mut Tx,
    visit: &Visit,
    account: Option<&Account>,
    why: Refused,
) -> Result<(), store::Error> {
    let entry = Entry::about(Event::PasskeyRefused, account, "").from(visit);
    audit::record(tx, &visit.app.entropy, Entry { details: json!({ "why": why.to_string() }), ..entry }).await
}

pub fn aad(id: &PasskeyId, account: &AccountId) -> String {
    format!("passkeys:public_key:{id}:{account}")
}

fn open_key(app: &App, kept: &Kept) -> Result<PublicKey, Refused> {
    let plain = app.keys.open(&aad(&kept.id, &kept.account), &kept.public_key).map_err(|_| Refused::Sealed)?;
    PublicKey::read(&plain).map_err(Refused::Wrong)
}

/// Stands for the key of a credential nobody has: the one of the specification's first example, so that a signature is verified all
/// the same. Whoever has the private half of it still has no account.
const NOBODYS: [u8; 77] = [
    0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, 0xaf, 0xef, 0xa1, 0x6f, 0x97, 0xca, 0x9b, 0x2d, 0x23,
    0xeb, 0x86, 0xcc, 0xb6, 0x40, 0x98, 0xd2, 0x0d, 0xb9, 0x08, 0x56, 0x06, 0x2e, 0xb2, 0x49, 0xc3, 0x3a, 0x9b, 0x67,
    0x2f, 0x26, 0xdf, 0x61, 0x22, 0x58, 0x20, 0x93, 0x0a, 0x56, 0xb8, 0x7a, 0x2f, 0xca, 0x66, 0x33, 0x4b, 0x03, 0x45,
    0x8a, 0xbf, 0x87, 0x97, 0x17, 0xc1, 0x2c, 0xc6, 0x8e, 0xd7, 0x32, 0x90, 0xaf, 0x2e, 0x26, 0x64, 0x79, 0x6b, 0x92,
    0x20,
];
