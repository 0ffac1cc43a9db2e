//! From rows of the trail to lines of the page.

use std::collections::HashMap;

use store::{Error, Tx};

use super::rules::{About, NotMe, Part, Telling, came_to_something, part, telling_of};
use crate::audit::{self, Place, Told};
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;
use crate::platform::web::{Moment, Page};
use crate::session::SignedIn;

/// Lines of a page.
const LINES: usize = 25;
/// Rows that are read at once, and for a page at most.
const BATCH: i64 = 200;
const BATCHES: usize = 5;

/// One thing that happened, in words.
pub(super) struct Line {
    pub what: String,
    pub at: Moment,
    pub by: Option<String>,
    pub browser: Option<String>,
    pub address: Option<String>,
    /// Where it is ended, if it was somebody else.
    pub not_me: Option<&'static str>,
}

impl Line {
    pub fn of(
        row: &Told,
        person: &SignedIn,
        page: &Page,
        parts: &HashMap<AccountId, Part>,
        names: &HashMap<String, String>,
    ) -> Option<Line> {
        let (Telling::Line { key, about, not_me } | Telling::Step { key, about, not_me }) = told(row)? else {
            return None;
        };
        Some(Line {
            what: what(page, key, about, row, names),
            at: Moment::new(row.at, &person.organization.time_zone, person.visit.app.clock.now()),
            by: part(&row.doer, parts)
                .key()
                .map(|key| page.with(key, &[("organization", &person.organization.name), ("brand", &page.brand.name)])),
            browser: row.browser().map(str::to_owned),
            address: row.address.clone(),
            not_me: not_me.map(NotMe::path),
        })
    }
}

fn what(page: &Page, key: &str, about: About, row: &Told, names: &HashMap<String, String>) -> String {
    match about {
        About::Nothing => page.t(key).into_owned(),
        About::Client => {
            let name = row.detail("client").map(|client| names.get(client).map_or(client, String::as_str));
            page.with(key, &[("client", name.unwrap_or("–"))])
        }
        About::Version => page.with(key, &[("version", row.detail("version").unwrap_or("–"))]),
    }
}

/// The rows of one page, and where the next one begins. What is silent, and the steps of a sign-in that came to something, take no
/// line: a page reads on behind them, so that none of them is left over for the next one, which would not see how it ended.
pub(super) async fn read(
    tx: &mut Tx,
    account: &AccountId,
    since: Time,
    before: &Place,
) -> Result<(Vec<Told>, Option<Place>), Error> {
    let mut page: Vec<Told> = Vec::new();
    let mut place = before.clone();
    for _ in 0..BATCHES {
        let rows = audit::told_of(tx, account, since, &place, BATCH).await?;
        let is_last = rows.len() < usize::try_from(BATCH).unwrap_or(0);
        // A step may lie in this batch, and its end at the end of the last one.
        let ends: Vec<Told> = page.iter().chain(&rows).filter(|row| is_end(row)).cloned().collect();
        for row in rows {
            let takes_a_line = match told(&row) {
                Some(Telling::Line { .. }) => true,
                Some(Telling::Step { .. }) => !came_to_something(&row, &ends),
                Some(Telling::Silent) | None => false,
            };
            if takes_a_line && page.len() == LINES {
                return Ok((page, Some(place)));
            }
            place = row.place();
            if takes_a_line {
                page.push(row);
            }
        }
        if is_last {
            return Ok((page, None));
        }
    }
    Ok((page, Some(place)))
}

/// `None`: another version wrote it.
fn told(row: &Told) -> Option<Telling> {
    row.event.map(|event| telling_of(event, row.detail("why")))
}

fn is_end(row: &Told) -> bool {
    matches!(row.event, Some(audit::Event::SessionStarted | audit::Event::PasswordChanged))
}
