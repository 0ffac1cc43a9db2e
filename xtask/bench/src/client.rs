//! A browser as small as it can be, so that the load costs its core little: one kept-alive connection, cookies, forms.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One connection; it asks, and waits for the answer.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back, as it lies in the connection's buffer.
pub struct Answer<'a> {
    pub head: &'a str,
    pub body: &'a [u8],
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, buffer: Vec::with_capacity(32 * 1024) })
    }

    pub async fn exchange(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut head_ends = None;
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the connection");
            }
            let end = head_ends.or_else(|| head_end(&self.buffer));
            head_ends = end;
            let Some((end, length)) = end else { continue };
            if self.buffer.len() >= end + length {
                let (head, body) = self.buffer.split_at_checked(end).context("an answer without a head")?;
                return Ok(Answer { head: std::str::from_utf8(head)?, body });
            }
        }
    }
}

/// Where the head ends, and how long the body is.
fn head_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    Some((end, header(head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0)))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    headers(head).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn headers(head: &str) -> impl Iterator<Item = (&str, &str)> {
    head.lines().skip(1).filter_map(|line| line.split_once(": "))
}

impl Answer<'_> {
    pub fn status(&self) -> u16 {
        self.head.get(9..12).and_then(|code| code.parse().ok()).unwrap_or(0)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        headers(self.head)
    }
}

/// The cookies of somebody who has left.
pub struct Jar(Vec<(String, String)>);

/// A connection with cookies.
pub struct Browser {
    connection: Connection,
    jar: Vec<(String, String)>,
    /// How long the last answer took.
    pub took: Duration,
}

/// What a journey needs of an answer.
pub struct Reply {
    pub status: u16,
    /// Where it leads by itself; empty where it stays.
    pub location: String,
    pub retry_after: bool,
}

impl Browser {
    pub async fn open(address: SocketAddr) -> Result<Browser> {
        Ok(Browser { connection: Connection::open(address).await?, jar: Vec::new(), took: Duration::ZERO })
    }

    /// Somebody else sits down: the connection stays, the cookies go. They are for whoever comes back.
    pub fn forget(&mut self) -> Jar {
        Jar(std::mem::take(&mut self.jar))
    }

    /// Somebody who has been here before sits down again.
    pub fn welcome_back(&mut self, jar: Jar) {
        self.jar = jar.0;
    }

    /// The same person comes back the next day: the browser is known, its session has ended.
    pub fn end_session(&mut self) {
        self.jar.retain(|(name, _)| !name.ends_with("session"));
    }

    pub async fn get(&mut self, path: &str) -> Result<Reply> {
        let request = self.request("GET", path, None);
        self.send(&request).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<Reply> {
        let body = form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&");
        let request = self.request("POST", path, Some(&body));
        self.send(&request).await
    }

    /// The cookies, as a header has them.
    pub fn cookies(&self) -> String {
        self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The bytes of a request, to be sent again and again.
    pub fn request(&self, method: &str, path: &str, body: Option<&str>) -> Vec<u8> {
        let cookies = self.cookies();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: bench\r\nuser-agent: Mozilla/5.0 (X11; Linux x86_64) bench\r\n\
             accept: text/html\r\nsec-fetch-site: same-origin\r\n"
        );
        if !cookies.is_empty() {
            head.push_str(&format!("cookie: {cookies}\r\n"));
        }
        if let Some(body) = body {
            head.push_str(&format!(
                "content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n",
                body.len()
            ));
        }
        format!("{head}\r\n{}", body.unwrap_or_default()).into_bytes()
    }

    async fn send(&mut self, request: &[u8]) -> Result<Reply> {
        let started = Instant::now();
        let answer = self.connection.exchange(request).await?;
        self.took = started.elapsed();
        for (_, cookie) in answer.headers().filter(|(name, _)| *name == "set-cookie") {
            let (name, rest) = cookie.split_once('=').context("an odd cookie")?;
            let value = rest.split(';').next().unwrap_or_default();
            self.jar.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.jar.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(Reply {
            status: answer.status(),
            location: answer.header("location").or_else(|| onward(answer.body)).unwrap_or_default().to_owned(),
            retry_after: answer.header("retry-after").is_some(),
        })
    }
}

/// Where a page leads that is there only to lead on.
fn onward(page: &[u8]) -> Option<&str> {
    let (_, rest) = std::str::from_utf8(page).ok()?.split_once("http-equiv=\"refresh\" content=\"0; url=")?;
    Some(rest.split_once('"')?.0)
}

fn encode(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_says_how_long_the_body_is() {
        assert_eq!(head_end(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab"), Some((38, 5)));
        assert_eq!(head_end(b"HTTP/1.1 303 See Other\r\nlocation: /\r\n"), None);
        let answer = Answer { head: "HTTP/1.1 303 See Other\r\nlocation: /\r\n\r\n", body: b"" };
        assert_eq!((answer.status(), answer.header("Location")), (303, Some("/")));
    }

    #[test]
    fn a_page_may_lead_on() {
        let page = br#"<head><meta http-equiv="refresh" content="0; url=/sign-in/1/sso"></head>"#;
        assert_eq!((onward(page), onward(b"<head></head>")), (Some("/sign-in/1/sso"), None));
    }

    #[test]
    fn forms_are_urlencoded() {
        assert_eq!(encode("p1@a.example"), "p1%40a.example");
    }
}
