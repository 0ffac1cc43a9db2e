//! A socket that gives up on whoever is too slow.

use std::io::{Error, ErrorKind, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::line::Line;

/// How long, and for how many bytes, we listen on after our last word.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: usize = 4 << 20;

pub struct TimedIo {
    stream: TcpStream,
    line: Arc<Line>,
    reading: Alarm,
    writing: Alarm,
    /// Since the last word: until when we listen on, and to how much.
    lingers: Option<(Instant, usize)>,
}

impl TimedIo {
    pub fn new(stream: TcpStream, line: Arc<Line>) -> TimedIo {
        TimedIo { stream, line, reading: Alarm::default(), writing: Alarm::default(), lingers: None }
    }

    /// An answer given before all of the request was read (413) would be lost if we closed on what is still coming: the
    /// system answers that with a reset. So we listen on for a moment, to nothing.
    fn poll_linger(&mut self, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let (until, mut left) = self.lingers.unwrap_or((Instant::now() + LINGER, LINGER_BYTES));
        let mut void = [0; 8192];
        while left > 0 {
            let mut void = ReadBuf::new(&mut void);
            match Pin::new(&mut self.stream).poll_read(cx, &mut void) {
                Poll::Ready(Ok(())) if !void.filled().is_empty() => left = left.saturating_sub(void.filled().len()),
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending => {
                    self.lingers = Some((until, left));
                    return self.reading.poll(cx, until).map(|()| Ok(()));
                }
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// A timer that is made when it is first needed.
#[derive(Default)]
struct Alarm(Option<Pin<Box<Sleep>>>);

impl Alarm {
    fn poll(&mut self, cx: &mut Context<'_>, at: Instant) -> Poll<()> {
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if sleep.deadline() != at {
            sleep.as_mut().reset(at);
        }
        sleep.as_mut().poll(cx)
    }

    /// Rings `after` from the first time it is asked; [`Alarm::off`] starts anew.
    fn poll_after(&mut self, cx: &mut Context<'_>, after: Duration) -> Poll<()> {
        let at = self.0.as_ref().map_or_else(|| Instant::now() + after, |sleep| sleep.deadline());
        self.poll(cx, at)
    }

    fn off(&mut self) {
        self.0 = None;
    }
}

impl AsyncRead for TimedIo {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        if let Poll::Ready(read) = Pin::new(&mut self.stream).poll_read(cx, buffer) {
            if buffer.filled().len() > before {
                self.line.hears();
            }
            // Fast enough to always find bytes there is still not fast enough to take more than its time for a head.
            return Poll::Ready(if self.line.is_late() { Err(ErrorKind::TimedOut.into()) } else { read });
        }
        match self.line.deadline(cx.waker()) {
            None => Poll::Pending,
            Some(until) => {
                ready!(self.reading.poll(cx, until));
                Poll::Ready(Err(ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl TimedIo {
    fn timed<T>(&mut self, cx: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.writing.off();
            return written;
        }
        ready!(self.writing.poll_after(cx, self.line.times().stall));
        Poll::Ready(Err(Error::from(ErrorKind::TimedOut)))
    }
}

impl AsyncWrite for TimedIo {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.timed(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[std::io::IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.timed(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        if self.lingers.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        }
        self.poll_linger(cx)
    }
}
