//! Where it goes no further: says what, why, and who can help.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use store::Tx;

use super::dispatcher::{Opened, address, begin_anew, opened, step_address};
use super::rules::{Reason, Step};
use crate::organizations;
use crate::platform::ids::SignInId;
use crate::platform::web::{Error, Page, Visit, html, see_other};

#[derive(Template)]
#[template(path = "sign_in/refused.html")]
struct RefusedPage {
    page: Page,
    identifier: String,
    identify_url: String,
    reason: &'static str,
    contact: Option<String>,
}

/// `GET /sign-in/{id}/refused`
pub async fn page(visit: Visit, Path(id): Path<SignInId>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return Ok(begin_anew(&visit)) };
    match opened.step {
        Step::Refused(Reason::Disabled) => refused(&visit, opened, "disabled").await,
        Step::Refused(Reason::NoFactor) => refused(&visit, opened, "no_factor").await,
        _ => Ok(see_other(&address(&id))),
    }
}

/// `GET /sign-in/{id}/sso`: the way to the organization's own sign-in.
pub async fn sso(visit: Visit, Path(id): Path<SignInId>) -> Result<Response, Error> {
    let Some(opened) = opened(&visit, &id).await? else { return Ok(begin_anew(&visit)) };
    match opened.step {
        Step::Sso => refused(&visit, opened, "sso_not_ready").await,
        _ => Ok(see_other(&address(&id))),
    }
}

async fn refused(visit: &Visit, opened: Opened, reason: &'static str) -> Result<Response, Error> {
    let named = opened.sign_in.named;
    let routed = named.as_ref().and_then(|named| named.organization.clone());
    // After a proof the person's own organization may be named; before it, only the one of the typed domain.
    let organization = match (&opened.account, reason) {
        (Some(account), "disabled" | "no_factor") => Some(account.organization.clone()),
        _ => match &routed {
            Some(id) => {
                visit.app.db.read("sign_in.refused", async |tx: &mut Tx| organizations::by_id(tx, id).await).await?
            }
            None => None,
        },
    };
    html(&RefusedPage {
        page: visit.page(),
        identifier: named.map(|named| named.identifier).unwrap_or_default(),
        identify_url: step_address(&opened.sign_in.id, Step::Identify),
        reason,
        contact: organization.and_then(|organization| organization.contact),
    })
}
