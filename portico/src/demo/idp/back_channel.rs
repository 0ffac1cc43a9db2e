//! Telling the client that a session has ended (OpenID Connect Back-Channel Logout 1.0).

use std::sync::Arc;

use oidc::Params;
use oidc::logout::LogoutToken;

use super::sessions::Session;
use super::{Here, Idp};

/// Ends what came of the session, and tells the client of it; whoever asked is told too, to whom there is nothing new in it.
pub fn tell(idp: &Here, ended: &Session) {
    idp.grants.end(&ended.sid, idp.now());
    let (idp, ended) = (Arc::clone(idp), ended.clone());
    // Nobody waits for it: they are signed out here, whatever becomes of the rest.
    tokio::spawn(async move {
        if let Err(error) = send(&idp, &ended).await {
            tracing::warn!(%error, "the sample identity provider could not tell of a sign-out");
        }
    });
}

async fn send(idp: &Idp, ended: &Session) -> anyhow::Result<()> {
    let token = LogoutToken {
        iss: idp.issuer(),
        aud: &idp.client.id,
        sub: ended.person.sub,
        sid: Some(&ended.sid),
        jti: &idp.ground.entropy.id(),
        now: idp.stamp(),
    };
    let token = token.sign(idp.signing_key())?;
    let form = Params::default().and("logout_token", &token).to_text();
    let answer = idp.ground.way.post_form(&idp.agreement.backchannel_logout_uri, form).await?;
    anyhow::ensure!(answer.status < 300, "the answer was {}", answer.status);
    Ok(())
}
