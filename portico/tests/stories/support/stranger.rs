//! What two strangers are shown, made comparable: nothing may be left that tells a known name from an unknown one.

use axum::http::HeaderMap;

use super::page::Page;

/// One answer with everything masked that differs from request to request: ids, sealed values, references, and the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub status: u16,
    pub way: Vec<String>,
    pub headers: Vec<(String, String)>,
    pub bytes: usize,
    pub body: String,
}

pub fn seen(page: &Page, name: &str) -> Seen {
    Seen {
        status: page.status(),
        way: page.way().iter().map(|step| masked(step, name)).collect(),
        headers: headers(page.headers(), name),
        bytes: page.body().len(),
        body: masked(page.body(), name),
    }
}

fn headers(headers: &HeaderMap, name: &str) -> Vec<(String, String)> {
    let mut all: Vec<_> = headers
        .iter()
        .map(|(key, value)| (key.to_string(), masked(&String::from_utf8_lossy(value.as_bytes()), name)))
        .collect();
    all.sort();
    all
}

/// Replaces the name by NAME, ids by ID, and whatever is long enough to be sealed or random by its length.
pub fn masked(text: &str, name: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.replace(name, "NAME").chars().chain([' ']) {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            word.push(c);
        } else {
            out.push_str(&mask(&word));
            word.clear();
            out.push(c);
        }
    }
    out
}

fn mask(word: &str) -> String {
    let is_id = word.len() == 36 && word.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    if is_id {
        return "ID".to_owned();
    }
    // Asset names hold a hash, too, and must stay as they are.
    let random = word.len() >= 40 && !word.contains("portico");
    if random { format!("RANDOM-{}", word.len()) } else { word.to_owned() }
}

/// The same walk for a name that is known and for one that is not, of equal length: each page must look the same.
#[track_caller]
pub fn assert_alike(known: &[Seen], unknown: &[Seen]) {
    assert_eq!(known.len(), unknown.len());
    assert!(!known.is_empty());
    for (step, (known, unknown)) in known.iter().zip(unknown).enumerate() {
        assert_eq!(known.body, unknown.body, "page {step} tells a stranger who is known");
        assert_eq!(known, unknown, "answer {step} tells a stranger who is known");
    }
}
