//! The SMTP client: one server, few connections, every answer kept.
//!
//! - A hand-over has two halves, and the caller commits between them: [`Smtp::address`] goes up to the accepted recipient,
//!   [`Accepted::send`] gives DATA. What must be on disk before a mail can arrive is written in between.
//! - A 5xx about the recipient or the message is final. A 5xx before that (greeting, STARTTLS, AUTH, MAIL) is about us, and
//!   a mail is not lost because somebody mistyped a password in the configuration: it waits.
//! - TLS is asked for by the configuration and then is a condition: a server, or somebody in between, that does not offer
//!   STARTTLS gets no mail and no password.
//! - Replies are counted: DATA is answered by 354 and the message by 2xx. Anything else means that somebody slipped a
//!   reply in before TLS began (CVE-2011-0411 and its kin), and the connection is dropped.
//!
//! ```text
//! idle ──RSET──┐
//! dial ─► EHLO ─► STARTTLS? ─► AUTH? ─► MAIL, RCPT ═ Accepted ═► DATA ─► message ─► idle
//! ```

mod reply;
mod url;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use tokio::time::{Instant, timeout};

pub use reply::{Failure, Reply};
use reply::{Stage, failure};
pub use url::{BadUrl, Protection, SmtpUrl};

/// How long the server may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    connect: Duration,
    /// For everything up to the accepted recipient, and then for everything from DATA on: half of a mail's lease each.
    half: Duration,
}

const PATIENCE: Patience = Patience { connect: Duration::from_secs(10), half: Duration::from_secs(30) };
const GOODBYE: Duration = Duration::from_secs(5);
const IDLE: Duration = Duration::from_secs(30);
const MAX_IDLE: usize = 4;

/// The way to the mail server. Clones share its idle connections.
#[derive(Clone)]
pub struct Smtp(Arc<Inner>);

struct Inner {
    url: SmtpUrl,
    tls: Option<TlsParameters>,
    hello: ClientId,
    patience: Patience,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// A server that waits for DATA, its recipient accepted.
pub struct Accepted {
    smtp: Smtp,
    connection: AsyncSmtpConnection,
}

impl Smtp {
    /// `hello` is the domain this program introduces itself with.
    ///
    /// # Errors
    /// When the system's certificates cannot be read, or the server's name is none that a certificate could have.
    pub fn new(url: SmtpUrl, hello: &str) -> Result<Smtp, BadUrl> {
        Smtp::with_patience(url, hello, PATIENCE)
    }

    pub(super) fn with_patience(url: SmtpUrl, hello: &str, patience: Patience) -> Result<Smtp, BadUrl> {
        let tls = match url.protection {
            Protection::None => None,
            Protection::StartTls | Protection::Tls => {
                Some(TlsParameters::new(url.host.clone()).map_err(|error| BadUrl::Tls(error.to_string()))?)
            }
        };
        Ok(Smtp(Arc::new(Inner {
            url,
            tls,
            hello: ClientId::Domain(hello.to_owned()),
            patience,
            idle: Mutex::default(),
        })))
    }

    /// Gets as far as a recipient the server accepts.
    ///
    /// # Errors
    /// A [`Failure`]; nothing has been handed over then.
    pub async fn address(&self, from: &Address, to: &Address) -> Result<Accepted, Failure> {
        let half = async {
            let mut connection = self.connection().await?;
            match self.envelope(&mut connection, from, to).await {
                Ok(()) => Ok(Accepted { smtp: self.clone(), connection }),
                Err(failure) => {
                    // A refused recipient says nothing against the connection.
                    if matches!(failure, Failure::Refused(_) | Failure::Deferred(_)) {
                        self.keep(connection);
                    }
                    Err(failure)
                }
            }
        };
        let limit = self.0.patience.half;
        timeout(limit, half).await.unwrap_or_else(|_| Err(Failure::slow(limit)))
    }

