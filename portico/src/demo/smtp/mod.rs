//! A mail server that keeps what it is given: the demo's mailboxes, and the other end of every mail test.
//!
//! - It listens on loopback only and passes nothing on.
//! - It speaks real SMTP (RFC 5321: EHLO, AUTH PLAIN, MAIL, RCPT, DATA, RSET, NOOP, QUIT, pipelined or not), so that what is
//!   tested is the way mail really goes.
//! - By a [`Script`] it misbehaves as mail servers do: away, hanging, slow, refusing, dying after DATA.

mod inbox;
mod returned;
mod script;
mod session;
#[cfg(test)]
mod tests;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

pub use inbox::{Inbox, Mail, Status};
pub use script::Script;

use crate::platform::clock::Clock;

const CONNECTIONS: usize = 64;

/// The running server. It stops when this is dropped.
pub struct Sink {
    address: SocketAddr,
    inbox: Inbox,
    script: watch::Sender<Script>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Shared {
    inbox: Inbox,
    script: watch::Sender<Script>,
    clock: Clock,
}

impl Sink {
    /// Listens on `port` of 127.0.0.1; 0 is any free one.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn start(port: u16, clock: Clock) -> io::Result<Sink> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let inbox = Inbox::default();
        let script = watch::Sender::new(Script::default());
        let shared = Shared { inbox: inbox.clone(), script: script.clone(), clock };
        let task = tokio::spawn(serve(listener, address, shared));
        Ok(Sink { address, inbox, script, task })
    }

    /// As it stands in a configuration: `smtp://127.0.0.1:1025`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn inbox(&self) -> &Inbox {
        &self.inbox
    }

    /// Changes how the server behaves from now on.
    pub async fn behave(&self, change: impl FnOnce(&mut Script)) {
        self.script.send_modify(change);
        // A refusal of connections is only one once the socket is closed, and the other way round.
        let closed = self.script.borrow().refuse_connections;
        for _ in 0..200 {
            if TcpStream::connect(self.address).await.is_err() == closed {
                return;
            }
            sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, address: SocketAddr, shared: Shared) {
    let mut script = shared.script.subscribe();
    let mut listener = Some(listener);
    let mut sessions = JoinSet::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let refuse = script.borrow_and_update().refuse_connections;
        if refuse {
            listener = None;
            sessions.abort_all();
        } else if listener.is_none() {
            listener = TcpListener::bind(address).await.ok();
        }
        while sessions.try_join_next().is_some() {}
        tokio::select! {
            changed = script.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            stream = accept(listener.as_ref()) => {
                let Some(stream) = stream else { continue };
                let Ok(place) = places.clone().try_acquire_owned() else { continue };
                let shared = shared.clone();
                sessions.spawn(async move {
                    // A connection that breaks is the client's business.
                    let _ = session::run(stream, &shared).await;
                    drop(place);
                });
            }
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> Option<TcpStream> {
    match listener {
        Some(listener) => listener.accept().await.ok().map(|(stream, _)| stream),
        None => std::future::pending().await,
    }
}
