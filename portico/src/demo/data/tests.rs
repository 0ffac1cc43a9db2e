use std::collections::HashSet;

use super::scene::{ORGANIZATIONS, product};
use super::*;
use crate::password::{Cost, Options};
use crate::platform::test_db::TestDb;

#[test]
fn everybody_belongs_somewhere_and_opens_what_exists() {
    for person in PEOPLE {
        let home = ORGANIZATIONS.iter().find(|organization| organization.slug == person.organization).unwrap();
        // But for one, who shows what becomes of an address on no verified domain.
        let elsewhere = person.email == "jo@bluebird.example";
        assert_eq!(Email::parse(person.email).unwrap().domain() == home.domain, !elsewhere, "{}", person.email);
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
    let email = |person: &Person| person.by_email.then_some(person.email);
    let names: Vec<_> = PEOPLE.iter().flat_map(|person| person.user_name.into_iter().chain(email(person))).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
}

#[test]
fn omar_opens_three_products_at_two_sites() {
    let omar = PEOPLE.iter().find(|person| person.first_name == "Omar").unwrap();
    let distinct = |what: fn(&person::Access) -> &str| omar.access.iter().map(what).collect::<HashSet<_>>().len();
    assert_eq!((distinct(|access| access.product), distinct(|access| access.site.unwrap())), (3, 2));
}

#[tokio::test]
async fn seeding_twice_changes_nothing_but_the_addresses() {
    let house = TestDb::open().await;
    let cost = Cost { m_kib: 8, t: 1, p: 1 };
    let hasher = Hasher::start(&Options { cost, threads: 1, queue: 4, together: 1 }, house.entropy.clone()).unwrap();
    let terms = Terms::new("1", "Be kind.");
    for listen in ["127.0.0.1:8080", "127.0.0.1:9080"] {
        let addresses = Addresses::new(listen.parse().unwrap()).unwrap();
        let props = Props {
            entropy: &house.entropy,
            keys: &house.keys,
            hasher: &hasher,
            addresses: &addresses,
            terms: Some(&terms),
        };
        seed(&house.db, props).await.unwrap();
    }
    assert_eq!(house.write("UPDATE products SET url = url WHERE url LIKE 'http://127.0.0.1:908_/'").await, 3);
    assert_eq!(
        house.write("UPDATE product_moves SET old_url = old_url WHERE old_url LIKE 'http://127.0.0.1:908_/old'").await,
        4
    );
    assert_eq!(
        house.write("UPDATE oidc_connections SET issuer = issuer WHERE issuer = 'http://127.0.0.1:9084'").await,
        1
    );
    let led = "UPDATE organization_domains SET domain = domain WHERE connection_id IS NOT NULL";
    assert_eq!(house.write(led).await, 1);
    assert_eq!(house.write("UPDATE connections SET id = id WHERE state = 'on'").await, 1);
    assert_eq!(house.write("UPDATE accounts SET id = id").await, PEOPLE.len() as u64);
    let count = |what: fn(&Person) -> bool| PEOPLE.iter().filter(|person| what(person)).count() as u64;
    let unregistered = count(|person| !person.registered);
    assert_eq!(house.write("UPDATE accounts SET id = id WHERE password IS NULL").await, unregistered);
    assert_eq!(house.write("UPDATE accounts SET id = id WHERE disabled_at IS NOT NULL").await, 2);
    let answers = PEOPLE.iter().filter(|person| person.questions).count() * questions::COUNT;
    assert_eq!(house.write("UPDATE security_answers SET question = question").await, answers as u64);
    let accepted = house.write("UPDATE terms_acceptances SET version = version").await;
    assert_eq!(accepted, PEOPLE.len() as u64 - unregistered);
    assert_eq!(house.write("UPDATE accounts SET id = id WHERE email_verified_at IS NULL").await, unregistered);
    assert_eq!(house.write("UPDATE authenticators SET id = id WHERE confirmed_at IS NOT NULL").await, 4);
    assert_eq!(house.write("UPDATE access SET id = id WHERE site_id IS NOT NULL").await, 9);
}
