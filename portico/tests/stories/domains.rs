//! Whose a domain is: claimed, shown by its DNS or vouched for, looked at again, released.

use std::time::Duration;

use portico::audit::Actor;
use portico::organizations::{self, DomainChallenge, NotClaimed, NotVerified, Organization, SignInWay, Vouching};
use portico::people::{self, Identifier};
use portico::platform::dns::{Resolver, Silent};
use portico::platform::domain::Domain;
use store::Tx;

use crate::stories;
use crate::support::{TestApp, Zone, all_at_once};

const DAY: Duration = Duration::from_secs(24 * 3_600);
const CLINIC: &str = "clinic.example";
const ROOT: &str = "root@portico.example";

async fn organization(app: &TestApp, slug: &str) -> Organization {
    let find = async |tx: &mut Tx| organizations::by_slug(tx, slug).await;
    app.app().db.read("story", find).await.unwrap().unwrap()
}

fn named(domain: &str) -> Domain {
    Domain::parse(domain).unwrap()
}

async fn claim(app: &TestApp, slug: &str, domain: &str) -> Result<DomainChallenge, NotClaimed> {
    let (organization, domain) = (organization(app, slug).await, named(domain));
    let claim =
        async |tx: &mut Tx| organizations::claim_domain(tx, app.app(), Actor::Command, (&organization, &domain)).await;
    app.app().db.write("story", claim).await.map(|claimed| claimed.challenge)
}

async fn verify(app: &TestApp, slug: &str, domain: &str) -> Result<bool, NotVerified> {
    let (organization, domain) = (organization(app, slug).await, named(domain));
    organizations::verify_domain(app.app(), Actor::Command, (&organization, &domain), false).await
}

async fn vouch(app: &TestApp, slug: &str, domain: &str, despite_doubts: bool) -> Result<bool, NotVerified> {
    let (organization, domain) = (organization(app, slug).await, named(domain));
    let root = Identifier::parse(ROOT).unwrap();
    let find = async |tx: &mut Tx| people::by_identifier(tx, &root).await;
    let operator = app.app().db.read("story", find).await.unwrap().unwrap();
    let vouching = Vouching { operator: &operator, because: "seen the contract" };
    organizations::vouch_for_domain(app.app(), (&organization, &domain), &vouching, despite_doubts).await
}

async fn release(app: &TestApp, slug: &str, domain: &str) -> bool {
    let (organization, domain) = (organization(app, slug).await, named(domain));
    let release = async |tx: &mut Tx| {
        organizations::release_domain(tx, app.app(), Actor::Command, (&organization, &domain)).await
    };
    app.app().db.write("story", release).await.unwrap().is_some()
}

/// Puts the record of a claim into the DNS.
fn put(app: &TestApp, challenge: &DomainChallenge) {
    app.dns().put(&challenge.name, &["v=spf1 -all", &challenge.value]);
}

/// Claims and verifies.
async fn own(app: &TestApp, slug: &str, domain: &str) -> DomainChallenge {
    let challenge = claim(app, slug, domain).await.unwrap();
    put(app, &challenge);
    assert!(verify(app, slug, domain).await.unwrap());
    challenge
}

/// Whose people an address of the domain is taken for.
async fn owner(app: &TestApp, domain: &str) -> Option<String> {
    let find = async |tx: &mut Tx| organizations::by_domain(tx, domain).await;
    app.app().db.read("story", find).await.unwrap().map(|organization| organization.slug)
}

async fn look(app: &TestApp) {
    while organizations::look_at_domains(app.app()).await.unwrap() == portico::platform::jobs::Turn::Again {}
}

