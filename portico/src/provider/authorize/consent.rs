//! Asking a person before a third party is told who they are (security.md C11, ASVS 10.7.2).

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use oidc::Scope;
use oidc::error::{ErrorCode, Refusal};
use serde::Deserialize;
use serde_json::json;
use store::Tx;

use super::{Asked, Judged, Problem, pages, queries, refused_at, waiting};
use crate::audit::{self, Event};
use crate::platform::web::{Error, Page, Visit, html};
use crate::products::Mark;
use crate::provider::claims::told_by;
use crate::session::{OwnForm, SignedIn};
use crate::sign_in::AuthorizationId;

#[derive(Template)]
#[template(path = "provider/authorize/consent.html")]
struct ConsentPage {
    page: Page,
    client: String,
    mark: Mark,
    /// It belongs to somebody else; otherwise it is one of our own that wants to ask, or a program on the person's machine.
    third_party: bool,
    /// Where its answer will go, so that a name alone does not convince anybody.
    host: String,
    /// What it gets, in words.
    gets: Vec<String>,
    action: String,
}

#[derive(Deserialize)]
pub struct Decision {
    #[serde(default)]
    answer: String,
}

/// What each scope means to a person.
const MEANINGS: [(&str, &str); 6] = [
    ("openid", "provider-consent-openid"),
    ("profile", "provider-consent-profile"),
    ("email", "provider-consent-email"),
    ("access", "provider-consent-access"),
    ("products", "provider-consent-products"),
    ("offline_access", "provider-consent-offline"),
];

/// What a scope means to a person, as keys of words.
pub fn meanings(scope: &Scope) -> Vec<&'static str> {
    MEANINGS.iter().filter(|(word, _)| scope.contains(word)).map(|(_, key)| *key).collect()
}

pub fn page(person: &SignedIn, asked: &Asked, id: AuthorizationId) -> Result<Response, Error> {
    let page = person.page();
    let scope = told_by(&asked.request, &asked.client.client.scope);
    let gets = meanings(&scope).into_iter().map(|key| page.t(key).into_owned());
    let redirect = &asked.request.redirect_uri;
    let host = redirect.split_once("://").map_or(redirect.as_str(), |(_, rest)| rest);
    html(&ConsentPage {
        gets: gets.collect(),
        client: asked.client.name.clone(),
        mark: asked.client.mark.clone(),
        third_party: asked.client.third_party,
        host: host.split(['/', '?']).next().unwrap_or_default().to_owned(),
        action: format!("{}/consent", waiting::address(id)),
        page,
    })
}

/// `POST /oauth2/authorize/{id}/consent`
pub async fn decide(
    visit: Visit,
    person: Option<SignedIn>,
    Path(id): Path<String>,
    decision: OwnForm<Decision>,
) -> Result<Response, Error> {
    let asked = match waiting::open_here(&visit, &id).await? {
        Some(Judged::Good(asked)) => *asked,
        _ => return pages::problem(&visit, Problem::Gone),
    };
    // Where the session has ended while the page was open, signing in anew leads back to it.
    // What somebody was asked nobody else answers: it is asked again.
    let answered = person.and_then(|person| Some((decision.of(&person)?.answer, person)));
    if let Some((answer, person)) = answered {
        if answer != "allow" {
            let denied = Refusal::new(ErrorCode::AccessDenied, "the person has declined");
            return visit.onward(&refused_at(&visit.app, &asked, denied));
        }
        give(&person, &asked).await?;
    }
    // Asked again like any other: what else is missing is still missing.
    waiting::again(&visit, &asked)
}

async fn give(person: &SignedIn, asked: &Asked) -> Result<(), Error> {
    let (app, client) = (&person.visit.app, asked.client.id());
    let scope = told_by(&asked.request, &asked.client.client.scope);
    app.db
        .write("provider.consent", async |tx: &mut Tx| {
            queries::give_consent(tx, &person.account, client, &scope).await?;
            let entry = audit::Entry {
                organization: Some(&person.organization.id),
                details: json!({ "client": client, "scope": scope.to_string() }),
                ..audit::Entry::by(Event::ConsentGranted, &person.account)
            };
            audit::record(tx, &app.entropy, entry.from(&person.visit)).await
        })
        .await?;
    Ok(())
}
