use proptest::prelude::*;
use rstest::rstest;

use super::*;

const ABOUT: &[&str] =
    &["omar.haddad@riverside.example", "harbor-dispatch", "Riverside Health", "Bed Board", "Omar", "Haddad"];

#[rstest]
#[case("correct-horse-battery")]
#[case("dragon-8361-7263-9981")]
#[case("my omar sings in the rain")]
#[case("Ünïcödé ist schön!")]
#[case("x7Gq!pW2")]
fn good_passwords_are_accepted(#[case] password: &str) {
    assert_eq!(check(password, 8, ABOUT), Ok(()));
}

#[rstest]
#[case::whole("password")]
#[case::case("PassWord")]
#[case::trailing_digits("Dragon2024!")]
#[case::leading_digits("123dragon")]
#[case::marks("pass.word")]
#[case::twice("passwordpassword")]
#[case::twice_with_a_space("password Password")]
#[case::keyboard("qwertyuiop")]
#[case::full_width("ｐａｓｓｗｏｒｄ")]
fn common_passwords_and_their_disguises_are_refused(#[case] password: &str) {
    assert_eq!(check(password, 8, ABOUT), Err(Refusal::Common));
}

#[rstest]
#[case::mailbox("omar.haddad@riverside.example")]
#[case::local_part("OmarHaddad")]
#[case::local_part_and_year("omarhaddad1987")]
#[case::user_name("Harbor-Dispatch")]
#[case::organization("RiversideHealth!")]
#[case::a_word_of_it("Riverside2024")]
#[case::product("BedBoard99")]
fn passwords_about_the_person_are_refused(#[case] password: &str) {
    assert_eq!(check(password, 8, ABOUT), Err(Refusal::Personal));
}

#[rstest]
#[case("zzzzzzzzzzzzzzz")]
#[case("xyzxyzxyzxyz")]
#[case("2345678901234567")]
#[case("hgfedcba")]
fn one_pattern_all_along_is_refused(#[case] password: &str) {
    assert_eq!(check(password, 8, ABOUT), Err(Refusal::Pattern));
}

#[test]
fn length_is_counted_in_characters_and_capped_in_bytes() {
    assert_eq!(check("x7Gq!pW", 8, &[]), Err(Refusal::TooShort { min: 8 }));
    assert_eq!(check("ééééàààà", 8, &[]), Ok(()));
    // Seven letters, each typed as letter and accent.
    assert_eq!(check(&"e\u{301}a".repeat(3), 8, &[]), Err(Refusal::TooShort { min: 8 }));
    assert_eq!(check(&"x7Gq!pW2".repeat(200), 8, &[]), Err(Refusal::TooLong { max: 1024 }));
    assert_eq!(check("!?!!?!?!,", 8, &["", "!!!"]), Ok(()));
    assert_eq!(check("", 8, &[""]), Err(Refusal::TooShort { min: 8 }));
}

#[test]
fn the_list_is_sorted_and_every_word_of_it_is_found() {
    let words: Vec<&str> = COMMON.lines().collect();
    assert!(words.len() > 15_000 && COMMON.is_ascii());
    assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(words.iter().all(|word| is_common(word)));
    assert!(!is_common("") && !is_common("~") && !is_common("!") && !is_common("passwore"));
}

proptest! {
    #[test]
    fn anything_may_be_typed(password: String, about: Vec<String>) {
        let about: Vec<&str> = about.iter().map(String::as_str).collect();
        let _ = check(&password, 8, &about);
    }
}
