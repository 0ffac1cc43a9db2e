//! The file in which an operator describes products: TOML, in the words of RFC 7591 where these are about a client.
//!
//! - What is left out has its default; but a logo and secrets that are not mentioned stay.
//! - Each key is written down once ([`TABLES`]): the reading, the differences, the export and the reference page come of it.

mod reference;
mod tables;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use self::tables::{Key, Table, Written, tables};

tables! {
    /// What stands behind the door.
    Product "[[product]]" {
        /// Its short name: lower-case letters, digits and `-`, such as `bed-board`. Commands name it by this, and it never
        /// changes.
        id: String, "required";
        /// What people call it.
        name: String, "required";
        /// One line on what it is for. It stands below the name.
        description: String, "required";
        /// Its own address, such as `https://beds.example.org/`.
        home: String, "required";
        /// The page for somebody who has asked for none: where a click on the portal leads, and a sign-in that is not about
        /// any page. A single site may have another one (`[[product.view]]`).
        default_view: Option<String>, "`home`";
        /// The address at which the product begins a sign-in by itself when it is told who asks (`iss`) and which page is
        /// wanted (`target_link_uri`); OpenID Connect Core section 4. A click then leads there. Not needed where every page
        /// begins a sign-in.
        initiate_login_uri: Option<String>, "none";
        /// A file with its logo, PNG or WebP, as seen from the folder of this file. It is decoded, laid on a square and encoded
        /// anew; without a logo its initials stand there. Left out, the logo stays as it is.
        logo: Option<String>, "stays";
        /// It opens from other products' menus, and is not on the portal.
        menu_only: bool, "`false`";
        /// Whether a second factor is `off`, `offered` to everybody who may open it, or `required` of them: of whatever organization,
        /// and whatever that asks. Left out, it stays as it is, so that no file makes a product weaker by what it does not say.
        mfa: Option<String>, "stays; of a new one `off`";
        tables { views: View = "view", clients: Client = "client", }
    }

    /// The default view at one site.
    View "[[product.view]]" {
        /// Short name of the organization.
        organization: String, "required";
        /// The site, by its name.
        site: String, "required";
        /// Where the product opens for people of that site.
        url: String, "required";
    }

    /// A program of the product that asks who somebody is. Most products have one. Outside of a product, as `[[client]]`, it
    /// is no product's, and open to everybody of the organizations it names.
    Client "[[product.client]]" {
        /// Its `client_id`: up to 128 visible characters.
        id: String, "the product's";
        /// What people are told that asks.
        name: Option<String>, "the product's";
        /// Short names of organizations whose people may all sign in, without access or a license; only outside of a product, and
        /// needed there where people sign in.
        organizations: Vec<String>, "none";
        /// `web`, or `native` for a program on people's own machines: then the port of a loopback address may vary, and a
        /// private scheme such as `org.example.beds:/callback` may be used.
        application_type: Option<String>, "`web`";
        /// Where answers may go, character by character: https, or http on 127.0.0.1, [::1] and localhost; no fragment, no
        /// wildcard.
        redirect_uris: Vec<String>, "none";
        /// Where people may be sent after they have signed out.
        post_logout_redirect_uris: Vec<String>, "none";
        /// Where the product is told that somebody has signed out elsewhere.
        backchannel_logout_uri: Option<String>, "none";
        /// `client_secret_basic` or `client_secret_post` (a secret, which it may send either way), `private_key_jwt`, or
        /// `none` for a program that can keep no secret.
        token_endpoint_auth_method: Option<String>, "`client_secret_basic`";
        /// For `private_key_jwt`: its public keys, a JWK set, as text.
        jwks: Option<String>, "none";
        /// The same, as a file.
        jwks_file: Option<String>, "none";
        /// What these keys sign with: `ES256`, `PS256`, `RS256` or `EdDSA`.
        token_endpoint_auth_signing_alg: Option<String>, "what the keys are for, where that is one thing";
        /// `default`, or `oidc-basic` for a library that cannot do PKCE. That is weaker, and `portico product check` says so.
        profile: Option<String>, "`default`";
        /// What it may do at the token endpoint: `authorization_code`, `refresh_token`, `client_credentials`.
        grant_types: Option<Vec<String>>, "`authorization_code` and `refresh_token`";
        /// The most it may ask for: `openid`, `profile`, `email`, `access`, `products`, `offline_access`, separated
        /// by spaces. Never by itself: `organization`, with which a program of one organization acts for it.
        scope: Option<String>, "all of them";
        /// What ID tokens are signed with: `ES256`, `RS256` or `EdDSA`.
        id_token_signed_response_alg: Option<String>, "`ES256`";
        /// `public`: an account has one `sub` everywhere; `pairwise`: another one for each sector.
        subject_type: Option<String>, "`public`";
        /// Clients of one sector are told the same pairwise `sub`. With another sector everybody is somebody else to them.
        sector: Option<String>, "the host of the redirect URIs, where they have only one";
        /// It belongs to somebody else: people are asked before it learns who they are.
        third_party: bool, "`false`";
    }
}

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct File {
    #[serde(rename = "product", skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Product>,
    #[serde(rename = "client", skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<Client>,
}

