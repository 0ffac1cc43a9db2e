//! What is shown of an app that is about to be set up, and the code that shows that it was.

use std::fmt::Write;

use zeroize::Zeroizing;

use super::qr;
use super::totp::{matching_step, show_secret};
use crate::app::App;
use crate::people::Account;
use crate::platform::ids::{SessionId, SignInId};

/// 160 bits, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
const GROUP: usize = 4;

/// Where somebody sets an app up: each place shows a secret of its own.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    SignIn(&'a SignInId),
    Session(&'a SessionId),
}

pub struct Offer {
    /// For a camera: a picture as an address.
    pub picture: String,
    /// For fingers, in groups.
    pub key: String,
    /// For an app on the device that shows the page.
    pub address: String,
    /// What the app will call the account.
    pub issuer: String,
    pub label: String,
}

/// A code of the secret that was shown has been typed: it may be kept now.
pub struct Confirmed {
    pub(super) secret: Zeroizing<Vec<u8>>,
    /// The step of that code, which is used up with it.
    pub(super) step: i64,
}

/// What a place shows of the app that is set up there.
pub fn offer(app: &App, place: Place<'_>, account: &Account) -> Offer {
    let secret = show_secret(&secret(app, place, account));
    let (issuer, label) = (app.brand.name.clone(), account.sign_in_name().to_owned());
    let address = address(&issuer, &label, &secret);
    Offer { picture: qr::picture(&address), key: grouped(&secret), address, issuer, label }
}

/// Whether a code is of the secret that was shown in this place.
pub fn confirm(app: &App, place: Place<'_>, account: &Account, code: &str) -> Option<Confirmed> {
    let secret = secret(app, place, account);
    let digits: String = code.chars().filter(|c| *c != '-').collect();
    matching_step(&secret, &digits, app.clock.now()).map(|step| Confirmed { secret, step })
}

/// Under other credentials it is another one: a page that was left open over a change of them sets nothing up.
fn secret(app: &App, place: Place<'_>, account: &Account) -> Zeroizing<Vec<u8>> {
    let (kind, id) = match place {
        Place::SignIn(id) => ("sign_in", id.as_str()),
        Place::Session(id) => ("session", id.as_str()),
    };
    let about = format!("{kind}/{id}/{}/{}", account.id, account.credentials_epoch);
    let mac = app.keys.mac("authenticator", about.as_bytes());
    Zeroizing::new(mac.split_at(SECRET_BYTES).0.to_vec())
}

/// The form that apps read, from a picture or as a link.
fn address(issuer: &str, label: &str, secret: &str) -> String {
    let (issuer, label) = (escaped(issuer), escaped(label));
    format!("otpauth://totp/{issuer}:{label}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30")
}

/// As RFC 3986 wants it, for apps that take a plus for a plus.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
                escaped.push(char::from(byte))
            }
            _ => {
                // Writing into a text never fails.
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}

fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apps_get_issuer_and_account_whatever_stands_in_them() {
        let address = address("St. Mary’s & Sons", "kim+ward@northwind.example", "ABCD");
        let issuer = "St.%20Mary%E2%80%99s%20%26%20Sons";
        let expected = format!(
            "otpauth://totp/{issuer}:kim%2Bward@northwind.example?secret=ABCD&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(address, expected);
    }

    #[test]
    fn a_key_to_be_typed_stands_in_groups_of_four() {
        assert_eq!(grouped("JBSWY3DPEHPK3PXPJB"), "JBSW Y3DP EHPK 3PXP JB");
    }
}
