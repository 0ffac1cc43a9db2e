use super::member::{Member, Person, Tokens};
use super::sessions::{Sessions, Waiting};
use super::sheets::SHEETS;
use crate::demo::data::PRODUCTS;
use crate::platform::clock::Time;

const NOW: Time = Time(1_800_000_000_000_000);
const LATER: Time = Time(NOW.0 + 3 * 3_600_000_000);

fn waiting(state: &str, since: Time) -> Waiting {
    Waiting { state: state.into(), nonce: "n".into(), verifier: "v".into(), page: "/", since }
}

fn member(sub: &str, sid: &str) -> Member {
    let tokens = Tokens { access: "a".into(), expires_at: LATER, refresh: "r".into(), id: "i".into() };
    Member { sub: sub.into(), sid: Some(sid.into()), tokens, person: Person::default(), menu: None }
}

#[test]
fn every_page_leads_to_pages_that_are_there() {
    for sheet in SHEETS {
        assert!(PRODUCTS.iter().any(|product| product.slug == sheet.product), "{}", sheet.product);
        for row in sheet.rows {
            assert_eq!(row.cells.len(), sheet.columns.len(), "{}", sheet.path);
            assert!(row.page.is_none_or(|page| super::sheets::find(sheet.product, page).is_some()), "{:?}", row.page);
        }
    }
    for product in PRODUCTS {
        assert!(super::sheets::find(product.slug, "/").is_some());
    }
}

#[test]
fn an_answer_is_taken_once_in_its_own_browser_and_in_its_time() {
    let sessions = Sessions::default();
    sessions.wait("mine", waiting("one", NOW));
    sessions.wait("mine", waiting("two", NOW));
    assert!(sessions.take("another", "one", NOW).is_none());
    assert!(sessions.take("mine", "three", NOW).is_none());
    assert!(sessions.take("mine", "one", NOW).is_some());
    assert!(sessions.take("mine", "one", NOW).is_none());
    assert!(sessions.take("mine", "two", LATER).is_none(), "too late");
    for number in 0..20 {
        sessions.wait("many", waiting(&number.to_string(), NOW));
    }
    assert!(sessions.take("many", "11", NOW).is_none() && sessions.take("many", "12", NOW).is_some());
}

#[test]
fn whoever_signs_in_gets_another_cookie_and_the_other_tabs_go_on() {
    let sessions = Sessions::default();
    sessions.wait("before", waiting("other tab", NOW));
    sessions.seat("before", "after", member("omar", "s1"), NOW);
    assert!(sessions.seated("before", NOW).is_none() && sessions.seated("after", NOW).is_some());
    assert!(sessions.take("after", "other tab", NOW).is_some());
    sessions.leave("after");
    assert!(sessions.seated("after", NOW).is_none());
}

#[test]
fn a_logout_token_ends_the_session_it_names_or_all_of_the_person() {
    let sessions = Sessions::default();
    for (cookie, sub, sid) in [("a", "omar", "s1"), ("b", "omar", "s2"), ("c", "mia", "s3")] {
        sessions.seat("", cookie, member(sub, sid), NOW);
    }
    assert_eq!(sessions.end(Some("mia"), Some("s1")), 0, "another person's session");
    assert_eq!(sessions.end(Some("omar"), Some("s1")), 1);
    assert!(sessions.seated("a", NOW).is_none() && sessions.seated("b", NOW).is_some());
    assert_eq!(sessions.end(Some("omar"), None), 1);
    assert_eq!(sessions.end(None, Some("s3")), 1);
}
