//! What the demo prints before it is ready: where, as whom, with which password.

use std::path::Path;

use super::Addresses;
use super::data::{ANSWERS, PASSWORD, PEOPLE, PRODUCTS, clients};
use crate::command::table;
use crate::platform::i18n::Words;

pub fn text(words: &Words, addresses: &Addresses, configuration: &Path, kept: Option<&Path>) -> String {
    let folder = match kept {
        Some(folder) => words.with("demo-kept", &[("folder", &folder.display().to_string())]),
        None => words.t("demo-temporary").into_owned(),
    };
    let parts = [
        part(&words.t("demo-addresses"), &places(words, addresses)),
        part(&words.t("demo-client"), &client(words, addresses)),
        part(&words.t("demo-people"), &people(words)),
        part(&words.t("demo-commands"), &commands(words, configuration)),
        format!("{folder} {}", words.t("demo-stop")),
    ];
    format!("\n{}\n", parts.join("\n\n"))
}

/// A heading and, under it, its rows.
fn part(heading: &str, rows: &[(String, String)]) -> String {
    let rows = table(rows);
    let indented: Vec<_> = rows.lines().map(|line| format!("  {}", line.trim_end())).collect();
    format!("{heading}\n{}", indented.join("\n"))
}

fn places(words: &Words, addresses: &Addresses) -> Vec<(String, String)> {
    let door = addresses.public_url();
    let mut rows = vec![
        (words.t("demo-front-door").into_owned(), format!("{door}/")),
        (words.t("demo-try").into_owned(), format!("{door}/demo")),
        (words.t("demo-mailbox").into_owned(), format!("{door}/demo/mail")),
    ];
    rows.extend(PRODUCTS.iter().map(|product| (product.name.to_owned(), addresses.product_url(product))));
    rows.push((words.t("demo-idp").into_owned(), format!("{}/", addresses.idp_url())));
    rows.push((words.t("demo-smtp").into_owned(), format!("smtp://127.0.0.1:{}", addresses.smtp_port())));
    rows.push((words.t("demo-health").into_owned(), format!("http://{}/readyz", addresses.ops())));
    rows
}

/// What a client library has to be told.
fn client(words: &Words, addresses: &Addresses) -> Vec<(String, String)> {
    vec![
        (words.t("demo-client-issuer").into_owned(), addresses.public_url()),
        (words.t("demo-client-id").into_owned(), clients::ID.to_owned()),
        (words.t("demo-client-secret").into_owned(), clients::SECRET.to_owned()),
        (words.t("demo-client-redirect").into_owned(), clients::REDIRECT_URIS.join(", ")),
    ]
}

/// What an administrator does, until there is a console: each with what it is for.
pub const COMMANDS: [(&str, &str); 15] = [
    ("demo-command-doctor", "doctor rosa@riverside.example"),
    ("demo-command-reset", "account reset harbor-night"),
    ("demo-command-temporary", "account temporary-password nora@riverside.example"),
    ("demo-command-email", "account change-email mia@riverside.example mia.lindqvist@riverside.example"),
    ("demo-command-questions", "account clear-questions lucia@riverside.example"),
    ("demo-command-factor", "account factor reset kim@northwind.example --reason 'Seen at the desk'"),
    ("demo-command-policy", "policy set riverside --mfa required"),
    ("demo-command-disable", "account disable tess@riverside.example"),
    ("demo-command-enable", "account enable paul@riverside.example"),
    ("demo-command-second", "account secondary set omar@riverside.example omar@bluebird.example"),
    ("demo-command-suspend", "sso suspend lakeshore --reason 'Their sign-in page is out'"),
    ("demo-command-resume", "sso resume lakeshore"),
    ("demo-command-invite", "account invite ada@riverside.example --organization riverside --product tracer"),
    ("demo-command-connection", "connection test lakeshore"),
    ("demo-command-failures", "connection failures lakeshore"),
];

/// A command as it is typed.
pub fn command(command: &str, configuration: &Path) -> String {
    format!("portico {command} --config {}", configuration.display())
}

fn commands(words: &Words, configuration: &Path) -> Vec<(String, String)> {
    COMMANDS.map(|(key, line)| (words.t(key).into_owned(), command(line, configuration))).into()
}

/// The answers to the security questions, in the order in which these are asked.
pub fn answers() -> String {
    ANSWERS.map(|(_, answer)| answer).join(", ")
}

fn people(words: &Words) -> Vec<(String, String)> {
    let mut rows = vec![
        (words.t("demo-password").into_owned(), PASSWORD.to_owned()),
        (String::new(), words.t("demo-everybody").into_owned()),
        (words.t("demo-answers").into_owned(), answers()),
        (String::new(), words.t("demo-answers-whose").into_owned()),
    ];
    for person in PEOPLE {
        rows.push((person.identifier().to_owned(), words.t(person.about).into_owned()));
        if person.user_name.is_some() {
            rows.push((
                String::new(),
                format!("{}{} {}", words.t("demo-email"), words.t("web-colon"), person.mailbox()),
            ));
        }
        if let Some(secret) = person.totp {
            rows.push((String::new(), format!("{}{} {secret}", words.t("demo-totp"), words.t("web-colon"))));
        }
    }
    rows
}
