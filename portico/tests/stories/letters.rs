//! Every mail there is, in every state, as its reader gets it.
//!
//! `tests/letters/<kind>/<state>.json` holds a letter's facts, as the outbox does, and `<state>.snap` the mail made of them.
//! `UPDATE_LETTERS=1` writes the snapshots anew: look at the difference before it is committed. Spanish and French have one file
//! each, `tests/letters/es.txt` and `fr.txt`, with the text of every letter.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use portico::app::letters;
use portico::platform::clock::Clock;
use portico::platform::entropy::Entropy;
use portico::platform::i18n::{Locales, Words};
use portico::platform::keys::Keys;
use portico::platform::mail::{Desk, Letterhead, Proof, proof};
use scraper::Html;

use crate::stories;
use crate::support::html::{all, links, squeeze, text_of, visible};
use crate::support::world::{PUBLIC_URL, SENDER, START};

const OMAR: &str = "omar@riverside.example";

struct Sample {
    name: String,
    snapshot: PathBuf,
    proof: Proof,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

fn desk(words: Words) -> Desk {
    let letterhead = Letterhead {
        from: SENDER.parse().unwrap(),
        bounces_to: None,
        brand: "Portico".into(),
        accent: "#0b5d6e".into(),
        on_accent: "#ffffff".into(),
        support: Some("+1 555 0100, help@portico.example".into()),
        public_url: PUBLIC_URL.into(),
        time_zone: jiff::tz::TimeZone::UTC,
    };
    let keys = Keys::new(&[7; 32], Entropy::new(Clock::fake(START)));
    Desk::new(Arc::new(letterhead), words, keys, Some("America/Chicago"), START)
}

fn samples() -> Vec<Sample> {
    samples_in(&Locales::embedded().words("en"))
}

/// Of every language.
fn all_samples() -> Vec<Sample> {
    let locales = Locales::embedded();
    let named = |language: &str, one: Sample| Sample { name: format!("{} in {language}", one.name), ..one };
    let of = |language| samples_in(&locales.words(language)).into_iter().map(move |one| named(language, one));
    locales.languages().flat_map(of).collect()
}

/// Each sample's name, and its mail made of words that name themselves.
pub fn keyed_samples() -> Vec<(String, String)> {
    let told = |sample: Sample| (sample.name, format!("{}{}", sample.proof.subject, sample.proof.html));
    samples_in(&Locales::keyed().words("en")).into_iter().map(told).collect()
}

/// The keys of all words that mails are made of.
pub fn words_of_mails() -> BTreeSet<String> {
    let pages = ["notice-page-", "notice-done-", "notice-expired-", "notice-unknown-"];
    let files = [include_str!("../../locales/en/mail.ftl"), include_str!("../../locales/en/notices.ftl")];
    let keys = files.into_iter().flat_map(str::lines).filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()));
    keys.filter(|key| !key.starts_with('#') && pages.iter().all(|page| !key.starts_with(page))).collect()
}

fn samples_in(words: &Words) -> Vec<Sample> {
    let mut samples = Vec::new();
    for kind in entries(&folder()).into_iter().filter(|path| path.is_dir()) {
        for facts in entries(&kind).into_iter().filter(|path| path.extension().is_some_and(|end| end == "json")) {
            let name = format!("{}/{}", name(&kind), name(&facts));
            let text = fs::read_to_string(&facts).unwrap();
            let proof = proof(&letters(), kind.file_name().unwrap().to_str().unwrap(), &text, &desk(words.clone()));
            let proof = proof.unwrap_or_else(|why| panic!("{name}: {why}"));
            samples.push(Sample { name, snapshot: facts.with_extension("snap"), proof });
        }
    }
    samples
}

#[test]
fn every_kind_of_mail_has_a_sample_and_every_sample_a_kind() {
    let kinds: BTreeSet<String> = letters().kinds().map(str::to_owned).collect();
    let sampled: BTreeSet<String> =
        samples().iter().filter_map(|one| Some(one.name.split_once('/')?.0.to_owned())).collect();
    assert_eq!(kinds, sampled, "put the facts of each state into portico/tests/letters/<kind>/<state>.json");
}

#[test]
fn every_mail_reads_as_its_snapshot() {
    let update = std::env::var_os("UPDATE_LETTERS").is_some();
    let mut different = Vec::new();
    for sample in samples() {
        let Proof { subject, preview, text, html } = &sample.proof;
        let mail = format!("Subject: {subject}\nPreview: {preview}\n\n=== text\n{text}\n=== html\n{html}\n");
        if update {
            fs::write(&sample.snapshot, &mail).unwrap();
        } else if fs::read_to_string(&sample.snapshot).unwrap_or_default() != mail {
            different.push(sample.name);
        }
    }
    assert!(different.is_empty(), "other than their snapshots (UPDATE_LETTERS=1 writes them anew): {different:#?}");
}

