use super::list::{Item, Reader, Site, items};
use crate::platform::clock::Time;
use crate::platform::i18n::Locales;
use crate::platform::ids::ProductId;
use crate::portal::Entry;

const NOW: Time = Time(1_800_000_000_000_000);
const BEFORE: Option<Time> = Some(Time(NOW.0 - 1));
const AFTER: Option<Time> = Some(Time(NOW.0 + 86_400_000_000));

fn site(name: &str) -> Site {
    Site { id: name.into(), name: name.into() }
}

fn shown(entries: Vec<Entry>) -> Vec<Item> {
    let words = Locales::embedded().words("en");
    let bed = ProductId::from("Bed");
    let reader =
        Reader { public_url: "https://door.example", words: &words, zone: "UTC", now: NOW, current: Some(&bed) };
    items(entries, &reader)
}

#[test]
fn a_product_stands_there_once_by_name_with_its_sites_and_leads_to_the_one_used_last() {
    let used = Entry { last_opened_at: BEFORE, ..Entry::of("Bed", Some("Main")) };
    let tracer = [Entry::of("Tracer", Some("East")), Entry::of("Tracer", None)];
    let others = [Entry::of("Bed", Some("East")), used, Entry::of("desk", Some("East"))];
    let items = shown(tracer.into_iter().chain(others).collect());
    let names: Vec<_> = items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["Bed", "desk", "Tracer"]);
    let [bed, desk, tracer] = items.as_slice() else { panic!() };
    assert_eq!(bed.sites, [site("East"), site("Main")]);
    assert_eq!(bed.url.as_deref(), Some("https://door.example/open/Bed-Main"));
    assert!(!bed.all_sites && tracer.all_sites && tracer.sites.is_empty(), "all sites are said in a word");
    assert_eq!((bed.logo_url.as_deref(), bed.initials.as_str()), (None, "B"));
    assert!(bed.current && !desk.current && !tracer.current);
}

#[test]
fn a_logo_is_told_where_it_can_be_fetched_from_and_what_opens_from_menus_only_is_in_them() {
    let items = shown(vec![Entry { logo: Some("ab12".into()), menu_only: true, ..Entry::of("Bed", None) }]);
    assert_eq!(items[0].logo_url.as_deref(), Some("https://door.example/logos/ab12.png"));
}

#[test]
fn what_has_not_moved_leads_to_where_it_is_and_what_has_ended_to_who_can_help() {
    let old = || Some("https://old.example/".to_owned());
    let legacy = Entry { move_state: Some("legacy".into()), old_url: old(), ..Entry::of("Bed", None) };
    let moves =
        Entry { move_state: Some("scheduled".into()), moves_at: AFTER, old_url: None, ..Entry::of("Desk", None) };
    let ended = Entry { licensed_until: BEFORE, ..Entry::of("Tracer", None) };
    let items = shown(vec![legacy, moves, ended]);
    let told: Vec<_> = items.iter().map(|item| (item.state, item.url.as_deref(), item.note.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("legacy", Some("https://old.example/"), Some("Not moved here yet")),
            ("scheduled", None, Some("Moves here 2027-01-16 08:00 UTC")),
            ("ended", Some("https://door.example/open/Tracer-all"), Some("License ended")),
        ]
    );
    assert_eq!(items[1].moves_at.as_deref(), Some("2027-01-16T08:00:00Z"));
}

/// What every product's page loads: a change that makes it heavy is noticed here.
#[test]
fn the_script_stays_small_and_writes_no_markup() {
    let script = include_str!("switcher.js");
    assert!(script.len() <= 10 * 1024, "{} bytes", script.len());
    let zipped = crate::platform::web::gzip(script.as_bytes()).len();
    assert!(zipped <= 3584, "{zipped} bytes compressed");
    for banned in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "fetch(",
        "XMLHttpRequest",
        "cookie",
        "localStorage",
        "style=\"",
    ] {
        assert!(!script.contains(banned), "{banned}");
    }
}
