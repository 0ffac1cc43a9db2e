//! What a browser says of the languages that its person reads (`Accept-Language`, RFC 9110, 12.5.4).

/// More than this is nobody's list.
const LONGEST: usize = 500;

/// The languages, best liked first; of those that are liked the same, as they come. What is refused (`q=0`) is not among
/// them, nor is `*`: whoever reads anything is not asked for.
pub fn wanted(header: &str) -> Vec<String> {
    let header = header.get(..header.len().min(LONGEST)).unwrap_or_default();
    let mut liked: Vec<(u16, &str)> = header.split(',').filter_map(one).collect();
    liked.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    liked.into_iter().map(|(_, tag)| tag.to_owned()).collect()
}

fn one(range: &str) -> Option<(u16, &str)> {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next().filter(|tag| is_tag(tag))?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="))) {
        None => 1_000,
        Some(weight) => thousandths(weight)?,
    };
    (weight > 0).then_some((weight, tag))
}

fn is_tag(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// `0.8` is 800. `None` for what is no weight.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, rest) = weight.split_once('.').unwrap_or((weight, ""));
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    let rest: u16 = match rest.len() {
        0 => 0,
        1..=3 => format!("{rest:0<3}").parse().ok()?,
        _ => return None,
    };
    Some((whole * 1_000 + rest).min(1_000))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("es", &["es"])]
    #[case("fr-CA, fr;q=0.9, en;q=0.8", &["fr-CA", "fr", "en"])]
    #[case("en;q=0.5,es ; q=0.75 ,fr;q=1.0", &["fr", "es", "en"])]
    #[case("de,es", &["de", "es"])]
    #[case("es;q=0, fr;q=0.001, *;q=0.5", &["fr"])]
    #[case("es;q=2, fr;q=x, en;q=0.1234, de;q=-1", &[])]
    #[case("", &[])]
    #[case(";;,,=,<script>", &[])]
    fn what_a_browser_reads_is_told_in_its_order(#[case] header: &str, #[case] expected: &[&str]) {
        assert_eq!(wanted(header), expected);
    }

    #[test]
    fn a_list_without_end_is_cut() {
        assert_eq!(wanted(&"aa,".repeat(100_000)).len(), 167);
        assert_eq!(wanted(&"ñ".repeat(251)), Vec::<String>::new());
    }
}
