use proptest::prelude::*;
use rstest::rstest;

use super::client;
use super::diff::changes;
use super::file::{Client, File, Product};
use super::rules::{Problems, Wanted, wanted};

fn bed_board() -> Product {
    Product {
        id: "bed-board".into(),
        name: "Bed Board".into(),
        description: "Free beds".into(),
        home: "https://beds.example/".into(),
        ..Product::default()
    }
}

fn client() -> Client {
    Client { redirect_uris: vec!["https://beds.example/callback".into()], ..Client::default() }
}

fn file(change: impl FnOnce(&mut Product, &mut Client)) -> File {
    let (mut product, mut client) = (bed_board(), client());
    change(&mut product, &mut client);
    product.clients.push(client);
    File { products: vec![product], clients: Vec::new() }
}

fn refused(file: File) -> String {
    wanted(file).unwrap_err().join("\n")
}

fn text(word: &str) -> Option<String> {
    Some(word.to_owned())
}

#[test]
fn a_product_with_the_least_that_is_needed() {
    let Wanted { products, .. } = wanted(file(|_, _| ())).unwrap();
    let new = &products[0].clients[0].new;
    assert_eq!((new.id.as_str(), new.name.as_str()), ("bed-board", "Bed Board"));
    assert_eq!(new.redirect_uris, ["https://beds.example/callback"]);
}

#[rstest]
#[case("*", "https://*.beds.example/callback")]
#[case("fragment", "https://beds.example/callback#x")]
#[case("http", "http://beds.example/callback")]
#[case("user", "https://omar@beds.example/callback")]
#[case("space", "https://beds.example/call back")]
#[case("relative", "/callback")]
#[case("private scheme of a web client", "org.example.beds:/callback")]
#[case("script", "javascript:alert(1)")]
#[case("no host", "https:///callback")]
#[case("looks like loopback", "http://127.0.0.1.evil.example/callback")]
#[case("empty", "")]
fn a_redirect_uri_that_cannot_be_exact_is_refused(#[case] why: &str, #[case] uri: &str) {
    for list in [0, 1] {
        let told = refused(file(|_, client| match list {
            0 => client.redirect_uris.push(uri.into()),
            _ => client.post_logout_redirect_uris.push(uri.into()),
        }));
        assert!(told.starts_with("bed-board: `") && told.contains(uri) && told.ends_with('.'), "{why}: {told}");
    }
}

#[rstest]
#[case("http://127.0.0.1:9999/callback")]
#[case("http://[::1]:9999/callback")]
#[case("http://localhost/callback")]
#[case("https://beds.example:8443/callback?tenant=1")]
fn what_may_be_a_redirect_uri(#[case] uri: &str) {
    wanted(file(|_, client| client.redirect_uris.push(uri.into()))).unwrap();
}

