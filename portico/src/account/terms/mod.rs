//! Terms accepted: which versions, when, and how each read, as far as that is kept. Whoever has not accepted a text cannot read it
//! here.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use data_encoding::HEXLOWER;
use store::Tx;

use crate::app::App;
use crate::platform::web::{Error, Moment, Page, html};
use crate::session::SignedIn;
use crate::terms::{self, Accepted};

const HERE: &str = "/account/terms";

pub fn routes() -> Router<App> {
    Router::new().route(HERE, get(list)).route("/account/terms/{text}", get(text))
}

struct Line {
    version: String,
    at: Moment,
    /// Where it can be read.
    url: Option<String>,
    /// It is what people accept today.
    today: bool,
}

#[derive(Template)]
#[template(path = "account/terms/terms.html")]
struct TermsPage {
    page: Page,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "account/terms/text.html")]
struct TextPage {
    page: Page,
    version: String,
    at: Moment,
    paragraphs: Vec<String>,
}

/// `GET /account/terms`
async fn list(person: SignedIn) -> Result<Response, Error> {
    let today = person.visit.app.terms.as_ref();
    let line = |accepted: Accepted| {
        let today = today.is_some_and(|terms| accepted.is_of(terms));
        let url = (today || accepted.is_kept).then(|| format!("{HERE}/{}", HEXLOWER.encode(&accepted.hash)));
        Line { at: moment(&person, &accepted), version: accepted.version, url, today }
    };
    let read = async |tx: &mut Tx| terms::accepted(tx, &person.account).await;
    let accepted = person.visit.app.db.read("account.terms", read).await?;
    html(&TermsPage { page: person.page(), lines: accepted.into_iter().map(line).collect() })
}

/// `GET /account/terms/{text}`: by the hash of what was accepted.
async fn text(person: SignedIn, Path(text): Path<String>) -> Result<Response, Error> {
    let app = &person.visit.app;
    let read = async |tx: &mut Tx| {
        let accepted = terms::accepted(tx, &person.account).await?;
        let Some(one) = accepted.into_iter().find(|one| HEXLOWER.encode(&one.hash) == text) else { return Ok(None) };
        let paragraphs = terms::read(tx, &one, app.terms.as_ref()).await?;
        Ok::<_, store::Error>(paragraphs.map(|paragraphs| (one, paragraphs)))
    };
    let (accepted, paragraphs) = app.db.read("account.terms_text", read).await?.ok_or(Error::NotFound)?;
    let at = moment(&person, &accepted);
    html(&TextPage { page: person.page(), version: accepted.version, at, paragraphs })
}

fn moment(person: &SignedIn, accepted: &Accepted) -> Moment {
    Moment::new(accepted.at, &person.organization.time_zone, person.visit.app.clock.now())
}
