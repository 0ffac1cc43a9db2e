//! Registering the demo's products, from a file like an operator's; only their secrets are known beforehand.

use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use store::Tx;

use super::scene::{PRODUCTS, Product};
use super::{Props, SeedError};
use crate::audit::Actor;
use crate::demo::Addresses;
use crate::deployment;
use crate::platform::clock::Time;
use crate::platform::keys::Keys;
use crate::products::{self, By, NotRegistered, Registry, Wanted};
use crate::provider;

pub const ID: &str = "try-it";
pub const SECRET: &str = "try-it-secret";
pub const REDIRECT_URIS: [&str; 2] = ["http://127.0.0.1:9999/callback", "http://localhost:9100/authz_cb"];

const FILE: &str = include_str!("products.toml");

/// Registers everything where it answers this time.
pub async fn register(tx: &mut Tx, props: Props<'_>) -> Result<(), SeedError> {
    let Props { entropy, keys, addresses, .. } = props;
    let by = By { actor: Actor::System, entropy, keys };
    let mut wanted = wanted(addresses)?;
    // What a visitor has ended in a demo that is kept stays ended.
    wanted.leave_out_ended(&Registry::read(tx).await?);
    products::register(tx, by, &wanted).await.map_err(|error| match error {
        NotRegistered::Store(error) => SeedError::Store(error),
        NotRegistered::Refused(_) => SeedError::Script("the products cannot be registered"),
    })?;
    if !deployment::first_time(tx, "demo_product_clients").await? {
        return Ok(());
    }
    let secrets = PRODUCTS.iter().map(|product| (product.slug, secret_of(keys, product)));
    for (client, secret) in secrets.chain([(ID, SECRET.to_owned())]) {
        // In place of the one that registering has made, which nobody was shown.
        let now = Time(tx.now());
        provider::add_client_secret(tx, keys, entropy, client, &secret, Some(now)).await?;
    }
    Ok(())
}

fn wanted(addresses: &Addresses) -> Result<Wanted, SeedError> {
    let mut text = FILE.to_owned();
    for product in PRODUCTS {
        text = text.replace(&format!("{{{}}}", product.slug), &addresses.product_url(product));
    }
    products::load(&text, Path::new(".")).map_err(|_| SeedError::Script("the file of the products is none"))
}

/// A product's secret, from this demo's own key: the same after a restart, and another one in every demo.
pub fn secret_of(keys: &Keys, product: &Product) -> String {
    BASE64URL_NOPAD.encode(&keys.mac("demo_client_secret", product.slug.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::products::{BACK_CHANNEL, CALLBACK, SIGN_IN, SIGNED_OUT};

    #[test]
    fn what_is_registered_is_what_is_served() {
        let addresses = Addresses::new("127.0.0.1:8080".parse().unwrap()).unwrap();
        let wanted = wanted(&addresses).unwrap();
        assert_eq!(wanted.products.len(), PRODUCTS.len());
        assert_eq!(
            (wanted.clients[0].new.id.as_str(), &wanted.clients[0].new.redirect_uris[..]),
            (ID, &REDIRECT_URIS.map(str::to_owned)[..])
        );
        for (registered, served) in wanted.products.iter().zip(PRODUCTS) {
            let at = |path: &str| format!("{}{path}", addresses.product_url(served));
            let (product, client) = (&registered.product, &registered.clients[0].new);
            let told = (product.id.as_str(), product.name.as_str(), product.description.as_str());
            assert_eq!(told, (served.slug, served.name, served.line));
            assert_eq!((product.home.clone(), product.initiate_login_uri.clone()), (at(""), Some(at(SIGN_IN))));
            assert_eq!(client.redirect_uris, [at(CALLBACK)]);
            assert_eq!(client.post_logout_redirect_uris, [at(SIGNED_OUT)]);
            assert_eq!(client.backchannel_logout_uri, Some(at(BACK_CHANNEL)));
        }
    }
}
