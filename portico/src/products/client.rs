//! A client between its two forms: as it is written in the file, and as the provider registers it. Pure.
//!
//! Written back it has only what differs from what holds without it, in one order: so two that mean the same are the same.

use std::collections::BTreeSet;

use oidc::Scope;
use oidc::client::{AuthMethod, GrantType, Profile};
use oidc::jose::{Algorithm, JwkError, JwkSet, VerifyingKey};
use oidc::redirect::RedirectUri;

use super::file::{Client, Product};
use super::rules::{MAX_NAME, Problems, WantedClient, is_line};
use crate::provider::{NewClient, SCOPES, SIGNING_ALGORITHMS, SubjectType};

const GRANTS: [GrantType; 2] = [GrantType::AuthorizationCode, GrantType::RefreshToken];

/// `at` names the product in what is told.
pub fn read(written: &Client, product: Option<&Product>, at: &str, problems: &mut Problems) -> WantedClient {
    let mut reading = Reading { at: place(written, product, at), spoken: problems.0.len(), problems };
    let id = product.filter(|_| written.id.is_empty()).map_or(&written.id, |product| &product.id);
    let name = written.name.as_ref().or(product.map(|product| &product.name)).unwrap_or(id);
    let mut new = NewClient::of(id, name, None);
    new.profile = reading.word("profile", &written.profile, Profile::Default, Profile::of_name);
    new.native = reading.word("application_type", &written.application_type, false, |word| match word {
        "web" => Some(false),
        "native" => Some(true),
        _ => None,
    });
    new.auth =
        reading.word("token_endpoint_auth_method", &written.token_endpoint_auth_method, AuthMethod::Secret, |word| {
            match word {
                // The secret may come either way, so both words say the same.
                "client_secret_basic" | "client_secret_post" => Some(AuthMethod::Secret),
                "private_key_jwt" => Some(AuthMethod::PrivateKeyJwt),
                "none" => Some(AuthMethod::None),
                _ => None,
            }
        });
    new.third_party = written.third_party;
    new.scope = match &written.scope {
        None => Scope::of(&SCOPES),
        Some(text) => Scope::parse(text).unwrap_or_else(|bad| {
            reading.says("scope", bad);
            Scope::default()
        }),
    };
    new.grants = reading.grants(&written.grant_types);
    let signs = |name: &str| Algorithm::of_name(name).filter(|known| SIGNING_ALGORITHMS.contains(known));
    let signed = &written.id_token_signed_response_alg;
    new.id_token_algorithm = reading.word("id_token_signed_response_alg", signed, Algorithm::Es256, signs);
    new.redirect_uris = reading.uris("redirect_uris", &written.redirect_uris, new.native);
    let after = "post_logout_redirect_uris";
    new.post_logout_redirect_uris = reading.uris(after, &written.post_logout_redirect_uris, new.native);
    new.backchannel_logout_uri.clone_from(&written.backchannel_logout_uri);
    new.subject = reading.subject(written);
    reading.keys(written, &mut new);
    reading.people(written, product.is_some(), new.grants.contains(&GrantType::AuthorizationCode));
    // What was told already is not told once more.
    if reading.problems.0.len() == reading.spoken
        && let Err(bad) = new.check()
    {
        reading.problems.add(&reading.at, bad);
    }
    let mut organizations = written.organizations.clone();
    organizations.sort();
    organizations.dedup();
    WantedClient { new, organizations }
}

/// The place in what is told: the product, and the client where it is called otherwise.
fn place(written: &Client, product: Option<&Product>, at: &str) -> String {
    let other = product.is_some_and(|product| !written.id.is_empty() && written.id != product.id);
    if other { format!("{at}, client {}", written.id) } else { at.to_owned() }
}

struct Reading<'a> {
    at: String,
    /// Problems that there were before.
    spoken: usize,
    problems: &'a mut Problems,
}

