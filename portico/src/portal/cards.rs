//! From access rows to what the page shows: pure.

use crate::platform::clock::Time;
use crate::platform::ids::ProductId;
use crate::platform::web::Moment;
use crate::products::Mark;

/// One way to use a product: an access row with what decides about it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub access: String,
    pub product: String,
    pub line: String,
    pub site: Option<String>,
    pub last_opened_at: Option<Time>,
    /// Whether the organization has a license for it at all, and when that ends or ended.
    pub licensed_from: Option<Time>,
    pub licensed_until: Option<Time>,
    pub move_state: Option<String>,
    pub moves_at: Option<Time>,
    pub old_url: Option<String>,
    pub product_id: ProductId,
    pub slug: String,
    pub site_id: Option<String>,
    /// The id of its logo, if it has one.
    pub logo: Option<String>,
    /// It opens from other products' menus only.
    pub menu_only: bool,
}

/// Whether a product can be opened, and if not why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    /// The organization's license has ended, or has not begun.
    Ended,
    /// The person still works at the product's old address.
    Scheduled,
    Legacy,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Ended => "ended",
            State::Scheduled => "scheduled",
            State::Legacy => "legacy",
        }
    }
}

impl Entry {
    /// One that opens, for tests: of a site, or of all.
    #[cfg(test)]
    pub fn of(product: &str, site: Option<&str>) -> Entry {
        Entry {
            access: format!("{product}-{}", site.unwrap_or("all")),
            product: product.into(),
            line: String::new(),
            site: site.map(str::to_owned),
            last_opened_at: None,
            licensed_from: Some(Time(0)),
            licensed_until: None,
            move_state: None,
            moves_at: None,
            old_url: None,
            product_id: product.into(),
            slug: product.into(),
            site_id: site.map(str::to_owned),
            logo: None,
            menu_only: false,
        }
    }

    pub fn state(&self, now: Time) -> State {
        match self.move_state.as_deref() {
            Some("legacy") => return State::Legacy,
            Some("scheduled") if self.moves_at.is_none_or(|at| at > now) => return State::Scheduled,
            _ => {}
        }
        let begun = self.licensed_from.is_some_and(|from| from <= now);
        let over = self.licensed_until.is_some_and(|until| until <= now);
        if begun && !over { State::Open } else { State::Ended }
    }
}

pub struct Card {
    pub name: String,
    pub line: String,
    pub site: Option<String>,
    pub mark: Mark,
    pub open_url: String,
    pub state: &'static str,
    pub at: Option<Moment>,
    pub old_url: Option<String>,
    pub last_used: Option<Moment>,
}

pub struct Group {
    pub site: Option<String>,
    pub cards: Vec<Card>,
}

/// Groups by site where there are several; within a group last used first, then by name. What opens from menus only is left
/// out.
pub fn group(mut entries: Vec<Entry>, zone: &str, now: Time) -> Vec<Group> {
    entries.retain(|entry| !entry.menu_only);
    entries.sort_by(|a, b| {
        (&a.site, std::cmp::Reverse(a.last_opened_at), &a.product).cmp(&(
            &b.site,
            std::cmp::Reverse(b.last_opened_at),
            &b.product,
        ))
    });
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        let card = card(&entry, zone, now);
        match groups.last_mut().filter(|group| group.site == entry.site) {
            Some(group) => group.cards.push(card),
            None => groups.push(Group { site: entry.site, cards: vec![card] }),
        }
    }
    groups
}

fn card(entry: &Entry, zone: &str, now: Time) -> Card {
    let state = entry.state(now);
    let at = match state {
        State::Ended => entry.licensed_until,
        State::Scheduled => entry.moves_at,
        State::Open | State::Legacy => None,
    };
    let moment = |time: Option<Time>| time.map(|time| Moment::new(time, zone, now));
    Card {
        mark: Mark::of(&entry.product, entry.logo.as_deref()),
        name: entry.product.clone(),
        line: entry.line.clone(),
        site: None,
        open_url: format!("/open/{}", entry.access),
        state: state.as_str(),
        at: moment(at),
        old_url: entry.old_url.clone(),
        last_used: moment(entry.last_opened_at),
    }
}
