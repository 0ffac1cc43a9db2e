use proptest::prelude::*;
use rstest::rstest;

use super::rules::{Answer, Facts, Lock, Product, ProductState, answer};

fn product(state: ProductState) -> Product {
    Product { name: "Tracer".into(), state, moves_at: None, old_url: None }
}

fn fine() -> Facts {
    Facts { has_password: true, products: vec![product(ProductState::Open)], ..Facts::default() }
}

const LOCK: Option<Lock> = Some(Lock { until: None, opens_by_reset: true });

#[rstest]
#[case("nothing is in the way", fine(), Answer::Well)]
#[case("switched off comes before all", Facts { disabled: true, elsewhere: true, lock: LOCK, ..fine() }, Answer::Disabled)]
#[case("a page of its own", Facts { elsewhere: true, has_password: false, lock: LOCK, ..fine() }, Answer::Elsewhere)]
#[case("no password yet", Facts { has_password: false, lock: LOCK, ..fine() }, Answer::Invited)]
#[case("no second factor", Facts { second_factor_due: true, lock: LOCK, ..fine() }, Answer::NoSecondFactor)]
#[case("with it", Facts { second_factor_due: true, has_authenticator: true, ..fine() }, Answer::Well)]
#[case("locked", Facts { lock: LOCK, typed_is_no_name: true, ..fine() }, Answer::Locked)]
#[case("another name", Facts { typed_is_no_name: true, products: vec![], ..fine() }, Answer::OtherName)]
#[case("no product", Facts { products: vec![], ..fine() }, Answer::NoSites)]
#[case("none moved", Facts { products: vec![product(ProductState::Waiting)], ..fine() }, Answer::NotMoved)]
#[case(
    "none moved, one ended",
    Facts { products: vec![product(ProductState::Ended), product(ProductState::Waiting)], ..fine() },
    Answer::NotMoved
)]
#[case("all ended", Facts { products: vec![product(ProductState::Ended)], ..fine() }, Answer::LicenseEnded)]
fn the_answer_to(#[case] why: &str, #[case] facts: Facts, #[case] expected: Answer) {
    assert_eq!(answer(&facts), expected, "{why}");
}

proptest! {
    /// Whoever is told that all is well can get in.
    #[test]
    fn all_is_well_only_when_it_is(flags: [bool; 7], open: bool) {
        let [disabled, elsewhere, has_password, due, authenticator, locked, no_name] = flags;
        let facts = Facts {
            disabled,
            elsewhere,
            has_password,
            second_factor_due: due,
            has_authenticator: authenticator,
            lock: LOCK.filter(|_| locked),
            reset_helps: false,
            typed_is_no_name: no_name,
            products: vec![product(if open { ProductState::Open } else { ProductState::Ended })],
            helpers: Vec::new(),
        };
        let well = !disabled && !elsewhere && has_password && (!due || authenticator) && !locked && !no_name && open;
        prop_assert_eq!(answer(&facts) == Answer::Well, well);
    }
}
