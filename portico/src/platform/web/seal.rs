//! Small values that travel through a browser and come back unchanged or not at all.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::platform::keys::Keys;

/// Seals a value for a form field, a link or a cookie; `purpose` keeps one kind from being taken for another.
pub fn seal<T: Serialize>(keys: &Keys, purpose: &str, value: &T) -> String {
    let plain = serde_json::to_vec(value).unwrap_or_default();
    BASE64URL_NOPAD.encode(&keys.seal(&format!("web:sealed:{purpose}"), &plain))
}

/// `None` for anything we did not seal for this purpose: it is then as if it had not been sent.
pub fn unseal<T: DeserializeOwned>(keys: &Keys, purpose: &str, sealed: &str) -> Option<T> {
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let plain = keys.open(&format!("web:sealed:{purpose}"), &bytes).ok()?;
    serde_json::from_slice(&plain).ok()
}
