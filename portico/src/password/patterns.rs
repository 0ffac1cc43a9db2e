//! What is guessed without a list: repetition, counting, the keyboard, dates. Pure; texts come folded to lower case.

use super::Weakness;
use super::rules::SHORTEST_WORD;

/// The lines a finger slides along, and the alphabet.
const LINES: [&str; 14] = [
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "abcdefghijklmnopqrstuvwxyz",
];
/// Fewer neighbors in a row are in many words.
const SLIDE: usize = 3;

pub fn of(whole: &str) -> Option<Weakness> {
    if is_repetition(whole) || is_counting(whole) {
        return Some(Weakness::Pattern);
    }
    if is_keyboard(whole) {
        return Some(Weakness::Keyboard);
    }
    is_date(whole).then_some(Weakness::Date)
}

/// What is repeated in a text that is one thing two times or more.
pub fn unit(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let lengths = (1..=chars.len() / 2).filter(|length| chars.len().is_multiple_of(*length));
    let repeats = |length: &usize| chars.iter().zip(chars.iter().skip(*length)).all(|(a, b)| a == b);
    lengths.into_iter().find(repeats).map(|length| chars.iter().take(length).collect())
}

fn is_repetition(whole: &str) -> bool {
    unit(whole).is_some_and(|unit| unit.chars().count() < SHORTEST_WORD)
}

fn is_counting(whole: &str) -> bool {
    let steps: Vec<i64> = whole
        .chars()
        .zip(whole.chars().skip(1))
        .map(|(a, b)| i64::from(u32::from(b)) - i64::from(u32::from(a)))
        .collect();
    // 9 and -9: after 9 people type 0.
    let runs = |step: i64, wrap: i64| steps.iter().all(|s| *s == step || *s == wrap);
    !steps.is_empty() && (runs(1, -9) || runs(-1, 9) || runs(0, 0))
}

/// Nothing but slides along the lines, forth or back: `qwertasdfg`, `1qaz2wsx3edc`, `poiuytrewq`.
fn is_keyboard(whole: &str) -> bool {
    let mut rest = whole;
    while !rest.is_empty() {
        let slide = longest_slide(rest);
        if slide < SLIDE {
            return false;
        }
        rest = rest.get(slide..).unwrap_or_default();
    }
    !whole.is_empty()
}

/// How many bytes at the beginning (all of them ASCII) lie side by side on a line.
fn longest_slide(text: &str) -> usize {
    let back = LINES.map(|line| line.chars().rev().collect::<String>());
    let lines = LINES.into_iter().chain(back.iter().map(String::as_str));
    let along = |line: &str| {
        let from = text.chars().next().and_then(|first| line.find(first))?;
        let tail = line.get(from..)?;
        Some(text.bytes().zip(tail.bytes()).take_while(|(typed, there)| typed == there).count())
    };
    lines.filter_map(along).max().unwrap_or(0)
}

/// `12031987`, `12.03.1987`, `1987-03-12`
fn is_date(whole: &str) -> bool {
    let is_mark = |c: char| matches!(c, '.' | '-' | '/' | ' ' | '_');
    let digits: String = whole.chars().filter(|c| !is_mark(*c)).collect();
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let year = |at| (1900..2100).contains(&number(at, at + 4));
    let (is_day, is_month) = (|n: u32| (1..=31).contains(&n), |n: u32| (1..=12).contains(&n));
    let pair = |a: u32, b: u32| is_day(a) && is_month(b) || is_month(a) && is_day(b);
    year(4) && pair(number(0, 2), number(2, 4)) || year(0) && pair(number(4, 6), number(6, 8))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("zzzzzzzzzzzzzzz", Weakness::Pattern)]
    #[case("xyzxyzxyzxyz", Weakness::Pattern)]
    #[case("2345678901234567", Weakness::Pattern)]
    #[case("hgfedcba", Weakness::Pattern)]
    #[case("qwertasdfg", Weakness::Keyboard)]
    #[case("1qaz2wsx3edc", Weakness::Keyboard)]
    #[case("poiuytrewqlkjhgf", Weakness::Keyboard)]
    #[case("abcdef654321", Weakness::Keyboard)]
    #[case("12031987", Weakness::Date)]
    #[case("12/03/1987", Weakness::Date)]
    #[case("1987-03-12", Weakness::Date)]
    fn a_pattern_is_known_as_what_it_is(#[case] whole: &str, #[case] expected: Weakness) {
        assert_eq!(of(whole), Some(expected));
    }

    #[rstest]
    #[case("93847561")]
    #[case("40132987")]
    #[case("write a poem")]
    #[case("tangerine-lantern-ferry")]
    #[case("desert island")]
    #[case("")]
    #[case("é")]
    fn anything_else_is_none(#[case] whole: &str) {
        assert_eq!(of(whole), None);
    }
}
