//! The table of `docs/operate/conformance.md` is true: it has every module once, and every test it names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Config OP, Basic OP, RP-Initiated Logout OP, Back-Channel Logout OP, in the order of their plans.
const MODULES: [&str; 52] = [
    "oidcc-discovery-endpoint-verification",
    "oidcc-server",
    "oidcc-response-type-missing",
    "oidcc-idtoken-signature",
    "oidcc-idtoken-unsigned",
    "oidcc-userinfo-get",
    "oidcc-userinfo-post-header",
    "oidcc-userinfo-post-body",
    "oidcc-ensure-request-without-nonce-succeeds-for-code-flow",
    "oidcc-scope-profile",
    "oidcc-scope-email",
    "oidcc-scope-address",
    "oidcc-scope-phone",
    "oidcc-scope-all",
    "oidcc-alternate-happy-flow",
    "oidcc-display-page",
    "oidcc-display-popup",
    "oidcc-prompt-login",
    "oidcc-prompt-none-not-logged-in",
    "oidcc-prompt-none-logged-in",
    "oidcc-max-age-1",
    "oidcc-max-age-10000",
    "oidcc-ensure-request-with-unknown-parameter-succeeds",
    "oidcc-id-token-hint",
    "oidcc-login-hint",
    "oidcc-ui-locales",
    "oidcc-claims-locales",
    "oidcc-ensure-request-with-acr-values-succeeds",
    "oidcc-codereuse",
    "oidcc-codereuse-30seconds",
    "oidcc-ensure-registered-redirect-uri",
    "oidcc-ensure-post-request-succeeds",
    "oidcc-server-client-secret-post",
    "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported",
    "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported",
    "oidcc-claims-essential",
    "oidcc-ensure-request-object-with-redirect-uri",
    "oidcc-refresh-token",
    "oidcc-ensure-request-with-valid-pkce-succeeds",
    "oidcc-rp-initiated-logout-discovery-endpoint-verification",
    "oidcc-rp-initiated-logout",
    "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri",
    "oidcc-rp-initiated-logout-modified-id-token-hint",
    "oidcc-rp-initiated-logout-no-id-token-hint",
    "oidcc-rp-initiated-logout-no-params",
    "oidcc-rp-initiated-logout-no-post-logout-redirect-uri",
    "oidcc-rp-initiated-logout-no-state",
    "oidcc-rp-initiated-logout-only-state",
    "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri",
    "oidcc-rp-initiated-logout-bad-id-token-hint",
    "oidcc-backchannel-logout-discovery-endpoint-verification",
    "oidcc-backchannel-rp-initiated-logout",
];

/// The rows of the table: a module, and the test that stands for it or why there is none.
fn rows() -> Vec<(String, String)> {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operate/conformance.md");
    let text = fs::read_to_string(document).unwrap();
    let cells = |line: &str| {
        let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
        (cells.next().unwrap(), cells.next().unwrap_or_default())
    };
    let named = text.lines().filter(|line| line.starts_with("| `oidcc-"));
    named.map(cells).map(|(module, test)| (module.trim_matches('`').to_owned(), test)).collect()
}

/// The names of all stories that are told in this folder.
fn told() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/provider/conformance");
    let mut names = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let stories =
            text.lines().filter_map(|line| line.trim().strip_prefix("async fn oidcc_")?.split_once("(app: TestApp)"));
        names.extend(stories.map(|(name, _)| format!("oidcc_{name}")));
    }
    names
}

#[test]
fn the_table_has_every_module_of_the_plans_once_and_in_their_order() {
    let listed: Vec<_> = rows().into_iter().map(|(module, _)| module).collect();
    assert_eq!(listed, MODULES);
}

#[test]
fn the_table_names_every_story_and_no_other() {
    let named: Vec<_> = rows()
        .into_iter()
        .filter_map(|(module, test)| {
            let name = test.strip_prefix('`')?.split('`').next()?.to_owned();
            assert!(name.starts_with(&module.replace('-', "_")), "{name} is not of {module}");
            Some(name)
        })
        .collect();
    assert_eq!(named.iter().cloned().collect::<BTreeSet<_>>(), told());
    assert_eq!(named.len(), told().len(), "one story is named twice");
}