impl Reading<'_> {
    fn says(&mut self, key: &str, what: impl std::fmt::Display) {
        self.problems.add(&self.at, format_args!("`{key}`: {what}"));
    }

    fn word<T>(&mut self, key: &str, written: &Option<String>, or: T, known: impl Fn(&str) -> Option<T>) -> T {
        let Some(word) = written else { return or };
        known(word).unwrap_or_else(|| {
            self.says(key, format_args!("{word:?} is no word that is known here; see docs/operate/products.md"));
            or
        })
    }

    /// What they are told, and who they are.
    fn people(&mut self, written: &Client, of_product: bool, signs_in: bool) {
        if let Some(name) = written.name.as_ref().filter(|name| !is_line(name, MAX_NAME)) {
            self.says("name", format_args!("{name:?} is no line of 1 to {MAX_NAME} characters"));
        }
        match (of_product, written.organizations.is_empty()) {
            (true, false) => {
                self.says("organizations", "a product is opened to an organization by `portico product open-to`");
            }
            (false, true) if signs_in => self.says("organizations", "without one nobody could sign in"),
            _ => {}
        }
    }

    fn grants(&mut self, written: &Option<Vec<String>>) -> Vec<GrantType> {
        let Some(written) = written else { return GRANTS.to_vec() };
        if written.is_empty() {
            self.says("grant_types", "a client that may do nothing is none; left out, it is what most need");
        }
        for odd in written.iter().filter(|word| GrantType::of_name(word).is_none()) {
            self.says("grant_types", format_args!("{odd:?} is none; there is no implicit and no password grant here"));
        }
        GrantType::ALL.into_iter().filter(|grant| written.iter().any(|word| word == grant.name())).collect()
    }

    fn uris(&mut self, key: &str, written: &[String], native: bool) -> Vec<String> {
        for uri in written {
            if let Err(why) = RedirectUri::register(uri, native) {
                self.says(key, format_args!("{uri}: {why}"));
            }
        }
        let mut uris = written.to_vec();
        uris.sort();
        uris.dedup();
        uris
    }

    fn subject(&mut self, written: &Client) -> SubjectType {
        match written.subject_type.as_deref() {
            None | Some("public") => SubjectType::Public,
            Some("pairwise") => {
                let hosts: BTreeSet<&str> = written.redirect_uris.iter().map(|uri| host_of(uri)).collect();
                // Of several none is meant more than another, and with another one everybody is somebody else (OpenID Connect
                // Core section 8.1).
                let only = hosts.iter().next().filter(|_| hosts.len() == 1).map(|host| (*host).to_owned());
                let sector = written.sector.clone().or(only).unwrap_or_default();
                if !is_sector(&sector) {
                    self.says(
                        "sector",
                        "say which, in 1 to 255 visible characters: the redirect URIs have no one host",
                    );
                }
                SubjectType::Pairwise { sector }
            }
            Some(odd) => {
                self.says("subject_type", format_args!("{odd:?} is neither `public` nor `pairwise`"));
                SubjectType::Public
            }
        }
    }

    /// The public keys, of one algorithm, which is told or follows from them.
    fn keys(&mut self, written: &Client, new: &mut NewClient) {
        let Some(text) = &written.jwks else {
            if new.auth == AuthMethod::PrivateKeyJwt {
                self.says("jwks", "`private_key_jwt` needs the client's public keys, here or in `jwks_file`");
            }
            return;
        };
        let set = match JwkSet::read(text.as_bytes()) {
            Ok(set) => set,
            Err(JwkError::Private) => {
                return self.says("jwks", "it holds a private key: take it out, and do not use that key any more");
            }
            Err(_) => return self.says("jwks", "this is no set of public keys (JSON with `keys`; RFC 7517)"),
        };
        let told = written.token_endpoint_auth_signing_alg.as_ref();
        let algorithm = match told {
            Some(name) => Algorithm::of_name(name),
            None => only(set.keys.iter().map(|jwk| jwk.algorithm)),
        };
        let Some(algorithm) = algorithm else {
            return self.says("token_endpoint_auth_signing_alg", "say ES256, PS256, RS256 or EdDSA");
        };
        if set.keys.is_empty() || !set.keys.iter().all(|jwk| VerifyingKey::new(jwk, Some(algorithm)).is_ok()) {
            return self.says("jwks", format_args!("not every key of it is for {}", algorithm.name()));
        }
        new.jwks = Some(compact(text));
        new.assertion_algorithm = Some(algorithm);
    }
}

fn is_sector(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn only(mut algorithms: impl Iterator<Item = Option<Algorithm>>) -> Option<Algorithm> {
    let first = algorithms.next().flatten()?;
    algorithms.all(|other| other == Some(first)).then_some(first)
}

fn compact(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json).map_or_else(|_| json.to_owned(), |value| value.to_string())
}

fn host_of(uri: &str) -> &str {
    let authority = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let authority = authority.split(['/', '?']).next().unwrap_or_default();
    // An IPv6 address has colons of its own.
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// As it is written. `product`: id and name of the one it belongs to.
pub fn written(wanted: &WantedClient, product: Option<(&str, &str)>) -> Client {
    let new = &wanted.new;
    let or_none = |text: &str, default: &str| (text != default).then(|| text.to_owned());
    let sorted = |uris: &[String]| {
        let mut uris = uris.to_vec();
        uris.sort();
        uris
    };
    let (subject_type, sector) = match &new.subject {
        SubjectType::Public => (None, None),
        SubjectType::Pairwise { sector } => (Some("pairwise".to_owned()), Some(sector.clone())),
    };
    Client {
        id: new.id.clone(),
        name: or_none(&new.name, product.map_or(new.id.as_str(), |(_, name)| name)),
        organizations: wanted.organizations.clone(),
        application_type: new.native.then(|| "native".to_owned()),
        redirect_uris: sorted(&new.redirect_uris),
        post_logout_redirect_uris: sorted(&new.post_logout_redirect_uris),
        backchannel_logout_uri: new.backchannel_logout_uri.clone(),
        token_endpoint_auth_method: match new.auth {
            AuthMethod::Secret => None,
            other => Some(other.name().to_owned()),
        },
        jwks: new.jwks.clone(),
        jwks_file: None,
        token_endpoint_auth_signing_alg: new.assertion_algorithm.map(|algorithm| algorithm.name().to_owned()),
        profile: or_none(new.profile.name(), Profile::Default.name()),
        grant_types: {
            let held: Vec<GrantType> = GrantType::ALL.into_iter().filter(|grant| new.grants.contains(grant)).collect();
            (held != GRANTS).then(|| held.iter().map(|grant| grant.name().to_owned()).collect())
        },
        scope: (new.scope != Scope::of(&SCOPES)).then(|| new.scope.to_string()),
        id_token_signed_response_alg: or_none(new.id_token_algorithm.name(), Algorithm::Es256.name()),
        subject_type,
        sector,
        third_party: new.third_party,
    }
}
