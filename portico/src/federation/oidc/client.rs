//! The two questions that are asked of a provider with a code in hand, and how we show who we are.

use ::oidc::jose::{Algorithm, JwkSet, SigningKey};
use ::oidc::rp::{Credentials, Metadata, TokenAnswer, TokenRequest};
use hyper::body::Bytes;
use zeroize::Zeroizing;

use crate::app::App;
use crate::federation::connections::{ClientAuth, Connection, Oidc};
use crate::federation::failure::{Cause, Trouble};
use crate::platform::keys::Keys;
use crate::platform::outgoing::{Expects, Trip};

const TOKENS: Expects = Expects { types: &["application/json"], most: 64 * 1024 };
const USERINFO: Expects = Expects { types: &["application/json"], most: 64 * 1024 };

/// What a private key of ours may be.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::Es256, Algorithm::Rs256, Algorithm::EdDsa];

/// The tokens for a code.
pub async fn tokens(
    app: &App,
    trip: &Trip,
    connection: &Connection,
    settings: &Oidc,
    metadata: &Metadata,
    request: &TokenRequest<'_>,
) -> Result<TokenAnswer, Trouble> {
    let secret = secret(&app.keys, connection)?;
    let text = || std::str::from_utf8(&secret).map_err(|_| not_set_up("The secret is no text."));
    let posted = match settings.auth {
        ClientAuth::SecretBasic => request.with(Credentials::SecretBasic(text()?)),
        ClientAuth::SecretPost => request.with(Credentials::SecretPost(text()?)),
        ClientAuth::PrivateKeyJwt => {
            let key = signing_key(&secret).ok_or_else(|| not_set_up("The private key cannot be read."))?;
            let (jti, now) = (app.entropy.id(), app.clock.now().seconds());
            request.with(Credentials::PrivateKeyJwt { key: &key, jti: &jti, audience: &metadata.issuer, now })
        }
    };
    let posted = posted.map_err(|_| not_set_up("The private key cannot sign."))?;
    let authorization = posted.authorization.as_ref().map(|value| value.as_str());
    let answer = trip.post_form(&metadata.token_endpoint, &posted.form, authorization, TOKENS).await?;
    Ok(TokenAnswer::read(answer.status, &answer.body)?)
}

/// What the userinfo endpoint answers to whoever shows the access token.
pub async fn userinfo(trip: &Trip, endpoint: &str, tokens: &TokenAnswer) -> Result<(u16, Bytes), Trouble> {
    let answer = trip.get(endpoint, Some(&tokens.bearer()), USERINFO).await?;
    Ok((answer.status, answer.body))
}

/// The public half of a connection's private key, for `jwks_uri`; empty where it has none.
pub fn public_keys(keys: &Keys, connection: &Connection, settings: &Oidc) -> JwkSet {
    let key = (settings.auth == ClientAuth::PrivateKeyJwt)
        .then(|| secret(keys, connection).ok().and_then(|secret| signing_key(&secret)));
    JwkSet { keys: key.flatten().iter().map(SigningKey::jwk).collect() }
}

fn secret(keys: &Keys, connection: &Connection) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let opened = connection.secret(keys).map_err(|_| not_set_up("The secret was sealed with another master key."))?;
    opened.map(Zeroizing::new).ok_or_else(|| not_set_up("There is no secret."))
}

fn signing_key(pkcs8: &[u8]) -> Option<SigningKey> {
    ALGORITHMS.into_iter().find_map(|algorithm| SigningKey::from_pkcs8(algorithm, pkcs8).ok())
}

fn not_set_up(detail: &str) -> Trouble {
    Trouble::new(Cause::NotSetUp, detail)
}
