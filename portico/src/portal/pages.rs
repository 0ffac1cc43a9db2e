use askama::Template;
use axum::response::Response;
use store::Tx;

use super::cards::{Group, group};
use super::queries;
use crate::mfa;
use crate::people::{self, Administrator};
use crate::platform::clock::Time;
use crate::platform::ids::ProductId;
use crate::platform::web::{Error, Moment, Page, html};
use crate::session::SignedIn;

/// More than this many and there is a search field.
const SEARCH_FROM: usize = 12;

#[derive(Template)]
#[template(path = "portal/portal.html")]
struct PortalPage {
    page: Page,
    name: String,
    groups: Vec<Group>,
    search: bool,
    /// A second factor is offered.
    offers_factor: bool,
}

#[derive(Template)]
#[template(path = "portal/no_sites.html")]
struct NoSitesPage {
    page: Page,
    helpers: Vec<Helper>,
    ask_action: String,
    asked: Option<Moment>,
}

/// Somebody who can change it.
pub struct Helper {
    pub name: String,
    pub role: String,
    pub email: String,
}

impl Helper {
    pub fn new(page: &Page, administrator: Administrator) -> Helper {
        let role =
            if administrator.license_owner { "portal-role-license-owner" } else { "portal-role-program-administrator" };
        Helper { name: administrator.name, role: page.t(role).into_owned(), email: administrator.email }
    }
}

/// `GET /`
pub async fn portal(person: SignedIn) -> Result<Response, Error> {
    let organization = &person.organization;
    let (entries, offers_factor) = person
        .visit
        .app
        .db
        .read("portal.entries", async |tx: &mut Tx| {
            let entries = queries::entries(tx, &organization.id, &person.account, None).await?;
            Ok::<_, store::Error>((entries, mfa::is_offered(tx, &person).await?))
        })
        .await?;
    if entries.is_empty() {
        return no_sites(&person).await;
    }
    let search = entries.len() > SEARCH_FROM;
    let groups = group(entries, &organization.time_zone, person.visit.app.clock.now());
    html(&PortalPage { page: person.page(), name: person.name.clone(), groups, search, offers_factor })
}

async fn no_sites(person: &SignedIn) -> Result<Response, Error> {
    let page = person.page();
    let (helpers, asked) = who_can_help(person, &page, None).await?;
    html(&NoSitesPage { page, helpers, ask_action: "/access-requests".into(), asked })
}

/// The administrators, and when they were asked for this.
pub async fn who_can_help(
    person: &SignedIn,
    page: &Page,
    product: Option<&ProductId>,
) -> Result<(Vec<Helper>, Option<Moment>), Error> {
    let (administrators, asked, now) = person
        .visit
        .app
        .db
        .read("portal.helpers", async |tx: &mut Tx| {
            let administrators = people::administrators_of(tx, &person.organization.id).await?;
            Ok::<_, store::Error>((administrators, queries::asked(tx, &person.account, product).await?, Time(tx.now())))
        })
        .await?;
    let reachable = administrators.into_iter().filter(|administrator| !administrator.unproved);
    let helpers = reachable.map(|administrator| Helper::new(page, administrator)).collect();
    Ok((helpers, asked.map(|asked| Moment::new(asked, &person.organization.time_zone, now))))
}
