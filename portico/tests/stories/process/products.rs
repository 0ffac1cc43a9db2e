//! `portico product`: what an operator does who wires products to the front door.

use std::fs;
use std::time::Duration;

use portico::platform::clock::Clock;
use rstest::rstest;
use serde_json::Value;

use super::{Deployment, Finished, PUBLIC_URL};
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";
pub const FILE: &str = r#"
[[product]]
id = "beds"
name = "Beds"
description = "Free beds"
home = "https://beds.example/"

[[product.client]]
redirect_uris = ["https://beds.example/callback"]
backchannel_logout_uri = "https://beds.example/backchannel"
grant_types = ["authorization_code", "refresh_token", "client_credentials"]

[[product]]
id = "old-log"
name = "Old Log"
description = "What was written by hand"
home = "https://log.example/"

[[client]]
id = "night-report"
organizations = ["riverside", "harbor"]
redirect_uris = ["http://127.0.0.1:9999/callback"]
"#;

pub fn write(deployment: &Deployment, text: &str) -> String {
    let path = deployment.path("products.toml");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

pub async fn import(deployment: &Deployment, text: &str) -> Finished {
    let path = write(deployment, text);
    deployment.run(&["product", "import", &path]).await
}

pub async fn events(deployment: &Deployment, event: &'static str) -> i64 {
    let sql = "SELECT COUNT(*) FROM audit WHERE event = $1 AND actor = 'command'";
    deployment.count(sql, &[&event]).await
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_registered_and_the_same_file_changes_nothing(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let path = write(&deployment, FILE);
    let dry = deployment.run(&["product", "import", &path, "--dry-run"]).await;
    dry.exits(0).says("product beds: new").says("+ https://beds.example/callback").says("Nothing was changed.");
    assert!(!dry.stdout.contains("client_secret "), "{}", dry.stdout);
    deployment
        .run(&["product", "show", "beds"])
        .await
        .refuses(1, &["There is no product beds.", "portico product list"]);

    let done = deployment.run(&["product", "import", &path, "--json"]).await.exits(0).json();
    let secrets: Vec<&Value> =
        done["done"].as_array().unwrap().iter().filter_map(|one| one.get("client_secret")).collect();
    assert_eq!(secrets.len(), 2, "a secret for each client that needs one: {done}");
    let again = import(&deployment, FILE).await;
    again.exits(0).says("product beds: as it was").says("client night-report: as it was").says("Nothing changes");
    assert!(!again.stdout.contains(secrets[0].as_str().unwrap()), "a secret is shown once");
    let stored = "SELECT COUNT(*) FROM client_secrets";
    assert_eq!(deployment.count(stored, &[]).await, 2);

    let exported = deployment.run(&["product", "export"]).await;
    let exported = exported.exits(0).stdout.clone();
    import(&deployment, &exported).await.exits(0).says("Nothing changes");
    for (event, count) in [
        ("product.added", 2),
        ("client.added", 2),
        ("client_secret.added", 2),
        ("product.changed", 0),
        ("client.changed", 0),
    ] {
        assert_eq!(events(&deployment, event).await, count, "{event}");
    }
    let listed = deployment.run(&["product", "list", "--json"]).await.exits(0).json();
    assert_eq!(listed["clients"][0]["client"]["organizations"], serde_json::json!(["harbor", "riverside"]), "{listed}");
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_changed_file_is_told_key_by_key_and_what_it_leaves_out_is_disabled(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    import(&deployment, FILE).await.exits(0);
    let changed = FILE.replace("name = \"Beds\"", "name = \"Bed Finder\"").replace(
        "redirect_uris = [\"https://beds.example/callback\"]",
        "id = \"beds-2\"\nredirect_uris = [\"https://beds.example/cb\"]",
    );
    let told = import(&deployment, &changed).await;
    told.exits(0).says("Beds → Bed Finder").says("client beds-2 of beds: new").says("client beds of beds: disabled");
    let shown = deployment.run(&["product", "show", "beds"]).await;
    shown.exits(0).says("Client beds (disabled)").says("https://beds.example/cb");
    // Back again by its name only, and without the secret it had.
    import(&deployment, FILE).await.refuses(2, &["beds: it is disabled.", "portico product client enable beds"]);
    let back = deployment.run(&["product", "client", "enable", "beds"]).await;
    back.exits(0).says("beds is back.").says("client_secret ");
    import(&deployment, FILE)
        .await
        .exits(0)
        .says("client beds of beds: as it was")
        .says("client beds-2 of beds: disabled");
    assert_eq!((events(&deployment, "client.disabled").await, events(&deployment, "client.enabled").await), (2, 1));
    let details = "SELECT COUNT(*) FROM audit WHERE event = 'product.changed' AND details LIKE '%Bed Finder%'";
    assert_eq!(deployment.count(details, &[]).await, 2, "what it was and what it is");
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_wrong_registers_nothing_and_says_all_that_is_wrong() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let wrong = FILE
        .replace("https://beds.example/callback", "https://*.beds.example/callback")
        .replace("https://log.example/", "http://log.example/");
    import(&deployment, &wrong).await.refuses(
        2,
        &[
            "Nothing was registered.",
            "beds: `redirect_uris`: https://*.beds.example",
            "old-log: `home`: http://log.example/",
        ],
    );
    let unknown = FILE.replace("harbor", "nowhere");
    import(&deployment, &unknown).await.refuses(2, &["night-report: there is no organization nowhere."]);
    import(&deployment, "[[product]]\nredirect_uri = 1\n").await.refuses(2, &["Line 2", "redirect_uri", "products.md"]);
    let nothing = deployment.run(&["product", "import", "/no/such/file.toml"]).await;
    nothing.refuses(2, &["/no/such/file.toml cannot be read"]);
    // A client is its product's for good.
    import(&deployment, FILE).await.exits(0);
    let taken = FILE
        .replace("id = \"night-report\"", "id = \"beds\"")
        .replace("[[product.client]]\n", "[[product.client]]\nid = \"x\"\n");
    import(&deployment, &taken).await.refuses(2, &["beds: there is such a client, of beds"]);
    assert_eq!(events(&deployment, "product.added").await, 2);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_the_documentation_is_registered_as_it_stands_there() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let page = include_str!("../../../../docs/operate/products.md");
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    import(&deployment, example).await.exits(0).says("product beds: new").says("client night-report: new");
    let open = ["product", "open-to", "beds", "riverside", "--seats", "250", "--until", "2027-12-31"];
    deployment.run(&open).await.exits(0).says("Beds is open to Riverside Health.");
    let asked = deployment.run(&["product", "redirect", "beds", "https://beds.example.org/callback/"]).await;
    asked.exits(1);
    for line in asked.stdout.lines().take(4) {
        assert!(page.contains(line), "the documentation tells it otherwise: {line}");
    }
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_added_changed_retired_and_brought_back_by_options(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let add =
        ["product", "add", "beds", "--name", "Beds", "--description", "Free beds", "--home", "https://beds.example/"];
    let refused = deployment.run(&add).await;
    refused.refuses(2, &["Nothing was registered.", "needs a redirect URI"]);
    let with_client = [&add[..], &["--redirect-uri", "https://beds.example/cb", "--json"]].concat();
    let done = deployment.run(&with_client).await.exits(0).json();
    assert_eq!(done["done"][1]["client"], "beds", "{done}");
    deployment.run(&with_client).await.refuses(1, &["There is a product beds already", "portico product change beds"]);

    let change = ["product", "change", "beds", "--default-view", "https://beds.example/board"];
    deployment.run(&change).await.exits(0).says("default_view").says("client beds of beds: as it was");
    let uris = ["product", "change", "beds", "--add-redirect-uri", "https://beds.example/two", "--dry-run"];
    deployment.run(&uris).await.exits(0).says("+ https://beds.example/two").says("Nothing was changed.");
    deployment.run(&uris[..5]).await.exits(0);
    deployment.run(&["product", "change", "beds", "--remove-redirect-uri", "https://beds.example/two"]).await.exits(0);
    deployment.run(&["product", "change", "beds", "--default-view", ""]).await.exits(0).says("is taken away");
    let shown = deployment.run(&["product", "show", "beds", "--json"]).await.exits(0).json();
    assert_eq!(
        shown["clients"][0]["client"]["redirect_uris"],
        serde_json::json!(["https://beds.example/cb"]),
        "{shown}"
    );
    assert_eq!(shown["product"].get("default_view"), None, "{shown}");

    deployment.run(&["product", "retire", "beds"]).await.exits(0).says("beds is retired");
    deployment.run(&["product", "retire", "beds"]).await.exits(0).says("was retired before");
    deployment.run(&change).await.refuses(1, &["beds is retired", "portico product restore beds"]);
    let listed = deployment.run(&["product", "list"]).await;
    assert!(!listed.exits(0).stdout.contains("Beds"), "{}", listed.stdout);
    let logo = ["product", "logo", "remove", "beds"];
    for act in [&logo[..], &["product", "open-to", "beds", "riverside", "--seats", "5"]] {
        deployment.run(act).await.refuses(1, &["beds is retired", "portico product restore beds"]);
    }
    deployment.run(&["product", "check", "beds"]).await.exits(0).says("It is retired.");
    deployment.run(&["product", "restore", "beds"]).await.exits(0).says("beds is back");
    deployment.run(&["product", "list", "--all"]).await.exits(0).says("Beds");
    for (event, count) in
        [("product.retired", 1), ("product.restored", 1), ("product.changed", 2), ("client.changed", 2)]
    {
        assert_eq!(events(&deployment, event).await, count, "{event}");
    }
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_opened_and_closed_to_an_organization(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    import(&deployment, FILE).await.exits(0);
    let open = ["product", "open-to", "beds", "riverside"];
    deployment.run(&open).await.refuses(2, &["was not opened to Riverside Health", "--seats 50"]);
    deployment.run(&[&open[..], &["--seats", "3", "--until", "2030-01-31"]].concat()).await.exits(0);
    // The end of that day in Chicago.
    let shown = deployment.run(&["product", "show", "beds"]).await;
    shown.exits(0).says("Open to riverside").says("0 of 3 taken").says("2030-02-01T06:00:00Z");
    deployment.run(&[&open[..], &["--without-end"]].concat()).await.exits(0).says("2030-02-01T06:00:00Z is taken away");
    deployment.run(&open).await.exits(0).says("Nothing changes for Riverside Health.");
    let backwards = [&open[..], &["--from", "2031-01-01", "--until", "2030-01-01"]].concat();
    deployment.run(&backwards).await.refuses(2, &["it would end before it begins"]);
    // It is never ended in passing: who has it would not be told.
    deployment.run(&[&open[..], &["--from", "2031-01-01"]].concat()).await.refuses(2, &["it is in use", "close-to"]);
    let past = [&open[..], &["--from", "2019-01-01", "--until", "2020-01-01"]].concat();
    deployment.run(&past).await.refuses(2, &["it would be over already", "close-to"]);
    let later = ["product", "open-to", "old-log", "riverside", "--seats", "5", "--from", "2031-01-01"];
    deployment.run(&later).await.exits(0).says("Old Log will be open to Riverside Health, from 2031-01-01T06:00:00Z.");
    let few = ["product", "open-to", "bed-board", "riverside", "--seats", "1"];
    deployment.run(&few).await.refuses(2, &["2 people have access already"]);
    deployment
        .run(&["product", "open-to", "beds", "nowhere", "--seats", "1"])
        .await
        .refuses(1, &["no organization nowhere"]);

    let node = deployment.start();
    let mut omar = node.visitor();
    omar.sign_in(OMAR, PASSWORD).await.unwrap();
    deployment
        .run(&["product", "close-to", "bed-board", "riverside"])
        .await
        .exits(0)
        .says("Bed Board is closed to Riverside");
    let portal = omar.get("/").await.unwrap();
    assert!(portal.answer.body.contains("License ended"), "{}", portal.answer.body);
    deployment.run(&["product", "close-to", "bed-board", "riverside"]).await.refuses(1, &["no license for bed-board"]);
    // Opened again it ends neither where it ended nor never, unless somebody says so.
    let again = ["product", "open-to", "bed-board", "riverside"];
    deployment.run(&again).await.refuses(2, &["it has ended", "--without-end"]);
    deployment.run(&[&again[..], &["--without-end"]].concat()).await.exits(0).says("Bed Board is open to");
    assert!(!omar.get("/").await.unwrap().answer.body.contains("License ended"));
    for (event, count) in [("license.granted", 2), ("license.changed", 2), ("license.ended", 1)] {
        assert_eq!(events(&deployment, event).await, count, "{event}");
    }
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engineer_is_shown_where_an_address_differs() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    import(&deployment, FILE).await.exits(0);
    let asked = async |uri: &str| deployment.run(&["product", "redirect", "beds", uri]).await;
    asked("https://beds.example/callback").await.exits(0).says("It is registered");
    asked("https://beds.example/Callback")
        .await
        .exits(1)
        .says("capital and small letters differ")
        .says("\n                                   ^");
    asked("http://beds.example/callback").await.exits(1).says("it begins with `http`");
    let json = ["product", "redirect", "beds", "https://beds.example/", "--post-logout", "--json"];
    let json = deployment.run(&json).await.exits(1).json();
    assert_eq!((json["accepted"].as_bool(), json["why"].is_string()), (Some(false), true), "{json}");
    deployment.run(&["product", "redirect", "old-log", "https://a/"]).await.refuses(1, &["old-log has no client."]);
    deployment.run(&["product", "redirect", "night-report", "http://127.0.0.1:9999/callback"]).await.exits(0);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_weaker_than_it_could_be_is_shown_wherever_the_product_is() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let weak = FILE.replace("backchannel_logout_uri", "profile = \"oidc-basic\"\nbackchannel_logout_uri");
    import(&deployment, &weak).await.exits(0);
    deployment.run(&["product", "open-to", "beds", "riverside", "--seats", "5"]).await.exits(0);
    deployment.run(&["product", "list"]).await.exits(0).says("! beds: Its profile is `oidc-basic`");
    deployment.run(&["product", "show", "beds"]).await.exits(0).says("! beds: Its profile is `oidc-basic`");
    deployment.run(&["product", "check", "beds"]).await.exits(0).says("! beds: Its profile is `oidc-basic`");
    deployment.run(&["product", "check"]).await.exits(1).says("old-log").says("✗ No organization may use it now.");
    // Once it has used PKCE it always has to.
    deployment.execute("UPDATE clients SET pkce_pinned_at = 1 WHERE id = 'beds'", &[]).await;
    let checked = deployment.run(&["product", "check", "beds", "--json"]).await.exits(0).json();
    assert_eq!(checked, serde_json::json!([]));
    deployment.run(&["product", "check", "beds"]).await.exits(0).says("Nothing to say");
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn notices_that_do_not_arrive_are_told_where_an_engineer_looks(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let local = FILE.replace("https://beds.example/backchannel", "http://127.0.0.1:9/backchannel");
    import(&deployment, &local).await.exits(0);
    deployment.run(&["product", "open-to", "beds", "riverside", "--seats", "5"]).await.exits(0);
    let sql = "INSERT INTO logout_notices (id, client_id, account_id, subject, sid, state, attempts, next_attempt_at, answer, created_at)
               VALUES ($1, 'beds', 'a', 's', 'i', $2, 3, 0, '503', $3)";
    let now = Clock::system().now();
    let long_ago = now - Duration::from_secs(2 * 24 * 3_600);
    for (id, state, at) in
        [("1", "given_up", now), ("2", "waiting", now), ("3", "delivered", now), ("4", "given_up", long_ago)]
    {
        deployment.execute(sql, &[&id, &state, &at]).await;
    }
    let checked = deployment.run(&["product", "check", "beds"]).await;
    checked.exits(0).says("! beds: Of today's notices that people have signed out 2 did not arrive (503).");
    // Behind a public address nothing is sent to this machine.
    deployment.configure(&deployment.configuration().replace(PUBLIC_URL, "https://id.example"));
    deployment
        .run(&["product", "check", "beds"])
        .await
        .exits(1)
        .says("✗ beds: Its `backchannel_logout_uri` is no https");
    deployment.configure(&deployment.configuration());
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn new_signing_keys_are_in_the_audit_trail() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    deployment.run(&["keys", "rotate", "--algorithm", "ES256"]).await.exits(0);
    deployment.run(&["keys", "rotate", "--algorithm", "ES256", "--at-once"]).await.exits(0);
    let count =
        (events(&deployment, "signing_key.published").await, events(&deployment, "signing_key.withdrawn").await);
    assert_eq!(count, (2, 1));
    deployment.finish().await;
}
