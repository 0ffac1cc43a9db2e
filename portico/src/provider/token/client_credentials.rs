//! A client's own access: no person, no row.

use oidc::Scope;
use oidc::error::{ErrorCode, Refusal};
use oidc::token::TokenResponse;

use super::response;
use crate::app::App;
use crate::provider::answers::Unanswered;
use crate::provider::clients::Registered;
use crate::provider::tokens::Bearer;

/// What only a person's grant can carry.
const OF_PERSONS: [&str; 5] = ["openid", "profile", "email", "products", "offline_access"];

pub fn grant(
    app: &App,
    client: &Registered,
    asked: Option<Scope>,
    jkt: Option<String>,
) -> Result<TokenResponse, Unanswered> {
    let may = OF_PERSONS.iter().fold(client.client.scope.clone(), |scope, word| scope.without(word));
    let scope = match asked {
        None => may,
        Some(asked) if asked.is_within(&may) => asked,
        Some(_) => return Err(Refusal::new(ErrorCode::InvalidScope, "the client may not have this scope").into()),
    };
    let (scope, bound) = (scope.to_string(), jkt.is_some());
    let bearer = Bearer::Client { client: client.id().to_owned(), scope: scope.clone(), jkt };
    Ok(response(app, bearer, scope, bound, app.clock.now()))
}
