//! What somebody writes of a connection, judged. Pure.

use std::collections::BTreeMap;

use oidc::Scope;
use oidc::rp::metadata;
use serde::Deserialize;

use super::allowed;
use crate::federation::{Claims, ClientAuth, Oidc, Protocol, Role, Settings};
use crate::organizations::Preset;
use crate::platform::outgoing::Host;

const SCOPES: &str = "openid email profile";
const MOST_ROLES: usize = 100;

/// What is left out stays as it was, or has its default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    pub name: Option<String>,
    pub issuer: Option<String>,
    pub client_id: Option<String>,
    pub auth_method: Option<String>,
    pub scopes: Option<String>,
    pub creates_accounts: Option<bool>,
    pub accounts_a_day: Option<u32>,
    pub requires_verified_email: Option<bool>,
    pub trusts_mfa: Option<bool>,
    pub private_network: Option<bool>,
    pub private_hosts: Option<Vec<String>>,
    pub claims: WantedClaims,
    /// Values of the roles claim, and the role that each gives.
    pub roles: Option<BTreeMap<String, String>>,
    pub mfa_acr: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WantedClaims {
    pub email: Option<Vec<String>>,
    pub first_name: Option<Vec<String>>,
    pub last_name: Option<Vec<String>>,
    pub user_name: Option<Vec<String>>,
    pub roles: Option<Vec<String>>,
}

/// What whoever writes may decide.
#[derive(Clone, Copy, Debug)]
pub struct May {
    /// Issuers on this machine, without TLS: only where this deployment is there itself.
    pub loopback: bool,
    /// Everything that is an operator's to allow; see [`allowed`].
    pub operators: bool,
}

impl Wanted {
    /// The settings of a new connection of an organization with that preset.
    ///
    /// # Errors
    /// Everything that is wrong, as sentences.
    pub fn new_settings(&self, may: May, preset: Preset) -> Result<Settings, Vec<String>> {
        let missing = |what: &Option<String>, key: &str| what.is_none().then(|| format!("`{key}` is missing."));
        let missing: Vec<String> =
            [missing(&self.issuer, "issuer"), missing(&self.client_id, "client_id"), missing(&self.name, "name")]
                .into_iter()
                .flatten()
                .collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let blank = Oidc {
            issuer: String::new(),
            client_id: String::new(),
            auth: ClientAuth::SecretBasic,
            secret: None,
            secret_expires_at: None,
            scopes: SCOPES.to_owned(),
            claims: Claims::default(),
            mfa_acr: Vec::new(),
        };
        let mut settings = Settings::new("", Protocol::Oidc(blank));
        settings.requires_verified_email = preset == Preset::Modern;
        self.over(&settings, may)
    }

    /// Settings with what is written over them.
    ///
    /// # Errors
    /// Everything that is wrong, as sentences.
    pub fn over(&self, before: &Settings, may: May) -> Result<Settings, Vec<String>> {
        let mut problems = Vec::new();
        let mut after = before.clone();
        let Protocol::Oidc(oidc) = &mut after.protocol;
        if let Some(name) = &self.name {
            after.name = name.trim().to_owned();
            if !(1..=80).contains(&after.name.chars().count()) || after.name.chars().any(char::is_control) {
                problems
                    .push("`name` is what people are told they sign in with: 1 to 80 characters on one line.".into());
            }
        }
        for (flag, wanted) in [
            (&mut after.creates_accounts, self.creates_accounts),
            (&mut after.requires_verified_email, self.requires_verified_email),
            (&mut after.trusts_mfa, self.trusts_mfa),
            (&mut after.private_network, self.private_network),
        ] {
            *flag = wanted.unwrap_or(*flag);
        }
        self.protocol(oidc, may, &mut problems);
        if let Some(roles) = &self.roles {
            after.roles = read_roles(roles, &mut problems);
        }
        if let Some(most) = self.accounts_a_day {
            after.accounts_a_day = i64::from(most);
        }
        self.hosts(&mut after, &mut problems);
        if !may.operators {
            problems.extend(allowed::problems(before, &after));
        }
        allowed::lapse(before, &mut after);
        if problems.is_empty() { Ok(after) } else { Err(problems) }
    }

