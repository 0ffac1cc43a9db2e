//! What the ratios are taken against, each as a program of its own on the server's core.

use std::fs;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::routing::any;
use portico::platform::jobs;
use portico::platform::web::serve::{self, Limits};

use crate::client::{Answer, Connection};
use crate::load::Rate;
use crate::machine::{free_address, on_the_server_core};
use crate::node::program;

/// `bench hashes MILLISECONDS`: hashes for so long, with one thread and memory that is used again.
pub fn hash_for(length: Duration) -> Result<()> {
    let params = Params::new(19_456, 2, 1, Some(32)).map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut memory = vec![Block::new(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut hash = || {
        let mut out = [0; 32];
        let hashed = argon2.hash_password_into_with_memory(b"correct-horse-battery", &[7; 16], &mut out, &mut memory);
        hashed.map_err(|error| anyhow::anyhow!("{error}"))
    };
    // The first one pays for the memory.
    hash()?;
    repeat(length, hash)
}

/// `bench signatures MILLISECONDS`: signs what an ID token is about as long as with ES256 for so long.
pub fn sign_for(length: Duration) -> Result<()> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
    let (random, token) = (SystemRandom::new(), [b'a'; 600]);
    repeat(length, || Ok(pair.sign(&random, &token).map(drop)?))
}

fn repeat(length: Duration, mut act: impl FnMut() -> Result<()>) -> Result<()> {
    let used = crate::machine::processor_time(std::process::id())?;
    let started = Instant::now();
    let mut count = 0_u32;
    while started.elapsed() < length {
        act()?;
        count += 1;
    }
    let wall = started.elapsed();
    let used = crate::machine::processor_time(std::process::id())? - used;
    println!("{count} {} {}", wall.as_secs_f64(), used.as_secs_f64());
    Ok(())
}

/// Runs one of the above on the server's core.
pub async fn counted(what: &str, length: Duration) -> Result<Rate> {
    let mut command = on_the_server_core(program("bench")?.to_str().context("an odd path")?);
    command.args([what, &length.as_millis().to_string()]);
    let output = tokio::task::spawn_blocking(move || command.output()).await??;
    let text = String::from_utf8(output.stdout)?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    let mut number = || numbers.next().context("too few numbers")?.context("no number");
    Ok(Rate::new(number()?, number()?, number()?))
}

/// `bench bare ADDRESS FILE…`: routes `/0`, `/1` … that read what is posted and answer what the files hold, behind the product's
/// own accept loop.
pub fn serve_bare(address: SocketAddr, files: &[String]) -> Result<()> {
    let mut router = Router::new();
    for (number, file) in files.iter().enumerate() {
        let (status, headers, body) = stored(&fs::read(file)?)?;
        let answer = move |_posted: Bytes| async move { (status, headers, body) };
        router = router.route(&format!("/{number}"), any(answer));
    }
    let limits = Limits { connections: 8_192, connections_per_address: 2_048, trusted_proxies: Vec::new() };
    let (_stop, shutdown) = jobs::shutdown();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = serve::bind(address).await?;
        println!("ready");
        serve::serve(listener, router, limits, shutdown).await;
        Ok(())
    })
}

fn stored(bytes: &[u8]) -> Result<(StatusCode, HeaderMap, Bytes)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").context("no head")? + 4;
    let (head, body) = bytes.split_at_checked(end).context("no head")?;
    let answer = Answer { head: std::str::from_utf8(head)?, body };
    // What the framework writes by itself it writes here too.
    let own = answer.headers().filter(|(name, _)| !["content-length", "date"].contains(name));
    let headers: Result<HeaderMap> =
        own.map(|(name, value)| Ok((HeaderName::try_from(name)?, HeaderValue::from_str(value)?))).collect();
    Ok((StatusCode::from_u16(answer.status())?, headers?, Bytes::copy_from_slice(body)))
}

/// The bare server, running. It ends with this.
pub struct Bare {
    process: Child,
    pub address: SocketAddr,
}

impl Bare {
    pub async fn start(files: &[String]) -> Result<Bare> {
        let address = free_address()?;
        let mut command: Command = on_the_server_core(program("bench")?.to_str().context("an odd path")?);
        let process = command.arg("bare").arg(address.to_string()).args(files).stdout(Stdio::null()).spawn()?;
        let bare = Bare { process, address };
        let mut tries = 0;
        while Connection::open(address).await.is_err() {
            tries += 1;
            anyhow::ensure!(tries < 200, "the bare server did not start");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(bare)
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
