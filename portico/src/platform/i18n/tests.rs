use std::collections::BTreeSet;

use super::*;

const SAMPLE: &[Source] = &[
    (
        "en",
        &[
            ("a", "-brand = Portico\nhello = Welcome to { -brand }\nuntil = Locked until { $until }\n"),
            (
                "b",
                "sites = { $count ->\n    [one] one site\n   *[other] { $count } sites\n }\nfield = Email\n    .hint = Your work address\n",
            ),
        ],
    ),
    ("fr", &[("a", "hello = Bienvenue\n")]),
];

fn sample(mark: Mark) -> Locales {
    Locales::read(SAMPLE, mark)
}

#[test]
fn messages_are_found_by_key_and_take_arguments_as_they_are() {
    let words = sample(Mark::None).words("en");
    assert_eq!(words.t("hello"), "Welcome to Portico");
    assert!(matches!(words.t("hello"), Cow::Borrowed(_)));
    assert_eq!(words.t("field.hint"), "Your work address");
    assert_eq!(words.with("until", &[("until", "007")]), "Locked until 007");
    assert_eq!(words.counted("sites", 1, &[]), "one site");
    assert_eq!(words.counted("sites", 12, &[]), "12 sites");
}

#[test]
fn a_missing_key_shows_itself() {
    let words = sample(Mark::None).words("en");
    assert_eq!(words.t("nothing"), "nothing");
    assert_eq!(words.t("until"), "until");
    assert_eq!(words.with("field.nothing", &[]), "field.nothing");
    assert_eq!(words.with("-brand", &[]), "-brand");
}

#[test]
fn a_region_is_served_by_its_language_and_an_unknown_language_by_the_first() {
    let locales = sample(Mark::None);
    assert_eq!(locales.words("fr-CA").lang(), "fr");
    assert_eq!(locales.words("FR").t("hello"), "Bienvenue");
    assert_eq!(locales.words("xx").lang(), "en");
    assert_eq!(locales.words("").lang(), "en");
}

#[test]
fn of_several_languages_the_first_that_there_is_is_spoken() {
    let locales = sample(Mark::None);
    let best = |wanted: &[&str]| {
        let wanted: Vec<String> = wanted.iter().map(|tag| (*tag).to_owned()).collect();
        locales.best(&wanted).map(|words| words.lang())
    };
    assert_eq!(best(&["es", "fr-CA", "en"]), Some("fr"));
    assert_eq!(best(&["EN-us", "fr"]), Some("en"));
    assert_eq!((best(&["xx"]), best(&[])), (None, None));
}

#[test]
fn the_pseudo_language_marks_every_message() {
    let words = sample(Mark::Brackets).words("en");
    assert_eq!(words.t("hello"), "⟦Welcome to Portico⟧");
    assert_eq!(words.with("until", &[("until", "noon")]), "⟦Locked until noon⟧");
}

#[test]
fn the_keyed_language_names_every_message() {
    let words = sample(Mark::Key).words("en");
    assert_eq!(words.t("hello"), "[[hello]]Welcome to Portico");
    assert_eq!(words.with("until", &[("until", "noon")]), "[[until]]Locked until noon");
}

#[test]
fn words_are_shared_between_threads() {
    let words = sample(Mark::None).words("en");
    let other = words.clone();
    let text = std::thread::spawn(move || other.counted("sites", 2, &[])).join().unwrap();
    assert_eq!(text, words.counted("sites", 2, &[]));
}

#[test]
fn the_embedded_files_have_no_fault_and_every_language_has_every_message() {
    let mut all: Vec<(&str, BTreeSet<String>)> = Vec::new();
    for source in embedded::LANGUAGES {
        let (_, faults) = Language::read(source, Mark::None);
        assert_eq!(faults, Vec::<String>::new());
        let files = source.1.iter().map(|(_, text)| FluentResource::try_new((*text).to_owned()).ok().unwrap());
        let keys = files.flat_map(|file| file.entries().flat_map(keys_of).collect::<Vec<_>>()).collect();
        all.push((source.0, keys));
    }
    for (tag, keys) in &all {
        assert_eq!(keys, &all[0].1, "{tag}");
    }
}
