//! From a request and the facts to what happens next. Pure; the order is [`CHECKS`].

use oidc::authorize::AuthorizationRequest;
use oidc::error::{ErrorCode, Refusal};

use crate::platform::clock::Time;
use crate::provider::claims::{ONE_FACTOR, TWO_FACTORS};
use crate::session::is_recent;

/// What is known at this moment.
#[derive(Clone, Debug)]
pub struct Facts {
    pub session: Option<Session>,
    /// When the request came.
    pub asked_at: Time,
    pub hint: Hint,
    /// The account may open what is behind the client.
    pub open: bool,
    /// What is behind it requires a second factor of everybody.
    pub guarded: bool,
    pub asks: Asks,
    pub consent: Option<Consent>,
}

#[derive(Clone, Debug)]
pub struct Session {
    /// Who the account is for this client.
    pub subject: String,
    /// When the person proved it, here or at their organization; `None` where that did not say.
    pub authenticated_at: Option<Time>,
    pub signed_in_at: Time,
    pub acr: &'static str,
    /// Known where a second factor may have to be asked for.
    pub second: Second,
}

/// Whether a second factor could be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Second {
    /// One is set up.
    Has,
    /// One could be set up.
    May,
    /// None ever will be: several people share the account.
    Cannot,
}

/// Whom `id_token_hint` names, against who is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    None,
    This,
    Another,
    /// None of ours, or of a key long gone.
    Unreadable,
}

/// When a person is asked before a client gets anything (security.md C11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// One of our own, approved by an administrator.
    Never,
    /// A third party: once for what it wants.
    Once,
    /// Another program could be in its place: each time.
    Always,
}

/// What was agreed to before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    pub given_at: Time,
    /// Everything that is asked for is in it.
    pub covers: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nobody is signed in, or somebody else is wanted: as a stranger.
    SignIn,
    /// The person who is here proves it again.
    SignInAgain,
    /// The same, but for what was shown for the session: a second factor is added to it.
    StepUp,
    NoAccess,
    Consent,
    /// Told to the client.
    Refuse(Refusal),
    /// A code.
    Grant,
}

pub type Check = fn(&AuthorizationRequest, &Facts, Time) -> Option<Next>;

/// The first that has something to say decides; if none has, a code is given.
pub const CHECKS: [(&str, Check); 7] = [
    ("session", session),
    ("id_token_hint", hint),
    ("prompt", prompt),
    ("max_age", max_age),
    ("acr", acr),
    ("access", access),
    ("consent", consent),
];

/// Everything the person would have to do is refused where the client wants that nothing is shown.
pub fn next(request: &AuthorizationRequest, facts: &Facts, now: Time) -> Next {
    CHECKS.iter().find_map(|(_, check)| check(request, facts, now)).unwrap_or(Next::Grant)
}

/// `next`, or where nothing may be shown the refusal that says so.
fn shown(request: &AuthorizationRequest, next: Next, code: ErrorCode, description: &'static str) -> Option<Next> {
    Some(if request.prompt.none { Next::Refuse(Refusal::new(code, description)) } else { next })
}

fn session(request: &AuthorizationRequest, facts: &Facts, _: Time) -> Option<Next> {
    match facts.session {
        Some(_) => None,
        None => shown(request, Next::SignIn, ErrorCode::LoginRequired, "nobody is signed in"),
    }
}

fn hint(request: &AuthorizationRequest, facts: &Facts, _: Time) -> Option<Next> {
    let wanted = request.claims.id_token.get("sub").map(|wanted| wanted.values.as_slice()).unwrap_or_default();
    let here = facts.session.as_ref().map(|session| &session.subject);
    // The `sub` of the parameter `claims` is a hint as well (section 5.5.1).
    let another = !wanted.is_empty() && !here.is_some_and(|here| wanted.contains(here));
    let another = another || facts.hint == Hint::Another || (facts.hint == Hint::Unreadable && request.prompt.none);
    if !another {
        return None;
    }
    let refusal = Refusal::new(ErrorCode::LoginRequired, "another person is wanted");
    // Whoever has signed in for this very request is who there is: asked once more, they would go round in circles.
    let insists = !is_older(facts) || request.prompt.none;
    Some(if insists { Next::Refuse(refusal) } else { Next::SignIn })
}

/// Seconds for which a sign-in is of this moment, however little is asked for.
const ON_THE_WAY: u64 = 60;

/// Whoever has signed in since the request came has done what it asks for, and is not asked again.
fn is_older(facts: &Facts) -> bool {
    facts.session.as_ref().is_some_and(|session| session.signed_in_at < facts.asked_at)
}

