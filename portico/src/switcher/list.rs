//! From access rows to what a menu shows: pure. The shape is a promise to products (docs/operate/product-menu.md).

use serde::Serialize;

use crate::platform::clock::Time;
use crate::platform::i18n::Words;
use crate::platform::ids::ProductId;
use crate::platform::web::Moment;
use crate::portal::{Entry, State};
use crate::products::Mark;

/// A site at which a product is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Site {
    pub id: String,
    pub name: String,
}

/// Everything a menu is made of.
#[derive(Debug, Serialize)]
pub struct List {
    pub products: Vec<Item>,
    /// All of this person's products, on a page of ours.
    pub portal_url: String,
    pub account_url: String,
    /// Where a product sends its person to sign out everywhere (RP-initiated logout).
    pub sign_out_url: String,
    pub script: ScriptTag,
    /// In the person's language, so that the script has no words of its own.
    pub words: MenuWords,
}

#[derive(Debug, Serialize)]
pub struct Item {
    pub id: ProductId,
    pub slug: String,
    pub name: String,
    pub line: String,
    pub logo_url: Option<String>,
    /// Where there is no logo, or it may not be shown.
    pub initials: String,
    /// `open`, `scheduled`, `legacy` or `ended`.
    pub state: &'static str,
    /// Whether it is the product that asks.
    pub current: bool,
    /// Where a click leads; where it has not moved here yet, to its old sign-in page, if that is known.
    pub url: Option<String>,
    /// With `scheduled`: when it moves here.
    pub moves_at: Option<String>,
    /// What the state means, told to the person.
    pub note: Option<String>,
    /// At every site of the organization, those to come included: a hospital group has hundreds, and they are not listed.
    pub all_sites: bool,
    pub sites: Vec<Site>,
}

/// The script in the version that fits this list, for products that pin it.
#[derive(Clone, Debug, Serialize)]
pub struct ScriptTag {
    pub url: String,
    pub integrity: String,
}

#[derive(Debug, Serialize)]
pub struct MenuWords {
    pub menu: String,
    pub current: String,
    pub portal: String,
}

impl MenuWords {
    pub fn of(words: &Words) -> MenuWords {
        let word = |key| words.t(key).into_owned();
        MenuWords { menu: word("switcher-menu"), current: word("switcher-current"), portal: word("switcher-portal") }
    }
}

/// For whom the list is, and where.
pub struct Reader<'a> {
    pub public_url: &'a str,
    pub words: &'a Words,
    /// Of the organization.
    pub zone: &'a str,
    pub now: Time,
    /// The product that asks, if it is one.
    pub current: Option<&'a ProductId>,
}

/// One item for each product, by name: a menu is found again by where things stand.
pub fn items(mut entries: Vec<Entry>, reader: &Reader<'_>) -> Vec<Item> {
    // Of one product the site used last comes first: that is where a click leads.
    entries.sort_by(|a, b| {
        let key = |entry: &Entry| (entry.product.to_lowercase(), entry.product_id.clone());
        (key(a), std::cmp::Reverse(a.last_opened_at), &a.access).cmp(&(
            key(b),
            std::cmp::Reverse(b.last_opened_at),
            &b.access,
        ))
    });
    let of_one = |a: &Entry, b: &Entry| a.product_id == b.product_id;
    entries.chunk_by(of_one).filter_map(|of_one| Some(item(of_one.first()?, sites_of(of_one), reader))).collect()
}

fn item(entry: &Entry, sites: Option<Vec<Site>>, reader: &Reader<'_>) -> Item {
    let state = entry.state(reader.now);
    let moves_at = entry.moves_at.filter(|_| state == State::Scheduled);
    let mark = Mark::of(&entry.product, entry.logo.as_deref());
    let moment = moves_at.map(|at| Moment::new(at, reader.zone, reader.now));
    Item {
        id: entry.product_id.clone(),
        slug: entry.slug.clone(),
        name: entry.product.clone(),
        line: entry.line.clone(),
        logo_url: mark.logo_url.map(|path| format!("{}{path}", reader.public_url)),
        initials: mark.initials,
        state: state.as_str(),
        current: reader.current == Some(&entry.product_id),
        url: match state {
            // A license that has ended is told on our page, with who can renew it.
            State::Open | State::Ended => Some(format!("{}/open/{}", reader.public_url, entry.access)),
            State::Scheduled | State::Legacy => entry.old_url.clone(),
        },
        note: note(state, moment.as_ref(), reader.words),
        moves_at: moment.map(|moment| moment.iso),
        all_sites: sites.is_none(),
        sites: sites.unwrap_or_default(),
    }
}

fn note(state: State, moves: Option<&Moment>, words: &Words) -> Option<String> {
    match (state, moves) {
        (State::Open, _) => None,
        (State::Ended, _) => Some(words.t("portal-ended").into_owned()),
        (State::Scheduled, Some(at)) => Some(words.with("switcher-moves", &[("day", &at.told(words))])),
        (State::Scheduled | State::Legacy, _) => Some(words.t("portal-legacy").into_owned()),
    }
}

/// Where one product is used; `None` is everywhere: access without a site is access at each of them.
fn sites_of(entries: &[Entry]) -> Option<Vec<Site>> {
    let site = |entry: &Entry| Some(Site { id: entry.site_id.clone()?, name: entry.site.clone()? });
    let mut sites: Vec<Site> = entries.iter().map(site).collect::<Option<_>>()?;
    sites.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    sites.dedup();
    Some(sites)
}
