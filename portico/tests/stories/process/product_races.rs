//! Operators at the same time: nobody's change is lost, and nothing that has ended comes back in passing.

use rstest::rstest;

use super::products::{FILE, events, import, write};
use super::{Deployment, Finished};
use crate::support::Engine;

const RACERS: usize = 6;

fn done(all: &[Finished]) -> usize {
    all.iter().filter(|one| one.code == Some(0)).count()
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn race_changes_of_one_product_all_hold(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    import(&deployment, FILE).await.exits(0);
    let uris: Vec<String> = (0..RACERS).map(|number| format!("https://beds.example/{number}")).collect();
    let change = |uri| vec!["product", "change", "beds", "--add-redirect-uri", uri];
    let commands: Vec<_> = uris.iter().map(|uri| change(uri)).collect();
    let all = deployment.run_at_once(&commands).await;
    assert_eq!(done(&all), RACERS, "{:?}", all.iter().map(|one| &one.stderr).collect::<Vec<_>>());
    let shown = deployment.run(&["product", "show", "beds", "--json"]).await.exits(0).json();
    let held = shown["clients"][0]["client"]["redirect_uris"].as_array().unwrap();
    assert_eq!(held.len(), RACERS + 1, "{held:?}");
    assert_eq!(events(&deployment, "client.changed").await, RACERS as i64);
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn race_a_change_brings_nothing_back_that_is_retired_meanwhile(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    import(&deployment, FILE).await.exits(0);
    let views: Vec<String> = (0..RACERS).map(|number| format!("https://beds.example/{number}")).collect();
    let mut commands: Vec<_> =
        views.iter().map(|view| vec!["product", "change", "beds", "--default-view", view]).collect();
    commands.insert(1, vec!["product", "retire", "beds"]);
    let all = deployment.run_at_once(&commands).await;
    assert_eq!(all.iter().filter(|one| one.stdout.contains("beds is retired: nobody opens it")).count(), 1);
    for refused in all.iter().filter(|one| one.code != Some(0)) {
        refused.refuses(1, &["beds is retired"]);
    }
    let shown = deployment.run(&["product", "show", "beds", "--json"]).await.exits(0).json();
    assert!(shown["retired_at"].is_string() && shown["clients"][0]["disabled"] == true, "{shown}");
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn race_imports_of_one_file_make_everything_once(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let path = write(&deployment, FILE);
    let all = deployment.run_at_once(&vec![vec!["product", "import", &path]; RACERS]).await;
    assert_eq!(done(&all), RACERS);
    let shown: usize = all.iter().map(|one| one.stdout.matches("client_secret ").count()).sum();
    let kept = deployment.count("SELECT COUNT(*) FROM client_secrets", &[]).await;
    assert_eq!((shown, kept, events(&deployment, "product.added").await), (2, 2, 2));
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn race_a_product_is_added_once_and_restored_once(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let add = vec!["product", "add", "beds", "--name", "Beds", "--description", "x", "--home", "https://beds.example/"];
    let add = [&add[..], &["--redirect-uri", "https://beds.example/callback"]].concat();
    let all = deployment.run_at_once(&vec![add; RACERS]).await;
    assert_eq!(done(&all), 1);
    all.iter().filter(|one| one.code != Some(0)).for_each(|one| one.refuses(1, &["There is a product beds already"]));
    deployment.run(&["product", "retire", "beds"]).await.exits(0);
    let all = deployment.run_at_once(&vec![vec!["product", "restore", "beds"]; RACERS]).await;
    assert_eq!(all.iter().filter(|one| one.stdout.contains("beds is back")).count(), 1);
    assert_eq!(events(&deployment, "product.restored").await, 1);
    deployment.finish().await;
}
