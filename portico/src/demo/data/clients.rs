//! The clients: one for trying a library of one's own, and the sample products.

use data_encoding::BASE64URL_NOPAD;
use oidc::client::{GrantType, Profile};
use oidc::jose::Algorithm;
use store::Tx;

use super::scene::{PRODUCTS, Product};
use super::{Props, SeedError, queries};
use crate::demo::products::{BACK_CHANNEL, CALLBACK, SIGNED_OUT};
use crate::deployment;
use crate::platform::keys::Keys;
use crate::provider::{self, NewClient};

pub const ID: &str = "try-it";
pub const SECRET: &str = "try-it-secret";
pub const REDIRECT_URIS: [&str; 2] = ["http://127.0.0.1:9999/callback", "http://localhost:9100/authz_cb"];

/// Registers it, open to everyone at Riverside, as libraries are before one has set them up: RS256, PKCE as one likes.
pub async fn register(tx: &mut Tx, props: Props<'_>) -> Result<(), SeedError> {
    let riverside = queries::organization(tx, "riverside").await?;
    let client = NewClient {
        organizations: vec![riverside.ok_or(SeedError::Script("Riverside is missing"))?],
        profile: Profile::OidcBasic,
        id_token_algorithm: Algorithm::Rs256,
        grants: GrantType::ALL.to_vec(),
        redirect_uris: REDIRECT_URIS.map(str::to_owned).to_vec(),
        post_logout_redirect_uris: vec!["http://127.0.0.1:9999/".to_owned()],
        ..NewClient::of(ID, "Try it", None)
    };
    client.check().map_err(|_| SeedError::Script("the client to try is none"))?;
    provider::put_client(tx, &client).await?;
    provider::add_client_secret(tx, props.keys, props.entropy, ID, SECRET, None).await?;
    Ok(())
}

/// Registers the sample products where they answer this time, each as strictly as any product: PKCE, a secret, exact addresses.
/// Together they show every algorithm of ID tokens.
pub async fn connect(tx: &mut Tx, props: Props<'_>) -> Result<(), SeedError> {
    let first = deployment::first_time(tx, "demo_product_clients").await?;
    let algorithms = [Algorithm::Es256, Algorithm::Rs256, Algorithm::EdDsa];
    for (product, id_token_algorithm) in PRODUCTS.iter().zip(algorithms) {
        let id = queries::product(tx, product.slug).await?.ok_or(SeedError::Script("a product is missing"))?;
        let at = |path: &str| format!("{}{path}", props.addresses.product_url(product));
        let client = NewClient {
            id_token_algorithm,
            redirect_uris: vec![at(CALLBACK)],
            post_logout_redirect_uris: vec![at(SIGNED_OUT)],
            backchannel_logout_uri: Some(at(BACK_CHANNEL)),
            ..NewClient::of(product.slug, product.name, Some(id))
        };
        client.check().map_err(|_| SeedError::Script("a sample product is no client"))?;
        provider::put_client(tx, &client).await?;
        if first {
            let secret = secret_of(props.keys, product);
            provider::add_client_secret(tx, props.keys, props.entropy, product.slug, &secret, None).await?;
        }
    }
    Ok(())
}

/// A product's secret, from this demo's own key: the same after a restart, and another one in every demo.
pub fn secret_of(keys: &Keys, product: &Product) -> String {
    BASE64URL_NOPAD.encode(&keys.mac("demo_client_secret", product.slug.as_bytes()))
}
