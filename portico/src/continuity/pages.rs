//! An organization's sign-in, for those who are responsible for it: how it stands, and what there is to do.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::by::{By, Refused, admit, role_of};
use super::queries::{self, Readiness};
use super::requests::{self, open_request};
use super::rules::{Offer, Role, offer};
use super::suspend::{self, Measures};
use crate::organizations::{self, Continuity, Organization, SignInWay};
use crate::people::{self, Account};
use crate::platform::web::{Error, Moment, Page, Problem, Query, html, see_other};
use crate::session::{self, OwnForm, STALE, SignedIn};

#[derive(Template)]
#[template(path = "continuity/sso.html")]
struct SsoPage {
    page: Page,
    organization: String,
    here: String,
    offer: Offer,
    through: Continuity,
    readiness: Readiness,
    /// Since when it is suspended, and why.
    suspended: Option<(Moment, String)>,
    request: Option<Waiting>,
    problem: Option<Problem>,
}

/// What waits for a second person.
struct Waiting {
    asker: String,
    reason: String,
    asked_at: Moment,
    until: Moment,
}

#[derive(Template)]
#[template(path = "continuity/organizations.html")]
struct OrganizationsPage {
    page: Page,
    organizations: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
}

#[derive(Deserialize)]
pub struct ActForm {
    #[serde(default)]
    reason: String,
}

/// `GET /account/sso`: to an operator those that somebody has to look at, to a License Owner their own.
pub async fn mine(person: SignedIn) -> Result<Response, Error> {
    let read = async |tx: &mut Tx| {
        let Some(account) = people::by_id(tx, &person.account).await? else { return Ok(None) };
        let role = role_of(tx, &account, &account.organization).await?;
        Ok::<_, store::Error>(role.zip(Some(queries::to_look_at(tx).await?)))
    };
    match person.visit.app.db.read("continuity.mine", read).await? {
        Some((Role::Operator, organizations)) => html(&OrganizationsPage { page: person.page(), organizations }),
        Some((Role::LicenseOwner, _)) => Ok(see_other(&address(&person.organization.slug))),
        None => Err(Error::NotFound),
    }
}

/// `GET /account/sso/{organization}`
pub async fn page(
    person: SignedIn,
    Path(slug): Path<String>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let read = async |tx: &mut Tx| gather(tx, &person, &slug).await;
    let found = person.visit.app.db.read("continuity.page", read).await?;
    let Gathered { organization, role, request, reason, readiness } = found.ok_or(Error::NotFound)?;
    let moment = |at| Moment::new(at, &organization.time_zone, person.visit.app.clock.now());
    let own = request.as_ref().map(|(request, _)| request.asked_by == person.account);
    let page = person.page();
    html(&SsoPage {
        problem: match arrival.problem == STALE {
            true => Some(session::stale(&page)),
            false => arrival.problem.parse().ok().map(|refused: Refused| problem_of(&page, refused)),
        },
        offer: offer(role, organization.sign_in == SignInWay::Sso, organization.suspended.is_some(), own),
        through: organization.policy.continuity,
        suspended: organization.suspended.map(|at| (moment(at), reason.unwrap_or_default())),
        request: request.map(|(request, asker)| Waiting {
            asker,
            asked_at: moment(request.asked_at),
            until: moment(request.expires_at),
            reason: request.reason,
        }),
        here: address(&organization.slug),
        organization: organization.name,
        readiness,
        page,
    })
}

/// `POST /account/sso/{organization}/{act}`: asked again in the write, whoever the page was shown to.
pub async fn act(
    person: SignedIn,
    Path((slug, act)): Path<(String, String)>,
    form: OwnForm<ActForm>,
) -> Result<Response, Error> {
    let here = address(&slug);
    // Asking and approving take two people: what stands on the page of the one is not for the other to press.
    let Some(form) = form.of(&person) else { return Ok(see_other(&format!("{here}?problem={STALE}"))) };
    let app = &person.visit.app;
    let write = async |tx: &mut Tx| {
        let Some((account, organization)) = both(tx, &person, &slug).await? else { return Ok(None) };
        let by = By::person(&person.visit, &account);
        let Ok(admitted) = admit(tx, by, &organization).await? else { return Ok(None) };
        Ok::<_, store::Error>(Some(match act.as_str() {
            "ask" => requests::request(tx, app, &admitted, &form.reason).await?,
            "suspend" => suspend::suspend(tx, app, &admitted, &form.reason, Measures::default()).await?,
            "approve" => suspend::approve(tx, app, &admitted).await?,
            "decline" => requests::close(tx, app, &admitted).await?,
            "resume" => suspend::resume(tx, app, &admitted).await?,
            _ => return Ok(None),
        }))
    };
    let done = app.db.write("continuity.act", write).await?.ok_or(Error::NotFound)?;
    Ok(see_other(&done.map_or_else(|why| format!("{here}?problem={}", why.as_str()), |()| here.clone())))
}

/// What the page is made of.
struct Gathered {
    organization: Organization,
    role: Role,
    /// With the name of whoever asked.
    request: Option<(requests::Request, String)>,
    reason: Option<String>,
    readiness: Readiness,
}

async fn gather(tx: &mut Tx, person: &SignedIn, slug: &str) -> Result<Option<Gathered>, store::Error> {
    let Some((account, organization)) = both(tx, person, slug).await? else { return Ok(None) };
    let Some(role) = role_of(tx, &account, &organization).await? else { return Ok(None) };
    let request = match open_request(tx, &organization).await? {
        None => None,
        Some(request) => {
            let asker = people::by_id(tx, &request.asked_by).await?;
            Some((request, asker.map_or_else(String::new, |asker| asker.name())))
        }
    };
    let reason = queries::reason_of(tx, &organization.id).await?;
    let readiness = queries::readiness(tx, &organization.id).await?;
    Ok(Some(Gathered { organization, role, request, reason, readiness }))
}

async fn both(tx: &mut Tx, person: &SignedIn, slug: &str) -> Result<Option<(Account, Organization)>, store::Error> {
    let account = people::by_id(tx, &person.account).await?;
    Ok(account.zip(organizations::by_slug(tx, slug).await?))
}

fn address(slug: &str) -> String {
    let slug: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("/account/sso/{slug}")
}

fn problem_of(page: &Page, refused: Refused) -> Problem {
    let key = format!("continuity-problem-{}", refused.as_str());
    let field = if refused == Refused::Reason { "reason" } else { "" };
    Problem { summary: page.t(&key).into_owned(), field }
}
