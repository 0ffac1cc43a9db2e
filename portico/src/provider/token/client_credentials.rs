//! A client's own access: no person, no row.

use oidc::Scope;
use oidc::dpop::Proof;
use oidc::error::{ErrorCode, Refusal};
use oidc::token::TokenResponse;

use super::response;
use crate::app::App;
use crate::provider::answers::Unanswered;
use crate::provider::caller;
use crate::provider::clients::Registered;
use crate::provider::tokens::Bearer;

/// What only a person's grant can carry.
const OF_PERSONS: [&str; 5] = ["openid", "profile", "email", "products", "offline_access"];

pub async fn grant(
    app: &App,
    client: &Registered,
    asked: Option<Scope>,
    proof: Option<&Proof>,
) -> Result<TokenResponse, Unanswered> {
    let may = OF_PERSONS.iter().fold(client.client.scope.clone(), |scope, word| scope.without(word));
    let scope = match asked {
        None => may,
        Some(asked) if asked.is_within(&may) => asked,
        Some(_) => return Err(Refusal::new(ErrorCode::InvalidScope, "the client may not have this scope").into()),
    };
    if let Some(proof) = proof {
        caller::use_up_alone(app, proof).await?;
    }
    let (scope, jkt) = (scope.to_string(), proof.map(|proof| proof.jkt.clone()));
    let bearer = Bearer::Client { client: client.id().to_owned(), scope: scope.clone(), jkt };
    Ok(response(app, bearer, scope, proof.is_some(), app.clock.now()))
}
