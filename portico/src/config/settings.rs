//! The types of single values: what is accepted, and what to do instead when it isn't.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use http::Uri;
use lettre::message::Mailbox;
use toml::Value;

use crate::platform::entropy::Secret;
use crate::platform::log::Format as LogFormat;
use crate::platform::spelled::UnknownWord;
use crate::platform::web::address::Network;

/// A type that a value of the configuration can have.
pub trait Setting: Sized {
    /// What it is called in the reference page.
    const KIND: &'static str;
    const SECRET: bool = false;

    /// # Errors
    /// A sentence about what is wanted instead, without the key.
    fn read(value: &Value) -> Result<Self, String>;
}

fn text<'a>(value: &'a Value, wanted: &str) -> Result<&'a str, String> {
    value.as_str().ok_or_else(|| format!("must be {wanted} in quotes"))
}

impl Setting for String {
    const KIND: &'static str = "text";

    fn read(value: &Value) -> Result<String, String> {
        match text(value, "text")?.trim() {
            "" => Err("must not be empty".to_owned()),
            text => Ok(text.to_owned()),
        }
    }
}

impl Setting for Secret {
    const KIND: &'static str = "text, secret";
    const SECRET: bool = true;

    fn read(value: &Value) -> Result<Secret, String> {
        String::read(value).map(Secret::from)
    }
}

impl Setting for PathBuf {
    const KIND: &'static str = "path";

    fn read(value: &Value) -> Result<PathBuf, String> {
        String::read(value).map(PathBuf::from)
    }
}

impl Setting for u32 {
    const KIND: &'static str = "number";

    // From the environment even a number comes as text.
    fn read(value: &Value) -> Result<u32, String> {
        let number = match value {
            Value::Integer(number) => u32::try_from(*number).ok(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.filter(|number| *number > 0).ok_or_else(|| format!("must be a whole number from 1 to {}", u32::MAX))
    }
}

impl Setting for SocketAddr {
    const KIND: &'static str = "address and port";

    fn read(value: &Value) -> Result<SocketAddr, String> {
        let text = text(value, "an address and a port")?;
        text.parse().map_err(|_| format!("must be an IP address and a port, such as 127.0.0.1:8080, not `{text}`"))
    }
}

impl Setting for Mailbox {
    const KIND: &'static str = "mailbox";

    fn read(value: &Value) -> Result<Mailbox, String> {
        let text = text(value, "a mailbox")?;
        let wanted = || format!("must be a mailbox, such as `Example Health <help@example.org>`, not `{text}`");
        text.parse().map_err(|_| wanted())
    }
}

impl<T: Setting> Setting for Option<T> {
    const KIND: &'static str = T::KIND;
    const SECRET: bool = T::SECRET;

    fn read(value: &Value) -> Result<Option<T>, String> {
        T::read(value).map(Some)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(pub Vec<Network>);

impl Setting for Networks {
    const KIND: &'static str = "list of addresses and networks";

    fn read(value: &Value) -> Result<Networks, String> {
        let wanted = "must be a list of addresses or networks, such as [\"10.0.0.0/8\"]";
        let parts: Vec<&str> = match value {
            Value::String(text) => text.split(',').map(str::trim).collect(),
            Value::Array(list) => list.iter().map(Value::as_str).collect::<Option<_>>().ok_or(wanted)?,
            _ => return Err(wanted.to_owned()),
        };
        parts.into_iter().map(str::parse).collect::<Result<_, _>>().map(Networks)
    }
}

macro_rules! choices {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $choice:ident = $text:literal),+ $(,)? } $kind:literal) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $choice),+ }

        impl Setting for $name {
            const KIND: &'static str = $kind;

            fn read(value: &Value) -> Result<$name, String> {
                match value.as_str() {
                    $(Some($text) => Ok($name::$choice),)+
                    _ => Err(concat!("must be ", $kind).to_owned()),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<$name, UnknownWord> {
                match word { $($text => Ok($name::$choice),)+ other => Err(UnknownWord(other.into())) }
            }
        }

        impl $name {
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$choice => $text),+ }
            }
        }
    };
}

choices! {
    /// Which figures organizations start from.
    Preset { Classic = "classic", Modern = "modern" } "`classic` or `modern`"
}

choices! {
    /// Which language is spoken to whoever has not said one.
    Language { English = "en", Spanish = "es", French = "fr" } "`en`, `es` or `fr`"
}

impl Setting for LogFormat {
    const KIND: &'static str = "`text` or `json`";

    fn read(value: &Value) -> Result<LogFormat, String> {
        let known = value.as_str().and_then(|word| word.parse().ok());
        known.ok_or_else(|| format!("must be {}", Self::KIND))
    }
}

/// Where people and products find this deployment: scheme, host, perhaps a port; nothing after it.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    https: bool,
    host: String,
}

impl PublicUrl {
    /// Without a slash at the end: `https://id.example.org`. Also the OpenID issuer.
    pub fn as_str(&self) -> &str {
        &self.origin
    }

    pub fn is_https(&self) -> bool {
        self.https
    }

    /// The host without its port.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

impl Setting for PublicUrl {
    const KIND: &'static str = "address (URL)";

    fn read(value: &Value) -> Result<PublicUrl, String> {
        let text = text(value, "an address")?;
        let wanted = || format!("must be an address such as https://id.example.org, not `{text}`");
        let uri: Uri = text.parse().map_err(|_| wanted())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wanted());
        };
        let https = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(wanted()),
        };
        if authority.as_str().contains('@') || uri.host().is_none_or(str::is_empty) {
            return Err(wanted());
        }
        if uri.query().is_some() || !matches!(uri.path(), "" | "/") || text.contains('#') {
            return Err(format!("must end after the host: `{scheme}://{authority}`, without a path or a query"));
        }
        if !https && !is_loopback(authority.host()) {
            return Err(format!(
                "must be https, because cookies and passwords travel over it: `https://{authority}`. Plain http is \
                 accepted on loopback only"
            ));
        }
        // Browsers leave out the scheme's own port when they compare origins, and so do we.
        let port = authority.port_u16().filter(|port| *port != if https { 443 } else { 80 });
        let host = authority.host().to_ascii_lowercase();
        let origin = port.map_or_else(|| format!("{scheme}://{host}"), |port| format!("{scheme}://{host}:{port}"));
        Ok(PublicUrl { origin, https, host })
    }
}

/// Whether a host as written in a URL is this machine and no other.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}