#[test]
fn every_mail_in_another_language_reads_as_its_snapshot() {
    for language in ["es", "fr"] {
        let told = |Sample { name, proof, .. }: Sample| {
            format!("=== {name}\nSubject: {}\nPreview: {}\n\n{}\n", proof.subject, proof.preview, proof.text)
        };
        let text: String = samples_in(&Locales::embedded().words(language)).into_iter().map(told).collect();
        let snapshot = folder().join(format!("{language}.txt"));
        if std::env::var_os("UPDATE_LETTERS").is_some() {
            fs::write(&snapshot, &text).unwrap();
        }
        let same = fs::read_to_string(&snapshot).unwrap_or_default() == text;
        assert!(same, "{language}: other than its snapshot (UPDATE_LETTERS=1 writes it anew)");
    }
}

#[test]
fn both_forms_of_a_mail_say_the_same() {
    for Sample { name, proof, .. } in all_samples() {
        let page = Html::parse_document(&proof.html);
        let plain = squeeze(&proof.text);
        for (_, url) in links(&page) {
            assert!(plain.contains(&url), "{name}: the text lacks {url}");
        }
        for element in all(&page, "h1, p, li, td span, a") {
            let words = text_of(element);
            assert!(words.is_empty() || plain.contains(&words), "{name}: the text lacks {words:?}");
        }
        assert!(proof.text.lines().all(|line| line.trim_end() == line), "{name}: space at the end of a line");
    }
}

#[test]
fn no_mail_fetches_anything_or_leads_elsewhere() {
    for Sample { name, proof, .. } in samples() {
        for fetched in ["<img", "<script", "<link", "<iframe", "src=", "url(", "@import", "background=\""] {
            assert!(!proof.html.contains(fetched), "{name}: {fetched}");
        }
        for (text, url) in links(&Html::parse_document(&proof.html)) {
            let ours = url.strip_prefix(PUBLIC_URL).is_some_and(|path| path.starts_with('/'));
            // Where a product still opens at its own address, as the operator has configured it.
            let old = url.starts_with("https://old.");
            assert!(ours || old || url.starts_with("mailto:"), "{name}: {text} leads to {url}");
        }
        assert!(proof.html.len() < 20_000, "{name}: {} bytes", proof.html.len());
    }
}

#[test]
fn every_mail_is_whole_and_in_words() {
    for Sample { name, proof, .. } in all_samples() {
        let Proof { subject, preview, html, text } = &proof;
        assert!((10..=78).contains(&subject.chars().count()), "{name}: {subject}");
        assert!(!preview.is_empty() && preview != subject, "{name}: {preview}");
        let shown = visible(&Html::parse_document(html));
        for text in [subject, preview, text, &shown] {
            let key = text.split_whitespace().find(|word| word.starts_with("mail-") || word.starts_with("notice-"));
            assert_eq!(key, None, "{name} shows a key instead of words");
            assert!(!text.contains("{ $") && !text.contains("{$"), "{name}: {text}");
        }
        assert!(shown.contains("+1 555 0100"), "{name}: whom to ask");
    }
}

/// A phone in dark mode turns what it knows how to turn: an element with a color of its own has a class that says which.
#[test]
fn every_color_has_its_dark_twin() {
    for Sample { name, proof, .. } in samples() {
        let page = Html::parse_document(&proof.html);
        for element in all(&page, "body, body [style]").into_iter().filter(|one| one.value().name() != "a") {
            let style = element.attr("style").unwrap_or_default();
            let classes: Vec<&str> = element.value().classes().collect();
            let wants = [("background:", ["paper", "sheet"]), ("color:", ["ink", "soft"])];
            for (property, twins) in wants {
                let set = style.split(';').any(|one| one.starts_with(property) && one.contains('#'));
                assert!(!set || twins.iter().any(|twin| classes.contains(twin)), "{name}: {property} in {style}");
            }
        }
        for class in ["paper", "sheet", "ink", "soft", "rule"] {
            assert!(proof.html.contains(&format!("\n.{class} {{")), "{name}: .{class} has no dark twin");
        }
    }
}

stories! {
    async fn a_mail_carries_what_keeps_answering_machines_quiet_and_nothing_more(app: TestApp) {
        app.browser().ask_for_reset(OMAR).await;
        let mail = app.mail_to(OMAR).await;
        let (head, _) = mail.raw.split_once("\r\n\r\n").unwrap();
        let mut names: Vec<String> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap().to_lowercase())
            .collect();
        names.sort();
        let wanted = [
            "auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to",
            "x-auto-response-suppress",
        ];
        assert_eq!(names, wanted, "no list, no receipt, no precedence, no program's name");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        // All of them but NDR: what cannot be delivered shall come back.
        assert!(head.contains("X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply"), "{head}");
        assert_eq!(mail.from, "bounces@portico.example", "who gets it back");
        assert!(head.contains("From: Portico <no-reply@portico.example>") || head.contains("From: \"Portico\" <no-reply@portico.example>"), "{head}");
    }
}