/// What is no such file: a sentence with the line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}: {what}. Every key is in docs/operate/products.md.")]
pub struct BadFile {
    pub line: usize,
    pub what: String,
}

impl View {
    /// In which they are compared: by bytes, as a database may not sort them.
    pub fn order(&self, other: &View) -> Ordering {
        (&self.organization, &self.site).cmp(&(&other.organization, &other.site))
    }
}

impl File {
    /// Of one product.
    pub fn of(product: Product) -> File {
        File { products: vec![product], clients: Vec::new() }
    }

    /// # Errors
    /// The first place that is not TOML, or is no key of these tables.
    pub fn read(text: &str) -> Result<File, BadFile> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
            BadFile { line, what: error.message().trim_end_matches('.').replace('\n', ", ") }
        })
    }

    /// As TOML.
    pub fn to_text(&self) -> String {
        // Text, lists and tables of these can always be written.
        toml::to_string(self).unwrap_or_default()
    }
}

/// Every key, as Markdown.
pub fn reference() -> String {
    TABLES.iter().map(reference::table).collect()
}

#[cfg(test)]
mod tests {
    use oidc::client::{GrantType, Profile};
    use oidc::jose::Algorithm;

    use super::*;
    use crate::provider::{SCOPES, SIGNING_ALGORITHMS};

    #[test]
    fn a_file_reads_as_it_was_written() {
        let text = "\
[[product]]
id = \"bed-board\"
name = \"Bed Board\"
description = \"Free beds\"
home = \"https://beds.example/\"
menu_only = true

[[product.view]]
organization = \"riverside\"
site = \"East Clinic\"
url = \"https://beds.example/east\"

[[product.client]]
id = \"bed-board\"
redirect_uris = [\"https://beds.example/callback\"]

[[client]]
id = \"try-it\"
organizations = [\"riverside\"]
";
        let file = File::read(text).unwrap();
        assert_eq!(file.products[0].views[0].site, "East Clinic");
        assert_eq!(file.clients[0].organizations, ["riverside"]);
        assert_eq!(File::read(&file.to_text()).unwrap(), file);
    }

    #[test]
    fn what_is_no_key_is_told_with_its_line() {
        let refused = |text| File::read(text).unwrap_err();
        let odd = refused("[[product]]\nid = \"x\"\nredirect_uri = \"y\"\n");
        assert_eq!(odd.line, 3, "{odd}");
        assert!(odd.what.contains("redirect_uri"), "{odd}");
        assert_eq!(refused("[[product]]\nid = 3\n").line, 2);
        assert_eq!(refused("[[product]\n").line, 1);
        assert!(refused("[product]\n").what.len() > 3);
        assert_eq!(File::read("").unwrap(), File::default());
    }

    #[test]
    fn the_words_that_a_key_takes_are_all_told() {
        let of = |key: &str| TABLES.iter().flat_map(|table| table.keys).find(|known| known.name == key).unwrap().about;
        let tells = |key: &str, word: &str| assert!(of(key).contains(&format!("`{word}`")), "{key}: {word}");
        SCOPES.iter().for_each(|scope| tells("scope", scope));
        GrantType::ALL.iter().for_each(|grant| tells("grant_types", grant.name()));
        [Profile::Default, Profile::OidcBasic].iter().for_each(|profile| tells("profile", profile.name()));
        let signing = SIGNING_ALGORITHMS.iter();
        signing.for_each(|algorithm| tells("id_token_signed_response_alg", algorithm.name()));
        Algorithm::ALL.iter().for_each(|algorithm| tells("token_endpoint_auth_signing_alg", algorithm.name()));
    }

    #[test]
    fn the_products_page_tells_every_key() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operate/products.md");
        let there = std::fs::read_to_string(&path).unwrap();
        let (head, _) = there.split_once("<!-- keys -->\n").expect("the mark before the keys");
        let wanted = format!("{head}<!-- keys -->\n\n{}\n", reference().trim_end());
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, &wanted).unwrap();
        }
        assert!(there == wanted, "docs/operate/products.md is not what the program knows: run this with UPDATE_DOCS=1");
    }
}
