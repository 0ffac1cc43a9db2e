//! A refresh token is changed for the next one, and a new access token comes with it.

use oidc::Scope;
use oidc::dpop::Proof;
use oidc::error::{ErrorCode, Refusal};
use oidc::token::TokenResponse;
use serde_json::json;
use store::Tx;

use super::id_token::{self, SignedInto};
use super::response;
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::provider::answers::Unanswered;
use crate::provider::caller;
use crate::provider::clients::Registered;
use crate::provider::grants::{self, Rotated, Standing, Told};
use crate::provider::tokens::{Bearer, RefreshToken};

const BAD_TOKEN: Refusal = Refusal::new(ErrorCode::InvalidGrant, "the refresh token is not good for this request");

pub async fn refresh(
    app: &App,
    client: &Registered,
    text: &str,
    scope: Option<Scope>,
    proof: Option<&Proof>,
) -> Result<TokenResponse, Unanswered> {
    let token = RefreshToken::read(&app.keys, text).ok_or(BAD_TOKEN)?;
    // Asked before the token is used up: what is refused here must not cost it.
    let standing = grants::standing(app, &token.grant).await?;
    let narrowed = match (&standing, scope) {
        // Another client is not told what somebody's token covers.
        (Some(standing), Some(asked)) if standing.client.id() == client.id() => {
            if !asked.is_within(&standing.scope) {
                return Err(Refusal::new(ErrorCode::InvalidScope, "more is asked for than was granted").into());
            }
            Some(asked)
        }
        _ => None,
    };
    match write(app, client, &token, standing.is_some(), proof).await? {
        Rotated::Next(told) => {
            let standing = standing.ok_or(BAD_TOKEN)?;
            let next = RefreshToken { generation: token.generation + 1, ..token };
            answer(app, &standing, told, next, narrowed).await
        }
        Rotated::Refused => Err(BAD_TOKEN.into()),
        Rotated::Again { revoked } => {
            tracing::warn!(client = client.id(), revoked, "a refresh token was used a second time");
            Err(BAD_TOKEN.into())
        }
    }
}

/// A grant that is not good any more is not moved on; but that its token was used before is still noticed.
async fn write(
    app: &App,
    client: &Registered,
    token: &RefreshToken,
    good: bool,
    proof: Option<&Proof>,
) -> Result<Rotated, Unanswered> {
    app.db
        .write("provider.refresh", async |tx: &mut Tx| {
            if let Some(proof) = proof {
                caller::use_up(tx, proof).await?;
            }
            let jkt = proof.map(|proof| proof.jkt.as_str());
            let rotated = grants::rotate(tx, token, client, jkt, good).await?;
            if rotated == (Rotated::Again { revoked: true }) {
                let entry = audit::Entry {
                    event: Event::GrantRevoked,
                    actor: Actor::System,
                    account: None,
                    organization: None,
                    source: None,
                    details: json!({ "client": client.id(), "grant": token.grant, "why": "refresh token used again" }),
                };
                audit::record(tx, &app.entropy, entry).await?;
            }
            Ok(rotated)
        })
        .await
}

async fn answer(
    app: &App,
    standing: &Standing,
    told: Told,
    next: RefreshToken,
    narrowed: Option<Scope>,
) -> Result<TokenResponse, Unanswered> {
    let now = app.clock.now();
    let scope = narrowed.as_ref().unwrap_or(&standing.scope).to_string();
    let bearer = Bearer::Grant { grant: next.grant.clone(), scope: narrowed.map(|scope| scope.to_string()) };
    let mut answer = response(app, bearer, scope, standing.jkt.is_some(), now);
    // The same person in the same sign-in (OpenID Connect Core section 12.2): no nonce, the old time.
    let (subject, at) = (standing.subject.as_str(), told.authenticated_at);
    let said = SignedInto { subject, sid: &told.sid, methods: &told.methods, at };
    let said = said.told_to(&standing.client, &answer.access_token);
    answer.id_token = Some(id_token::issue(app, &standing.client, said, now).await?);
    answer.refresh_token = Some(next.to_text(&app.keys));
    Ok(answer)
}
