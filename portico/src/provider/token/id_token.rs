//! The ID token that comes with an answer.

use oidc::id_token::{IdToken, at_hash};

use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::web::Error;
use crate::provider::claims;
use crate::provider::clients::Registered;
use crate::provider::keys::ring;

/// It tells of a moment and opens nothing. Seconds.
const LIVES: i64 = 300;

/// A sign-in, as its client knows it.
pub struct SignedInto<'a> {
    pub subject: &'a str,
    pub sid: &'a str,
    pub methods: &'a str,
    pub at: Time,
}

impl SignedInto<'_> {
    /// What is said in every case.
    pub fn told_to(&self, client: &Registered, access_token: &str) -> IdToken {
        IdToken {
            sub: self.subject.to_owned(),
            auth_time: self.at.seconds(),
            acr: Some(claims::acr(self.methods).to_owned()),
            amr: claims::amr(self.methods),
            sid: Some(self.sid.to_owned()),
            at_hash: at_hash(client.client.id_token_algorithm, access_token),
            ..IdToken::default()
        }
    }
}

/// Signs what is said, as ours, to this client and for now.
///
/// # Errors
/// When the database says no, or the library fails.
pub async fn issue(app: &App, client: &Registered, said: IdToken, now: Time) -> Result<String, Error> {
    let (iat, exp) = (now.seconds(), now.seconds().saturating_add(LIVES));
    let token = IdToken { iss: app.public_url.clone(), aud: client.id().to_owned(), iat, exp, ..said };
    let ring = ring(app).await?;
    let signed = token.sign(ring.signing(client.client.id_token_algorithm, now)?);
    signed.map_err(|_| Error::Internal("an ID token could not be signed".into()))
}
