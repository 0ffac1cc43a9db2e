//! A browser's name for people: they must recognize their own in a list, no more.

/// "Firefox, Windows" from a `User-Agent` header; the header's own text where it says neither.
pub fn browser_name(user_agent: &str) -> String {
    known_browser(user_agent).unwrap_or_else(|| user_agent.chars().take(40).collect())
}

/// The same, made of nothing but our own words: for what is kept of somebody who has shown nothing yet, and might have written
/// a sentence into the header.
pub fn known_browser(user_agent: &str) -> Option<String> {
    let find = |names: &[(&str, &str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| (*name).to_owned())
    };
    // Order matters: every browser claims to be the ones it descends from.
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{browser_name, known_browser};

    #[test]
    fn a_browser_is_named_as_its_owner_would() {
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(browser_name(edge), "Edge, Windows");
        assert_eq!(browser_name("curl/8.0"), "curl/8.0");
    }

    #[test]
    fn nothing_a_stranger_writes_is_taken_for_a_name() {
        assert_eq!(known_browser("Your account is in danger, call 555 0199"), None);
        assert_eq!(known_browser("Call us! Firefox/1 Windows").as_deref(), Some("Firefox, Windows"));
    }
}
