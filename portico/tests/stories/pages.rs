//! What holds for every page, seen on a tour of all of them.

use portico::platform::i18n::Locales;

use crate::stories;
use crate::support::html::squeeze;
use crate::support::tour;
use crate::support::{Page, TestApp};

/// Everything that may stand on a page without being a word of ours: names, addresses, what the organization has said.
const DATA: &[&str] = &[
    "Portico",
    "+1 555 0100",
    "help@portico.example",
    "no-reply@portico.example",
    "Portico <no-reply@portico.example>",
    "portico.example",
    "omar@riverside.example",
    "nora@riverside.example",
    "dana@riverside.example",
    "lucia@riverside.example",
    "kim@northwind.example",
    "mia@riverside.example",
    "hugo@harbor.example",
    "Hugo Brandt, hugo@harbor.example",
    "max@northwind.example",
    "anna@riverside.example",
    "anna-riverside",
    "ada@lakeshore.example",
    "lee@lakeshore.example",
    "leo@lakeshore.example",
    "night@harbor.example",
    "harbor-night",
    "Omar Haddad",
    "Nora Lindqvist",
    "Mia Tanaka",
    "Kim Nakamura",
    "Max Vogel",
    "Dana Whitfield",
    "Lucia Moreno",
    "Dana Whitfield, dana@riverside.example",
    "Lucia Moreno, lucia@riverside.example",
    "Riverside Health",
    "Riverside service desk, extension 4711",
    "Lakeshore IT, it@lakeshore.example",
    "Main Campus",
    "East Clinic",
    "Bed Board",
    "Incident Desk",
    "Tracer",
    "BB",
    "ID",
    "Who has room, right now",
    "Run the day something happens",
    "Walk the ward, find what is missing",
    "Firefox, Linux",
    "My phone",
    "–",
    "iris@riverside.example",
    "vera@lakeshore.example",
    "lee-castillo",
    "lee.castillo@mail.example",
    "l•••@mail.example",
    "Vera Holm",
    "Root Operator",
    "Tomas Holm",
    "Lakeshore Hospital",
    "bed-board",
    "incident-desk",
    "bed-board.example",
    "Be kind.",
    "Tell nobody your password.",
];

/// What is left of a text when everything between ⟦ and ⟧ is taken away.
fn outside(text: &str) -> String {
    let mut depth = 0;
    let mut left = String::new();
    for c in text.chars() {
        match c {
            '⟦' => depth += 1,
            '⟧' => depth -= 1,
            _ if depth == 0 => left.push(c),
            _ => {}
        }
    }
    squeeze(&left)
}

fn is_data(text: &str) -> bool {
    let text = text.trim_matches([',', ':', ' ']);
    // Without a logo, the mark on a product's tile is the first letter of each word.
    text.is_empty() || DATA.contains(&text) || text.chars().count() == 1
}

/// Texts of a page, its title and its spoken labels that did not come from the files of words.
fn hard_coded(page: &Page) -> Vec<String> {
    let shown =
        page.texts().into_iter().filter(|(element, _)| !matches!(element.as_str(), "time" | "code" | "textarea"));
    let mut texts: Vec<String> = shown.map(|(_, text)| text).collect();
    texts.push(page.title().replace("– Portico", ""));
    for name in [
        "aria-label",
        "alt",
        "title",
        "placeholder",
        "data-words",
        "data-twice",
        "data-show",
        "data-hide",
        "data-short",
    ] {
        texts.extend(page.attributes(&format!("[{name}]"), name));
    }
    texts.into_iter().map(|text| outside(&text)).filter(|left| !is_data(left)).collect()
}

const HEADERS: [(&str, &str); 8] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=63072000"),
    ("content-type", "text/html; charset=utf-8"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

#[track_caller]
fn assert_well_formed(name: &str, page: &Page) {
    for (header, value) in HEADERS {
        assert_eq!(page.header(header), value, "{name}: {header}");
    }
    let policy = page.header("content-security-policy");
    for wanted in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(wanted), "{name}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{name}: {policy}");
    assert_eq!(page.texts_of("h1").len(), 1, "{name}: one heading of the first order");
    assert!(page.title().ends_with("– Portico") && page.title().len() > 15, "{name}: {}", page.title());
    assert_eq!(page.attributes("html", "lang"), ["en"], "{name}");
    assert_eq!(page.attributes("main", "id"), ["main"], "{name}");
    assert!(page.attributes("[style], [onclick], [onload]", "class").is_empty(), "{name}: no inline style or script");
    assert!(page.texts_of("script").concat().is_empty(), "{name}: no inline script");
    for address in page.attributes("script, link, img", "src").iter().chain(&page.attributes("link", "href")) {
        // A QR code is a picture in its own address: nothing is fetched for it.
        let ours = address.starts_with('/') || address.starts_with("data:image/svg+xml;base64,");
        assert!(ours, "{name}: {address} is somebody else's");
    }
    labelled(name, page);
}

