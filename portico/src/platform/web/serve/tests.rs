use std::net::Ipv4Addr;

use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use tokio::time::Instant;

use super::*;
use crate::platform::jobs::{self, Stop};

const SOON: Duration = Duration::from_secs(5);
const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";

/// Short enough for a test, far enough from each other to tell them apart.
const QUICK: Times = Times {
    head: Duration::from_millis(300),
    idle: Duration::from_millis(1_200),
    stall: Duration::from_millis(300),
    rate: 1024,
    drain: Duration::from_secs(3),
};

struct Server {
    address: SocketAddr,
    stop: Stop,
    done: JoinHandle<()>,
}

impl Server {
    async fn start(connections: usize, times: Times) -> Server {
        let router = Router::new()
            .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }))
            .route("/body", post(|body: String| async move { body.len().to_string() }))
            .route("/big", get(|| async { vec![b'x'; 32 << 20] }))
            .route(
                "/slow",
                get(|| async {
                    tokio::time::sleep(Duration::from_millis(800)).await;
                    "slow"
                }),
            );
        let listener = bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, shutdown) = jobs::shutdown();
        let limits = Limits { connections, connections_per_address: connections, trusted_proxies: Vec::new() };
        Server { address, stop, done: tokio::spawn(serve_with(listener, router, limits, times, shutdown)) }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

async fn send(stream: &mut TcpStream, bytes: &[u8]) {
    stream.write_all(bytes).await.unwrap();
}

/// One answer's first part.
async fn answer(stream: &mut TcpStream) -> String {
    let mut buffer = vec![0; 4096];
    let count = timeout(SOON, stream.read(&mut buffer)).await.unwrap().unwrap();
    String::from_utf8_lossy(&buffer[..count]).into_owned()
}

/// Everything until the connection is closed, one way or the other.
async fn rest(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let _ = timeout(SOON, stream.read_to_end(&mut text)).await.expect("the connection stays open");
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_connection_serves_one_request_after_the_other_and_knows_its_peer() {
    let server = Server::start(10, Times::default()).await;
    let mut stream = server.connect().await;
    for _ in 0..3 {
        send(&mut stream, GET).await;
        let answer = answer(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
    }
}

#[tokio::test]
async fn a_head_that_drips_in_is_cut_off() {
    let server = Server::start(10, QUICK).await;
    let (mut silent, mut drips) = (server.connect().await, server.connect().await);
    let started = Instant::now();
    let drip = async {
        for byte in GET.iter().cycle() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            if *byte != b'\n' && drips.write_all(&[*byte]).await.is_err() {
                break;
            }
        }
    };
    timeout(SOON, drip).await.expect("the dripping goes on");
    assert_eq!(rest(&mut silent).await, "");
    assert!(started.elapsed() < Duration::from_millis(1_100), "{:?}", started.elapsed());
}

#[tokio::test]
async fn between_two_requests_there_is_more_time_but_not_for_ever() {
    let server = Server::start(10, QUICK).await;
    let mut stream = server.connect().await;
    send(&mut stream, GET).await;
    answer(&mut stream).await;
    tokio::time::sleep(QUICK.head * 2).await;
    send(&mut stream, GET).await;
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    let started = Instant::now();
    assert_eq!(rest(&mut stream).await, "");
    let waited = started.elapsed();
    assert!(waited > QUICK.idle - QUICK.head && waited < QUICK.idle * 2, "{waited:?}");
}

#[tokio::test]
async fn a_handler_may_take_longer_than_a_head() {
    let server = Server::start(10, QUICK).await;
    let mut stream = server.connect().await;
    send(&mut stream, b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer(&mut stream).await.ends_with("slow"));
}

#[tokio::test]
async fn a_body_that_drips_in_is_refused_and_one_that_flows_is_not() {
    let server = Server::start(10, QUICK).await;
    let mut drips = server.connect().await;
    send(&mut drips, b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nabc").await;
    assert!(rest(&mut drips).await.starts_with("HTTP/1.1 400"));
    let mut flows = server.connect().await;
    send(&mut flows, b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n").await;
    for _ in 0..8 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        send(&mut flows, &[b'x'; 500]).await;
    }
    assert!(answer(&mut flows).await.ends_with("4000"));
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let mut server = Server::start(10, QUICK).await;
    let mut stream = server.connect().await;
    send(&mut stream, b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(QUICK.stall * 3).await;
    server.stop.request();
    timeout(QUICK.drain / 2, &mut server.done).await.expect("the connection holds up the end").unwrap();
}

#[tokio::test]
async fn too_large_a_body_is_answered_although_it_is_still_coming() {
    let server = Server::start(10, Times::default()).await;
    let mut stream = server.connect().await;
    send(&mut stream, b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n").await;
    for _ in 0..3 {
        let _ = stream.write_all(&[b'x'; 1_000_000]).await;
    }
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 413"));
}

#[tokio::test]
async fn too_large_a_head_is_refused() {
    let server = Server::start(10, Times::default()).await;
    let mut stream = server.connect().await;
    let head = format!("GET / HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", "c".repeat(100_000));
    let _ = stream.write_all(head.as_bytes()).await;
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn at_the_limit_the_silent_make_room() {
    let server = Server::start(3, Times::default()).await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(server.connect().await);
        let mut person = server.connect().await;
        send(&mut person, GET).await;
        assert!(answer(&mut person).await.starts_with("HTTP/1.1 200"));
    }
    assert_eq!(rest(&mut silent[0]).await, "");
}

#[tokio::test]
async fn told_to_stop_it_ends_what_is_under_way_and_nothing_else() {
    let server = Server::start(10, QUICK).await;
    let (mut silent, mut idle, mut busy) = (server.connect().await, server.connect().await, server.connect().await);
    send(&mut idle, GET).await;
    answer(&mut idle).await;
    send(&mut busy, b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop.request();
    assert!(rest(&mut busy).await.ends_with("slow"));
    assert_eq!((rest(&mut silent).await, rest(&mut idle).await), (String::new(), String::new()));
    timeout(SOON, server.done).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn a_port_in_use_is_said_so() {
    let server = Server::start(1, QUICK).await;
    let refused = bind(server.address).await.unwrap_err().to_string();
    assert_eq!(
        refused,
        format!("{} is in use by another program. Stop that one, or listen on another port.", server.address)
    );
    let elsewhere = bind("192.0.2.1:8080".parse().unwrap()).await.unwrap_err().to_string();
    assert!(elsewhere.starts_with("This machine has no address 192.0.2.1"), "{elsewhere}");
}
