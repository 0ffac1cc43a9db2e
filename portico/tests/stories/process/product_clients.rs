//! Clients and what is written of them: ended and brought back by name, changed by name, compared with what is there.

use std::io;

use rstest::rstest;

use super::products::{FILE, events, import, write};
use super::{Deployment, binary};
use crate::support::Engine;

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_no_product_is_shown_changed_ended_and_brought_back(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    import(&deployment, FILE).await.exits(0);
    let client = async |act: &str| deployment.run(&["product", "client", act, "night-report"]).await;
    deployment.run(&["product", "show", "night-report"]).await.exits(0).says("Client night-report").says("riverside");
    let change =
        ["product", "change", "night-report", "--client-name", "Report of the Night", "--organization", "harbor"];
    deployment.run(&change).await.exits(0).says("Report of the Night").says("- riverside");
    let home = ["product", "change", "night-report", "--home", "https://a.example/"];
    deployment.run(&home).await.refuses(2, &["a client of no product"]);

    client("disable").await.exits(0).says("night-report is disabled.");
    client("disable").await.exits(0).says("was disabled before");
    let listed = deployment.run(&["product", "secret", "list", "night-report"]).await;
    assert_eq!(listed.exits(0).stdout.matches("ended at").count(), 1, "{}", listed.stdout);
    deployment.run(&change).await.refuses(1, &["is disabled", "portico product client enable night-report"]);
    import(&deployment, FILE).await.refuses(2, &["night-report: it is disabled.", "client enable night-report"]);
    assert!(!deployment.run(&["product", "list"]).await.exits(0).stdout.contains("night-report"));
    deployment.run(&["product", "list", "--all"]).await.exits(0).says("night-report").says("(disabled)");
    let asked = ["product", "redirect", "night-report", "http://127.0.0.1:9999/callback", "--json"];
    assert_eq!(deployment.run(&asked).await.exits(1).json()["why"], "the client is disabled");

    client("enable").await.exits(0).says("night-report is back.").says("client_secret ");
    client("enable").await.refuses(1, &["night-report is not disabled."]);
    let unknown = deployment.run(&["product", "client", "disable", "nobody"]).await;
    unknown.refuses(1, &["There is no client nobody.", "portico product list"]);
    for (event, count) in [("client.disabled", 1), ("client.enabled", 1), ("client_secret.added", 3)] {
        assert_eq!(events(&deployment, event).await, count, "{event}");
    }
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_several_clients_is_changed_by_its_own_id() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let two = FILE.replace(
        "[[product.client]]\n",
        "[[product.client]]\nid = \"beds-app\"\nredirect_uris = [\"https://beds.example/app\"]\n\n[[product.client]]\nid = \"beds\"\n",
    );
    import(&deployment, &two).await.exits(0);
    let change = ["product", "change", "beds-app", "--scope", "openid"];
    deployment
        .run(&change)
        .await
        .exits(0)
        .says("client beds-app of beds: changed")
        .says("client beds of beds: as it was");
    deployment.run(&["product", "change", "beds", "--scope", "openid"]).await.refuses(1, &["has several clients"]);
    deployment.run(&["product", "change", "beds", "--client", "typo"]).await.refuses(1, &["beds has no client typo"]);
    // Taking the limit away would give everything.
    deployment.run(&["product", "change", "beds-app", "--scope", ""]).await.exits(2);
    let none = ["product", "change", "beds-app", "--remove-redirect-uri", "https://beds.example/none"];
    deployment.run(&none).await.refuses(1, &["is none of its redirect URIs", "https://beds.example/app"]);
    deployment.run(&["product", "client", "disable", "beds-app"]).await.exits(0);
    deployment.run(&["product", "retire", "beds"]).await.exits(0);
    deployment.run(&["product", "client", "enable", "beds-app"]).await.refuses(1, &["beds is retired"]);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_sector_is_told_loudly_and_never_comes_by_the_order_of_addresses() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let pairwise = |uris: &str| FILE.replace("redirect_uris = [\"https://beds.example/callback\"]", uris);
    let one = pairwise("subject_type = \"pairwise\"\nredirect_uris = [\"https://beds.example/callback\"]");
    import(&deployment, &one).await.exits(0);
    let several =
        "subject_type = \"pairwise\"\nredirect_uris = [\"https://a.example/\", \"https://beds.example/callback\"]";
    import(&deployment, &pairwise(several)).await.refuses(2, &["beds: `sector`: say which"]);
    let named = format!("sector = \"beds.example\"\n{several}");
    let kept = import(&deployment, &pairwise(&named)).await;
    assert!(!kept.exits(0).stdout.contains("! Everybody"), "{}", kept.stdout);
    let path = write(&deployment, &pairwise(&named.replace("sector = \"beds", "sector = \"a")));
    deployment.run(&["product", "import", &path, "--dry-run"]).await.exits(0).says("! Everybody gets another `sub`");
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn views_of_sites_are_registered_compared_and_exported_in_any_order(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    if engine == Engine::Postgres {
        // As a cluster sorts that was made for people who speak English.
        deployment.execute("ALTER TABLE sites ALTER COLUMN name TYPE TEXT COLLATE \"en-x-icu\"", &[]).await;
    }
    let mut text = FILE.to_owned();
    for name in ["Eastbourne", "East Wing", "east annex"] {
        let site = "INSERT INTO sites (id, organization_id, name) VALUES ($1, 'riverside', $1)";
        deployment.execute(site, &[&name]).await;
        let url = name.replace(' ', "-");
        let view = format!(
            "\n[[product.view]]\norganization = \"riverside\"\nsite = \"{name}\"\nurl = \"https://beds.example/{url}\"\n"
        );
        text = text.replace("\n[[product.client]]", &format!("{view}\n[[product.client]]"));
    }
    import(&deployment, &text).await.exits(0).says("site East Wing");
    import(&deployment, &text).await.exits(0).says("Nothing changes");
    let exported = deployment.run(&["product", "export"]).await.exits(0).stdout.clone();
    import(&deployment, &exported).await.exits(0).says("Nothing changes");
    let moved = text.replace("https://beds.example/East-Wing", "https://beds.example/west");
    let told = import(&deployment, &moved).await;
    told.exits(0).says("- organization riverside, site East Wing").says("+ organization riverside, site East Wing");
    assert!(!told.stdout.contains("Eastbourne"), "{}", told.stdout);
    deployment
        .execute("INSERT INTO sites (id, organization_id, name) VALUES ('x', 'riverside', 'East Wing')", &[])
        .await;
    import(&deployment, &text).await.refuses(2, &["beds: riverside has several sites \"East Wing\""]);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stops_reading_is_told_so_and_nothing_breaks() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let path = write(&deployment, FILE);
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let mut command = binary();
    command.args(["product", "import", &path, "--config"]).arg(deployment.path("portico.toml")).stdout(writer);
    let ended = command.spawn().unwrap().wait_with_output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.code() == Some(1) && told.contains("What was asked is done"), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    import(&deployment, FILE).await.exits(0).says("Nothing changes");
    deployment.finish().await;
}
