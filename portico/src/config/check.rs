//! What is wrong with a configuration that can be read: things that depend on each other or on the machine.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use http::Uri;
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::Config;
use super::color::MIN_CONTRAST;
use super::settings::is_loopback;
use crate::password::Cost;
use crate::platform::keys::{KEY_LEN, parse_master_key};
use crate::platform::log;
use crate::platform::mail::Maildir;
use crate::questions;

/// Minutes of half a day.
const LONGEST_NAMES_WINDOW: u32 = 720;

impl Config {
    /// Everything that is wrong, as sentences with the way out. Empty: serve.
    pub fn check(&self) -> Vec<String> {
        let smtp_url = self.mail.smtp_url.expose_secret();
        let checks = [
            database_url(self.database.url.expose_secret()),
            smtp(smtp_url),
            self.bounces_maildir(),
            self.master_key().err(),
            self.accent(),
            self.logo(),
            self.terms(),
            self.listeners(),
            self.names_window(),
            self.hash_queue(),
            self.password_hash(),
            log::filter(&self.log.filter).err().map(|error| format!("`log.filter` {error}.")),
        ];
        checks.into_iter().flatten().collect()
    }

    /// Reads the master key.
    ///
    /// # Errors
    /// A sentence, when the file cannot be read, can be read by others too, or holds no key.
    pub fn master_key(&self) -> Result<Zeroizing<[u8; KEY_LEN]>, String> {
        let path = &self.keys.master_key_file;
        let told = |problem: String| format!("`keys.master_key_file`: {problem}");
        let shown = path.display();
        let unreadable = |error| told(format!("`{shown}` cannot be read: {error}."));
        let text = Zeroizing::new(fs::read_to_string(path).map_err(unreadable)?);
        let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let problem = format!("others than its owner may open `{shown}` (mode {mode:03o}). Run: chmod 600 {shown}");
            return Err(told(problem));
        }
        parse_master_key(&text).map_err(|error| told(format!("in `{shown}` {error}.")))
    }

    fn accent(&self) -> Option<String> {
        let accent = self.brand.accent?;
        let contrast = accent.contrast_with_white();
        (contrast < MIN_CONTRAST).then(|| {
            let nearest = accent.readable();
            format!(
                "`brand.accent`: white text on {accent} has a contrast of {contrast:.1} to 1 and needs {MIN_CONTRAST} to \
                 be read by everybody. The nearest color that works is \"{nearest}\"."
            )
        })
    }

    fn logo(&self) -> Option<String> {
        let path = self.brand.logo.as_ref()?;
        let known = path.extension().is_some_and(|kind| kind == "svg" || kind == "png");
        if !known {
            return Some(format!("`brand.logo`: `{}` must be an .svg or a .png file.", path.display()));
        }
        let found = fs::File::open(path).err()?;
        Some(format!("`brand.logo`: `{}` cannot be read: {found}.", path.display()))
    }

    fn terms(&self) -> Option<String> {
        let (Some(_), Some(path)) = (&self.terms.version, &self.terms.file) else {
            return (self.terms.version.is_some() != self.terms.file.is_some())
                .then(|| "`terms.version` and `terms.file` belong together: set both, or neither.".to_owned());
        };
        match fs::read_to_string(path) {
            Err(error) => Some(format!("`terms.file`: `{}` cannot be read: {error}.", path.display())),
            Ok(text) if text.trim().is_empty() => Some(format!("`terms.file`: `{}` is empty.", path.display())),
            Ok(_) => None,
        }
    }

    fn bounces_maildir(&self) -> Option<String> {
        let fault = Maildir::fault(self.mail.bounces_maildir.as_deref()?)?;
        Some(format!("`mail.bounces_maildir`: {fault}. Make them, writable for the user Portico runs as."))
    }

    fn listeners(&self) -> Option<String> {
        (self.addresses.listen == self.ops.listen && self.ops.listen.port() != 0)
            .then(|| format!("`listen` and `ops.listen` are both {}: give one another port.", self.ops.listen))
    }

    fn names_window(&self) -> Option<String> {
        (self.limits.names_window_minutes > LONGEST_NAMES_WINDOW).then(|| {
            format!("`limits.names_window_minutes` must be at most {LONGEST_NAMES_WINDOW}: what is older than a day is forgotten.")
        })
    }

    fn hash_queue(&self) -> Option<String> {
        let least = questions::COMPARED_AT_ONCE;
        ((self.limits.hash_queue as usize) < least).then(|| {
            format!("`limits.hash_queue` must be at least {least}: setting security questions takes that many hashes at once.")
        })
    }

    fn password_hash(&self) -> Option<String> {
        (!self.hash_cost().is_sane()).then(|| {
            "`password.hash`: `m_kib` must be at least 8 times `p` and at most 131072, `t` and `p` at most 16."
                .to_owned()
        })
    }

    pub fn hash_cost(&self) -> Cost {
        let hash = &self.password_hash;
        Cost { m_kib: hash.m_kib, t: hash.t, p: hash.p }
    }
}

fn database_url(url: &str) -> Option<String> {
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
    // The value may hold a password: it is not repeated.
    (!known).then(|| "`database.url` must begin with sqlite: or postgres://.".to_owned())
}

fn smtp(url: &str) -> Option<String> {
    let Some((uri, host)) = url.parse::<Uri>().ok().and_then(|uri| Some((uri.clone(), uri.host()?.to_owned()))) else {
        return Some(
            "`mail.smtp_url` must be an address such as smtps://user:password@host; signs in the password that mean \
             something in an address are written %40 for @, %2F for / and so on."
                .to_owned(),
        );
    };
    let starttls = uri.query().is_some_and(|query| query.split('&').any(|part| part == "tls=required"));
    match uri.scheme_str() {
        Some("smtps") => None,
        Some("smtp") if starttls || is_loopback(&host) => None,
        Some("smtp") => Some(format!(
            "`mail.smtp_url`: mail holds links that open accounts and must not travel in clear to {host}. Use \
             smtps://{host}, or smtp://{host}:587?tls=required."
        )),
        _ => Some("`mail.smtp_url` must begin with smtps:// or smtp://.".to_owned()),
    }
}
