use proptest::prelude::*;
use rstest::rstest;

use super::{Email, Identifier, UserName};

#[rstest]
#[case("Omar@Riverside.Example", "omar@riverside.example")]
#[case("  omar@riverside.example ", "omar@riverside.example")]
#[case("ｏｍａｒ＠riverside.example", "omar@riverside.example")]
#[case("Harbor-Dispatch", "harbor-dispatch")]
#[case("ﬁona", "fiona")]
#[case("eva@XN--MLLER-KVA.example", "eva@müller.example")]
#[case("eva@mu\u{308}ller.example", "eva@müller.example")]
fn every_spelling_is_one_identifier(#[case] typed: &str, #[case] canonical: &str) {
    assert_eq!(Identifier::parse(typed).as_ref().map(Identifier::as_str), Some(canonical));
}

#[rstest]
#[case("")]
#[case("   ")]
#[case("a b@c.example")]
#[case("@riverside.example")]
#[case("omar@")]
#[case("omar@-x.example")]
#[case("omar@riverside..example")]
#[case("omar@riverside.example.")]
#[case("omar@river_side.example")]
#[case("omar@xn--zzzzzz-.example")]
#[case("two\nlines")]
#[case("a@b@c.example")]
fn what_no_mail_could_reach_is_no_identifier(#[case] typed: &str) {
    assert_eq!(Identifier::parse(typed), None);
}

#[rstest]
#[case("om\u{200b}ar@riverside.example")]
#[case("\u{202e}omar@riverside.example")]
#[case("omar@river\u{ad}side.example")]
#[case("\u{feff}harbor-dispatch")]
#[case("harbor\u{200d}-dispatch")]
fn what_nobody_sees_is_in_no_name(#[case] typed: &str) {
    assert_eq!(Identifier::parse(typed), None);
}

#[test]
fn a_user_name_can_never_read_as_an_address() {
    assert!(UserName::parse("omar@riverside.example").is_none());
    assert!(UserName::parse("omar＠riverside.example").is_none());
}

#[test]
fn the_domain_is_what_stands_behind_the_last_at() {
    assert_eq!(Email::parse("omar@riverside.example").as_ref().map(Email::domain), Some("riverside.example"));
}

proptest! {
    #[test]
    fn no_format_character_of_unicode_is_in_a_name(unseen in "\\p{Cf}") {
        prop_assert_eq!(UserName::parse(&format!("a{unseen}b")), None);
    }

    #[test]
    fn the_canonical_form_is_a_fixed_point(typed in "\\PC{0,40}") {
        if let Some(identifier) = Identifier::parse(&typed) {
            prop_assert_eq!(Identifier::parse(identifier.as_str()), Some(identifier.clone()));
        }
    }
}
