//! A session in which its owner has changed a credential: it goes on, with a secret of its own, and no other one does.

use axum::http::HeaderValue;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use store::{Error, Tx};

use super::{end_all_but, hash_of, queries, recognize};
use crate::people::Account;
use crate::platform::ids::SessionId;
use crate::platform::keys::Keys;
use crate::platform::web::{BROWSER_COOKIE_LIVES, Browser, Cookie, with_cookies};
use crate::provider;
use crate::session::SignedIn;

/// What the browser is given, once the change is written.
pub struct Renewed {
    secret: String,
    browser: Browser,
}

impl Renewed {
    /// The answer that carries both cookies: whoever has copied the old one has nothing.
    #[must_use]
    pub fn answer(self, person: &SignedIn, answer: Response) -> Response {
        let cookies = &person.visit.app.cookies;
        let session = cookies.set(Cookie::Session, &self.secret, None);
        let browser = cookies.set(Cookie::Browser, &self.browser.secret, Some(BROWSER_COOKIE_LIVES));
        let both: [HeaderValue; 2] = [session, browser];
        with_cookies(answer, both)
    }
}

/// Whether the session still lives, under the credentials its request was let in with: asked in every write that a form of one's own
/// account leads to. Of two that change a credential at once, one finds that it does not.
///
/// # Errors
/// When the database says no.
pub async fn lives_on(tx: &mut Tx, person: &SignedIn) -> Result<bool, Error> {
    queries::lives(tx, &person.session, person.epoch).await
}

/// To be called in the write that has changed the credentials; `account` has the new epoch. Every other session of the account ends, and
/// what products were given in it; this one goes on with what was given in it, under another secret (ASVS 7.2.4), and the browser
/// stays one the account is known in. Says with it how many have ended.
///
/// # Errors
/// When the database says no.
pub async fn renew(tx: &mut Tx, person: &SignedIn, account: &Account) -> Result<(Renewed, u64), Error> {
    let visit = &person.visit;
    let (browser, _) = visit.browser_or_new();
    let epoch = account.credentials_epoch;
    let secret = secret(&visit.app.keys, &person.session, epoch, &browser);
    let ended = end_all_but(tx, &account.id, Some(&person.session)).await?;
    queries::renew(tx, &person.session, &hash_of(&secret), epoch).await?;
    provider::session_goes_on(tx, &person.session, person.epoch, epoch).await?;
    recognize(tx, visit, &browser.hash, account, epoch).await?;
    Ok((Renewed { secret, browser }, ended))
}

/// As nobody can compute it without the server's key *and* the browser's secret; another one under every epoch.
fn secret(keys: &Keys, session: &SessionId, epoch: i64, browser: &Browser) -> String {
    BASE64URL_NOPAD.encode(&keys.mac("session_renewed", format!("{session}/{epoch}/{}", browser.secret).as_bytes()))
}
