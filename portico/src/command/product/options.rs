//! The keys of the file as options. An empty text takes away what is there.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use clap::builder::NonEmptyStringValueParser as Words;

use super::super::Misconfigured;
use crate::products::{self, Client, Picture, Product};

/// Each is a key of `[[product]]`: docs/operate/products.md has more words on them.
#[derive(Args, Default, PartialEq, Eq)]
pub struct OfProduct {
    /// What people call it
    #[arg(long)]
    name: Option<String>,
    /// One line on what it is for
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Its own address
    #[arg(long, value_name = "URL")]
    home: Option<String>,
    /// The page for somebody who has asked for none
    #[arg(long, value_name = "URL")]
    default_view: Option<String>,
    /// Where the product begins a sign-in when it is told who asks
    #[arg(long, value_name = "URL")]
    initiate_login_uri: Option<String>,
    /// A file with its logo, PNG or WebP; `product logo remove` takes it away
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,
    /// It opens from other products' menus, and is not on the portal
    #[arg(long, value_name = "true|false")]
    menu_only: Option<bool>,
    /// A second factor of everybody who may open it: off, offered or required
    #[arg(long, value_name = "off|offered|required")]
    mfa: Option<String>,
}

/// The same of its client.
#[derive(Args, Default, PartialEq, Eq)]
pub struct OfClient {
    /// What people are told that asks
    #[arg(long, value_name = "NAME")]
    client_name: Option<String>,
    /// Of a client of no product: whose people may all sign in; may be repeated, and replaces those there are
    #[arg(long = "organization", value_name = "ORGANIZATION")]
    organizations: Vec<String>,
    /// Where answers may go; may be repeated, and replaces those there are
    #[arg(long = "redirect-uri", value_name = "URI")]
    redirect_uris: Vec<String>,
    /// One more
    #[arg(long = "add-redirect-uri", value_name = "URI")]
    add_redirect_uris: Vec<String>,
    /// One less
    #[arg(long = "remove-redirect-uri", value_name = "URI")]
    remove_redirect_uris: Vec<String>,
    /// Where people may be sent after signing out; may be repeated, and replaces those there are
    #[arg(long = "post-logout-redirect-uri", value_name = "URI")]
    post_logout_redirect_uris: Vec<String>,
    /// Where the product is told that somebody has signed out elsewhere
    #[arg(long, value_name = "URI")]
    backchannel_logout_uri: Option<String>,
    /// default, or oidc-basic
    #[arg(long)]
    profile: Option<String>,
    /// client_secret_basic, client_secret_post, private_key_jwt or none
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<String>,
    /// A file with its public keys, for private_key_jwt
    #[arg(long, value_name = "FILE")]
    jwks: Option<PathBuf>,
    /// What these keys sign with: ES256, PS256, RS256 or EdDSA
    #[arg(long, value_name = "ALGORITHM")]
    auth_signing_alg: Option<String>,
    /// web or native
    #[arg(long = "type", value_name = "TYPE")]
    application_type: Option<String>,
    /// What it may do at the token endpoint; may be repeated, and replaces what there is
    #[arg(long = "grant-type", value_name = "GRANT", value_parser = Words::new())]
    grant_types: Vec<String>,
    /// The most it may ask for
    // Taken away, what is there would be everything.
    #[arg(long, value_parser = Words::new())]
    scope: Option<String>,
    /// What ID tokens are signed with: ES256, RS256 or EdDSA
    #[arg(long, value_name = "ALGORITHM")]
    id_token_alg: Option<String>,
    /// public or pairwise
    #[arg(long, value_name = "TYPE")]
    subject_type: Option<String>,
    /// Clients of one sector are told the same pairwise `sub`
    #[arg(long)]
    sector: Option<String>,
    /// People are asked before it learns who they are
    #[arg(long, value_name = "true|false")]
    third_party: Option<bool>,
}

impl OfProduct {
    pub fn write(&self, product: &mut Product) {
        let texts = [
            (&mut product.name, &self.name),
            (&mut product.description, &self.description),
            (&mut product.home, &self.home),
        ];
        for (into, from) in texts {
            if let Some(text) = from {
                into.clone_from(text);
            }
        }
        optional(&mut product.default_view, &self.default_view);
        optional(&mut product.initiate_login_uri, &self.initiate_login_uri);
        // An empty text is no way to make it weaker: that is said.
        if let Some(mfa) = &self.mfa {
            product.mfa = Some(mfa.clone());
        }
        product.menu_only = self.menu_only.unwrap_or(product.menu_only);
    }

    /// Read before a write begins, in which nothing waits for a disk.
    pub fn logo(&self) -> anyhow::Result<Option<Picture>> {
        let Some(path) = &self.logo else { return Ok(None) };
        let told = |why| Misconfigured(format!("{}: {why}.", path.display()));
        Ok(Some(products::read_logo(path).map_err(told)?))
    }
}

impl OfClient {
    /// `jwks`: what [`OfClient::jwks`] has read.
    pub fn write(&self, client: &mut Client, jwks: Option<&String>) -> anyhow::Result<()> {
        optional(&mut client.name, &self.client_name);
        list(&mut client.organizations, &self.organizations);
        list(&mut client.redirect_uris, &self.redirect_uris);
        client.redirect_uris.extend(self.add_redirect_uris.iter().cloned());
        for uri in &self.remove_redirect_uris {
            if !client.redirect_uris.contains(uri) {
                bail!("{uri} is none of its redirect URIs. It has {}.", client.redirect_uris.join(", "));
            }
            client.redirect_uris.retain(|one| one != uri);
        }
        list(&mut client.post_logout_redirect_uris, &self.post_logout_redirect_uris);
        optional(&mut client.backchannel_logout_uri, &self.backchannel_logout_uri);
        optional(&mut client.profile, &self.profile);
        optional(&mut client.token_endpoint_auth_method, &self.auth_method);
        optional(&mut client.jwks, &jwks.cloned());
        optional(&mut client.token_endpoint_auth_signing_alg, &self.auth_signing_alg);
        optional(&mut client.application_type, &self.application_type);
        if !self.grant_types.is_empty() {
            client.grant_types = Some(self.grant_types.clone());
        }
        optional(&mut client.scope, &self.scope);
        optional(&mut client.id_token_signed_response_alg, &self.id_token_alg);
        optional(&mut client.subject_type, &self.subject_type);
        optional(&mut client.sector, &self.sector);
        client.third_party = self.third_party.unwrap_or(client.third_party);
        Ok(())
    }

    /// Read before a write begins, like a logo; empty where the keys are to go.
    pub fn jwks(&self) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.jwks else { return Ok(None) };
        if path.as_os_str().is_empty() {
            return Ok(Some(String::new()));
        }
        let told = |why| Misconfigured(format!("{}: {why}.", path.display()));
        Ok(Some(products::read_keys(path).map_err(told)?))
    }
}

fn optional(into: &mut Option<String>, from: &Option<String>) {
    if let Some(text) = from {
        *into = Some(text.clone()).filter(|text| !text.is_empty());
    }
}

/// One that is given empty takes all away.
fn list(into: &mut Vec<String>, from: &[String]) {
    if !from.is_empty() {
        *into = from.iter().filter(|text| !text.is_empty()).cloned().collect();
    }
}
