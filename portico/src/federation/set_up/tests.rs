use std::collections::BTreeMap;
use std::time::Duration;

use oidc::jose::Algorithm;
use oidc::rp::{ClientAuth as TheirAuth, Metadata};
use rstest::rstest;

use super::findings::{Weight, findings};
use super::look::{Look, Seen};
use super::settings::{May, Wanted, WantedClaims};
use crate::federation::{Acceptance, ClientAuth, Connection, Protocol, Settings, State};
use crate::organizations::Preset;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, OrganizationId};

const OPERATOR: May = May { loopback: false, operators: true };
const PROGRAM: May = May { loopback: false, operators: false };
const DAY: Duration = Duration::from_secs(24 * 3_600);

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn least() -> Wanted {
    Wanted {
        name: text(" Lakeshore ID "),
        issuer: text("https://login.lakeshore.example"),
        client_id: text("portico"),
        ..Wanted::default()
    }
}

fn connection(settings: Settings) -> Connection {
    Connection {
        id: ConnectionId::from("c"),
        organization: OrganizationId::from("o"),
        state: State::Trial,
        opt_in_until: None,
        settings,
        created_at: Time(0),
        changed_at: Time(0),
    }
}

/// One that has a secret that holds.
fn ready(change: impl FnOnce(&mut Settings)) -> Connection {
    let mut settings = least().new_settings(OPERATOR, Preset::Modern).unwrap();
    let Protocol::Oidc(oidc) = &mut settings.protocol;
    oidc.secret = Some(vec![1]);
    oidc.secret_expires_at = Some(Time(0) + DAY * 365);
    change(&mut settings);
    connection(settings)
}

fn provider() -> Metadata {
    let at = |path: &str| format!("https://login.lakeshore.example/{path}");
    Metadata {
        issuer: "https://login.lakeshore.example".into(),
        authorization_endpoint: at("authorize"),
        token_endpoint: at("token"),
        jwks_uri: at("jwks"),
        userinfo_endpoint: None,
        end_session_endpoint: Some(at("logout")),
        answers_with_issuer: true,
        algorithms: vec![Algorithm::Rs256],
        client_auth: vec![TheirAuth::SecretBasic],
        scopes: Vec::new(),
        claims: Vec::new(),
        acr_values: Vec::new(),
        tells_of_logout: true,
    }
}

fn looked(change: impl FnOnce(&mut Metadata)) -> Look {
    let mut metadata = provider();
    change(&mut metadata);
    Look { metadata: Ok(metadata), client: Seen::Known }
}

/// What is told, lightest words left out.
fn told(connection: &Connection, look: Option<&Look>) -> Vec<(Weight, String)> {
    let found = findings(connection, &["lakeshore.example".into()], look, Time(0));
    found.into_iter().map(|finding| (finding.weight, finding.text)).collect()
}

#[test]
fn an_issuer_a_client_and_a_name_are_enough() {
    let settings = least().new_settings(PROGRAM, Preset::Modern).unwrap();
    let Protocol::Oidc(oidc) = &settings.protocol;
    assert_eq!((settings.name.as_str(), oidc.scopes.as_str()), ("Lakeshore ID", "openid email profile"));
    assert_eq!((oidc.auth, oidc.claims.email.as_slice()), (ClientAuth::SecretBasic, &["email".to_owned()][..]));
    assert!(!settings.creates_accounts && !settings.trusts_mfa && !settings.private_network);
    let nothing = Wanted::default().new_settings(PROGRAM, Preset::Modern).unwrap_err();
    assert_eq!(nothing.len(), 3, "all that is missing at once: {nothing:?}");
}

#[rstest]
#[case(Wanted { issuer: text("http://login.lakeshore.example"), ..least() }, "`issuer`")]
#[case(Wanted { issuer: text("http://127.0.0.1:9000"), ..least() }, "`issuer`")]
#[case(Wanted { issuer: text("https://login.lakeshore.example?x=1"), ..least() }, "`issuer`")]
#[case(Wanted { name: text("two\nlines"), ..least() }, "`name`")]
#[case(Wanted { client_id: text(""), ..least() }, "`client_id`")]
#[case(Wanted { scopes: text("email profile"), ..least() }, "`scopes`")]
#[case(Wanted { auth_method: text("none"), ..least() }, "`auth_method`")]
#[case(Wanted { private_network: Some(true), ..least() }, "`private_network`")]
#[case(Wanted { claims: WantedClaims { email: Some(vec![]), ..WantedClaims::default() }, ..least() }, "`claims.email`")]
#[case(Wanted { accounts_a_day: Some(501), ..least() }, "`accounts_a_day`")]
#[case(Wanted { private_network: Some(true), private_hosts: Some(vec!["10.0.0.5".into()]), ..least() }, "`private_network`")]
#[case(Wanted { claims: WantedClaims { user_name: Some(vec!["nick".into()]), ..WantedClaims::default() }, ..least() }, "`claims.user_name`")]
#[case(Wanted { roles: Some(BTreeMap::from([("it".into(), "license_owner".into())])), ..least() }, "`roles`")]
#[case(Wanted { mfa_acr: Some(vec!["a b".into()]), ..least() }, "`mfa_acr`")]
#[case(Wanted { roles: Some(BTreeMap::from([("it".into(), "operator".into())])), ..least() }, "`roles`")]
fn what_cannot_be_is_told_by_its_key(#[case] wanted: Wanted, #[case] key: &str) {
    let problems = wanted.new_settings(PROGRAM, Preset::Modern).unwrap_err();
    assert!(problems[0].starts_with(key), "{problems:?}");
}