    fn hosts(&self, after: &mut Settings, problems: &mut Vec<String>) {
        if let Some(hosts) = &self.private_hosts {
            after.private_hosts = names("private_hosts", hosts, problems);
            let odd = after.private_hosts.iter().any(|host| Host::parse(host).is_none());
            if odd || (!hosts.is_empty() && !after.private_network) {
                problems.push(
                    "`private_hosts` are names such as keys.hospital.example or keys.hospital.example:8443, and go with \
                     `private_network`."
                        .into(),
                );
            }
        }
        if !after.private_network {
            after.private_hosts.clear();
        }
    }

    fn protocol(&self, oidc: &mut Oidc, may: May, problems: &mut Vec<String>) {
        if let Some(issuer) = &self.issuer {
            oidc.issuer = issuer.trim().to_owned();
            if oidc.issuer.len() > 500 || metadata::address(&oidc.issuer, may.loopback).is_err() {
                problems.push(
                    "`issuer` is an https address without query, to the letter as the provider writes it, such as \
                     https://login.hospital.example."
                        .into(),
                );
            }
        }
        if let Some(id) = &self.client_id {
            oidc.client_id = id.trim().to_owned();
            if !(1..=255).contains(&oidc.client_id.len()) || oidc.client_id.chars().any(char::is_control) {
                problems.push("`client_id` is what the provider calls us: 1 to 255 characters.".into());
            }
        }
        if let Some(word) = &self.auth_method {
            match word.parse() {
                Ok(method) => oidc.auth = method,
                Err(_) => problems
                    .push("`auth_method` is client_secret_basic, client_secret_post or private_key_jwt.".to_owned()),
            }
        }
        if let Some(text) = &self.scopes {
            match Scope::parse(text) {
                Ok(scope) if scope.contains("openid") => oidc.scopes = scope.to_string(),
                _ => problems.push("`scopes` is a list of words with `openid` among them.".into()),
            }
        }
        self.claims.over(&mut oidc.claims, problems);
        if let Some(values) = &self.mfa_acr {
            oidc.mfa_acr = names("mfa_acr", values, problems);
        }
    }
}

impl WantedClaims {
    fn over(&self, claims: &mut Claims, problems: &mut Vec<String>) {
        let all = [
            ("claims.email", &self.email, &mut claims.email, true),
            ("claims.first_name", &self.first_name, &mut claims.first_name, true),
            ("claims.last_name", &self.last_name, &mut claims.last_name, true),
            ("claims.user_name", &self.user_name, &mut claims.user_name, false),
            ("claims.roles", &self.roles, &mut claims.roles, false),
        ];
        for (key, wanted, into, needed) in all {
            let Some(wanted) = wanted else { continue };
            *into = names(key, wanted, problems);
            if needed && into.is_empty() {
                problems.push(format!("`{key}` needs the name of a claim."));
            }
        }
    }
}

/// They are kept with spaces between them.
fn names(key: &str, wanted: &[String], problems: &mut Vec<String>) -> Vec<String> {
    let named: Vec<String> = wanted.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let odd = |name: &String| name.len() > 200 || name.chars().any(|c| c.is_control() || c.is_whitespace());
    if named.len() > 20 || named.iter().any(odd) {
        problems.push(format!("`{key}` is a list of at most 20 names without spaces."));
    }
    named
}

fn read_roles(wanted: &BTreeMap<String, String>, problems: &mut Vec<String>) -> Vec<(String, Role)> {
    if wanted.len() > MOST_ROLES || wanted.keys().any(|value| value.is_empty() || value.len() > 200) {
        problems.push(format!("`roles` has at most {MOST_ROLES} values of 1 to 200 characters."));
    }
    let mut roles = Vec::new();
    for (value, word) in wanted {
        match word.parse() {
            Ok(role) => roles.push((value.clone(), role)),
            Err(_) => problems.push(format!("`roles`: {value} gives program_administrator or license_owner.")),
        }
    }
    roles
}