/// The same of the proof: an organization may have let somebody in by what they showed it hours ago.
fn is_proved_before(facts: &Facts) -> bool {
    facts.session.as_ref().is_some_and(|session| session.authenticated_at.is_none_or(|at| at < facts.asked_at))
}

fn prompt(request: &AuthorizationRequest, facts: &Facts, _: Time) -> Option<Next> {
    if request.prompt.select_account && is_older(facts) {
        return Some(Next::SignIn);
    }
    (request.prompt.login && is_proved_before(facts)).then_some(Next::SignInAgain)
}

fn max_age(request: &AuthorizationRequest, facts: &Facts, now: Time) -> Option<Next> {
    let session = facts.session.as_ref()?;
    let age = session.authenticated_at.map_or(u64::MAX, |at| now.since(at).as_secs());
    // What was typed for this request is young enough on its way back, but not an hour later.
    let least = if is_proved_before(facts) { 0 } else { ON_THE_WAY };
    let too_old = request.max_age.is_some_and(|most| age >= u64::from(most).max(least));
    match too_old {
        true => shown(request, Next::SignInAgain, ErrorCode::LoginRequired, "the sign-in is too old"),
        false => None,
    }
}

/// What was shown is said honestly. A second factor is asked for where the account has one, without the first one again; who has none
/// is led to set one up where it was called essential, or the product requires it of everybody, and else let in with what there is.
/// Whoever can have none is refused only where it is essential.
fn acr(request: &AuthorizationRequest, facts: &Facts, now: Time) -> Option<Next> {
    let session = facts.session.as_ref()?;
    let claim = request.claims.id_token.get("acr");
    let named = claim.map(|wanted| wanted.values.as_slice()).unwrap_or_default();
    let wanted = if named.is_empty() { request.acr_values.as_slice() } else { named };
    let is_wanted = |acr: &str| wanted.iter().any(|wanted| wanted == acr);
    let step_up = |why| shown(request, Next::StepUp, ErrorCode::InteractionRequired, why);
    // Whoever finds a browser that somebody has left signed in must not set up a second factor of their own in it. Whoever has
    // signed in for this very request is who there is, even where an organization does not say when they proved it.
    let set_up = |why| match is_recent(session.authenticated_at, now) || !is_older(facts) {
        true => shown(request, Next::StepUp, ErrorCode::InteractionRequired, why),
        false => shown(request, Next::SignInAgain, ErrorCode::InteractionRequired, why),
    };
    if facts.guarded && facts.open && session.acr != TWO_FACTORS {
        let why = "the product requires a second factor, and none has been shown";
        return if session.second == Second::May { set_up(why) } else { step_up(why) };
    }
    // Two factors are one factor, too.
    if wanted.is_empty() || is_wanted(session.acr) || (is_wanted(ONE_FACTOR) && session.acr == TWO_FACTORS) {
        return None;
    }
    let essential = claim.is_some_and(|wanted| wanted.essential && !wanted.values.is_empty());
    match session.second {
        Second::Has if is_wanted(TWO_FACTORS) => return step_up("a second factor has not been shown"),
        Second::May if is_wanted(TWO_FACTORS) && essential => return set_up("a second factor has not been set up"),
        _ => {}
    }
    let unmet = Refusal::new(ErrorCode::UnmetAuthenticationRequirements, "the person cannot sign in as strongly");
    essential.then_some(Next::Refuse(unmet))
}

fn access(request: &AuthorizationRequest, facts: &Facts, _: Time) -> Option<Next> {
    match facts.open {
        true => None,
        false => shown(request, Next::NoAccess, ErrorCode::AccessDenied, "the person has no access to this product"),
    }
}

fn consent(request: &AuthorizationRequest, facts: &Facts, _: Time) -> Option<Next> {
    let fresh = facts.consent.is_some_and(|consent| consent.covers && consent.given_at >= facts.asked_at);
    let covered = facts.consent.is_some_and(|consent| consent.covers);
    let agreed = match facts.asks {
        _ if request.prompt.consent => fresh,
        Asks::Never => true,
        // Where nothing may be shown, what was agreed to before counts (security.md C12).
        Asks::Always if request.prompt.none => false,
        Asks::Always => fresh,
        Asks::Once => covered,
    };
    match agreed {
        true => None,
        false => shown(request, Next::Consent, ErrorCode::ConsentRequired, "the person has not been asked"),
    }
}
