use rstest::rstest;

use super::rules::{is_recorded, most_listed_of_brought, most_rows};

#[rstest]
#[case::first(0, true)]
#[case::another_cause_of_the_same_sign_in(1, false)]
#[case::and_another(10, false)]
fn the_trail_has_the_first_of_each_sign_in(#[case] others: i64, #[case] recorded: bool) {
    assert_eq!(is_recorded(others), recorded);
}

#[test]
fn what_is_made_up_never_buries_the_rest() {
    assert!(most_rows(true) < most_rows(false));
    for most in [1, 2, 50] {
        assert!(most_listed_of_brought(most) < most);
    }
}