#[test]
fn only_an_operator_lets_a_connection_into_the_private_network() {
    let wanted = Wanted { private_network: Some(true), ..least() };
    let settings = wanted.new_settings(OPERATOR, Preset::Modern).unwrap();
    assert!(settings.private_network);
    // What an operator has decided stays when a program changes something else.
    assert!(Wanted { name: text("X"), ..Wanted::default() }.over(&settings, PROGRAM).unwrap().private_network);
}

/// What an operator has let a connection do.
fn allowed() -> Settings {
    let wanted = Wanted {
        trusts_mfa: Some(true),
        mfa_acr: Some(vec!["two".into()]),
        private_network: Some(true),
        private_hosts: Some(vec!["keys.lakeshore.example:8443".into()]),
        roles: Some(BTreeMap::from([("owners".into(), "license_owner".into())])),
        claims: WantedClaims {
            user_name: Some(vec!["nick".into()]),
            roles: Some(vec!["groups".into()]),
            ..WantedClaims::default()
        },
        ..least()
    };
    let mut settings = wanted.new_settings(OPERATOR, Preset::Classic).unwrap();
    settings.mfa_accepted = Some(Acceptance { at: Time(1), by: AccountId::from("root") });
    settings
}

fn claims(change: impl FnOnce(&mut WantedClaims)) -> Wanted {
    let mut wanted = Wanted::default();
    change(&mut wanted.claims);
    wanted
}

fn roles(pairs: &[(&str, &str)]) -> Option<BTreeMap<String, String>> {
    Some(pairs.iter().map(|(value, role)| ((*value).to_owned(), (*role).to_owned())).collect())
}

const ALL: &[&str] = &["`private_network`", "`roles`", "`claims.user_name`", "`trusts_mfa`"];

#[rstest]
#[case::another_name(Wanted { name: text("X"), ..Wanted::default() }, &[])]
#[case::a_host_around_the_corner(Wanted { issuer: text("https://10.0.0.5:8443"), ..Wanted::default() }, ALL)]
#[case::a_host_of_its_own(Wanted { issuer: text("https://evil.example"), ..Wanted::default() }, ALL)]
#[case::more_hosts(Wanted { private_hosts: Some(vec!["10.0.0.5".into()]), ..Wanted::default() }, &["`private_hosts`"])]
#[case::fewer_hosts(Wanted { private_hosts: Some(vec![]), ..Wanted::default() }, &[])]
#[case::more_owners(Wanted { roles: roles(&[("owners", "license_owner"), ("staff", "license_owner")]), ..Wanted::default() }, &["`roles`"])]
#[case::more_administrators(Wanted { roles: roles(&[("owners", "license_owner"), ("it", "program_administrator")]), ..Wanted::default() }, &[])]
#[case::owners_by_what_anybody_writes(claims(|claims| claims.roles = Some(vec!["nick".into()])), &["`roles`"])]
#[case::names_by_what_anybody_writes(claims(|claims| claims.user_name = Some(vec!["email".into()])), &["`claims.user_name`"])]
#[case::a_password_as_two_factors(Wanted { mfa_acr: Some(vec!["pwd".into()]), ..Wanted::default() }, &["`trusts_mfa`"])]
#[case::more_people(Wanted { accounts_a_day: Some(1_000_000), ..Wanted::default() }, &["`accounts_a_day`"])]
#[case::fewer_people(Wanted { accounts_a_day: Some(10), ..Wanted::default() }, &[])]
#[case::some_of_it_taken_back(
    Wanted { issuer: text("https://evil.example"), private_network: Some(false), ..Wanted::default() },
    &["`roles`", "`claims.user_name`", "`trusts_mfa`"],
)]
#[case::all_of_it_taken_back(
    Wanted {
        issuer: text("https://other.lakeshore.example"),
        private_network: Some(false),
        roles: roles(&[]),
        trusts_mfa: Some(false),
        ..claims(|claims| claims.user_name = Some(vec![]))
    },
    &[],
)]
fn what_an_operator_has_allowed_holds_of_what_it_was_allowed_of(#[case] wanted: Wanted, #[case] keys: &[&str]) {
    let before = allowed();
    let problems = wanted.over(&before, PROGRAM).err().unwrap_or_default();
    assert_eq!(problems.len(), keys.len(), "{problems:?}");
    for (problem, key) in problems.iter().zip(keys) {
        assert!(problem.starts_with(key), "{key}: {problems:?}");
    }
    wanted.over(&before, OPERATOR).unwrap();
}

