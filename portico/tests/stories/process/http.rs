//! One request over a connection of its own, so that it is known of each whether it was answered.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Nothing here takes that long; a test should fail with a name.
const PATIENCE: Duration = Duration::from_secs(40);

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nobody listens: nothing was asked.
    NobodyThere,
    /// Nobody knows whether it was done.
    Cut,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// The names are in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn parse(bytes: &[u8]) -> Option<Answer> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        let answer = Answer {
            status,
            headers: lines.filter_map(header).collect(),
            body: String::from_utf8_lossy(&bytes[end + 4..]).into_owned(),
        };
        let whole = answer.header("content-length").is_none_or(|length| length == (bytes.len() - end - 4).to_string());
        whole.then_some(answer)
    }
}

/// A connection on which something has been asked.
pub struct Asked(TcpStream);

impl Asked {
    /// Connects and sends all of a request.
    pub async fn ask(address: SocketAddr, request: &[u8]) -> Result<Asked, Lost> {
        let mut stream = TcpStream::connect(address).await.map_err(|error| match error.kind() {
            ErrorKind::ConnectionRefused => Lost::NobodyThere,
            _ => Lost::Cut,
        })?;
        // Whoever refuses a body may answer and close before he has read it: the answer counts.
        let _ = stream.write_all(request).await;
        Ok(Asked(stream))
    }

    pub async fn answer(mut self) -> Result<Answer, Lost> {
        let mut bytes = Vec::new();
        let read = timeout(PATIENCE, self.0.read_to_end(&mut bytes)).await;
        assert!(read.is_ok(), "no answer within {PATIENCE:?}");
        Answer::parse(&bytes).ok_or(Lost::Cut)
    }
}

/// The text of a request that asks for one answer and no more.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if method == "POST" {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    format!("{text}\r\n{body}").into_bytes()
}

pub async fn exchange(address: SocketAddr, request: &[u8]) -> Result<Answer, Lost> {
    Asked::ask(address, request).await?.answer().await
}
