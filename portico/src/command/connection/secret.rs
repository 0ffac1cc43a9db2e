//! `connection secret`: by what the provider knows us. A secret is read from a file or from standard input: what stands in a command
//! line stands in the history of a shell, and in the list of everybody's programs.

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use store::Tx;
use zeroize::Zeroizing;

use super::super::{Misconfigured, say};
use super::Which;
use crate::audit::Actor;
use crate::federation::{self, ClientAuth, Protocol, Settings};
use crate::platform::clock::Time;

/// Longer ones are files that were taken for one.
const MOST: u64 = 4_096;

#[derive(Args)]
pub struct Source {
    /// The file with the client secret; - is standard input
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// The last day of the secret, such as 2027-06-30: the organization is told before
    #[arg(long, value_name = "DAY", requires = "secret_file")]
    secret_expires: Option<Date>,
}

#[derive(Args)]
pub struct Put {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    source: Source,
    /// Have a new key made instead, for private_key_jwt; its public half is at the connection's JWKS URI
    #[arg(long, conflicts_with = "secret_file")]
    new_key: bool,
    /// How the secret is shown: client_secret_basic or client_secret_post
    #[arg(long, value_name = "METHOD")]
    auth_method: Option<String>,
}

pub struct New {
    pub plain: Zeroizing<Vec<u8>>,
    pub expires_at: Option<Time>,
}

/// The secret that was handed in, or the key that is made where one is needed.
pub fn new_secret(source: &Source, settings: &Settings) -> anyhow::Result<Option<New>> {
    let Protocol::Oidc(oidc) = &settings.protocol;
    match (&source.secret_file, oidc.auth) {
        (None, ClientAuth::PrivateKeyJwt) => {
            Ok(Some(New { plain: Zeroizing::new(federation::new_key()?), expires_at: None }))
        }
        (Some(_), ClientAuth::PrivateKeyJwt) => {
            bail!(Misconfigured("With private_key_jwt the key is made here: leave --secret-file out.".into()))
        }
        (None, _) => Ok(None),
        (Some(path), _) => {
            Ok(Some(New { plain: read(path)?, expires_at: source.secret_expires.map(ends).transpose()? }))
        }
    }
}

fn read(path: &PathBuf) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(String::new());
    let shown = path.display();
    let reading: Box<dyn Read> = match path.as_os_str() == "-" {
        true => Box::new(std::io::stdin()),
        false => Box::new(std::fs::File::open(path).with_context(|| format!("{shown} cannot be read"))?),
    };
    reading.take(MOST + 1).read_to_string(&mut text).with_context(|| format!("{shown} cannot be read"))?;
    let secret = text.trim();
    if secret.is_empty() || secret.len() as u64 > MOST || secret.chars().any(char::is_control) {
        bail!(Misconfigured(format!("{shown} holds no client secret: that is one line of text.")));
    }
    Ok(Zeroizing::new(secret.as_bytes().to_vec()))
}

/// Through that day, wherever the provider is.
fn ends(day: Date) -> anyhow::Result<Time> {
    let next = day.to_zoned(TimeZone::UTC).map_err(|error| Misconfigured(format!("{day} is no day: {error}.")))?;
    Ok(Time(next.timestamp().as_microsecond()))
}

pub async fn put(options: &Put) -> anyhow::Result<()> {
    let (app, connection, _) = options.which.open().await?;
    let (auth, new) = match (&options.source.secret_file, options.new_key) {
        (_, true) => {
            let key = New { plain: Zeroizing::new(federation::new_key()?), expires_at: None };
            (Some(ClientAuth::PrivateKeyJwt), key)
        }
        (Some(path), false) => {
            let expires_at = options.source.secret_expires.map(ends).transpose()?;
            (method(options.auth_method.as_deref())?, New { plain: read(path)?, expires_at })
        }
        (None, false) => bail!(Misconfigured("Say --secret-file FILE (- is standard input), or --new-key.".into())),
    };
    let put = async |tx: &mut Tx| {
        federation::put_secret(tx, &app, Actor::Command, &connection, (auth, &new.plain, new.expires_at)).await
    };
    let auth = app.db.write("federation.put_secret", put).await?;
    let ends = new.expires_at.map(Time::to_text);
    if options.which.json {
        say(json!({ "connection": connection.id.as_str(), "auth_method": auth.as_str(), "secret_expires_at": ends }));
        return Ok(());
    }
    say(match (auth, &ends) {
        (ClientAuth::PrivateKeyJwt, _) => {
            "A new key is made: the provider reads its public half at the JWKS URI.".into()
        }
        (_, Some(ends)) => format!("The secret is kept, sealed. It ends {ends}; the organization is told before."),
        (_, None) => {
            "The secret is kept, sealed. Say --secret-expires, so that somebody is told before it ends.".into()
        }
    });
    say(format_args!("Then: portico connection test {}", connection.id));
    Ok(())
}

fn method(word: Option<&str>) -> anyhow::Result<Option<ClientAuth>> {
    match word.map(str::parse) {
        None => Ok(None),
        Some(Ok(auth)) if auth != ClientAuth::PrivateKeyJwt => Ok(Some(auth)),
        Some(_) => bail!(Misconfigured("--auth-method is client_secret_basic or client_secret_post.".into())),
    }
}
