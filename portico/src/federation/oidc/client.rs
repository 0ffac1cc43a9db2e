//! The two questions that are asked of a provider with a code in hand, and how we show who we are.

use ::oidc::jose::{Algorithm, JwkSet, SigningKey};
use ::oidc::rp::{Credentials, Metadata, TokenAnswer, TokenRequest};
use http::{HeaderValue, Request, header};
use hyper::body::Bytes;

use crate::app::App;
use crate::federation::connections::{ClientAuth, Connection, Oidc};
use crate::federation::failure::{Cause, Trouble};
use crate::platform::keys::Keys;

/// What a private key of ours may be.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::Es256, Algorithm::Rs256, Algorithm::EdDsa];

/// The tokens for a code.
pub async fn tokens(
    app: &App,
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
    let mut http = Request::post(&metadata.token_endpoint)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json");
    if let Some(authorization) = &posted.authorization {
        http = http.header(header::AUTHORIZATION, sensitive(authorization)?);
    }
    let http =
        http.body(posted.form.as_bytes().to_vec()).map_err(|_| not_set_up("The token endpoint is no address."))?;
    let answer = app.federation.outgoing.send(http).await?;
    Ok(TokenAnswer::read(answer.status().as_u16(), answer.body())?)
}

/// What the userinfo endpoint answers to whoever shows the access token.
pub async fn userinfo(
    app: &App,
    _: &Connection,
    endpoint: &str,
    tokens: &TokenAnswer,
) -> Result<(u16, Bytes), Trouble> {
    let http = Request::get(endpoint)
        .header(header::ACCEPT, "application/json")
        .header(header::AUTHORIZATION, sensitive(&tokens.bearer())?)
        .body(Vec::new());
    let answer =
        app.federation.outgoing.send(http.map_err(|_| not_set_up("The userinfo endpoint is no address."))?).await?;
    Ok((answer.status().as_u16(), answer.into_body()))
}

/// The public half of a connection's private key, for `jwks_uri`; empty where it has none.
pub fn public_keys(keys: &Keys, connection: &Connection, settings: &Oidc) -> JwkSet {
    let key = (settings.auth == ClientAuth::PrivateKeyJwt)
        .then(|| secret(keys, connection).ok().and_then(|secret| signing_key(&secret)));
    JwkSet { keys: key.flatten().iter().map(SigningKey::jwk).collect() }
}

fn secret(keys: &Keys, connection: &Connection) -> Result<zeroize::Zeroizing<Vec<u8>>, Trouble> {
    let opened = connection.secret(keys).map_err(|_| not_set_up("The secret was sealed with another master key."))?;
    opened.map(zeroize::Zeroizing::new).ok_or_else(|| not_set_up("There is no secret."))
}

fn signing_key(pkcs8: &[u8]) -> Option<SigningKey> {
    ALGORITHMS.into_iter().find_map(|algorithm| SigningKey::from_pkcs8(algorithm, pkcs8).ok())
}

fn sensitive(text: &str) -> Result<HeaderValue, Trouble> {
    let mut value =
        HeaderValue::from_str(text).map_err(|_| not_set_up("A secret has a character that cannot be sent."))?;
    value.set_sensitive(true);
    Ok(value)
}

fn not_set_up(detail: &str) -> Trouble {
    Trouble::new(Cause::NotSetUp, detail)
}
