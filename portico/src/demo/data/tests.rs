use std::collections::HashSet;

use super::scene::{ORGANIZATIONS, product};
use super::*;

#[test]
fn everybody_belongs_somewhere_and_opens_what_exists() {
    for person in PEOPLE {
        let home = ORGANIZATIONS.iter().find(|organization| organization.slug == person.organization).unwrap();
        assert_eq!(Email::parse(person.email).unwrap().domain(), home.domain, "{}", person.email);
        for access in person.access {
            product(access.product).unwrap();
            // A site that is not there would be written as "all sites".
            assert!(access.site.is_none_or(|site| home.sites.contains(&site)), "{}: {:?}", person.email, access.site);
        }
        for relocation in person.relocations {
            product(relocation.product).unwrap();
            assert_eq!(relocation.state == "scheduled", relocation.in_days.is_some());
        }
    }
}

#[test]
fn no_two_people_sign_in_with_one_name() {
    let names: Vec<_> = PEOPLE.iter().flat_map(|person| person.user_name.into_iter().chain([person.email])).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
}

#[test]
fn omar_opens_three_products_at_two_sites() {
    let omar = PEOPLE.iter().find(|person| person.first_name == "Omar").unwrap();
    let distinct = |what: fn(&cast::Access) -> &str| omar.access.iter().map(what).collect::<HashSet<_>>().len();
    assert_eq!((distinct(|access| access.product), distinct(|access| access.site.unwrap())), (3, 2));
}
