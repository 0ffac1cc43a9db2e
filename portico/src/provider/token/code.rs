//! A code is redeemed: once, by its own client, for its own redirect URI, challenge and key.

use oidc::client::GrantType;
use oidc::dpop::Proof;
use oidc::id_token::IdToken;
use oidc::token::{BAD_CODE, Redemption, TokenResponse};
use serde_json::json;
use store::Tx;

use super::id_token::{self, SignedInto};
use super::response;
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::platform::clock::Time;
use crate::portal;
use crate::provider::answers::Unanswered;
use crate::provider::authorize::sid;
use crate::provider::caller;
use crate::provider::claims;
use crate::provider::clients::{self, Registered};
use crate::provider::grants::{self, NewGrant, OFFLINE_LIVES, Redeemed};
use crate::provider::tokens::{Bearer, Code, RefreshToken};

/// What came with the code.
pub struct Shown<'a> {
    pub redirect_uri: Option<&'a str>,
    pub verifier: Option<&'a str>,
    pub proof: Option<&'a Proof>,
}

/// What is told with a grant, and kept with it.
struct Told {
    subject: String,
    sid: String,
    generation: Option<i64>,
    jkt: Option<String>,
}

pub async fn redeem(app: &App, client: &Registered, text: &str, shown: Shown<'_>) -> Result<TokenResponse, Unanswered> {
    let code = Code::open(&app.keys, text).ok_or(BAD_CODE)?;
    let by = Redemption {
        client_id: client.id(),
        redirect_uri: shown.redirect_uri,
        verifier: shown.verifier,
        dpop_jkt: shown.proof.map(|proof| proof.jkt.as_str()),
    };
    code.binding().allows(&by)?;
    let told = Told {
        subject: client.subject_of(&app.keys, &code.account),
        sid: sid(app, client.id(), &code.session),
        generation: client.client.may(GrantType::RefreshToken).then_some(1),
        jkt: shown.proof.map(|proof| proof.jkt.clone()),
    };
    match write(app, client, &code, &told, shown.proof).await? {
        Redeemed::Granted => answer(app, client, code, told).await,
        Redeemed::Void => Err(BAD_CODE.into()),
        Redeemed::Again { revoked } => {
            tracing::warn!(client = client.id(), revoked, "a code was used a second time");
            Err(BAD_CODE.into())
        }
    }
}

/// The code's use and its effect: one transaction.
async fn write(
    app: &App,
    client: &Registered,
    code: &Code,
    told: &Told,
    proof: Option<&Proof>,
) -> Result<Redeemed, Unanswered> {
    let userinfo = code.userinfo_claims.join(" ");
    let offline = code.scope.split(' ').any(|word| word == "offline_access");
    let new = NewGrant {
        id: &code.id,
        client: client.id(),
        account: &code.account,
        session: &code.session,
        epoch: code.epoch,
        subject: &told.subject,
        sid: &told.sid,
        scope: &code.scope,
        claims: &userinfo,
        methods: &code.methods,
        authenticated_at: code.authenticated_at,
        jkt: told.jkt.as_deref(),
        generation: told.generation,
        offline: offline.then_some(OFFLINE_LIVES),
    };
    // Whoever shows a verifier once can always show one: without, it would be somebody who took the challenge away.
    let pins = code.challenge.is_some() && !client.client.needs_pkce();
    app.db
        .write("provider.redeem", async |tx: &mut Tx| {
            if let Some(proof) = proof {
                caller::use_up(tx, proof).await?;
            }
            let redeemed = match Time(tx.now()) < code.expires_at {
                true => grants::redeem(tx, client, &new).await?,
                false => grants::void(tx, &code.id).await?,
            };
            if pins && redeemed == Redeemed::Granted {
                clients::pin_pkce(tx, client.id()).await?;
            }
            // The portal shows it first, wherever it was opened from.
            if let (Redeemed::Granted, Some(product)) = (&redeemed, &client.product) {
                portal::used(tx, &code.account, product).await?;
            }
            if let Some(event) = event_of(&redeemed) {
                let entry = audit::Entry {
                    actor: Actor::Account(&code.account),
                    details: json!({ "client": client.id(), "grant": code.id }),
                    ..audit::Entry::by(event, &code.account)
                };
                audit::record(tx, &app.entropy, entry).await?;
            }
            Ok(redeemed)
        })
        .await
}

fn event_of(redeemed: &Redeemed) -> Option<Event> {
    match redeemed {
        Redeemed::Granted => Some(Event::GrantIssued),
        Redeemed::Again { revoked: true } => Some(Event::GrantRevoked),
        Redeemed::Again { revoked: false } | Redeemed::Void => None,
    }
}

async fn answer(app: &App, client: &Registered, code: Code, told: Told) -> Result<TokenResponse, Unanswered> {
    let now = app.clock.now();
    let bearer = Bearer::Grant { grant: code.id.clone(), scope: None };
    let mut answer = response(app, bearer, code.scope.clone(), told.jkt.is_some(), now);
    let more = match code.id_token_claims.is_empty() {
        true => serde_json::Map::new(),
        false => {
            let standing = grants::standing(app, &code.id).await?;
            let names = code.id_token_claims.iter().map(String::as_str);
            standing.map(|standing| claims::pick(&standing, names)).unwrap_or_default()
        }
    };
    let session =
        SignedInto { subject: &told.subject, sid: &told.sid, methods: &code.methods, at: code.authenticated_at };
    let said = IdToken { nonce: code.nonce, more, ..session.told_to(client, &answer.access_token) };
    answer.id_token = Some(id_token::issue(app, client, said, now).await?);
    answer.refresh_token =
        told.generation.map(|generation| RefreshToken { grant: code.id, generation }.to_text(&app.keys));
    Ok(answer)
}
