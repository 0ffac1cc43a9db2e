//! One request, one answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Request, Response, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::guard::{Refused, Target, is_allowed};

/// From the first look-up to the last byte.
const WHOLE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(3);
/// Nobody who answers us has more to say.
const MAX_ANSWER: usize = 256 * 1024;

/// Why there is no answer, for an operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("no connection: {0}")]
    Unreachable(String),
    #[error("no answer within {} seconds", WHOLE.as_secs())]
    Late,
    #[error("no answer that could be read: {0}")]
    Broken(String),
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
        Ok(Outgoing { tls: Arc::new(tls), loopback: public_url.starts_with("http://") })
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

    /// Sends a request to the address in it. An answer of any status is an answer.
    ///
    /// # Errors
    /// [`Failed`].
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Bytes>, Failed> {
        let target = Target::parse(&request.uri().to_string(), self.loopback)?;
        timeout(WHOLE, self.ask(&target, request)).await.unwrap_or(Err(Failed::Late))
    }

    async fn ask(&self, target: &Target, request: Request<Vec<u8>>) -> Result<Response<Bytes>, Failed> {
        let stream = self.connect(target).await?;
        let request = addressed(target, request)?;
        if !target.tls {
            return exchange(stream, request).await;
        }
        let name = ServerName::try_from(target.host.clone()).map_err(|_| Refused::Address)?;
        let stream = TlsConnector::from(self.tls.clone()).connect(name, stream).await;
        exchange(stream.map_err(|error| Failed::Unreachable(error.to_string()))?, request).await
    }

    /// Resolves, judges, and connects to what was judged.
    async fn connect(&self, target: &Target) -> Result<TcpStream, Failed> {
        let unreachable = |error: std::io::Error| Failed::Unreachable(error.to_string());
        let found = lookup_host((target.host.as_str(), target.port)).await.map_err(unreachable)?;
        let allowed: Vec<SocketAddr> = found.filter(|found| is_allowed(found.ip(), self.loopback)).collect();
        let mut last = Failed::Refused(Refused::Place);
        for address in allowed {
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
) -> Result<Response<Bytes>, Failed> {
    let broken = |error: hyper::Error| Failed::Broken(error.to_string());
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // Ends with the exchange: nothing is kept open.
    let connection = tokio::spawn(connection);
    let answer = async {
        let answer = sender.send_request(request).await.map_err(broken)?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, MAX_ANSWER).collect().await;
        let body = body.map_err(|error| Failed::Broken(error.to_string()))?.to_bytes();
        Ok(Response::from_parts(head, body))
    }
    .await;
    connection.abort();
    answer
}