stories! {
    async fn a_domain_is_its_organizations_once_the_record_is_there(app: TestApp) {
        let challenge = claim(&app, "riverside", "Clinic.EXAMPLE.").await.unwrap();
        assert_eq!(challenge.name, "_portico-challenge.clinic.example");
        assert_eq!(owner(&app, CLINIC).await, None, "a claim routes nobody");
        let early = verify(&app, "riverside", CLINIC).await;
        assert!(matches!(early, Err(NotVerified::NotThere { found, .. }) if found.is_empty()));
        app.dns().put(&challenge.name, &["portico-verification=of-another-claim"]);
        let wrong = verify(&app, "riverside", CLINIC).await;
        assert!(matches!(wrong, Err(NotVerified::NotThere { found, .. }) if found.len() == 1));
        assert_eq!(claim(&app, "riverside", CLINIC).await.unwrap(), challenge, "claimed again, the same record is wanted");
        put(&app, &challenge);
        assert!(verify(&app, "riverside", CLINIC).await.unwrap());
        assert_eq!(owner(&app, CLINIC).await.as_deref(), Some("riverside"));
        assert!(!verify(&app, "riverside", CLINIC).await.unwrap(), "it was before");
        assert_eq!((app.events("domain.claimed").await, app.events("domain.verified").await), (1, 1));
        assert!(app.dns().asked().iter().all(|(name, connection)| *name == challenge.name && *connection));
    }

    async fn a_verified_domain_cannot_be_claimed_away_and_a_released_one_can(app: TestApp) {
        let rivals = claim(&app, "harbor", CLINIC).await.unwrap();
        let old = own(&app, "riverside", CLINIC).await;
        assert!(matches!(claim(&app, "northwind", CLINIC).await, Err(NotClaimed::Anothers(_))));
        // Whoever has an open claim, and even the DNS, comes too late.
        put(&app, &rivals);
        assert!(matches!(verify(&app, "harbor", CLINIC).await, Err(NotVerified::Anothers(_))));
        assert!(matches!(vouch(&app, "harbor", CLINIC, true).await, Err(NotVerified::Anothers(_))));
        assert!(!release(&app, "harbor", "riverside.example").await, "nobody releases what is another's");
        assert_eq!(owner(&app, CLINIC).await.as_deref(), Some("riverside"));

        assert!(release(&app, "riverside", CLINIC).await);
        assert_eq!(owner(&app, CLINIC).await, None);
        assert!(verify(&app, "harbor", CLINIC).await.unwrap());
        assert!(release(&app, "harbor", CLINIC).await);
        // What stands in the DNS of an earlier claim shows nothing any more.
        let new = claim(&app, "riverside", CLINIC).await.unwrap();
        assert_ne!(new, old);
        put(&app, &old);
        assert!(matches!(verify(&app, "riverside", CLINIC).await, Err(NotVerified::NotThere { .. })));
        assert_eq!(app.events("domain.released").await, 2);
    }

    async fn race_of_organizations_for_a_domain_has_one_winner(app: TestApp) {
        let slugs: [&'static str; 4] = ["riverside", "harbor", "lakeshore", "northwind"];
        let nodes = [app.clone(), app.second_node().await];
        for round in 0..5 {
            let domain = format!("round{round}.example");
            let mut records = Vec::new();
            for slug in slugs {
                records.push(claim(&app, slug, &domain).await.unwrap());
            }
            let values: Vec<&str> = records.iter().map(|one| one.value.as_str()).collect();
            app.dns().put(&records[0].name, &values);
            let racers = slugs.into_iter().cycle().take(8).enumerate().map(|(at, slug)| {
                let (node, domain) = (nodes[at % 2].clone(), domain.clone());
                async move { (slug, verify(&node, slug, &domain).await) }
            });
            let winners = all_at_once(racers).await.into_iter().filter(|(_, done)| matches!(done, Ok(true)));
            let winners: Vec<&str> = winners.map(|(slug, _)| slug).collect();
            assert_eq!(winners.len(), 1, "{winners:?}");
            assert_eq!(owner(&app, &domain).await.as_deref(), Some(winners[0]));
        }
        assert_eq!(app.events("domain.verified").await, 5);
    }

    async fn an_operator_vouches_by_name_and_says_why(app: TestApp) {
        assert!(vouch(&app, "riverside", CLINIC, false).await.unwrap(), "without a claim before");
        assert_eq!(owner(&app, CLINIC).await.as_deref(), Some("riverside"));
        let actor = format!("account:{}", app.id_of(ROOT).await);
        let sql = "SELECT count(*) FROM audit WHERE event = 'domain.verified' AND actor = $1 AND details LIKE '%seen the contract%'";
        assert_eq!(app.count(sql, &[&actor]).await, 1);
        // Nothing was in the DNS, so nothing can be missing.
        app.pass(DAY * 30);
        look(&app).await;
        assert!(app.dns().asked().is_empty());
    }

    async fn what_many_share_is_nobodys_to_claim(app: TestApp) {
        for domain in ["example", "com", "co.uk", "github.io", "192.0.2.1", "localhost"] {
            assert!(matches!(claim(&app, "riverside", domain).await, Err(NotClaimed::Unclaimable(_))), "{domain}");
            assert!(matches!(vouch(&app, "riverside", domain, true).await, Err(NotVerified::Unclaimable(_))), "{domain}");
        }
    }

    async fn a_lookalike_needs_an_operators_word_whatever_the_dns_says(app: TestApp) {
        for domain in ["rіverside.example", "riversíde.example.", "gmail.com", "1akeshore.example"] {
            let challenge = claim(&app, "harbor", domain).await.unwrap();
            put(&app, &challenge);
            let verified = verify(&app, "harbor", domain).await;
            if domain == "riversíde.example." {
                // An accent is seen, and another name.
                assert!(verified.unwrap(), "{domain}");
                continue;
            }
            assert!(matches!(verified, Err(NotVerified::Doubtful(_))), "{domain}: {verified:?}");
            assert!(matches!(vouch(&app, "harbor", domain, false).await, Err(NotVerified::Doubtful(_))), "{domain}");
        }
        assert!(vouch(&app, "harbor", "1akeshore.example", true).await.unwrap());
        assert_eq!(owner(&app, "lakeshore.example").await.as_deref(), Some("lakeshore"));
    }

    async fn a_domain_in_use_by_others_needs_an_operators_word(app: TestApp) {
        let sql = "UPDATE accounts SET email = 'mia@clinic.example' WHERE email = 'mia@riverside.example'";
        app.execute(sql, &[]).await;
        put(&app, &claim(&app, "harbor", CLINIC).await.unwrap());
        assert!(matches!(verify(&app, "harbor", CLINIC).await, Err(NotVerified::Doubtful(_))));
        put(&app, &claim(&app, "riverside", CLINIC).await.unwrap());
        assert!(verify(&app, "riverside", CLINIC).await.unwrap(), "they are its own people");
    }

    async fn a_record_that_vanishes_is_told_of_and_shuts_nobody_out(app: TestApp) {
        let challenge = own(&app, "riverside", CLINIC).await;
        let checked = app.dns().asked().len();
        app.pass(DAY * 6);
        look(&app).await;
        assert_eq!(app.dns().asked().len(), checked, "not before a week is over");
        app.dns().put(&challenge.name, &[]);
        app.pass(DAY);
        look(&app).await;
        assert_eq!(app.events("domain_record.vanished").await, 0, "once is a mistake somebody may be correcting");
        app.dns().fail(&challenge.name);
        app.pass(DAY);
        look(&app).await;
        assert_eq!(app.events("domain_record.vanished").await, 0, "nobody has said that it is gone");
        app.dns().put(&challenge.name, &["something else"]);
        app.pass(DAY);
        look(&app).await;
        for told in ["dana@riverside.example", "lucia@riverside.example", ROOT] {
            let mail = app.mail_to(told).await;
            assert_eq!(mail.subject, "A DNS record of clinic.example is missing");
            assert!(mail.text.contains(&challenge.value), "{}", mail.text);
        }
        assert_eq!(owner(&app, CLINIC).await.as_deref(), Some("riverside"));
        app.pass(DAY);
        look(&app).await;
        put(&app, &challenge);
        app.pass(DAY);
        look(&app).await;
        let events = [app.events("domain_record.vanished").await, app.events("domain_record.restored").await];
        assert_eq!(events, [1, 1], "told once");
    }

    async fn race_of_nodes_that_look_at_a_record_tells_of_it_once(app: TestApp) {
        let challenge = own(&app, "riverside", CLINIC).await;
        app.dns().put(&challenge.name, &[]);
        app.pass(DAY * 7);
        look(&app).await;
        app.pass(DAY);
        let other = app.second_node().await;
        all_at_once([app.clone(), other].map(|node| async move { look(&node).await })).await;
        assert_eq!(app.events("domain_record.vanished").await, 1);
        app.leaves_mail_behind();
    }

    async fn a_new_domain_opens_no_passwords_of_an_organization_that_signs_in_elsewhere(app: TestApp) {
        own(&app, "lakeshore", CLINIC).await;
        assert_eq!(organization(&app, "lakeshore").await.sign_in, SignInWay::Sso);
    }

    async fn a_resolver_that_is_silent_verifies_nothing(app: TestApp) {
        let challenge = claim(&app, "riverside", CLINIC).await.unwrap();
        put(&app, &challenge);
        app.dns().fail(&challenge.name);
        let failed = verify(&app, "riverside", CLINIC).await;
        assert!(matches!(failed, Err(NotVerified::Silent(Silent::NoAnswer(_)))), "{failed:?}");
        assert_eq!(owner(&app, CLINIC).await, None);
    }

    async fn a_resolver_that_takes_no_connections_is_asked_by_packets(app: TestApp) {
        let zone = Zone::serve_packets_only().await;
        let entropy = app.app().entropy.clone();
        let resolver = Resolver::new(Some(zone.address()), entropy);
        zone.put("a.example", &["one", "two"]);
        assert_eq!(resolver.texts("a.example").await.unwrap(), ["one", "two"], "and a stranger's guess is let go");
        assert_eq!(resolver.texts("b.example").await.unwrap(), [""; 0]);
        zone.put("c.example", &["x".repeat(600).as_str()]);
        assert!(matches!(resolver.texts("c.example").await, Err(Silent::NoAnswer(_))), "it fits into no packet");
        assert_eq!(zone.asked().iter().filter(|(_, connection)| *connection).count(), 0);
    }

    async fn a_long_answer_comes_whole_over_a_connection(app: TestApp) {
        let long = "x".repeat(600);
        app.dns().put("a.example", &[long.as_str(); 20]);
        assert_eq!(app.app().dns.texts("a.example").await.unwrap(), [long.as_str(); 20]);
    }
}
