//! What a page carries so that its script can ask for a passkey.

use data_encoding::BASE64URL_NOPAD;

use super::asked::{About, Asked};
use super::queries::{self, Line};
use super::relying_party;
use crate::app::App;
use crate::people::Account;
use crate::platform::ids::{OneTimeId, SignInId};
use crate::platform::web::{Browser, Error};
use store::Tx;

/// For the form of `passkeys/macros.html`.
pub struct Ask {
    /// The RP ID.
    pub relying_party: String,
    pub challenge: String,
    /// What was asked, sealed.
    pub asked: String,
    /// The credentials that will do, or for a new one those that there are: each its ID, a colon, and the ways to reach it;
    /// comma-separated. Empty: whichever the person has.
    pub credentials: String,
}

impl Ask {
    /// `None` where there are no passkeys.
    pub(super) fn new(app: &App, browser: &Browser, about: About, lines: &[Line]) -> Option<Ask> {
        let relying_party = relying_party(app)?;
        let asked = Asked::new(&app.entropy, app.clock.now(), about);
        let credential = |line: &Line| format!("{}:{}", BASE64URL_NOPAD.encode(&line.credential), line.transports);
        let credentials: Vec<_> = lines.iter().map(credential).collect();
        Some(Ask {
            relying_party: relying_party.id().to_owned(),
            challenge: BASE64URL_NOPAD.encode(&asked.challenge(&app.keys, &browser.hash)),
            asked: asked.seal(&app.keys),
            credentials: credentials.join(","),
        })
    }
}

/// On a page before anybody is known: whichever passkey there is. The same for everybody.
pub fn of_first_page(app: &App, browser: &Browser) -> Option<Ask> {
    Ask::new(app, browser, About::SignIn(SignInId::generate(&app.entropy)), &[])
}

/// After a password: one of the account's.
///
/// # Errors
/// When the database says no.
pub async fn of_second_factor(
    app: &App,
    browser: &Browser,
    account: &Account,
    sign_in: &SignInId,
) -> Result<Option<Ask>, Error> {
    of_account(app, browser, account, About::SecondFactor(sign_in.clone())).await
}

/// After a mailed link: one of the account's.
///
/// # Errors
/// When the database says no.
pub async fn of_recovery(
    app: &App,
    browser: &Browser,
    account: &Account,
    link: &OneTimeId,
) -> Result<Option<Ask>, Error> {
    of_account(app, browser, account, About::Recovery(link.clone())).await
}

async fn of_account(app: &App, browser: &Browser, account: &Account, about: About) -> Result<Option<Ask>, Error> {
    if !account.has_passkey {
        return Ok(None);
    }
    let lines = app.db.read("passkeys.list", async |tx: &mut Tx| queries::of_account(tx, &account.id).await).await?;
    Ok(Ask::new(app, browser, about, &lines))
}
