//! The page for the organization's IT: every value they need at their provider, to copy. It holds nothing secret, so that its
//! address may be mailed; whoever has it has the connection's id, which every redirect shows.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use store::Tx;

use super::told::values;
use crate::federation::{ClientAuth, Connection, Protocol, connection};
use crate::organizations;
use crate::platform::ids::ConnectionId;
use crate::platform::web::{Error, Page, Visit, html};

/// A value, and what it is called there.
struct Value {
    /// Of the element that holds it.
    id: &'static str,
    label: String,
    hint: String,
    text: String,
}

#[derive(Template)]
#[template(path = "federation/set_up/page.html")]
struct SetUpPage {
    page: Page,
    heading: String,
    lead: String,
    values: Vec<Value>,
    claims: Vec<(String, String)>,
}

/// `GET /federation/{connection}/setup`
pub async fn page(visit: Visit, Path(id): Path<ConnectionId>) -> Result<Response, Error> {
    let read = async |tx: &mut Tx| {
        let Some(found) = connection(tx, &id).await? else { return Ok(None) };
        let organization = organizations::by_id(tx, &found.organization).await?;
        Ok::<_, store::Error>(organization.map(|organization| (found, organization)))
    };
    let Some((found, organization)) = visit.app.db.read("federation.set_up", read).await? else {
        return Err(Error::NotFound);
    };
    let page = visit.page();
    let names = [("organization", organization.name.as_str()), ("brand", visit.app.brand.name.as_str())];
    html(&SetUpPage {
        heading: page.with("federation-setup-heading", &names),
        lead: page.with("federation-setup-lead", &names),
        values: to_copy(&visit, &page, &found),
        claims: claims(&page, &found),
        page,
    })
}

fn to_copy(visit: &Visit, page: &Page, connection: &Connection) -> Vec<Value> {
    let Protocol::Oidc(oidc) = &connection.settings.protocol;
    let values = values(&visit.app, connection);
    let value = |id: &'static str, text: Option<String>| {
        let key = |part: &str| format!("federation-setup-{id}{part}");
        text.map(|text| Value {
            id,
            label: page.t(&key("")).into_owned(),
            hint: page.t(&key("-hint")).into_owned(),
            text,
        })
    };
    let shown = [
        value("redirect", Some(values.redirect_uri)),
        value("signed-out", Some(values.post_logout_redirect_uri)),
        value("logout", Some(values.backchannel_logout_uri)),
        value("jwks", values.jwks_uri),
        value("auth", Some(oidc.auth.as_str().to_owned())),
        value("scopes", Some(oidc.scopes.clone())),
    ];
    debug_assert!(oidc.auth != ClientAuth::PrivateKeyJwt || shown.iter().flatten().count() == shown.len());
    shown.into_iter().flatten().collect()
}

/// What we read of a person, and under which names.
fn claims(page: &Page, connection: &Connection) -> Vec<(String, String)> {
    let Protocol::Oidc(oidc) = &connection.settings.protocol;
    let read = [
        ("federation-setup-claim-email", &oidc.claims.email),
        ("federation-setup-claim-first-name", &oidc.claims.first_name),
        ("federation-setup-claim-last-name", &oidc.claims.last_name),
        ("federation-setup-claim-user-name", &oidc.claims.user_name),
        ("federation-setup-claim-roles", &oidc.claims.roles),
    ];
    let told = read.into_iter().filter(|(_, names)| !names.is_empty()).map(|(key, names)| (key, names.join(", ")));
    let verified = ("federation-setup-claim-verified", "email_verified".to_owned());
    let wanted = connection.settings.requires_verified_email.then_some(verified);
    told.chain(wanted).map(|(key, names)| (page.t(key).into_owned(), names)).collect()
}
