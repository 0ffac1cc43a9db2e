use rstest::rstest;

use super::rules::{
    Hand, NoApproval, NotSecond, Offer, Party, REQUEST_LIVES, Role, masked, may_approve, may_be_second, offer, reason,
    two_people,
};
use crate::people::Email;
use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

const NOW: Time = Time(1_800_000_000_000_000);

#[rstest]
#[case("lee@mail.example", Ok(()))]
#[case("lee@notlakeshore.example", Ok(()))]
#[case("Lee@Lakeshore.Example", Err(NotSecond::Primary))]
#[case("lee.private@lakeshore.example", Err(NotSecond::TheirDomain))]
#[case("lee@mail.lakeshore.example", Err(NotSecond::TheirDomain))]
#[case("lee@claimed.example", Err(NotSecond::TheirDomain))]
fn a_second_mailbox_is_outside_of_all_that_is_the_organizations(
    #[case] second: &str,
    #[case] expected: Result<(), NotSecond>,
) {
    let email = |text: &str| Email::parse(text).unwrap();
    let domains = ["lakeshore.example".to_owned(), "claimed.example".to_owned()];
    assert_eq!(may_be_second(&email(second), &email("lee@lakeshore.example"), &domains), expected);
}

#[test]
fn the_primary_addresss_own_domain_counts_though_nobody_has_claimed_it() {
    let email = |text: &str| Email::parse(text).unwrap();
    let refused = may_be_second(&email("two@bluebird.example"), &email("one@bluebird.example"), &[]);
    assert_eq!(refused, Err(NotSecond::TheirDomain));
}

#[rstest]
#[case("lee.castillo@mail.example", "l•••@mail.example")]
#[case("é@mail.example", "é•••@mail.example")]
#[case("", "•••@")]
fn an_address_is_masked_but_for_what_its_owner_knows_it_by(#[case] address: &str, #[case] shown: &str) {
    assert_eq!(masked(address), shown);
}

#[rstest]
#[case("  The page is down  ", Some("The page is down"))]
#[case("two\nlines", Some("two lines"))]
#[case("no", None)]
#[case("   ", None)]
fn a_reason_is_a_line_of_print(#[case] typed: &str, #[case] kept: Option<&str>) {
    assert_eq!(reason(typed).as_deref(), kept);
    assert_eq!(reason(&"x".repeat(301)), None);
}

fn party(account: &str, mailboxes: &[&str]) -> Party {
    Party { account: AccountId::from(account), mailboxes: mailboxes.iter().map(|one| (*one).to_owned()).collect() }
}

#[rstest]
#[case("another License Owner, or an operator", Some(party("tomas", &["tomas@a", "t@b"])), NOW, Ok(()))]
#[case("whoever may run commands", None, NOW, Ok(()))]
#[case("never the same person", Some(party("vera", &[])), NOW, Err(NoApproval::SamePerson))]
#[case("nor with another account", Some(party("vera2", &["vera@a"])), NOW, Err(NoApproval::SameMailbox))]
#[case("whichever of the two mailboxes it is", Some(party("tomas", &["t@a", "vera@a"])), NOW, Err(NoApproval::SameMailbox))]
#[case("also the second one", Some(party("tomas", &["v@b", "t@c"])), NOW, Err(NoApproval::SameMailbox))]
#[case("the last moment", Some(party("tomas", &["t@a"])), Time(NOW.0 + 86_400_000_000 - 1), Ok(()))]
#[case("a day later", Some(party("tomas", &["t@a"])), Time(NOW.0 + 86_400_000_000), Err(NoApproval::Over))]
fn two_people_within_a_day(
    #[case] why: &str,
    #[case] approver: Option<Party>,
    #[case] now: Time,
    #[case] expected: Result<(), NoApproval>,
) {
    let vera = party("vera", &["vera@a", "v@b"]);
    assert_eq!(may_approve(&vera, NOW + REQUEST_LIVES, approver.as_ref(), now), expected, "{why}");
}

#[rstest]
#[case("each on a page", Some("vera"), false, Some("tomas"), false, true)]
#[case("an operator approves on a page", Some("vera"), false, Some("root"), true, true)]
#[case("or by command", Some("vera"), false, None, true, true)]
#[case("typed in her name, approved by another on a page", None, true, Some("tomas"), false, true)]
#[case("one operator typed both", Some("root"), true, Some("root"), true, false)]
#[case("two operators did", Some("root"), true, Some("max"), true, true)]
#[case("nobody knows", None, true, None, true, false)]
#[case("nor here", None, true, Some("root"), true, false)]
fn what_one_operator_may_have_typed_alone_was_not_done_by_two(
    #[case] why: &str,
    #[case] asked: Option<&str>,
    #[case] asked_by_operator: bool,
    #[case] approved: Option<&str>,
    #[case] approved_by_operator: bool,
    #[case] expected: bool,
) {
    let hand = |name: Option<&str>, operator| Hand { account: name.map(AccountId::from), operator };
    let both = two_people(&hand(asked, asked_by_operator), &hand(approved, approved_by_operator));
    assert_eq!(both, expected, "{why}");
}

#[rstest]
#[case(Role::LicenseOwner, true, false, None, Offer::Ask)]
#[case(Role::Operator, true, false, None, Offer::Suspend)]
#[case(Role::LicenseOwner, true, false, Some(true), Offer::Wait)]
#[case(Role::LicenseOwner, true, false, Some(false), Offer::Approve)]
#[case(Role::Operator, true, false, Some(false), Offer::Approve)]
#[case(Role::LicenseOwner, false, false, None, Offer::Nothing)]
#[case(Role::LicenseOwner, false, true, None, Offer::Resume)]
#[case(Role::Operator, false, true, Some(false), Offer::Resume)]
fn the_page_offers_what_there_is_to_do(
    #[case] role: Role,
    #[case] sso: bool,
    #[case] suspended: bool,
    #[case] own: Option<bool>,
    #[case] expected: Offer,
) {
    assert_eq!(offer(role, sso, suspended, own), expected);
}