#[test]
fn an_acceptance_lapses_with_what_was_accepted() {
    let before = allowed();
    let after = |wanted: Wanted, may| wanted.over(&before, may).unwrap().mfa_accepted;
    assert_eq!(after(Wanted { name: text("X"), ..Wanted::default() }, PROGRAM), before.mfa_accepted);
    assert_eq!(after(Wanted { trusts_mfa: Some(false), ..Wanted::default() }, PROGRAM), None);
    assert_eq!(after(Wanted { mfa_acr: Some(vec!["three".into()]), ..Wanted::default() }, OPERATOR), None);
    assert_eq!(after(Wanted { issuer: text("https://other.example"), ..Wanted::default() }, OPERATOR), None);
}

#[rstest]
#[case(Wanted { private_network: Some(true), private_hosts: Some(vec!["https://x".into()]), ..least() })]
#[case(Wanted { private_hosts: Some(vec!["keys.lakeshore.example".into()]), ..least() })]
fn a_private_host_is_a_host_in_a_private_network(#[case] wanted: Wanted) {
    let problems = wanted.new_settings(OPERATOR, Preset::Modern).unwrap_err();
    assert!(problems.len() == 1 && problems[0].starts_with("`private_hosts`"), "{problems:?}");
}

#[test]
fn the_preset_says_whether_an_email_has_to_be_verified() {
    assert!(least().new_settings(PROGRAM, Preset::Modern).unwrap().requires_verified_email);
    assert!(!least().new_settings(PROGRAM, Preset::Classic).unwrap().requires_verified_email);
    let said = Wanted { requires_verified_email: Some(false), ..least() };
    assert!(!said.new_settings(PROGRAM, Preset::Modern).unwrap().requires_verified_email);
}

#[test]
fn nothing_is_said_of_a_connection_that_is_well() {
    assert_eq!(told(&ready(|_| ()), Some(&looked(|_| ()))), []);
}

#[test]
fn what_cannot_work_is_told_first() {
    let broken = |connection: &Connection, look: Option<&Look>, part: &str| {
        let told = told(connection, look);
        assert!(
            told.first().is_some_and(|(weight, text)| *weight == Weight::Broken && text.contains(part)),
            "{told:?}"
        );
    };
    let well = looked(|_| ());
    broken(&connection(least().new_settings(OPERATOR, Preset::Modern).unwrap()), None, "no secret");
    let over = |settings: &mut Settings| {
        let Protocol::Oidc(oidc) = &mut settings.protocol;
        oidc.secret_expires_at = Some(Time(-1));
    };
    broken(&ready(over), Some(&well), "The secret ended");
    let away = Look { metadata: Err("no connection".into()), client: Seen::NotAsked };
    broken(&ready(|_| ()), Some(&away), "no connection");
    let unknown = Look { client: Seen::Refused("it says `invalid_client`".into()), ..looked(|_| ()) };
    broken(&ready(|_| ()), Some(&unknown), "invalid_client");
    let other = looked(|metadata| metadata.client_auth = vec![TheirAuth::PrivateKeyJwt]);
    broken(&ready(|_| ()), Some(&other), "it takes private_key_jwt");
    let mapped = Wanted { roles: Some(BTreeMap::from([("it".into(), "program_administrator".into())])), ..least() };
    broken(
        &ready(|settings| settings.roles = mapped.new_settings(OPERATOR, Preset::Modern).unwrap().roles),
        Some(&well),
        "no claim",
    );
}

#[test]
fn what_a_provider_does_not_say_it_has_is_told_and_silence_is_not() {
    let wants = ready(|settings| {
        let Protocol::Oidc(oidc) = &mut settings.protocol;
        oidc.mfa_acr = vec!["mfa".into()];
        settings.trusts_mfa = true;
    });
    let silent = told(&wants, Some(&looked(|_| ())));
    assert!(silent.iter().all(|(weight, _)| *weight == Weight::Note), "{silent:?}");
    let poor = looked(|metadata| {
        metadata.scopes = vec!["openid".into(), "email".into()];
        metadata.claims = vec!["sub".into()];
        metadata.acr_values = vec!["pwd".into()];
    });
    let told: Vec<String> = told(&wants, Some(&poor)).into_iter().map(|(_, text)| text).collect();
    for part in ["scope `profile`", "claim for the email (email)", "acr value `mfa`"] {
        assert!(told.iter().any(|text| text.contains(part)), "{part}: {told:?}");
    }
}
