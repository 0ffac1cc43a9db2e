//! Every section and every key. The doc comments are the reference page (docs/operate/configuration.md).

use std::net::SocketAddr;
use std::path::PathBuf;

use lettre::message::Mailbox;

use super::color::Color;
use super::reader::Reader;
use super::section::{Field, Section, sections};
use super::settings::{Language, Networks, Preset, PublicUrl, Setting};
use crate::platform::entropy::Secret;
use crate::platform::log::Format as LogFormat;

sections! {
    /// ## Addresses
    Addresses "" {
        /// The address people and products use, such as `https://id.example.org`, without a path. Every link, cookie
        /// and token depends on it. `http` is accepted on loopback only.
        public_url: PublicUrl = required,
        /// Where Portico listens. It speaks plain HTTP: a reverse proxy in front of it speaks TLS.
        listen: SocketAddr = "127.0.0.1:8080",
        /// The reverse proxies (addresses or networks) whose `X-Forwarded-For` is believed. Without them every request
        /// seems to come from the proxy, and one person's mistakes count against all.
        trusted_proxies: Networks = none,
    }

    /// ## Database
    Database "database." {
        /// `sqlite:PATH` for one node, `postgres://user:password@host/name` for several. Several hosts may be named,
        /// `postgres://user:password@one,two/name?target_session_attrs=read-write`, to follow a failover.
        url: Secret = required,
    }

    /// ## Mail
    Mail "mail." {
        /// The relay that takes our mail: `smtps://user:password@host` (TLS), `smtp://user:password@host:587?tls=required`
        /// (STARTTLS), or `smtp://127.0.0.1:25` (plain, on loopback only).
        smtp_url: Secret = required,
        /// Whom mail is from, such as `Example Health <no-reply@example.org>`.
        from: Mailbox = required,
        /// Where mail servers send back what they cannot deliver (the envelope sender), such as `bounces@example.org`. The
        /// address of `mail.from`, unless set. Let your mail server put what arrives there into `mail.bounces_maildir`.
        bounce_address: Option<Mailbox> = none,
        /// The maildir (a folder with `new`, `cur` and `tmp`) that returned mail arrives in. Delivery reports in `new` are
        /// read and moved to `cur`; whoever asked is then told that their mail came back.
        bounces_maildir: Option<PathBuf> = none,
    }

    /// ## DNS
    Dns "dns." {
        /// The resolver that is asked whose a domain is, such as `127.0.0.1:53`. The machine's own, unless set. It is asked over TCP,
        /// and over UDP where it takes no connections.
        resolver: Option<SocketAddr> = none,
    }

    /// ## Keys
    Keys "keys." {
        /// The file with the master key: 64 hexadecimal digits (`openssl rand -hex 32`), readable by nobody but the user
        /// Portico runs as. It is not in the database nor in its backups: keep a copy elsewhere. Without it no sealed
        /// value can be read again.
        master_key_file: PathBuf = required,
    }

    /// ## Policy
    Policy "policy." {
        /// What organizations start from. `modern` follows NIST SP 800-63B-4 and OWASP ASVS 5.0. `classic` is for people
        /// who come from an older system with security questions and shorter passwords. There is no default: somebody
        /// should have decided it.
        preset: Preset = required,
    }

    /// ## Terms
    ///
    /// What people accept before they come in the first time, and again when it changes. Without these two nobody is asked.
    Terms "terms." {
        /// What today's text is called, such as `2026-11`. A new version is put before everybody at their next sign-in.
        version: Option<String> = none,
        /// The file with the text: plain text, with an empty line between paragraphs.
        file: Option<PathBuf> = none,
    }

    /// ## Operations
    Ops "ops." {
        /// Where `/healthz`, `/readyz` and `/metrics` answer. They ask for no password: keep them off the internet.
        listen: SocketAddr = "127.0.0.1:9100",
    }

    /// ## Brand
    ///
    /// What people see unless their organization has its own.
    Brand "brand." {
        /// The name on every page and in every mail.
        name: String = "Portico",
        /// A file with the logo, SVG or PNG.
        logo: Option<PathBuf> = none,
        /// The color of buttons and links, such as `#0b5cad`. White text on it must have a contrast of 4.5 to 1.
        accent: Option<Color> = none,
        /// The language of those who have not said one, in pages and in mails: `en`, `es` or `fr`.
        language: Language = "en",
        /// The telephone number of those who help people to sign in.
        support_phone: Option<String> = none,
        /// Their mailbox.
        support_mail: Option<Mailbox> = none,
    }

    /// ## Limits
    Limits "limits." {
        /// Failed attempts from one address within the window, over all accounts, before that address must wait. A
        /// hospital's shift change is one address. Browsers that an account has signed in from before are exempt.
        failures_per_address: u32 = 300,
        /// The length of that window.
        window_minutes: u32 = 10,
        /// Different names for which sign-in fails from one address within the window below, before that address must wait, a
        /// minute at first and up to a quarter of an hour, and the operators are told. Known browsers are exempt.
        names_per_address: u32 = 200,
        /// The length of that window.
        names_window_minutes: u32 = 60,
        /// Networks of your organizations, such as a hospital's way out to the internet: failures from there are counted by account
        /// alone, and not by address.
        known_networks: Networks = none,
        /// Sign-ins begun from one address within the window. Each is a row that is kept for two days at least.
        sign_ins_per_address: u32 = 1000,
        /// Mails that can be asked for in an hour for one mailbox.
        mails_per_mailbox: u32 = 10,
        /// Mails that can be asked for in an hour from one address.
        mails_per_address: u32 = 100,
        /// Mails that can be asked for in an hour in all.
        mails_overall: u32 = 10000,
        /// Passwords that may wait to be checked. When more come, they are asked to try again in a moment. At
        /// least 6: setting security questions takes that many at once.
        hash_queue: u32 = 256,
        /// Open connections at once. At the limit the one that has waited longest without a request is closed.
        connections: u32 = 8192,
        /// Open connections at once from one address. Trusted proxies are exempt.
        connections_per_address: u32 = 2048,
    }

    /// ## Password hashes
    ///
    /// What one password hash costs (Argon2id). After a change every password is hashed anew when its owner next signs in.
    PasswordHash "password.hash." {
        /// Memory in KiB.
        m_kib: u32 = 19456,
        /// Passes over the memory.
        t: u32 = 2,
        /// Lanes.
        p: u32 = 1,
        /// Threads that hash, each with that memory. As many as the machine has cores, unless set.
        threads: Option<u32> = none,
    }

    /// ## Log
    Log "log." {
        /// `text` for people, `json` for machines.
        format: LogFormat = "text",
        /// What is logged: `error`, `warn`, `info`, `debug`, or a list such as `info,portico::mail=debug`.
        filter: String = "info",
    }
}
