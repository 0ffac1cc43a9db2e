//! A code, for the person who is here.

use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use oidc::authorize::code_redirect;

use super::Asked;
use crate::app::App;
use crate::platform::ids::{GrantId, SessionId};
use crate::platform::web::see_other;
use crate::provider::claims;
use crate::provider::tokens::{CODE_LIVES, Code};
use crate::session::SignedIn;

/// The redirect that carries the code. Nothing is written: the code holds the whole authorization, sealed.
pub fn answer(app: &App, person: &SignedIn, asked: &Asked) -> Response {
    let (request, registered) = (&asked.request, &asked.client.client.scope);
    let code = Code {
        id: GrantId::generate(&app.entropy),
        client: request.client_id.clone(),
        redirect_uri: request.redirect_uri.clone(),
        challenge: request.challenge.map(|challenge| challenge.0),
        dpop_jkt: request.dpop_jkt.clone(),
        account: person.account.clone(),
        session: person.session.clone(),
        epoch: person.epoch,
        scope: request.scope.to_string(),
        nonce: request.nonce.clone(),
        id_token_claims: claims::covered(request.claims.id_token.keys(), registered),
        userinfo_claims: claims::covered(request.claims.userinfo.keys(), registered),
        methods: person.methods.clone(),
        authenticated_at: person.authenticated_at,
        expires_at: app.clock.now() + CODE_LIVES,
    };
    let state = request.state.as_deref();
    see_other(&code_redirect(&request.redirect_uri, &app.public_url, state, &code.seal(&app.keys)))
}

/// What a client knows a session by: the same for one session and client, and of no use to find the session or its other
/// clients.
pub fn sid(app: &App, client: &str, session: &SessionId) -> String {
    let mac = app.keys.mac("sid", format!("{client}/{session}").as_bytes());
    BASE64URL_NOPAD.encode(mac.split_at(16).0)
}
