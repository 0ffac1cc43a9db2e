use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use rstest::rstest;
use secrecy::ExposeSecret;

use super::*;
use crate::platform::log;
use crate::questions;

/// A complete configuration whose master key file is a real one.
fn sample() -> String {
    let key = temporary("key", &"0a".repeat(32), 0o600);
    format!(
        "public_url = \"https://id.example.org\"\n\
         database.url = \"sqlite:portico.db\"\n\
         mail = {{ smtp_url = \"smtps://user:pass@mail.example.org\", from = \"Example <no-reply@example.org>\" }}\n\
         keys.master_key_file = \"{}\"\n\
         policy.preset = \"modern\"\n",
        key.display()
    )
}

fn temporary(name: &str, text: &str, mode: u32) -> PathBuf {
    let unique = format!("portico-config-{}-{:?}-{name}", std::process::id(), std::thread::current().id());
    let path = env::temp_dir().join(unique);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

fn read(file: &str) -> Result<Config, Vec<String>> {
    Config::read(file, [])
}

fn read_with(file: &str, variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    Config::read(file, variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn problem(result: Result<Config, Vec<String>>) -> String {
    result.map_or_else(|problems| problems.join(" | "), |config| config.check().join(" | "))
}

#[test]
fn the_least_that_is_needed_is_enough_and_has_the_documented_defaults() {
    let config = read(&sample()).unwrap();
    assert_eq!(config.check(), Vec::<String>::new());
    assert_eq!(config.addresses.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.ops.listen.to_string(), "127.0.0.1:9100");
    assert_eq!(config.policy.preset, Preset::Modern);
    assert_eq!((config.limits.failures_per_address, config.limits.window_minutes), (300, 10));
    assert_eq!((config.password_hash.m_kib, config.password_hash.t, config.password_hash.threads), (19_456, 2, None));
    assert_eq!((config.log.format, config.brand.name.as_str()), (log::Format::Text, "Portico"));
}

#[test]
fn nothing_at_all_is_told_everything_that_is_missing() {
    let problems = read("").unwrap_err();
    let expected =
        ["public_url", "database.url", "mail.smtp_url", "mail.from", "keys.master_key_file", "policy.preset"];
    assert_eq!(problems.len(), expected.len());
    for key in expected {
        assert!(problems.iter().any(|problem| problem.starts_with(&format!("`{key}` is missing"))), "{key}");
    }
    assert!(problems[5].contains("PORTICO_POLICY__PRESET"), "{}", problems[5]);
}

#[test]
fn the_environment_wins_over_the_file() {
    let variables = [
        ("PORTICO_DATABASE__URL", "postgres://db/portico"),
        ("PORTICO_PASSWORD__HASH__M_KIB", "65536"),
        ("PORTICO_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1"),
        ("HOME", "/nowhere"),
    ];
    let config = read_with(&sample(), &variables).unwrap();
    assert_eq!(config.database.url.expose_secret(), "postgres://db/portico");
    assert_eq!(config.password_hash.m_kib, 65_536);
    assert_eq!(config.addresses.trusted_proxies.0.len(), 2);
}

#[test]
fn unknown_keys_and_variables_are_errors_that_name_the_nearest() {
    let found = problem(read(&format!("{}[limit]\nx = 1\n[log]\nfromat = \"json\"\n", sample())));
    assert!(found.contains("There is no key `log.fromat`. Is `log.format` meant?"), "{found}");
    assert!(found.contains("There is no key `limit`."), "{found}");
    let found = problem(read_with(&sample(), &[("PORTICO_DATABASE_URL", "sqlite:x")]));
    assert_eq!(
        found,
        "The environment variable `PORTICO_DATABASE_URL` sets nothing. Is `PORTICO_DATABASE__URL` meant?"
    );
}

#[test]
fn a_secret_may_be_kept_in_a_file() {
    let file = temporary("url", "sqlite:elsewhere.db\n", 0o600);
    let path = file.to_str().unwrap();
    let text = sample().replace("database.url = \"sqlite:portico.db\"", &format!("database.url_file = \"{path}\""));
    assert_eq!(read(&text).unwrap().database.url.expose_secret(), "sqlite:elsewhere.db");
    let config = read_with(&text, &[("PORTICO_DATABASE__URL", "sqlite:third.db")]).unwrap();
    assert_eq!(config.database.url.expose_secret(), "sqlite:third.db");
    let config = read_with(&sample(), &[("PORTICO_DATABASE__URL_FILE", path)]).unwrap();
    assert_eq!(config.database.url.expose_secret(), "sqlite:elsewhere.db");
    let both = format!("database.url_file = \"{path}\"\n{}", sample());
    assert_eq!(problem(read(&both)), "`database.url` and `database.url_file` are both set: remove one.");
    let found = problem(read(&text.replace(path, "/nowhere/url")));
    assert!(found.starts_with("`database.url_file`: the file `/nowhere/url` cannot be read: "), "{found}");
    assert!(!found.contains('|'), "{found}");
}

#[rstest]
#[case("https://id.example.org", "https://id.example.org")]
#[case("https://ID.Example.org/", "https://id.example.org")]
#[case("https://id.example.org:443", "https://id.example.org")]
#[case("https://id.example.org:8443", "https://id.example.org:8443")]
#[case("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
#[case("http://localhost:8080", "http://localhost:8080")]
#[case("http://[::1]:8080", "http://[::1]:8080")]
fn a_public_url_is_an_origin(#[case] url: &str, #[case] origin: &str) {
    let config = read(&sample().replace("https://id.example.org", url)).unwrap();
    assert_eq!(config.addresses.public_url.as_str(), origin);
}

#[rstest]
#[case("http://id.example.org", "must be https")]
#[case("http://127.0.0.1.example.org", "must be https")]
#[case("https://id.example.org/login", "without a path")]
#[case("https://id.example.org/?a=b", "without a path")]
#[case("https://user@id.example.org", "must be an address")]
#[case("id.example.org", "must be an address")]
#[case("ftp://id.example.org", "must be an address")]
#[case("", "must be an address")]
fn an_unsafe_public_url_is_refused(#[case] url: &str, #[case] why: &str) {
    let found = problem(read(&sample().replace("https://id.example.org", url)));
    assert!(found.starts_with("`public_url` ") && found.contains(why), "{found}");
}

#[rstest]
#[case("smtp://mail.example.org", "must not travel in clear to mail.example.org")]
#[case("http://mail.example.org", "must begin with smtps://")]
#[case("mail.example.org:25/x", "`mail.smtp_url` must be")]
#[case("smtp://mail.example.org:587?tls=required", "")]
#[case("smtp://127.0.0.1:1025", "")]
fn mail_leaves_the_machine_encrypted_only(#[case] url: &str, #[case] why: &str) {
    let found = problem(read(&sample().replace("smtps://user:pass@mail.example.org", url)));
    assert!(if why.is_empty() { found.is_empty() } else { found.contains(why) }, "{found}");
}

#[rstest]
#[case("policy.preset = \"modern\"", "policy.preset = \"strict\"", "`policy.preset` must be `classic` or `modern`.")]
#[case(
    "public_url",
    "listen = \"8080\"\npublic_url",
    "`listen` must be an IP address and a port, such as 127.0.0.1:8080, not `8080`."
)]
#[case(
    "public_url",
    "limits.hash_queue = 0\npublic_url",
    "`limits.hash_queue` must be a whole number from 1 to 4294967295."
)]
#[case("public_url", "limits.hash_queue = 5\npublic_url", "`limits.hash_queue` must be at least 6: setting")]
#[case("public_url", "brand.name = 3\npublic_url", "`brand.name` must be text in quotes.")]
#[case(
    "public_url",
    "listen = \"127.0.0.1:9100\"\npublic_url",
    "`listen` and `ops.listen` are both 127.0.0.1:9100: give one another port."
)]
#[case("sqlite:portico.db", "mysql://user:hidden@db", "`database.url` must begin with sqlite: or postgres://.")]
#[case("no-reply@example.org", "no-reply", "`mail.from` must be a mailbox")]
#[case("public_url", "password.hash.m_kib = 1000000\npublic_url", "`password.hash`: `m_kib` must be")]
#[case("public_url", "brand.accent = \"#7fb2ff\"\npublic_url", "The nearest color that works is \"#")]
#[case(
    "public_url",
    "brand.logo = \"logo.gif\"\npublic_url",
    "`brand.logo`: `logo.gif` must be an .svg or a .png file."
)]
#[case("public_url", "trusted_proxies = [\"proxy\"]\npublic_url", "`trusted_proxies` `proxy` is neither an address")]
#[case("public_url", "log.filter = \"portico=loud\"\npublic_url", "`log.filter` must be a level")]
#[case("public_url", "= 1\npublic_url", "The file is not TOML")]
fn each_mistake_is_a_sentence_with_the_way_out(
    #[case] instead_of: &str,
    #[case] written: &str,
    #[case] expected: &str,
) {
    let found = problem(read(&sample().replacen(instead_of, written, 1)));
    assert!(found.contains(expected), "{found}");
    assert!(!found.contains("hidden"), "{found}");
}

