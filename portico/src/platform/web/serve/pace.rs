//! Bodies: one that must keep coming, and one that tells when it has gone out.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes};
use hyper::body::{Frame, Incoming, SizeHint};
use thiserror::Error;
use tokio::time::{Instant, Sleep, sleep_until};

use super::Times;
use super::line::Line;

#[derive(Debug, Error)]
#[error("the body came too slowly")]
pub struct TooSlow;

/// A request's body. What has come by now must be what the minimal rate would have brought, after a grace for the start.
pub struct Paced {
    body: Incoming,
    times: Times,
    received: u64,
    started: Option<Instant>,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    pub fn new(body: Incoming, times: Times) -> Paced {
        Paced { body, times, received: 0, started: None, alarm: None }
    }

    fn deadline(&mut self) -> Instant {
        // From when somebody listens: a handler that is busy with other things is not the sender's fault.
        let started = *self.started.get_or_insert_with(Instant::now);
        let earned = Duration::from_millis(self.received.saturating_mul(1_000) / self.times.rate.max(1));
        started + self.times.stall + earned
    }
}

impl hyper::body::Body for Paced {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            if let Some(Ok(frame)) = &frame {
                self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(BoxError::from)));
        }
        let deadline = self.deadline();
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if alarm.deadline() != deadline {
            alarm.as_mut().reset(deadline);
        }
        ready!(alarm.as_mut().poll(cx));
        Poll::Ready(Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer's body. When it is gone, out or cut off, its connection waits for the next request.
pub struct Answer {
    body: Body,
    line: Arc<Line>,
}

impl Answer {
    pub fn new(body: Body, line: Arc<Line>) -> Answer {
        Answer { body, line }
    }
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.line.waits();
    }
}
