//! An identity provider that is out of order, in three ways, and how an organization's people come to be sent to it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use portico::federation::{self, Claims, ClientAuth, Oidc, Protocol, Settings, State};
use portico::organizations;
use portico::platform::clock::Time;
use portico::platform::ids::ConnectionId;
use serde_json::json;
use store::Tx;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::node::Site;
use crate::people;

/// What it says its keys are long.
const KEYS: usize = 100 << 20;
const PIECE: usize = 64 * 1024;
/// More than what is asked of it has in front of its body.
const MOST: usize = 16 * 1024;
const OPENED: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";

/// How it is out of order. Each is an issuer, a connection and a domain of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It takes every connection and never answers: nobody knows yet where to send people.
    Silent,
    /// It says where to go, takes the code, and never answers.
    Mute,
    /// All is well, but its keys are 100 MB.
    Large,
}

impl Fault {
    pub const ALL: [Fault; 3] = [Fault::Silent, Fault::Mute, Fault::Large];

    pub fn name(self) -> &'static str {
        match self {
            Fault::Silent => "silent",
            Fault::Mute => "mute",
            Fault::Large => "large",
        }
    }

    /// For the report.
    pub fn told(self) -> &'static str {
        match self {
            Fault::Silent => "discovery hangs",
            Fault::Mute => "token endpoint hangs",
            Fault::Large => "keys of 100 MB",
        }
    }

    /// What a try there takes at least, so that those who come one by one are spread over it.
    pub fn takes(self) -> Duration {
        match self {
            Fault::Mute => Duration::from_secs(10),
            Fault::Silent | Fault::Large => Duration::from_secs(4),
        }
    }

    pub fn domain(self) -> String {
        format!("{}.example", self.name())
    }
}

/// What it has been asked for.
#[derive(Default)]
struct Asked {
    hanging: AtomicUsize,
    /// The most that hung at once.
    most: AtomicUsize,
    /// Bytes of keys that were taken.
    keys: AtomicUsize,
}

/// It listens on the load's core. It ends with this.
pub struct Idp {
    address: SocketAddr,
    asked: Arc<Asked>,
    _listening: JoinSet<()>,
}

impl Idp {
    pub async fn start() -> Result<Idp> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let (address, asked) = (listener.local_addr()?, Arc::<Asked>::default());
        let shared = Arc::clone(&asked);
        let mut listening = JoinSet::new();
        listening.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let asked = Arc::clone(&shared);
                // Whoever asked has hung up before the end: that is what is measured.
                tokio::spawn(async move { answer(stream, address, &asked).await.unwrap_or_default() });
            }
        });
        Ok(Idp { address, asked, _listening: listening })
    }

    /// The most questions that hung at once, and the bytes of keys that were taken, since somebody asked for it last.
    pub fn was_asked(&self) -> (usize, usize) {
        (self.asked.most.swap(0, Ordering::Relaxed), self.asked.keys.swap(0, Ordering::Relaxed))
    }
}

/// Makes a connection of each fault, to which the people of its domain are sent.
pub async fn connect(site: &Site, idp: &Idp) -> Result<()> {
    let app = people::open(site).await?;
    let connected = app.db.write("bench.connect", async |tx: &mut Tx| {
        let lakeshore = organizations::by_slug(tx, "lakeshore").await?.context("the demo has no Lakeshore")?.id;
        for fault in Fault::ALL {
            let (id, domain, now) = (ConnectionId::from(fault.name()), fault.domain(), Time(tx.now()));
            let claim = "INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ($1, $2, $3)";
            tx.execute(claim, &[&domain, &lakeshore, &now]).await?;
            let secret = federation::seal_secret(&app.keys, &id, b"a-secret-of-the-benchmark");
            federation::insert_connection(tx, &id, &lakeshore, &settings(fault, idp.address, secret)).await?;
            federation::set_state(tx, &id, State::On).await?;
            federation::lead_domain(tx, &lakeshore, &domain, Some(&id)).await?;
        }
        Ok::<_, anyhow::Error>(())
    });
    connected.await
}

fn settings(fault: Fault, address: SocketAddr, secret: Vec<u8>) -> Settings {
    let oidc = Oidc {
        issuer: issuer(fault.name(), address),
        client_id: "portico".to_owned(),
        auth: ClientAuth::SecretBasic,
        secret: Some(secret),
        secret_expires_at: None,
        scopes: "openid email profile".to_owned(),
        claims: Claims::default(),
        mfa_acr: Vec::new(),
    };
    Settings::new("Lakeshore ID", Protocol::Oidc(oidc))
}

fn issuer(fault: &str, address: SocketAddr) -> String {
    format!("http://{address}/{fault}")
}

async fn answer(mut stream: TcpStream, address: SocketAddr, asked: &Asked) -> Result<()> {
    let head = head(&mut stream).await?;
    let path = head.split(' ').nth(1).unwrap_or_default();
    let (fault, place) = path.trim_start_matches('/').split_once('/').unwrap_or_default();
    let body = match (fault, place) {
        ("mute" | "large", ".well-known/openid-configuration") => metadata(&issuer(fault, address)),
        ("large", "token") => tokens(),
        ("large", "jwks") => return keys(&mut stream, asked).await,
        _ => return hang(&mut stream, asked).await,
    };
    stream.write_all(format!("{OPENED}content-length: {}\r\n\r\n{body}", body.len()).as_bytes()).await?;
    // Closed with a form unread, the answer would be lost.
    until_left(&mut stream).await
}

/// What stands in front of the body.
async fn head(stream: &mut TcpStream) -> Result<String> {
    let mut read = Vec::new();
    while !read.windows(4).any(|four| four == b"\r\n\r\n") {
        let more = stream.read_buf(&mut read).await?;
        anyhow::ensure!(more > 0 && read.len() < MOST, "no request");
    }
    Ok(String::from_utf8(read)?)
}

/// Counts the question, and leaves it at that.
async fn hang(stream: &mut TcpStream, asked: &Asked) -> Result<()> {
    let now = asked.hanging.fetch_add(1, Ordering::Relaxed) + 1;
    asked.most.fetch_max(now, Ordering::Relaxed);
    let left = until_left(stream).await;
    asked.hanging.fetch_sub(1, Ordering::Relaxed);
    left
}

async fn until_left(stream: &mut TcpStream) -> Result<()> {
    let mut more = [0; 1024];
    while stream.read(&mut more).await? > 0 {}
    Ok(())
}

/// Without a length, so that only reading tells how long they are.
async fn keys(stream: &mut TcpStream, asked: &Asked) -> Result<()> {
    stream.write_all(format!("{OPENED}\r\n{{\"keys\":[").as_bytes()).await?;
    let piece = [b' '; PIECE];
    for _ in 0..KEYS / PIECE {
        stream.write_all(&piece).await?;
        asked.keys.fetch_add(PIECE, Ordering::Relaxed);
    }
    Ok(())
}

fn metadata(issuer: &str) -> String {
    let told = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["ES256"],
    });
    told.to_string()
}

/// Nobody gets to look at the ID token.
fn tokens() -> String {
    json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": "e30.e30.AA" }).to_string()
}