#[test]
fn security_questions_need_no_more_places_than_the_least_allowed() {
    let least = questions::COMPARED_AT_ONCE;
    assert_eq!(problem(read(&format!("limits.hash_queue = {least}\n{}", sample()))), "");
}

#[test]
fn a_master_key_that_others_may_read_or_that_is_none_is_refused() {
    let open = temporary("open", &"0a".repeat(32), 0o640);
    let short = temporary("short", "0a0a\n", 0o600);
    let text = sample();
    let with = |path: &Path| {
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("keys.")).collect();
        problem(read(&format!("keys.master_key_file = \"{}\"\n{}", path.display(), kept.join("\n"))))
    };
    assert!(with(&open).contains("(mode 640). Run: chmod 600 "), "{}", with(&open));
    assert!(with(&short).contains("openssl rand -hex 32"), "{}", with(&short));
    assert!(with(Path::new("/nowhere/key")).contains("cannot be read"));
}

#[test]
fn secrets_do_not_print() {
    let shown = format!("{:?}", read(&sample()).unwrap());
    assert!(!shown.contains("user:pass"), "{shown}");
}

#[test]
fn the_configuration_page_is_that_of_this_program() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operate/configuration.md"));
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, reference::page()).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(written == reference::page(), "the page is stale: UPDATE_DOCS=1 cargo test -p portico configuration_page");
}
