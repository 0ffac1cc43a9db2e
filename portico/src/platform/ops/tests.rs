use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use store::{Options, Outcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::platform::clock::Clock;
use crate::platform::jobs;

const TABLES: &[Migration] = &[Migration { name: "0001_things", sql: "CREATE TABLE things (id TEXT PRIMARY KEY);\n" }];

async fn ask(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_tells_whether_it_lives_whether_it_can_serve_and_how_it_does() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { clock: Clock::system().as_micros(), readers: 1, connections: 1, observe: None };
    let db = Db::open(&format!("sqlite:{}", folder.path().join("test.db").display()), options).await.unwrap();
    let listener = serve::bind((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, shutdown) = jobs::shutdown();
    let fits = Arc::new(AtomicBool::new(false));
    let asked = fits.clone();
    let keys = Arc::new(move || -> Asked {
        let fits = asked.load(Ordering::SeqCst);
        Box::pin(async move { if fits { Ok(()) } else { Err("another one".into()) } })
    });
    let readiness = Readiness { db: db.clone(), migrations: TABLES, keys };
    let serving = tokio::spawn(serve(listener, install_recorder().unwrap(), readiness, shutdown));

    assert!(ask(address, "/healthz").await.starts_with("HTTP/1.1 200"));
    let unready = ask(address, "/readyz").await;
    assert!(unready.starts_with("HTTP/1.1 503") && unready.contains("migrations: 1 not applied"), "{unready}");
    db.migrate(TABLES).await.unwrap();
    let unready = ask(address, "/readyz").await;
    assert!(unready.starts_with("HTTP/1.1 503") && unready.contains("keys: another one"), "{unready}");
    fits.store(true, Ordering::SeqCst);
    assert!(ask(address, "/readyz").await.ends_with("ready\n"));

    observe_transaction("test.metrics", Duration::from_millis(3), Outcome::Committed);
    let numbers = ask(address, "/metrics").await;
    let expected = "portico_transaction_seconds_bucket{name=\"test.metrics\",outcome=\"committed\",le=\"0.005\"} 1";
    assert!(numbers.contains(expected), "{numbers}");
    assert!(ask(address, "/").await.starts_with("HTTP/1.1 404"));

    stop.request();
    serving.await.unwrap();
}