#[rstest]
#[case("id", |p: &mut Product, _: &mut Client| p.id = "Bed Board".into(), "`id` is 1 to 63 lower-case letters")]
#[case("no id", |p: &mut Product, _: &mut Client| p.id = String::new(), "product 1: `id`")]
#[case("no name", |p: &mut Product, _: &mut Client| p.name = " ".into(), "`name` is missing")]
#[case("two lines", |p: &mut Product, _: &mut Client| p.description = "a\nb".into(), "`description` is one line")]
#[case("no home", |p: &mut Product, _: &mut Client| p.home = String::new(), "`home`: it is missing")]
#[case("script as home", |p: &mut Product, _: &mut Client| p.home = "javascript:alert(1)".into(), "`home`: javascript")]
#[case("http view", |p: &mut Product, _: &mut Client| p.default_view = text("http://beds.example/"), "`default_view`")]
#[case("initiation", |p: &mut Product, _: &mut Client| p.initiate_login_uri = text("https://a/#b"), "has no fragment")]
#[case("profile", |_: &mut Product, c: &mut Client| c.profile = text("basic"), "`profile`: \"basic\" is no word")]
#[case("auth", |_: &mut Product, c: &mut Client| c.token_endpoint_auth_method = text("tls"), "\"tls\" is no word")]
#[case("type", |_: &mut Product, c: &mut Client| c.application_type = text("spa"), "\"spa\" is no word")]
#[case("grant", |_: &mut Product, c: &mut Client| c.grant_types = Some(vec!["password".into()]), "\"password\" is none")]
#[case("no grants", |_: &mut Product, c: &mut Client| c.grant_types = Some(Vec::new()), "may do nothing is none")]
#[case("scope", |_: &mut Product, c: &mut Client| c.scope = text("openid admin"), "a scope is one of openid")]
#[case("alg", |_: &mut Product, c: &mut Client| c.id_token_signed_response_alg = text("HS256"), "\"HS256\" is no word")]
#[case("subject", |_: &mut Product, c: &mut Client| c.subject_type = text("private"), "neither `public` nor")]
#[case("no keys", |_: &mut Product, c: &mut Client| c.token_endpoint_auth_method = text("private_key_jwt"), "`jwks`")]
#[case("no set", |_: &mut Product, c: &mut Client| c.jwks = text("{}"), "this is no set of public keys")]
#[case("client id", |_: &mut Product, c: &mut Client| c.id = "a b".into(), "a client's id is 1 to 128")]
#[case("back channel", |_: &mut Product, c: &mut Client| c.backchannel_logout_uri = text("http://beds.example/"), "back-channel")]
#[case("organizations", |_: &mut Product, c: &mut Client| c.organizations = vec!["riverside".into()], "open-to")]
#[case("client's name", |_: &mut Product, c: &mut Client| c.name = text("Bed\nBoard"), "`name`: \"Bed\\nBoard\" is no line")]
#[case("turned name", |_: &mut Product, c: &mut Client| c.name = text("Bed \u{202e}draoB"), "is no line of 1 to 60")]
#[case("no name of a client", |_: &mut Product, c: &mut Client| c.name = text(""), "`name`: \"\" is no line")]
#[case("turned line", |p: &mut Product, _: &mut Client| p.description = "Free\u{2028}beds".into(), "`description` is one")]
#[case("no sector", |_: &mut Product, c: &mut Client| (c.subject_type, c.sector) = (text("pairwise"), text("a b")), "`sector`")]
#[case("public and alone", |_: &mut Product, c: &mut Client| {
    c.token_endpoint_auth_method = text("none");
    c.grant_types = Some(vec!["client_credentials".into()]);
}, "client_credentials is not for it")]
#[case("no redirect", |_: &mut Product, c: &mut Client| c.redirect_uris.clear(), "needs a redirect URI")]
fn what_is_wrong_is_told_in_a_sentence(
    #[case] why: &str,
    #[case] change: fn(&mut Product, &mut Client),
    #[case] expected: &str,
) {
    let told = refused(file(change));
    assert!(told.contains(expected), "{why}: {told}");
    assert!(told.lines().all(|line| line.ends_with('.') && line.contains(": ")), "{why}: {told}");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let told = refused(file(|product, client| {
        product.name.clear();
        product.home = "http://beds.example/".into();
        client.redirect_uris = vec!["https://a/#x".into(), "https://b/*".into()];
    }));
    assert_eq!(told.lines().count(), 4, "{told}");
    let told = refused(file(|product, client| {
        product.name.clear();
        client.redirect_uris.clear();
    }));
    assert!(told.contains("`name` is missing") && told.contains("needs a redirect URI"), "{told}");
}

#[test]
fn a_client_of_no_product_is_open_to_somebody() {
    let alone = |client: Client| wanted(File { clients: vec![client], ..File::default() });
    let report = Client { id: "report".into(), ..client() };
    assert!(alone(report.clone()).unwrap_err().join("\n").contains("without one nobody could sign in"));
    alone(Client { organizations: vec!["riverside".into()], ..report.clone() }).unwrap();
    // A program that asks for itself needs nobody.
    let grants = Some(vec!["client_credentials".into()]);
    alone(Client { grant_types: grants, redirect_uris: Vec::new(), ..report }).unwrap();
}

