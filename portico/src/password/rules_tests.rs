use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn about() -> Vec<String> {
    let about = ["omar.haddad@riverside.example", "harbor-dispatch", "Riverside Health", "Bed Board", "Omar", "Haddad"];
    about.map(str::to_owned).into()
}

#[rstest]
#[case("correct-horse-battery")]
#[case("dragon-8361-7263-9981")]
#[case("my omar sings in the rain")]
#[case("Ünïcödé ist schön!")]
#[case("x7Gq!pW2")]
fn good_passwords_are_accepted(#[case] password: &str) {
    assert_eq!(check(password, 8, &about()), Ok(()));
}

#[rstest]
#[case::whole("password")]
#[case::case("PassWord")]
#[case::trailing_digits("Dragon2024!")]
#[case::leading_digits("123dragon")]
#[case::marks("pass.word")]
#[case::twice("passwordpassword")]
#[case::twice_with_a_space("password Password")]
#[case::full_width("ｐａｓｓｗｏｒｄ")]
#[case::figures("P@55w0rd2024!")]
#[case::accents("pässwörd")]
fn common_passwords_and_their_disguises_are_refused(#[case] password: &str) {
    assert_eq!(check(password, 8, &about()), Err(Weakness::Common));
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
    assert_eq!(check(password, 8, &about()), Err(Weakness::Personal));
}

#[rstest]
#[case("xyzxyzxyzxyz", Weakness::Pattern)]
#[case("QwertAsdfg", Weakness::Keyboard)]
#[case("12.03.1987", Weakness::Date)]
fn what_is_guessed_without_a_list_is_refused(#[case] password: &str, #[case] expected: Weakness) {
    assert_eq!(check(password, 8, &about()), Err(expected));
}

#[test]
fn length_is_counted_in_characters_and_capped_in_bytes() {
    assert_eq!(check("x7Gq!pW", 8, &[]), Err(Weakness::TooShort));
    assert_eq!(check("ééééàààà", 8, &[]), Ok(()));
    // Seven letters, each typed as letter and accent.
    assert_eq!(check(&"e\u{301}a".repeat(3), 8, &[]), Err(Weakness::TooShort));
    assert_eq!(check(&"x7Gq!pW2".repeat(200), 8, &[]), Err(Weakness::TooLong));
    assert_eq!(check("!?!!?!?!,", 8, &[String::new(), "!!!".to_owned()]), Ok(()));
    assert_eq!(check("", 8, &[String::new()]), Err(Weakness::TooShort));
}

#[test]
fn one_and_the_other_must_be_the_same_and_the_first_reason_is_told() {
    let judge = |one: &str, other: &str| judge(&one.into(), &other.into(), 8, &[]);
    assert_eq!(judge("tangerine-lantern-ferry", "tangerine-lantern-ferry"), Ok(()));
    assert_eq!(judge("tangerine-lantern-ferry", "tangerine-lantern-fery"), Err(Weakness::Mismatch));
    assert_eq!(judge("password", "passw0rd"), Err(Weakness::Common));
    assert_eq!(judge("", ""), Err(Weakness::Missing));
}

proptest! {
    #[test]
    fn anything_may_be_typed(password: String, about: Vec<String>) {
        let _ = check(&password, 8, &about);
    }
}
