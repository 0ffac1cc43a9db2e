use std::time::Duration;

use rstest::rstest;

use super::rules::{Doubt, News, NotClaimable, Record, challenge, claimable, doubts, is_there, looked};
use crate::platform::clock::Time;
use crate::platform::domain::Domain;

const DAY: Duration = Duration::from_secs(24 * 3_600);

fn named(domain: &str) -> Domain {
    Domain::parse(domain).unwrap()
}

#[rstest]
#[case("riverside.example", Ok(()))]
#[case("riverside.co.uk", Ok(()))]
#[case("riverside.github.io", Ok(()))]
#[case("müller.de", Ok(()))]
#[case("example", Err(NotClaimable::Bare))]
#[case("com", Err(NotClaimable::Bare))]
#[case("co.uk", Err(NotClaimable::PublicSuffix))]
#[case("github.io", Err(NotClaimable::PublicSuffix))]
#[case("公司.cn", Err(NotClaimable::PublicSuffix))]
#[case("10.0.0.1", Err(NotClaimable::Address))]
fn what_many_share_is_nobodys(#[case] domain: &str, #[case] may: Result<(), NotClaimable>) {
    assert_eq!(claimable(&named(domain)), may, "{domain}");
}

#[rstest]
#[case("riverside.example", &[])]
#[case("müller.example", &[])]
#[case("東京病院.example", &[])]
#[case("harborside.example", &[])]
#[case("rіverside.example", &["mixed_scripts", "looks_like"])] // a Cyrillic і
#[case("1akeshore.example", &["looks_like"])]
#[case("lakesh0re.example", &["looks_like"])]
#[case("rnemorial.example", &["looks_like"])]
#[case("sso.riverside.example", &["below"])]
#[case("a.b.riverside.example", &["below"])]
#[case("notriverside.example", &[])]
#[case("clinics.example", &["above"])]
#[case("linics.example", &[])]
#[case("gmail.com", &["mail_provider"])]
fn a_name_that_wants_to_be_taken_for_another_is_told(#[case] domain: &str, #[case] told: &[&str]) {
    let others = ["riverside", "lakeshore", "memorial", "west.clinics"];
    let others = others.map(|name| (format!("{name}.example"), name.to_owned()));
    let doubts = doubts(&named(domain), &others, 0);
    assert_eq!(doubts.iter().map(Doubt::name).collect::<Vec<_>>(), told, "{domain}");
}

#[test]
fn others_people_are_counted() {
    assert_eq!(doubts(&named("clinic.example"), &[], 3), [Doubt::OthersPeople(3)]);
    // Its own name is no lookalike.
    let own = [("clinic.example".to_owned(), "Clinic".to_owned())];
    assert_eq!(doubts(&named("clinic.example"), &own, 0), []);
}

#[test]
fn the_record_stands_at_a_name_of_its_own_beside_whatever_else() {
    let wanted = challenge(&named("müller.example"), "secret");
    assert_eq!(wanted.name, "_portico-challenge.xn--mller-kva.example");
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert!(is_there(&wanted, &texts(&["v=spf1 -all", " portico-verification=secret "])));
    for other in [&[][..], &["secret"], &["portico-verification="], &["portico-verification=secret2"]] {
        assert!(!is_there(&wanted, &texts(other)), "{other:?}");
    }
}

#[test]
fn a_record_is_told_of_when_it_is_gone_for_a_day_and_once() {
    let seen = Record::seen(Time(0));
    let day = |days: u32| Time(0) + DAY * days;
    assert_eq!(seen.check_at, Some(day(7)));
    let (unheard, news) = looked(seen, None, day(7));
    assert_eq!((unheard, news), (Record { check_at: Some(day(8)), ..seen }, None), "nobody has said anything");
    let (gone, news) = looked(unheard, Some(false), day(8));
    assert_eq!((gone.missing_since, gone.check_at, news), (Some(day(8)), Some(day(9)), None));
    let (told, news) = looked(gone, Some(false), day(9));
    assert_eq!((told.warned_at, news), (Some(day(9)), Some(News::Vanished { since: day(8) })));
    let (again, news) = looked(told, Some(false), day(10));
    assert_eq!((again.missing_since, news), (Some(day(8)), None));
    assert_eq!(looked(again, Some(true), day(11)), (Record::seen(day(11)), Some(News::Restored)));
    assert_eq!(looked(gone, Some(true), day(9)), (Record::seen(day(9)), None), "nobody was told");
}
