//! The accept loop: what stands between the network and the router.
//!
//! - A connection that asks for something has all the time its handler needs. One that does not is *waiting*: it has ten
//!   seconds to send a request's head and a bit more than a minute between two requests.
//! - There are limits on open connections, over all and per address. At a limit the one that has waited longest makes room:
//!   thousands of silent connections push out each other, not the person who has just come.
//! - A body must keep coming at a minimal rate, and so must its reader on the other side.
//! - Told to stop, the loop accepts no more, lets everything under way end, and leaves after ten seconds at most.
//!
//! ```text
//! accepted ──head──▶ busy ──answer is out──▶ waiting ──first byte──▶ head …
//!    └── too slow, or room is needed ──▶ closed ◀──┘
//! ```

mod files;
mod io;
mod line;
mod pace;
mod registry;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use thiserror::Error;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::unconstrained;
use tower::Service;

use self::io::TimedIo;
use self::line::Line;
use self::pace::{Answer, Paced};
use self::registry::Registry;
use super::address::Network;
use crate::platform::jobs::Shutdown;

pub use super::address::client_address;

/// Connections that the system keeps for us while we are busy accepting others.
const BACKLOG: u32 = 4096;
const MAX_HEADERS: usize = 100;
const MAX_HEAD_BYTES: usize = 32 * 1024;
const MAX_BUFFER_BYTES: usize = 64 * 1024;
/// Whoever connected just before the end gets this long to say what for.
const LAST_CALL: Duration = Duration::from_millis(500);
/// When the system has no file left for us, accepting fails at once and again; somebody needs a moment to end.
const AFTER_A_FAILED_ACCEPT: Duration = Duration::from_millis(50);

/// How many may be connected at once.
#[derive(Clone, Debug)]
pub struct Limits {
    pub connections: usize,
    pub connections_per_address: usize,
    /// Exempt from the limit per address.
    pub trusted_proxies: Vec<Network>,
}

#[derive(Clone, Copy, Debug)]
struct Times {
    /// From the first byte of a request (for the first one: from the connection) to the end of its head.
    head: Duration,
    /// Between two requests. Longer than the minute after which proxies close: they must not send into our closing.
    idle: Duration,
    /// How long a body, or the reader of an answer, may do nothing at all.
    stall: Duration,
    /// Bytes per second that a body must bring on average after that.
    rate: u64,
    /// For everything under way when told to stop.
    drain: Duration,
}

impl Default for Times {
    fn default() -> Times {
        Times {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            stall: Duration::from_secs(10),
            rate: 1024,
            drain: Duration::from_secs(10),
        }
    }
}

/// Why the door cannot open, as a sentence.
#[derive(Debug, Error)]
pub enum BindError {
    #[error("{0} is in use by another program. Stop that one, or listen on another port.")]
    InUse(SocketAddr),
    #[error("{0} is not ours to open: ports below 1024 need a privilege. Listen on a higher one behind a proxy.")]
    NotAllowed(SocketAddr),
    #[error("This machine has no address {}. Listen on 127.0.0.1, 0.0.0.0 or one of its own.", .0.ip())]
    NotHere(SocketAddr),
    #[error("{0} cannot be listened on: {1}.")]
    Other(SocketAddr, std::io::Error),
}

/// Opens the door.
///
/// # Errors
/// A sentence about why it stays shut.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    let open = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // After a restart the port is ours again at once, while old connections linger.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    open().map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => BindError::InUse(address),
        ErrorKind::PermissionDenied => BindError::NotAllowed(address),
        ErrorKind::AddrNotAvailable => BindError::NotHere(address),
        _ => BindError::Other(address, error),
    })
}

/// Serves until asked to stop, then drains. Handlers find the peer as `ConnectInfo<SocketAddr>`.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, shutdown: Shutdown) {
    serve_with(listener, router, limits, Times::default(), shutdown).await;
}

async fn serve_with(listener: TcpListener, router: Router, limits: Limits, times: Times, shutdown: Shutdown) {
    let drain = times.drain;
    let limits = Limits { connections: files::enough_for(limits.connections), ..limits };
    let room = Room { registry: Registry::new(limits), router, times };
    let (ending, end) = watch::channel(());
    let mut stop = pin!(shutdown.requested());
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => room.take(accepted, end.clone()).await,
        }
    }
    // Those who are connected already, though not accepted yet, are served too: all of them, however many the runtime
    // would take at a time.
    for _ in 0..BACKLOG {
        match tokio::time::timeout(Duration::ZERO, unconstrained(listener.accept())).await {
            Ok(Ok(accepted)) => room.take(Ok(accepted), end.clone()).await,
            _ => break,
        }
    }
    drop((listener, end));
    ending.send_replace(());
    let close_the_silent = async {
        tokio::time::sleep(LAST_CALL.min(drain)).await;
        room.registry.close_waiting();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        // Each connection holds the other end of this.
        () = ending.closed() => {}
        () = close_the_silent => {}
        () = tokio::time::sleep(drain) => tracing::warn!("some requests did not end in time and were cut off"),
    }
}

struct Room {
    registry: Arc<Registry>,
    router: Router,
    times: Times,
}

impl Room {
    async fn take(&self, accepted: std::io::Result<(TcpStream, SocketAddr)>, end: End) {
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                self.registry.close_longest();
                return tokio::time::sleep(AFTER_A_FAILED_ACCEPT).await;
            }
        };
        // Answers are small and written at once: waiting for more to send would cost 40 ms each.
        let _ = stream.set_nodelay(true);
        let Some(line) = Line::new(&self.registry, peer.ip(), self.times) else {
            metrics::counter!("portico_connections_refused_total").increment(1);
            return;
        };
        tokio::spawn(talk(stream, peer, Arc::new(line), self.router.clone(), end));
    }
}

/// Changes when all is to end.
type End = watch::Receiver<()>;

/// One connection, from its first byte to its last.
///
/// Told to end, it is not closed at once, as hyper would: a request may lie unread in it. Its next answer is its last, and
/// whoever asks nothing is closed by the last call.
async fn talk(stream: TcpStream, peer: SocketAddr, line: Arc<Line>, router: Router, end: End) {
    let service = service_fn(|request: hyper::Request<Incoming>| {
        line.works();
        let mut request = request.map(|body| Body::new(Paced::new(body, line.times())));
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.clone().call(request);
        let (line, end) = (Arc::clone(&line), end.clone());
        async move {
            let mut answer = answer.await?.map(|body| Answer::new(body, line));
            if end.has_changed().unwrap_or(true) {
                answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(answer)
        }
    });
    let connection = http1::Builder::new()
        // Ours are the times; hyper's one does not tell a silent connection from a slow head.
        .header_read_timeout(None)
        .max_headers(MAX_HEADERS)
        .max_header_size(MAX_HEAD_BYTES)
        .max_buf_size(MAX_BUFFER_BYTES)
        .serve_connection(TokioIo::new(TimedIo::new(stream, Arc::clone(&line))), service);
    tokio::select! {
        // How a connection ends is the other side's business: resets and time-outs are no news.
        _ = connection => {}
        () = line.closed() => {}
    }
}
