//! One request, one answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Request, Response, header};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;

use super::guard::{Reach, Refused, Target, judge};
use super::names::Names;
use super::places::Places;

/// From the first look-up to the last byte.
const WHOLE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(3);
/// Nobody who answers us has more to say.
const MAX_ANSWER: usize = 256 * 1024;
/// The head of an answer, and what is read of it at once.
const MAX_HEAD: usize = 64 * 1024;
/// So much of a media type is told.
const MAX_KIND: usize = 60;

/// Why there is no answer, for an operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("no connection: {0}")]
    Unreachable(String),
    #[error("no answer in time")]
    Late,
    #[error("no answer that could be read: {0}")]
    Broken(String),
    #[error("too many wait for it already")]
    Crowded,
    #[error("the answer leads elsewhere, and is not followed")]
    Redirects,
    #[error("the answer is of another kind than was asked for: {0}")]
    Type(String),
    #[error("the answer has more than {0} bytes")]
    TooLarge(usize),
}

/// What one request may cost, and what its answer may be.
#[derive(Clone)]
pub(super) struct Bounds {
    pub reach: Reach,
    /// From the first look-up to the last byte.
    pub until: Instant,
    pub most: usize,
    /// Media types of a good answer; none: any.
    pub types: &'static [&'static str],
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Bytes,
}

/// The way out. Clones share it.
#[derive(Clone)]
pub struct Outgoing {
    tls: Arc<ClientConfig>,
    loopback: bool,
    names: Names,
    pub(super) places: Places,
}

impl Outgoing {
    /// `public_url` says whether this deployment is on loopback itself.
    ///
    /// # Errors
    /// When the machine has no certificates to judge others by.
    pub fn new(public_url: &str) -> Result<Outgoing, rustls::Error> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)?
            .with_no_client_auth();
        let loopback = public_url.starts_with("http://");
        Ok(Outgoing { tls: Arc::new(tls), loopback, names: Names::of_the_system(), places: Places::default() })
    }

    /// Whether this deployment is on loopback itself, where nobody needs TLS.
    pub fn is_on_loopback(&self) -> bool {
        self.loopback
    }

    /// Posts a form. An answer of any status is an answer.
    ///
    /// # Errors
    /// [`Failed`].
    pub async fn post_form(&self, url: &str, form: String) -> Result<Answer, Failed> {
        let request = Request::post(url)
            .header(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"))
            .header(header::ACCEPT, HeaderValue::from_static("application/json"))
            .body(form.into_bytes());
        let answer = self.send(request.map_err(|_| Refused::Address)?).await?;
        Ok(Answer { status: answer.status().as_u16(), body: answer.into_body() })
    }

    /// Sends a request to the address in it, a product's perhaps. An answer of any status is an answer.
    ///
    /// # Errors
    /// [`Failed`].
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Bytes>, Failed> {
        let until = Instant::now() + WHOLE;
        self.ask(None, request, Bounds { reach: Reach::Private, until, most: MAX_ANSWER, types: &[] }).await
    }

    /// `owner`: whose place it is; `None`: its host's own.
    pub(super) async fn ask(
        &self,
        owner: Option<&str>,
        request: Request<Vec<u8>>,
        bounds: Bounds,
    ) -> Result<Response<Bytes>, Failed> {
        let target = Target::parse(&request.uri().to_string(), self.loopback)?;
        let owner = owner.unwrap_or(&target.host);
        timeout_at(bounds.until, self.asked(owner, &target, request, bounds)).await.unwrap_or(Err(Failed::Late))
    }

    async fn asked(
        &self,
        owner: &str,
        target: &Target,
        request: Request<Vec<u8>>,
        bounds: Bounds,
    ) -> Result<Response<Bytes>, Failed> {
        let found = self.names.addresses(owner, &target.host, target.port).await?;
        let stream = self.connect(found, &bounds.reach.towards(target)).await?;
        let request = addressed(target, request)?;
        if !target.tls {
            return exchange(stream, request, bounds).await;
        }
        let name = ServerName::try_from(target.host.clone()).map_err(|_| Refused::Address)?;
        let stream = TlsConnector::from(self.tls.clone()).connect(name, stream).await;
        exchange(stream.map_err(|error| Failed::Unreachable(error.to_string()))?, request, bounds).await
    }

    /// Judges what was found, and connects to what was judged.
    async fn connect(&self, found: Vec<SocketAddr>, reach: &Reach) -> Result<TcpStream, Failed> {
        let unreachable = |error: std::io::Error| Failed::Unreachable(error.to_string());
        let mut last = Failed::Unreachable("the name leads nowhere".to_owned());
        for address in found {
            if let Err(refused) = judge(address.ip(), reach, self.loopback) {
                last = refused.into();
                continue;
            }
            match timeout(CONNECT, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = unreachable(error),
                Err(_) => last = Failed::Unreachable("nobody answers there".to_owned()),
            }
        }
        Err(last)
    }
}

/// As it goes over a connection to its host: the path alone, and the host beside it.
fn addressed(target: &Target, request: Request<Vec<u8>>) -> Result<Request<Full<Bytes>>, Failed> {
    let (mut head, body) = request.into_parts();
    head.uri = target.path.parse().map_err(|_| Refused::Address)?;
    let host = HeaderValue::from_str(&target.authority).map_err(|_| Refused::Address)?;
    head.headers.insert(header::HOST, host);
    Ok(Request::from_parts(head, Full::new(Bytes::from(body))))
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
    bounds: Bounds,
) -> Result<Response<Bytes>, Failed> {
    let broken = |error: hyper::Error| Failed::Broken(error.to_string());
    let mut builder = http1::Builder::new();
    let handshake = builder.max_buf_size(MAX_HEAD).handshake(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.map_err(broken)?;
    // Ends with the exchange, also with one that is given up: nothing is kept open.
    let mut open = JoinSet::new();
    open.spawn(connection);
    let (head, body) = sender.send_request(request).await.map_err(broken)?.into_parts();
    if head.status.is_success() && !bounds.types.is_empty() {
        expected_type(head.headers.get(header::CONTENT_TYPE), bounds.types)?;
    }
    Ok(Response::from_parts(head, read(body, bounds.most).await?))
}

fn expected_type(value: Option<&HeaderValue>, types: &[&str]) -> Result<(), Failed> {
    let value = value.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match types.contains(&kind.as_str()) {
        true => Ok(()),
        false if kind.is_empty() => Err(Failed::Type("none".to_owned())),
        false => Err(Failed::Type(kind.chars().filter(char::is_ascii_graphic).take(MAX_KIND).collect())),
    }
}

/// Reads so much and no more: what announces more is not begun, and what goes on without end is left.
async fn read(body: Incoming, most: usize) -> Result<Bytes, Failed> {
    if usize::try_from(body.size_hint().lower()).is_ok_and(|length| length > most) {
        return Err(Failed::TooLarge(most));
    }
    let read = Limited::new(body, most).collect().await.map_err(|error| match error.is::<LengthLimitError>() {
        true => Failed::TooLarge(most),
        false => Failed::Broken(error.to_string()),
    });
    Ok(read?.to_bytes())
}
