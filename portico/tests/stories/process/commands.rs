//! The commands of an operator, from the first to the everyday ones.

use std::path::Path;
use std::process::Command;

use portico::mfa;
use portico::platform::clock::Clock;
use tempfile::TempDir;

use super::binary::log_of;
use super::mailbox::link_in;
use super::{Deployment, Finished, Mailbox, Node, binary, until};
use crate::support::steps::{LOCKED, NEW_PASSWORD, WRONG};
use crate::support::{Engine, PASSWORD};

const OMAR: &str = "omar@riverside.example";
const ROOT: &str = "root@hospital.example";

fn code_of(secret: &str) -> String {
    let secret = mfa::parse_secret(secret).unwrap();
    mfa::code_at(&secret, Clock::system().now().seconds().div_euclid(mfa::PERIOD_SECONDS))
}

fn init(folder: &Path, public_url: &str) -> Command {
    let mut command = binary();
    command.arg("init").arg(folder).args(["--public-url", public_url, "--operator", ROOT, "--preset", "classic"]);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_deployment_lets_its_first_operator_in() {
    let folder = TempDir::new().unwrap();
    let mailbox = Mailbox::open().await;
    let made = Finished::of(&mut init(folder.path(), "http://127.0.0.1:8080")).await;
    made.exits(0).says("Keep a copy of the key in another place.");
    let lines: Vec<_> = made.stdout.lines().map(str::trim).collect();
    let link = lines.iter().find_map(|line| line.strip_prefix("http://127.0.0.1:8080")).expect("a link");
    let secret = lines.last().unwrap();

    let mut serve = binary();
    serve.args(["serve", "--config"]).arg(folder.path().join("portico.toml"));
    serve.env("PORTICO_LISTEN", "127.0.0.1:0").env("PORTICO_OPS__LISTEN", "127.0.0.1:0");
    serve.env("PORTICO_MAIL__SMTP_URL", mailbox.url());
    let node = Node::start(&mut serve, &log_of(folder.path()), "Portico is ready: ");
    assert!(node.said.starts_with("Portico is ready: http://127.0.0.1:8080 "), "{}", node.said);
    let done = node.visitor().use_link(link, NEW_PASSWORD).await.unwrap();
    assert_eq!(done.heading(), "Your password was successfully reset");
    let mut operator = node.visitor();
    let code = operator.sign_in(ROOT, NEW_PASSWORD).await.unwrap();
    assert_eq!(code.heading(), "One more step");
    let seen = operator.post(&code.path, &[("code", &code_of(secret))]).await.unwrap();
    assert_eq!(seen.who().as_deref(), Some("First Operator"), "{}", seen.problem());
    let again = node.visitor().use_link(link, "copper-kettle-harbour").await.unwrap();
    assert_ne!(again.path, "/recover/done", "the first operator's link was used twice");
    mailbox.mail_to(ROOT).await;
    node.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn init_overwrites_nothing() {
    let folder = TempDir::new().unwrap();
    Finished::of(&mut init(folder.path(), "https://id.hospital.example")).await.exits(0);
    let key = std::fs::read(folder.path().join("master.key")).unwrap();
    let again = Finished::of(&mut init(folder.path(), "https://id.hospital.example")).await;
    again.refuses(1, &["master.key cannot be written; nothing that is there is overwritten"]);
    assert_eq!(std::fs::read(folder.path().join("master.key")).unwrap(), key);
}

#[tokio::test(flavor = "multi_thread")]
async fn init_that_is_told_nonsense_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let inside = folder.path().join("portico");
    let refused = Finished::of(&mut init(&inside, "http://id.hospital.example")).await;
    refused.refuses(2, &["must be https"]);
    assert!(
        !inside.exists() || inside.read_dir().unwrap().next().is_none(),
        "a second try would find files in its way"
    );
    Finished::of(&mut init(&inside, "https://id.hospital.example")).await.exits(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn check_config_and_migrate_say_that_all_is_well() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    deployment.run(&["check-config"]).await.exits(0).says("The configuration is fine.");
    assert!(!deployment.path("portico.db").exists(), "check-config does not touch the database");
    for _ in 0..2 {
        deployment.run(&["migrate"]).await.exits(0).says("The database is up to date.");
    }
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_shown_disabled_enabled_and_signed_out() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    let mut omar = node.visitor();
    omar.sign_in(OMAR, PASSWORD).await.unwrap();
    deployment.run(&["account", "show", OMAR]).await.exits(0).says("Omar Haddad").says("Riverside Health");
    let shown = deployment.run(&["account", "show", OMAR, "--json"]).await.exits(0).json();
    assert_eq!((shown["sessions"].as_i64(), shown["disabled"].as_bool()), (Some(1), Some(false)), "{shown}");

    deployment.run(&["account", "disable", OMAR]).await.exits(0).says("is disabled.");
    assert_eq!(omar.get("/").await.unwrap().who(), None);
    let refused = node.visitor().sign_in(OMAR, PASSWORD).await.unwrap();
    assert!(refused.path.ends_with("/refused"), "{}", refused.path);
    let shown = deployment.run(&["account", "show", OMAR, "--json"]).await.json();
    assert_eq!(shown["disabled"].as_bool(), Some(true), "{shown}");
    deployment.run(&["account", "disable", OMAR]).await.exits(0).says("was disabled before.");

    deployment.run(&["account", "enable", OMAR]).await.exits(0).says("is enabled.");
    assert!(omar.sign_in(OMAR, PASSWORD).await.unwrap().who().is_some());
    let ended = deployment.run(&["account", "end-sessions", OMAR, "--json"]).await.exits(0).json();
    assert_eq!(ended["done"].as_str(), Some("1 session is ended for omar@riverside.example."), "{ended}");
    assert_eq!(omar.get("/").await.unwrap().who(), None);
    deployment.run(&["account", "show", "nobody@riverside.example"]).await.refuses(1, &["There is no account nobody@"]);
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_unlocked_and_sent_a_reset() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    for _ in 0..3 {
        node.visitor().sign_in(OMAR, WRONG).await.unwrap();
    }
    assert_eq!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().problem(), LOCKED);
    deployment.run(&["account", "unlock", OMAR]).await.exits(0).says("is unlocked.");
    assert!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().who().is_some());
    deployment.run(&["account", "unlock", OMAR]).await.exits(0).says("was not locked.");

    deployment.mailbox.mail_to(OMAR).await;
    let queued = deployment.run(&["account", "reset", OMAR, "--json"]).await.exits(0).json();
    assert_eq!(queued["done"].as_str(), Some("The mail to omar@riverside.example is queued."), "{queued}");
    let mail = until("the second mail", async || {
        (deployment.mailbox.count() > 1).then(|| deployment.mailbox.last_to(OMAR)).flatten()
    })
    .await;
    let done = node.visitor().use_link(&link_in(&mail), NEW_PASSWORD).await.unwrap();
    assert_eq!(done.path, "/recover/done");
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_says_whether_a_link_was_mailed_and_to_whom() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    let shared = deployment.run(&["account", "reset", "harbor-ed"]).await;
    shared.exits(0).says("The mail to ed@harbor.example is queued.").says("signs all of them out");
    let mail = deployment.mailbox.mail_to("ed@harbor.example").await;
    assert_eq!(node.visitor().use_link(&link_in(&mail), NEW_PASSWORD).await.unwrap().path, "/recover/done");

    let elsewhere = deployment.run(&["account", "reset", "lee-castillo"]).await;
    elsewhere.refuses(1, &["Nothing was mailed for lee-castillo", "Lakeshore Hospital", "Ask Lakeshore IT"]);
    deployment.run(&["account", "disable", OMAR]).await.exits(0);
    let closed = deployment.run(&["account", "reset", OMAR]).await;
    closed.refuses(1, &["Nothing was mailed for omar@", "portico account enable"]);
    let shared = deployment.run(&["account", "temporary-password", "harbor-ed"]).await;
    shared.refuses(1, &["The password of harbor-ed stays", "portico account reset"]);
    let asked = "SELECT COUNT(*) FROM audit WHERE event = 'recovery.requested' AND actor = 'command'";
    assert_eq!(deployment.count(asked, &[]).await, 1, "what was refused is no event");
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_invited_and_a_password_is_ended() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    let to = ["--organization", "riverside", "--product", "tracer"];
    let invite = |email: &'static str, more: &[&'static str]| {
        let command = ["account", "invite", email].iter().chain(&to).chain(more).copied().collect::<Vec<_>>();
        let deployment = &deployment;
        async move { deployment.run(&command).await }
    };
    // The same is said of an address that has an account and of one that has none.
    for email in ["iris@riverside.example", OMAR] {
        let done = invite(email, &["--site", "Main Campus", "--json"]).await.exits(0).json();
        assert_eq!(done["done"].as_str().unwrap(), format!("The mail to {email} is queued."));
        deployment.mailbox.mail_to(email).await;
    }
    let shown = deployment.run(&["account", "show", "iris@riverside.example", "--json"]).await.exits(0).json();
    assert_eq!((shown["pending"].as_bool(), shown["name"].as_str()), (Some(true), Some("iris@riverside.example")));
    invite("iris@riverside.example", &["--site", "Moon"]).await.refuses(1, &["no site of that name"]);
    deployment.execute("UPDATE licenses SET seats = 1", &[]).await;
    invite("nora@riverside.example", &[])
        .await
        .refuses(1, &["(--product tracer): All 1 seats", "portico account disable"]);
    invite("new@harbor.example", &[]).await.refuses(1, &["(new@harbor.example): Its domain belongs to Harbor County"]);
    invite("iris@", &[]).await.refuses(2, &["is no email address"]);

    deployment.run(&["account", "disable", "mia@riverside.example"]).await.exits(0);
    invite("mia@riverside.example", &[]).await.refuses(1, &["(mia@riverside.example)", "portico account enable"]);
    let full = deployment.run(&["account", "enable", "mia@riverside.example"]).await;
    full.refuses(
        1,
        &["mia@riverside.example stays disabled", "license of Riverside Health for", "portico account disable"],
    );

    assert!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().who().is_some());
    let before = deployment.mailbox.count();
    deployment.run(&["account", "temporary-password", OMAR]).await.exits(0).says("is ended.");
    assert_eq!(node.visitor().sign_in(OMAR, PASSWORD).await.unwrap().who(), None);
    until("the mail", async || (deployment.mailbox.count() > before).then_some(())).await;
    deployment
        .run(&["account", "temporary-password", "lee-castillo"])
        .await
        .refuses(1, &["The password of lee-castillo stays", "signs in at Lakeshore Hospital", "Ask Lakeshore IT"]);
    deployment.run(&["account", "temporary-password", "nobody"]).await.refuses(1, &["There is no account nobody."]);
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn security_questions_are_cleared_told_and_asked_for_again() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    let mut omar = node.visitor();
    omar.sign_in(OMAR, PASSWORD).await.unwrap();
    let done = deployment.run(&["account", "clear-questions", OMAR, "--json"]).await.exits(0).json();
    let sentence = "The security questions of omar@riverside.example are cleared. The owner is told.";
    assert_eq!((done["account"].as_str(), done["done"].as_str()), (Some(OMAR), Some(sentence)), "{done}");
    assert_eq!(omar.get("/").await.unwrap().who(), None);
    let told = deployment.mailbox.mail_to(OMAR).await;
    assert_eq!(told.subject, "Your security questions were changed");
    assert!(told.text.contains("By: Those who run"), "{}", told.text);
    let page = node.visitor().sign_in(OMAR, PASSWORD).await.unwrap();
    assert_eq!(page.heading(), "Set up security questions");
    deployment.run(&["account", "clear-questions", OMAR]).await.exits(0).says("were not set.");
    deployment.run(&["account", "clear-questions", "nobody"]).await.refuses(1, &["There is no account nobody."]);
    let events = "SELECT COUNT(*) FROM audit WHERE event = 'questions.cleared' AND actor = 'command'";
    assert_eq!(deployment.count(events, &[]).await, 1);
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_corrected_and_both_mailboxes_are_told() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    let new = "omar.haddad@riverside.example";
    let change = ["account", "change-email", OMAR];
    deployment.run(&[&change[..], &["dana@riverside.example"]].concat()).await.refuses(1, &["another account"]);
    deployment.run(&[&change[..], &["omar@harbor.example"]].concat()).await.refuses(1, &["Harbor County EMS"]);
    deployment.run(&[&change[..], &["omar@"]].concat()).await.refuses(2, &["is no email address"]);
    deployment.run(&[&change[..], &[OMAR]].concat()).await.exits(0).says("has that address already");
    let done = deployment.run(&[&change[..], &[new, "--json"]].concat()).await.exits(0).json();
    assert_eq!((done["account"].as_str(), done["email"].as_str()), (Some(OMAR), Some(new)), "{done}");
    assert!(done["done"].as_str().unwrap().contains("confirmed with a code at the next sign-in"), "{done}");
    deployment.mailbox.mail_to(OMAR).await;
    deployment.mailbox.mail_to(new).await;
    deployment.run(&["account", "show", OMAR]).await.refuses(1, &["There is no account"]);
    let shown = deployment.run(&["account", "show", new, "--json"]).await.exits(0).json();
    assert_eq!(shown["email_confirmed"].as_bool(), Some(false), "{shown}");
    deployment.run(&["doctor", new]).await.exits(0).says("It was changed and is not confirmed yet");
    let page = node.visitor().sign_in(new, PASSWORD).await.unwrap();
    assert_eq!(page.heading(), "Verify Your Email Address");
    let events = "SELECT COUNT(*) FROM audit WHERE event = 'email.changed' AND actor = 'command'";
    assert_eq!(deployment.count(events, &[]).await, 1);
    node.stop().await;
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_by_its_exit_code_who_can_sign_in() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    deployment.run(&["doctor", OMAR]).await.exits(0).says("Omar Haddad can sign in.");
    deployment.run(&["doctor", "ivan@riverside.example"]).await.exits(1).says("No password has been set yet.");
    let unknown = deployment.run(&["doctor", "nobody@riverside.example", "--json"]).await.exits(2).json();
    assert_eq!(unknown["verdict"].as_str(), Some("unknown"), "{unknown}");
    deployment.run(&["account", "disable", OMAR]).await.exits(0);
    deployment.run(&["doctor", OMAR]).await.exits(1).says("The account is disabled.").says("portico account enable");
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_tells_for_which_browsers_a_lock_holds_and_that_the_cap_is_reached() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let insert = "INSERT INTO attempt_counters (id, subject, failures, total, window_started_at, updated_at)
                  VALUES ($1 || '/password/' || $2, $1, 0, $3, 0, 0)";
    deployment.execute(insert, &[&OMAR, &"known", &100_i64]).await;
    deployment
        .run(&["doctor", OMAR])
        .await
        .exits(0)
        .says("but not in every browser")
        .says("one browser the account is");
    deployment.execute(insert, &[&OMAR, &"-", &100_i64]).await;
    let told = deployment.run(&["doctor", OMAR]).await;
    told.exits(1).says("in a browser the account is not known in").says("until a reset by mail opens it");
    let shown = deployment.run(&["account", "show", OMAR, "--json"]).await.json();
    assert_eq!(shown["locked"].as_bool(), Some(true), "{shown}");
    deployment.run(&["account", "unlock", OMAR]).await.exits(0).says("is unlocked.");
    deployment.execute(insert, &[&OMAR, &"-", &1_i64]).await;
    deployment.run(&["account", "unlock", OMAR]).await.exits(0).says("was not locked.");
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_changes_nothing_is_no_event() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    for act in ["unlock", "enable", "end-sessions"] {
        deployment.run(&["account", act, OMAR]).await.exits(0);
    }
    for _ in 0..2 {
        deployment.run(&["account", "disable", OMAR]).await.exits(0);
    }
    assert_eq!(deployment.count("SELECT COUNT(*) FROM audit WHERE actor = 'command'", &[]).await, 1);
    deployment.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_row_of_the_audit_trail_is_found() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let node = deployment.start();
    node.visitor().sign_in(OMAR, WRONG).await.unwrap();
    node.visitor().sign_in(OMAR, PASSWORD).await.unwrap();
    // The keys that sign tokens are made meanwhile, and are events too.
    let keys = "SELECT COUNT(*) FROM audit WHERE event = 'signing_key.published'";
    until("the keys are made", async || (deployment.count(keys, &[]).await == 3).then_some(())).await;
    until("the trail is sealed", async || {
        (deployment.count("SELECT COUNT(*) FROM audit WHERE mac IS NULL", &[]).await == 0).then_some(())
    })
    .await;
    node.stop().await;
    deployment.run(&["audit", "verify"]).await.exits(0).says("is whole").says("0 not sealed yet");
    let edit = "UPDATE audit SET event = $1 WHERE event = $2";
    let (right, wrong) = ("password.verified", "password.refused");
    assert_eq!(deployment.execute(edit, &[&right, &wrong]).await, 2 - 1);
    deployment.run(&["audit", "verify"]).await.refuses(1, &["The audit trail is broken at row "]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_second_factor_is_taken_away_by_a_command_that_says_when_and_can_be_stopped() {
    let deployment = Deployment::new(Engine::Sqlite).await;
    let kim = "kim@northwind.example";
    let reset = ["account", "factor", "reset", kim, "--reason", "seen at the desk"];
    deployment.run(&reset).await.exits(0).says("Every address of theirs is told, and can stop it");
    deployment.run(&reset).await.exits(1);
    let shown = deployment.run(&["account", "factor", "show", kim, "--json"]).await.exits(0).json();
    assert_eq!((&shown["authenticator"], shown["reset_due"].is_string()), (&true.into(), true));
    deployment.run(&["doctor", kim]).await.exits(0).says("A reset of it waits until");
    deployment.run(&["account", "factor", "keep", kim]).await.exits(0).says("is stopped: its owner is told");
    deployment.run(&["account", "factor", "keep", kim]).await.exits(0).says("does not wait");
    deployment.run(&["account", "factor", "reset", OMAR, "--reason", "seen"]).await.exits(1);
    deployment.run(&["account", "factor", "reset", kim]).await.exits(2);
    deployment.run(&["policy", "set", "northwind", "--factor-reset", "48"]).await.exits(0).says("48 hours");
    let policy = deployment.run(&["policy", "show", "northwind", "--json"]).await.exits(0).json();
    assert_eq!((&policy["mfa"], &policy["factor_reset_hours"]), (&"required".into(), &48.into()));
    deployment.run(&["policy", "product", "tracer", "--mfa", "required"]).await.exits(0);
    deployment.run(&["policy", "product", "nothing", "--mfa", "required"]).await.exits(1);
    deployment.finish().await;
}
