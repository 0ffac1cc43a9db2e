//! Where a click on a product leads.

use oidc::Params;
use store::{Error, Tx};

use super::queries;
use crate::platform::ids::{AccountId, ProductId};

/// The addresses a product has registered, as far as they decide where it opens.
#[derive(Clone, Debug)]
pub struct Opens {
    pub product: ProductId,
    pub home: String,
    /// The page for somebody who has asked for none: of the site that was clicked, or else of the product.
    pub default_view: Option<String>,
    pub initiate_login_uri: Option<String>,
}

impl Opens {
    /// The default view; of a product that can be asked to begin a sign-in, the address that does, which leads on to that view
    /// (OpenID Connect Core section 4). `issuer` says to the product who asks.
    pub fn address(&self, issuer: &str) -> String {
        let Some(begins) = &self.initiate_login_uri else {
            return self.default_view.as_ref().unwrap_or(&self.home).clone();
        };
        let asked = Params::default().and("iss", issuer);
        let asked = match &self.default_view {
            Some(view) => asked.and("target_link_uri", view),
            None => asked,
        };
        let joint = if begins.contains('?') { '&' } else { '?' };
        format!("{begins}{joint}{}", asked.to_text())
    }
}

/// Where an account's access leads; `None` when it is not the account's, or the product is retired.
///
/// # Errors
/// When the database says no.
pub async fn opens(tx: &mut Tx, account: &AccountId, access: &str) -> Result<Option<Opens>, Error> {
    queries::opens(tx, account, access).await
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const HERE: &str = "https://id.example";

    #[rstest]
    #[case("home", None, None, "https://bed.example/")]
    #[case("its view", None, Some("https://bed.example/day"), "https://bed.example/day")]
    #[case("begins there", Some("https://bed.example/in"), None, "https://bed.example/in?iss=https%3A%2F%2Fid.example")]
    #[case(
        "begins there, ends at its view",
        Some("https://bed.example/in?x=1"),
        Some("https://bed.example/day?ward=4&x"),
        "https://bed.example/in?x=1&iss=https%3A%2F%2Fid.example&target_link_uri=https%3A%2F%2Fbed.example%2Fday%3Fward%3D4%26x"
    )]
    fn a_click_leads_to(
        #[case] why: &str,
        #[case] initiate_login_uri: Option<&str>,
        #[case] default_view: Option<&str>,
        #[case] expected: &str,
    ) {
        let opens = Opens {
            product: ProductId::from("bed"),
            home: "https://bed.example/".into(),
            default_view: default_view.map(str::to_owned),
            initiate_login_uri: initiate_login_uri.map(str::to_owned),
        };
        assert_eq!(opens.address(HERE), expected, "{why}");
    }
}