/// Every field has a label, and every id is there once.
#[track_caller]
fn labelled(name: &str, page: &Page) {
    let ids = page.attributes("[id]", "id");
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{name}: the id {id} stands there twice");
    }
    let labels = page.attributes("label[for]", "for");
    for field in page.attributes(
        "input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([aria-hidden]), select, textarea",
        "id",
    ) {
        assert!(labels.contains(&field), "{name}: the field {field} has no label");
    }
    for described in page.attributes("[aria-describedby]", "aria-describedby") {
        for id in described.split_whitespace() {
            assert!(ids.iter().any(|one| one == id), "{name}: nothing has the id {id}");
        }
    }
    assert_eq!(page.problem().is_some(), page.title().contains("Error:"), "{name}: {}", page.title());
}

async fn in_the_pseudo_language(app: &TestApp) -> TestApp {
    app.node_with(|parts| parts.locales = Locales::pseudo()).await
}

stories! {
    async fn every_word_of_every_page_comes_from_the_files_of_words(app: TestApp) {
        let node = in_the_pseudo_language(&app).await;
        let mut faults = Vec::new();
        let pages = tour::pages(&node).await;
        assert!(pages.len() > 50, "the tour is shorter than it was: {}", pages.len());
        for (name, page) in &pages {
            assert!(page.body().contains('⟦'), "{name} is not in the pseudo-language: {}", page.text());
            faults.extend(hard_coded(page).into_iter().map(|text| format!("{name}: {text}")));
        }
        assert!(faults.is_empty(), "{faults:#?}");
    }

    async fn every_page_has_its_headers_one_heading_a_title_and_labels(app: TestApp) {
        for (name, page) in tour::pages(&app).await {
            assert_well_formed(&name, &page);
        }
    }

    async fn every_page_leads_to_help_and_shows_a_person_to_ask(app: TestApp) {
        for (name, page) in tour::pages(&app).await {
            let help = page.links().into_iter().any(|(text, to)| {
                to.starts_with("/help") && (text == "Need help signing in?" || text == "Help")
            });
            assert!(help || name == "help", "{name}: no way to help: {}", page.text());
            assert!(page.has("+1 555 0100") && page.has("help@portico.example"), "{name}: {}", page.text());
        }
    }

    async fn every_mail_is_written_with_words_from_the_files(app: TestApp) {
        let node = in_the_pseudo_language(&app).await;
        tour::pages(&node).await;
        let mails = node.all_mail().await;
        assert!(mails.len() >= 6, "{}", mails.len());
        for mail in mails {
            let left = outside(&mail.subject);
            assert!(left.is_empty(), "{}", mail.subject);
            for (element, text) in mail.texts() {
                let left = outside(&text);
                let known = is_data(&left) || left.contains("harbor-relief") || left.contains("203.0.");
                // The number of a request: ABCD-EF12.
                let is_number = left.len() == 9 && left.chars().all(|c| c == '-' || c.is_ascii_alphanumeric());
                // A temporary password, or a code.
                let typed = left.split('-').map(str::len).eq([5, 5, 5, 5]);
                let typed = typed || (left.len() == 8 && left.chars().all(|c| c.is_ascii_digit()));
                let known = known || is_number || typed;
                let is_time = left.ends_with("UTC") || left.ends_with("CST") || left.ends_with("CET") || left.contains("America/");
                assert!(known || is_time, "{}: <{element}> {left:?}", mail.subject);
            }
        }
    }

    async fn stylesheets_and_scripts_are_kept_for_good_and_compressed(app: TestApp) {
        let first = app.browser().get("/sign-in").await;
        let assets: Vec<_> =
            first.attributes("link", "href").into_iter().chain(first.attributes("script", "src")).collect();
        assert!(assets.len() <= 3, "{assets:?}");
        let mut weight = first.body().len();
        for asset in assets {
            let mut headers = axum::http::HeaderMap::new();
            headers.insert("accept-encoding", "gzip".parse().unwrap());
            let answer = app.browser().send(axum::http::Method::GET, &asset, &headers, "").await;
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{asset}");
            assert_eq!(answer.header("content-encoding"), "gzip", "{asset}");
            weight += answer.size();
        }
        assert!(weight <= 40 * 1_024, "a first visit weighs {weight} bytes");
    }
}
