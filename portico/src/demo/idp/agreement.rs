//! What Lakeshore and Portico have agreed: the one says it at its identity provider, the other keeps it in a connection.

use data_encoding::BASE64URL_NOPAD;

use crate::demo::Addresses;
use crate::platform::entropy::Secret;
use crate::platform::keys::Keys;

/// The connection's id, which is in the addresses below: the same in every demo.
pub const CONNECTION: &str = "01980a4e-5800-7000-8000-1a6e5403e000";
const CLIENT: &str = "portico";

/// What was agreed with the one client.
pub struct Agreement {
    pub issuer: String,
    pub client: String,
    pub secret: Secret,
    pub redirect_uri: String,
    pub post_logout_redirect_uri: String,
    pub backchannel_logout_uri: String,
    /// Where its people begin.
    pub front_door: String,
}

impl Agreement {
    /// The secret is of this demo's own key: the same after a restart, and another one in every demo.
    pub fn of(keys: &Keys, addresses: &Addresses) -> Agreement {
        let door = addresses.public_url();
        let at = |path: &str| format!("{door}/federation/{CONNECTION}/{path}");
        Agreement {
            issuer: addresses.idp_url(),
            client: CLIENT.to_owned(),
            secret: BASE64URL_NOPAD.encode(&keys.mac("demo_idp_secret", CLIENT.as_bytes())).into(),
            redirect_uri: at("callback"),
            post_logout_redirect_uri: at("signed-out"),
            backchannel_logout_uri: at("backchannel-logout"),
            front_door: format!("{door}/"),
        }
    }
}