    async fn envelope(
        &self,
        connection: &mut AsyncSmtpConnection,
        from: &Address,
        to: &Address,
    ) -> Result<(), Failure> {
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let beyond_ascii = !is_ascii(to) || !is_ascii(from);
        let offered = connection.server_info().supports_feature(Extension::SmtpUtfEight);
        let mut parameters = Vec::new();
        match (beyond_ascii, offered) {
            (false, _) => {}
            (true, true) => parameters.push(MailParameter::SmtpUtfEight),
            (true, false) => {
                let why = "the mail server takes no addresses beyond ASCII (SMTPUTF8)";
                return Err(Failure::Refused(Reply::own(why)));
            }
        }
        connection
            .command(Mail::new(Some(from.clone()), parameters))
            .await
            .map_err(|error| failure(Stage::Ours, &error))?;
        connection.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(|error| failure(Stage::Theirs, &error))?;
        Ok(())
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, Failure> {
        while let Some(mut idle) = self.take_idle() {
            // RSET both asks whether the server is still there and forgets what the last mail left behind.
            let alive = timeout(GOODBYE, idle.connection.command(Rset)).await;
            if matches!(alive, Ok(Ok(_))) {
                return Ok(idle.connection);
            }
        }
        self.dial().await
    }

    async fn dial(&self) -> Result<AsyncSmtpConnection, Failure> {
        let Inner { url, tls, hello, patience, .. } = &*self.0;
        let at_once = match url.protection {
            Protection::Tls => tls.clone(),
            Protection::None | Protection::StartTls => None,
        };
        let server = (url.host.as_str(), url.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(server, Some(patience.connect), hello, at_once, None)
            .await
            .map_err(|error| failure(Stage::Ours, &error))?;
        if let (Protection::StartTls, Some(tls)) = (url.protection, tls) {
            start_tls(&mut connection, tls.clone(), hello).await?;
        }
        if let Some((user, password)) = url.credentials() {
            let credentials = Credentials::new(user, password);
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await
                .map_err(|error| failure(Stage::Ours, &error))?;
        }
        Ok(connection)
    }

    fn take_idle(&self) -> Option<Idle> {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| idle.since.elapsed() < IDLE);
        idle.pop()
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE && !connection.has_broken() {
            let since = Instant::now();
            idle.push(Idle { connection, since });
        }
    }

    /// Says goodbye on every idle connection.
    pub async fn close(&self) {
        while let Some(mut idle) = self.take_idle() {
            let _ = timeout(GOODBYE, idle.connection.command(Quit)).await;
        }
    }
}

async fn start_tls(connection: &mut AsyncSmtpConnection, tls: TlsParameters, hello: &ClientId) -> Result<(), Failure> {
    // Never "if it is offered": whoever can strip the offer could read the mail.
    if !connection.can_starttls() {
        let why = "the mail server does not offer STARTTLS, which the configuration requires";
        return Err(Failure::Tls(why.to_owned()));
    }
    connection.starttls(tls, hello).await.map_err(|error| match failure(Stage::Ours, &error) {
        Failure::Unreachable(why) => Failure::Tls(why),
        other => other,
    })
}

#[cfg(test)]
impl Patience {
    pub(super) fn short() -> Patience {
        Patience { connect: Duration::from_secs(1), half: Duration::from_millis(300) }
    }
}

impl Accepted {
    /// Gives the message. Ok means that the server has taken it over.
    ///
    /// # Errors
    /// A [`Failure`]. When it is [`Failure::Unreachable`] nobody knows whether the server has the mail: it is sent again
    /// under the same Message-ID.
    pub async fn send(mut self, message: &[u8]) -> Result<Reply, Failure> {
        let half = async {
            let theirs = |error| failure(Stage::Theirs, &error);
            let go = self.connection.command(Data).await.map_err(theirs)?;
            if !go.has_code(354) {
                return Err(Failure::out_of_step(&go));
            }
            let done = self.connection.message(message).await.map_err(theirs)?;
            if u16::from(done.code()) >= 300 {
                return Err(Failure::out_of_step(&done));
            }
            Ok(Reply::from(&done))
        };
        let limit = self.smtp.0.patience.half;
        let answer = timeout(limit, half).await.unwrap_or_else(|_| Err(Failure::slow(limit)));
        if matches!(answer, Ok(_) | Err(Failure::Refused(_) | Failure::Deferred(_))) {
            self.smtp.keep(self.connection);
        }
        answer
    }
}
