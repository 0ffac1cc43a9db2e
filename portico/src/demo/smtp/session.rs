//! One conversation.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::inbox::{Arrival, Status};
use super::{Script, Shared};

/// A message larger than this is not taken.
const LARGEST: usize = 1024 * 1024;
/// And one larger than this is not even listened to.
const ENDLESS: usize = 8 * LARGEST;
const LONGEST_LINE: u64 = 4_096;
const RECIPIENTS: usize = 100;
const PATIENCE: Duration = Duration::from_secs(120);

struct Session<'a, R, W> {
    reader: R,
    writer: W,
    shared: &'a Shared,
    from: Option<String>,
    to: Vec<String>,
}

/// What a command leads to.
enum Next {
    Listen,
    Leave,
}

pub(super) async fn run(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    let (reader, writer) = stream.split();
    let mut session = Session {
        // One buffer for the whole conversation: what a client sends ahead (RFC 2920) waits in it.
        reader: BufReader::new(reader),
        writer,
        shared,
        from: None,
        to: Vec::new(),
    };
    session.greet().await?;
    while let Some(line) = session.line().await? {
        let line = String::from_utf8_lossy(&line).into_owned();
        if matches!(session.command(&line).await?, Next::Leave) {
            break;
        }
    }
    Ok(())
}

