//! The client for trying a library of one's own.

use oidc::client::{GrantType, Profile};
use oidc::jose::Algorithm;
use store::Tx;

use super::{Props, SeedError, queries};
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
