//! Configurations that cannot be served: a clear sentence and exit code 2.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use rstest::rstest;

use super::{Deployment, Finished, binary};
use crate::support::Engine;

/// What is replaced in a good configuration, by what, and what is said about it.
#[rstest]
#[case::a_misspelled_key("mail.from", "mail.form", &["There is no key `mail.form`. Is `mail.from` meant?"])]
#[case::a_key_of_nothing("log.filter", "telescope.size", &["There is no key `telescope`. All keys are in docs/operate/configuration.md."])]
#[case::no_preset("policy.preset = \"classic\"", "", &["`policy.preset` is missing", "PORTICO_POLICY__PRESET"])]
#[case::an_unknown_preset("\"classic\"", "\"baroque\"", &["`policy.preset` must be `classic` or `modern`"])]
#[case::http_to_the_world("http://127.0.0.1:8080", "http://id.example.org", &["`public_url` must be https"])]
#[case::a_public_url_with_a_path("127.0.0.1:8080\"", "127.0.0.1:8080/id\"", &["`public_url` must end after the host"])]
#[case::a_limit_of_nothing("mails_per_mailbox = 1000", "mails_per_mailbox = 0", &["`limits.mails_per_mailbox` must be"])]
#[case::mail_in_clear("smtp://127.0.0.1", "smtp://relay.example", &["must not travel in clear to relay.example"])]
#[case::another_database("sqlite:", "mysql:", &["`database.url` must begin with sqlite: or postgres://."])]
#[case::a_key_file_that_is_not_there("master.key", "mistress.key", &["mistress.key", "cannot be read"])]
#[case::no_toml("policy.preset =", "policy.preset", &["The file is not TOML"])]
#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_that_cannot_be_served_is_explained(
    #[case] good: &str,
    #[case] bad: &str,
    #[case] told: &[&str],
) {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    let text = deployment.configuration();
    assert!(text.contains(good), "{good} is not in the configuration");
    deployment.configure(&text.replace(good, bad));
    for command in ["serve", "check-config", "migrate"] {
        deployment.run(&[command]).await.refuses(2, told);
    }
    assert!(!deployment.path("portico.db").exists(), "a refused configuration touches nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_told_at_once() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    let text = deployment.configuration().replace("mail.from", "mail.form").replace("\"classic\"", "\"baroque\"");
    deployment.configure(&text);
    deployment.run(&["check-config"]).await.refuses(2, &["`mail.form`", "`mail.from` is missing", "`policy.preset`"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variable_that_sets_nothing_is_an_error() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    let mut command = binary();
    command.args(["serve", "--config"]).arg(deployment.path("portico.toml")).env("PORTICO_DATABASE_URL", "sqlite:x");
    let told = "The environment variable `PORTICO_DATABASE_URL` sets nothing. Is `PORTICO_DATABASE__URL` meant?";
    Finished::of(&mut command).await.refuses(2, &[told]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_that_is_not_there_is_told_with_the_way_to_one() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    fs::remove_file(deployment.path("portico.toml")).unwrap();
    deployment.run(&["serve"]).await.refuses(2, &["portico.toml` cannot be read", "`portico init` writes one."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_master_key_that_others_can_read_is_refused() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    fs::set_permissions(deployment.path("master.key"), fs::Permissions::from_mode(0o644)).unwrap();
    let told = ["others than its owner may open", "(mode 644)", "Run: chmod 600 "];
    deployment.run(&["serve"]).await.refuses(2, &told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_master_key_that_is_none_is_refused_and_not_shown() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    fs::write(deployment.path("master.key"), "hunter2").unwrap();
    let refused = deployment.run(&["serve"]).await;
    refused.refuses(2, &["must be 64 hexadecimal digits; make one with `openssl rand -hex 32`"]);
    assert!(!refused.stderr.contains("hunter2"), "{}", refused.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_is_told_with_its_address() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let deployment = Deployment::empty(Engine::Sqlite).await;
    for key in ["listen = ", "ops.listen = "] {
        let line = format!("\n{key}\"127.0.0.1:0\"");
        let text = deployment.configuration().replacen(&line, &format!("\n{key}\"{address}\""), 1);
        deployment.configure(&text);
        deployment.run(&["serve"]).await.refuses(1, &[&address, "is in use by another program"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_another_machine_is_told() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    let text = deployment.configuration().replacen("\nlisten = \"127.0.0.1:0\"", "\nlisten = \"192.0.2.1:8080\"", 1);
    deployment.configure(&text);
    deployment.run(&["serve"]).await.refuses(1, &["This machine has no address 192.0.2.1."]);
}

#[rstest]
#[case::no_command(&[])]
#[case::an_unknown_command(&["sevre"])]
#[case::an_unknown_option(&["serve", "--port", "80"])]
#[case::an_account_command_without_a_name(&["account", "show"])]
#[case::an_init_without_its_answers(&["init"])]
#[tokio::test(flavor = "multi_thread")]
async fn bad_usage_is_exit_code_2(#[case] arguments: &[&str]) {
    let refused = Finished::of(binary().args(arguments)).await;
    refused.exits(2);
    assert!(refused.stderr.contains("Usage: portico"), "{}", refused.stderr);
    assert_eq!(refused.stdout, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_can_be_nobodys_is_bad_usage() {
    let deployment = Deployment::empty(Engine::Sqlite).await;
    let told = "is neither an email nor a user name.";
    deployment.run(&["account", "show", "no such@@name"]).await.refuses(2, &[told]);
    deployment.run(&["doctor", "no such@@name"]).await.refuses(2, &[told]);
}