impl<R, W> Session<'_, R, W>
where
    R: AsyncBufRead + Unpin,
    W: AsyncWrite + Unpin,
{
    async fn greet(&mut self) -> io::Result<()> {
        let script = self.script();
        if script.hang {
            std::future::pending::<()>().await;
        }
        if let Some(pause) = script.slow_banner {
            sleep(pause).await;
        }
        match script.greeting {
            Some(greeting) => self.say(&greeting).await,
            None => self.say("220 localhost ready").await,
        }
    }

    async fn command(&mut self, line: &str) -> io::Result<Next> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => self.hello().await?,
            "HELO" => self.say("250 localhost").await?,
            "AUTH" => self.auth(rest).await?,
            "MAIL" => self.mail(rest).await?,
            "RCPT" => self.recipient(rest).await?,
            "DATA" => return self.data().await,
            "RSET" => {
                self.forget();
                self.say("250 2.0.0 forgotten").await?;
            }
            "NOOP" => self.say("250 2.0.0 still here").await?,
            "QUIT" => {
                self.say("221 2.0.0 goodbye").await?;
                return Ok(Next::Leave);
            }
            _ => self.say("502 5.5.1 no such command").await?,
        }
        Ok(Next::Listen)
    }

    async fn hello(&mut self) -> io::Result<()> {
        self.forget();
        let mut lines = vec!["localhost".to_owned()];
        lines.extend(self.script().extensions);
        lines.extend(["PIPELINING", "8BITMIME", "AUTH PLAIN"].map(str::to_owned));
        for line in lines {
            self.say(&format!("250-{line}")).await?;
        }
        self.say(&format!("250 SIZE {LARGEST}")).await
    }

    async fn auth(&mut self, rest: &str) -> io::Result<()> {
        let (mechanism, response) = rest.split_once(' ').unwrap_or((rest, ""));
        if !mechanism.eq_ignore_ascii_case("PLAIN") {
            return self.say("504 5.5.4 PLAIN only").await;
        }
        if response.is_empty() {
            self.say("334 ").await?;
            self.line().await?;
        }
        // Anybody is somebody here.
        let answer = self.script().auth;
        let answer = answer.unwrap_or_else(|| "235 2.7.0 welcome".to_owned());
        self.say(&answer).await
    }

    async fn mail(&mut self, rest: &str) -> io::Result<()> {
        let Some(from) = path(rest, "FROM:") else {
            return self.say("501 5.5.4 MAIL FROM:<address>").await;
        };
        self.forget();
        self.from = Some(from);
        self.say("250 2.1.0 sender fine").await
    }

    async fn recipient(&mut self, rest: &str) -> io::Result<()> {
        if self.from.is_none() {
            return self.say("503 5.5.1 MAIL first").await;
        }
        let Some(to) = path(rest, "TO:").filter(|to| !to.is_empty()) else {
            return self.say("501 5.5.4 RCPT TO:<address>").await;
        };
        if self.to.len() >= RECIPIENTS {
            return self.say("452 4.5.3 too many recipients").await;
        }
        if let Some(answer) = self.scripted_answer(&to.to_ascii_lowercase()) {
            return self.say(&answer).await;
        }
        self.to.push(to);
        self.say("250 2.1.5 recipient fine").await
    }

    async fn data(&mut self) -> io::Result<Next> {
        if self.to.is_empty() {
            self.say("503 5.5.1 RCPT first").await?;
            return Ok(Next::Listen);
        }
        self.say("354 end with a line of one dot").await?;
        let Some(raw) = self.message().await? else {
            return Ok(Next::Leave);
        };
        if raw.len() > LARGEST {
            self.forget();
            self.say("552 5.3.4 too large").await?;
            return Ok(Next::Listen);
        }
        if let Some(answer) = self.script().message {
            self.forget();
            self.say(&answer).await?;
            return Ok(Next::Listen);
        }
        let lost = self.loses_reply();
        self.keep(&raw, if lost { Status::ReplyLost } else { Status::Delivered });
        let script = self.script();
        for to in &self.to {
            super::returned::send_back(&script, to, &raw);
        }
        if lost {
            return Ok(Next::Leave);
        }
        self.forget();
        self.say("250 2.0.0 kept").await?;
        Ok(Next::Listen)
    }

    /// Reads up to the line of one dot and takes the doubled dots away (RFC 5321, 4.5.2). None: the client is gone, or
    /// will not end.
    async fn message(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut raw = Vec::new();
        let mut heard = 0;
        while let Some(line) = self.line().await? {
            if line == b"." {
                return Ok(Some(raw));
            }
            heard += line.len();
            if heard > ENDLESS {
                return Ok(None);
            }
            // Beyond the limit one byte more is kept, to know that it was too much.
            if raw.len() <= LARGEST {
                raw.extend(line.strip_prefix(b".").unwrap_or(&line));
                raw.extend(b"\r\n");
            }
        }
        Ok(None)
    }

    fn keep(&self, raw: &[u8], status: Status) {
        for to in &self.to {
            self.shared.inbox.put(&Arrival {
                from: self.from.as_deref().unwrap_or_default(),
                to,
                raw,
                at: self.shared.clock.now(),
                status,
            });
        }
    }

    /// What the script has for an address; counts down where it is given a number of times only.
    fn scripted_answer(&self, to: &str) -> Option<String> {
        let mut answer = None;
        self.shared.script.send_if_modified(|script| {
            answer = script.recipients.get(to).cloned();
            match script.times.get_mut(to) {
                Some(0) => answer = None,
                Some(times) => *times -= 1,
                None => {}
            }
            false
        });
        answer
    }

    /// Whether this is a message whose answer gets lost; counts down.
    fn loses_reply(&self) -> bool {
        let mut lost = false;
        self.shared.script.send_if_modified(|script| {
            lost = script.lose_replies > 0;
            script.lose_replies = script.lose_replies.saturating_sub(1);
            false
        });
        lost
    }

    fn script(&self) -> Script {
        self.shared.script.borrow().clone()
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
    }

    /// A line without its end. None: the client is gone, or its line is too long to be one.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.reader).take(LONGEST_LINE);
        let read = timeout(PATIENCE, limited.read_until(b'\n', &mut line));
        read.await.map_err(|_| io::ErrorKind::TimedOut)??;
        if line.pop() != Some(b'\n') {
            return Ok(None);
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(line))
    }

    async fn say(&mut self, reply: &str) -> io::Result<()> {
        self.writer.write_all(format!("{reply}\r\n").as_bytes()).await
    }
}

/// The address in `FROM:<address> PARAMETER=value`.
fn path(rest: &str, keyword: &str) -> Option<String> {
    let (word, rest) = rest.split_at_checked(keyword.len())?;
    if !word.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (address, _) = rest.trim_start().strip_prefix('<')?.split_once('>')?;
    Some(address.to_owned())
}
