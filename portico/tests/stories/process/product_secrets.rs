//! What a product has beside its description: secrets, and a logo.

use std::fs;
use std::path::PathBuf;

use rstest::rstest;

use super::products::{FILE, events, import, write};
use super::{Deployment, Node, until};
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";

/// A square of one color.
fn logo(deployment: &Deployment, name: &str, color: u8) -> PathBuf {
    let path = deployment.path(name);
    let mut encoder = png::Encoder::new(fs::File::create(&path).unwrap(), 96, 96);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&vec![color; 96 * 96 * 3]).unwrap();
    path
}

/// Whether a client gets a token of its own with this secret.
async fn gets_a_token(node: &Node, client: &str, secret: &str) -> bool {
    let form = [("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret)];
    node.visitor().post_and_stay("/oauth2/token", &form).await.unwrap().status == 200
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_changed_while_the_product_goes_on(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let path = write(&deployment, FILE);
    let done = deployment.run(&["product", "import", &path, "--json"]).await.exits(0).json();
    let old = done["done"][1]["client_secret"].as_str().unwrap().to_owned();
    let node = deployment.start();
    assert!(gets_a_token(&node, "beds", &old).await);
    assert!(!gets_a_token(&node, "beds", "guess").await);

    let new = deployment.run(&["product", "secret", "add", "beds", "--json"]).await.exits(0).json();
    let new = new["client_secret"].as_str().unwrap().to_owned();
    until("the new secret holds", async || gets_a_token(&node, "beds", &new).await.then_some(())).await;
    assert!(gets_a_token(&node, "beds", &old).await, "and so does the old one");
    let listed = deployment.run(&["product", "secret", "list", "beds", "--json"]).await.exits(0).json();
    assert!(listed[0]["last_used_at"].is_string() && listed[1]["last_used_at"].is_string(), "{listed}");
    deployment.run(&["product", "secret", "list", "beds"]).await.exits(0).says("0 days old, last used about 20");

    let id = listed[1]["id"].as_str().unwrap();
    let revoke = ["product", "secret", "revoke", "beds", "--secret", id];
    deployment.run(&revoke).await.exits(0).says("One is left.");
    until("the old one is ended", async || (!gets_a_token(&node, "beds", &old).await).then_some(())).await;
    assert!(gets_a_token(&node, "beds", &new).await);
    deployment.run(&revoke).await.refuses(1, &["has no secret", "portico product secret list beds"]);
    // Nothing in the database is the secret.
    let dump = "SELECT COUNT(*) FROM audit WHERE details LIKE '%' || $1 || '%'";
    assert_eq!(deployment.count(dump, &[&new]).await, 0);
    assert_eq!(
        (events(&deployment, "client_secret.added").await, events(&deployment, "client_secret.revoked").await),
        (3, 1)
    );
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_secrets_end_when_the_new_one_says_so() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    import(&deployment, FILE).await.exits(0);
    deployment
        .run(&["product", "secret", "add", "beds", "--others-end-in", "0"])
        .await
        .exits(0)
        .says("The others end at");
    let listed = deployment.run(&["product", "secret", "list", "beds"]).await;
    assert_eq!(listed.exits(0).stdout.matches("ended at").count(), 1, "{}", listed.stdout);
    // A client whose secrets were all ended gets none in passing: somebody may have meant it.
    let id = listed.stdout.split("  ").next().unwrap().to_owned();
    deployment.run(&["product", "secret", "revoke", "beds", "--secret", &id]).await.exits(0).says("has none now");
    deployment.run(&["product", "check", "beds"]).await.exits(1).says("✗ beds: It has no secret.");
    import(&deployment, FILE).await.exits(0).says("Nothing changes");
    deployment.run(&["product", "secret", "add", "night-report"]).await.exits(0);
    let public =
        FILE.replace("redirect_uris = [\"http:", "token_endpoint_auth_method = \"none\"\nredirect_uris = [\"http:");
    import(&deployment, &public).await.exits(0);
    deployment.run(&["product", "secret", "add", "night-report"]).await.refuses(1, &["shows who it is by none"]);
    // What it had before would be good again, when nobody remembers it.
    import(&deployment, FILE).await.exits(0).says("client_secret ");
    let listed = deployment.run(&["product", "secret", "list", "night-report"]).await;
    assert_eq!(listed.exits(0).stdout.matches("ended at").count(), 2, "{}", listed.stdout);
    deployment.run(&["product", "client", "disable", "night-report"]).await.exits(0);
    deployment.run(&["product", "secret", "add", "night-report"]).await.refuses(1, &["client enable night-report"]);
    deployment.run(&["product", "secret", "add", "beds", "--others-end-in", "9999"]).await.exits(2);
    deployment.finish().await;
}

#[rstest]
#[case::on_sqlite(Engine::Sqlite)]
#[case::on_postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_set_served_and_taken_away(#[case] engine: Engine) {
    let deployment = Deployment::new(engine).await;
    let file = logo(&deployment, "bed-board.png", 40);
    let file = file.to_str().unwrap();
    let set = deployment.run(&["product", "logo", "set", "bed-board", file]).await;
    let address = set.exits(0).stdout.split("127.0.0.1:8080").nth(1).unwrap().trim().to_owned();
    deployment.run(&["product", "logo", "set", "bed-board", file]).await.exits(0).says("That is its logo already.");
    let node = deployment.start();
    let mut omar = node.visitor();
    let portal = omar.sign_in(OMAR, PASSWORD).await.unwrap();
    assert!(portal.answer.body.contains(&format!("src=\"{address}\"")), "{address}");
    let picture = omar.get(&address).await.unwrap();
    assert_eq!((picture.answer.status, picture.answer.header("content-type")), (200, Some("image/png")));

    // By a file, too, from its own folder; the same file is no change.
    let text = format!("{FILE}\n")
        .replace("home = \"https://beds.example/\"", "home = \"https://beds.example/\"\nlogo = \"bed-board.png\"");
    import(&deployment, &text).await.exits(0).says("logo");
    import(&deployment, &text).await.exits(0).says("Nothing changes");
    import(&deployment, FILE).await.exits(0).says("Nothing changes");
    // The folder as seen from here; the file may lie elsewhere.
    let folder = deployment.path("logos");
    let beside = format!(
        "{}/../{}/logos",
        deployment.folder().display(),
        deployment.folder().file_name().unwrap().to_str().unwrap()
    );
    let export = ["product", "export", "beds", "--logos", &beside];
    let exported = deployment.run(&export).await.exits(0).stdout.clone();
    assert!(folder.join("beds.png").exists() && !exported.contains(".."), "{exported}");
    import(&deployment, &exported).await.exits(0).says("Nothing changes");

    for (logo, told) in [("missing.png", "it cannot be read"), ("large.png", "1048577 bytes"), (".", "it is no file")] {
        fs::write(deployment.path("large.png"), vec![0; 2_000_000]).unwrap();
        let wrong = text.replace("bed-board.png", logo).replace("name = \"Beds\"", "name = \"Other\"");
        import(&deployment, &wrong).await.refuses(2, &["Nothing was registered.", "beds: `logo`", told]);
    }
    assert!(deployment.run(&["product", "show", "beds"]).await.exits(0).stdout.contains("Beds"), "nothing of it is");
    fs::write(deployment.path("logo.png"), "<svg onload=alert(1)>").unwrap();
    let svg = deployment.path("logo.png");
    deployment
        .run(&["product", "logo", "set", "beds", svg.to_str().unwrap()])
        .await
        .refuses(2, &["an SVG", "PNG or WebP"]);
    deployment.run(&["product", "logo", "remove", "beds"]).await.exits(0).says("taken away");
    assert!(deployment.run(&["product", "show", "beds"]).await.exits(0).stdout.contains("none: its initials"));
    node.stop().await;
    deployment.finish().await;
}
