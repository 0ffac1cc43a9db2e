//! What comes next of a request, told from the facts.

use std::time::Duration;

use oidc::authorize::AuthorizationRequest;
use oidc::{ErrorCode, Refusal};

use super::sessions::Session;
use crate::platform::clock::Time;

/// What is said in `acr` of a sign-in with a password, and with a badge beside it (REFEDS profiles).
pub const PASSWORD: &str = "https://refeds.org/profile/sfa";
pub const BADGE: &str = "https://refeds.org/profile/mfa";

const LOGIN_REQUIRED: Refusal = Refusal::new(ErrorCode::LoginRequired, "nobody who fits is signed in");
const INTERACTION_REQUIRED: Refusal = Refusal::new(ErrorCode::InteractionRequired, "somebody else is signed in");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Whoever is signed in is who is asked for.
    Answer,
    /// Whoever comes shows who it is.
    SignIn,
    /// Somebody is signed in, who may go on or be somebody else.
    Choose,
    /// Told to the client.
    Refuse(Refusal),
}

/// `named`: the subject of a verified `id_token_hint`.
pub fn next(request: &AuthorizationRequest, session: Option<&Session>, named: Option<&str>, now: Time) -> Next {
    let wanted = match session {
        None => Next::SignIn,
        Some(session) => of(request, session, named, now),
    };
    match wanted {
        Next::SignIn if request.prompt.none => Next::Refuse(LOGIN_REQUIRED),
        Next::Choose if request.prompt.none => Next::Refuse(INTERACTION_REQUIRED),
        next => next,
    }
}

fn of(request: &AuthorizationRequest, session: &Session, named: Option<&str>, now: Time) -> Next {
    let oldest = request.max_age.map(|age| Duration::from_secs(u64::from(age)));
    let stale = oldest.is_some_and(|oldest| now.since(session.auth_time) > oldest);
    if request.prompt.login || stale || (wants_badge(request) && !session.badge) {
        return Next::SignIn;
    }
    let is_another = named.is_some_and(|named| named != session.person.sub);
    let hint = request.login_hint.as_deref().unwrap_or_default();
    let is_not_hinted = !hint.is_empty() && !hint.eq_ignore_ascii_case(session.person.email);
    if request.prompt.select_account || is_another || is_not_hinted { Next::Choose } else { Next::Answer }
}

/// Whether the client would rather have a second factor.
pub fn wants_badge(request: &AuthorizationRequest) -> bool {
    request.acr_values.iter().any(|value| value == BADGE)
}
