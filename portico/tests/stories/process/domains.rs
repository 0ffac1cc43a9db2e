//! `portico domain`: what an operator does about whose a domain is.

use super::Deployment;
use crate::support::{Engine, Zone};

const CLINIC: &str = "clinic.example";

/// With the people of the stories, and a name server of its own.
async fn deployment() -> (Deployment, Zone) {
    let (deployment, zone) = (Deployment::new(Engine::Sqlite).await, Zone::serve().await);
    deployment.configure(&format!("{}dns.resolver = \"{}\"\n", deployment.configuration(), zone.address()));
    (deployment, zone)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_claimed_shown_listed_and_released() {
    let (deployment, zone) = deployment().await;
    let of_riverside = ["--organization", "riverside"];
    let domain = |verb: &'static str| [&["domain", verb, "Clinic.Example."], of_riverside.as_slice()].concat();
    let early = deployment.run(&domain("verify")).await;
    early.refuses(1, &["the organization has not claimed it", "portico domain claim"]);

    let claimed = deployment.run(&domain("claim")).await;
    claimed.exits(0).says("Riverside Health claims clinic.example.").says("_portico-challenge.clinic.example");
    let again = deployment.run(&[domain("claim"), vec!["--json"]].concat()).await.exits(0).json();
    assert_eq!((again["new"].as_bool(), again["verified"].as_bool()), (Some(false), Some(false)), "{again}");
    let (name, value) = (again["record"]["name"].as_str().unwrap(), again["record"]["value"].as_str().unwrap());
    assert!(claimed.stdout.contains(value), "the same record is wanted");

    let missing = deployment.run(&domain("verify")).await;
    missing.refuses(1, &["the record is not there", value, "There is no such name"]);
    zone.put(name, &["something else"]);
    deployment.run(&domain("verify")).await.refuses(1, &["There is: something else"]);
    zone.fail(name);
    deployment.run(&domain("verify")).await.refuses(1, &["the resolver has no answer itself", "`dns.resolver`"]);
    deployment.run(&["domain", "list"]).await.exits(0).says("clinic.example").says("claimed, not verified");

    zone.put(name, &[value]);
    deployment.run(&domain("verify")).await.exits(0).says("clinic.example is Riverside Health's");
    deployment.run(&domain("verify")).await.exits(0).says("was Riverside Health's before");
    let rival = deployment.run(&["domain", "claim", CLINIC, "--organization", "harbor"]).await;
    rival.refuses(1, &["it is Riverside Health's, verified"]);
    let listed = deployment.run(&["domain", "list", "--organization", "riverside", "--json"]).await.exits(0).json();
    let listed = listed.as_array().unwrap();
    let names: Vec<&str> = listed.iter().map(|one| one["domain"].as_str().unwrap()).collect();
    assert_eq!(names, ["clinic.example", "riverside.example"]);
    assert_eq!(listed[0]["verified_by"].as_str(), Some("dns"));

    deployment.run(&domain("release")).await.exits(0).says("clinic.example is nobody's.");
    deployment.run(&domain("release")).await.refuses(1, &["neither Riverside Health's nor claimed by it"]);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lookalike_is_told_and_an_operator_says_so_by_name() {
    let (deployment, _) = deployment().await;
    let domain = "1akeshore.example";
    let claimed = deployment.run(&["domain", "claim", domain, "--organization", "harbor"]).await;
    claimed.exits(0).says("! it looks like lakeshore.example, which is Lakeshore Hospital's");
    let vouch = |by: &'static str, more: &'static [&'static str]| {
        let because = ["--organization", "harbor", "--by", by, "--because", "they showed the invoice"];
        [&["domain", "verify", domain], because.as_slice(), more].concat()
    };
    let doubtful = deployment.run(&vouch("root@portico.example", &[])).await;
    doubtful.refuses(1, &["it looks like lakeshore.example", "--despite-doubts"]);
    let stranger = deployment.run(&vouch("omar@riverside.example", &["--despite-doubts"])).await;
    stranger.refuses(1, &["omar@riverside.example is no operator's account"]);
    let done = deployment.run(&vouch("root@portico.example", &["--despite-doubts", "--json"])).await.exits(0).json();
    assert!(done["done"].as_str().unwrap().contains("is Harbor County EMS's"), "{done}");
    deployment.run(&["domain", "list"]).await.exits(0).says("root@portico.example vouches for it");
    let sql = "SELECT COUNT(*) FROM audit WHERE event = 'domain.verified' AND details LIKE '%looks_like%'";
    assert_eq!(deployment.count(sql, &[]).await, 1);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_domain_or_many_peoples_is_refused() {
    let (deployment, _) = deployment().await;
    let claim = |domain: &'static str| ["domain", "claim", domain, "--organization", "riverside"];
    deployment.run(&claim("https://clinic.example/")).await.refuses(2, &["is no domain", "riverside.example"]);
    deployment.run(&claim("co.uk")).await.refuses(1, &["it is a public suffix"]);
    deployment.run(&claim("example")).await.refuses(1, &["it is a top-level domain"]);
    let nobody = deployment.run(&["domain", "claim", CLINIC, "--organization", "atlantis"]).await;
    nobody.refuses(1, &["There is no organization atlantis."]);
    let alone = deployment.run(&["domain", "verify", CLINIC, "--organization", "riverside", "--by", "root"]).await;
    alone.exits(2);
    deployment.finish().await;
}