#[rstest]
#[case(&["https://beds.example/a", "https://beds.example:8443/b"], "beds.example")]
#[case(&["http://[::1]:9999/callback"], "[::1]")]
fn a_sector_is_the_one_host_there_is(#[case] uris: &[&str], #[case] expected: &str) {
    let read = wanted(file(|_, client| {
        client.subject_type = text("pairwise");
        client.redirect_uris = uris.iter().map(|uri| (*uri).to_owned()).collect();
    }));
    assert_eq!(read.unwrap().products[0].clients[0].new.subject.sector(), expected);
}

#[test]
fn a_private_key_is_not_taken() {
    let key =
        r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGx"}]}"#;
    let told = refused(file(|_, client| {
        client.token_endpoint_auth_method = text("private_key_jwt");
        client.jwks = text(key);
    }));
    assert!(told.contains("it holds a private key"), "{told}");
    let public = key.replace(r#","d":"nWGx""#, "");
    let mut with_key = file(|_, client| {
        client.token_endpoint_auth_method = text("private_key_jwt");
        client.jwks = Some(public);
    });
    let read = wanted(with_key.clone()).unwrap();
    assert_eq!(read.products[0].clients[0].new.assertion_algorithm.unwrap().name(), "EdDSA", "the key says it");
    with_key.products[0].clients[0].token_endpoint_auth_signing_alg = text("ES256");
    assert!(refused(with_key).contains("not every key of it is for ES256"));
}

#[test]
fn one_id_is_one_thing() {
    let mut twice = file(|_, _| ());
    twice.products.push(twice.products[0].clone());
    let told = refused(twice);
    assert!(told.contains("two products of this id") && told.contains("two clients of this id"), "{told}");
    let mut other = file(|_, _| ());
    other.clients.push(Client { id: "bed-board".into(), ..client() });
    assert!(refused(other).contains("two clients of this id"));
}

fn any_client() -> impl Strategy<Value = Client> {
    let uri = "https://[a-z]{1,5}\\.example/[a-z]{0,5}";
    let words = |words: &[&str]| {
        prop::option::of(prop::sample::select(words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>()))
    };
    (
        prop::collection::vec(uri, 1..4),
        prop::collection::vec(uri, 0..3),
        words(&["client_secret_basic", "client_secret_post", "none"]),
        words(&["default", "oidc-basic"]),
        words(&["web", "native"]),
        words(&["openid", "openid profile email", "offline_access access email openid profile"]),
        words(&["ES256", "RS256", "EdDSA"]),
        words(&["public", "pairwise"]),
        prop::option::of(prop::collection::vec(
            prop::sample::select(vec!["authorization_code".to_owned(), "refresh_token".to_owned()]),
            1..3,
        )),
        any::<bool>(),
    )
        .prop_map(|(redirects, after, auth, profile, kind, scope, alg, subject, grants, third_party)| Client {
            redirect_uris: redirects,
            post_logout_redirect_uris: after,
            token_endpoint_auth_method: auth,
            profile,
            application_type: kind,
            scope,
            id_token_signed_response_alg: alg,
            subject_type: subject,
            grant_types: grants,
            third_party,
            ..Client::default()
        })
}

proptest! {
    #[test]
    fn what_is_written_back_means_the_same(given in any_client()) {
        let product = bed_board();
        let names = Some((product.id.as_str(), product.name.as_str()));
        let mut problems = Problems::default();
        let read = client::read(&given, Some(&product), "bed-board", &mut problems);
        prop_assume!(problems.0.is_empty());
        let written = client::written(&read, names);
        let again = client::read(&written, Some(&product), "bed-board", &mut problems);
        prop_assert!(problems.0.is_empty(), "{:?}", problems.0);
        prop_assert_eq!(changes(Some(&written), &client::written(&again, names)), []);
        // And the file it is exported to reads as it.
        let file = File { products: vec![Product { clients: vec![written], ..product.clone() }], clients: Vec::new() };
        prop_assert_eq!(File::read(&file.to_text()).unwrap(), file);
    }
}
