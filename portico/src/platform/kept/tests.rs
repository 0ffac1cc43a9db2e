use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use super::*;

const AGES: Ages =
    Ages { fresh: Duration::from_secs(600), kept: Duration::from_secs(3_600), floor: Duration::from_secs(10) };

type Sought = Kept<usize, &'static str>;

/// Somebody who publishes a new number at each question, or is away.
#[derive(Clone, Default)]
struct Stranger {
    asked: Arc<AtomicUsize>,
}

impl Stranger {
    fn count(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn answers(self) -> Result<usize, &'static str> {
        Ok(self.asked.fetch_add(1, Ordering::SeqCst) + 1)
    }

    async fn stays_away(self) -> Result<usize, &'static str> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Err("away")
    }
}

fn sought() -> (Sought, Clock, Stranger) {
    let clock = Clock::fake(Time::from_seconds(1_800_000_000));
    (Kept::new(AGES, clock.clone(), "lost"), clock, Stranger::default())
}

async fn got(sought: &Sought, stranger: &Stranger) -> Result<usize, &'static str> {
    sought.get(stranger.clone().answers()).await.map(|found| found.value)
}

async fn got_while_away(sought: &Sought, stranger: &Stranger) -> Result<usize, &'static str> {
    sought.get(stranger.clone().stays_away()).await.map(|found| found.value)
}

#[tokio::test]
async fn clock_it_is_asked_for_again_when_it_is_old() {
    let (sought, clock, stranger) = sought();
    assert_eq!((got(&sought, &stranger).await, got(&sought, &stranger).await), (Ok(1), Ok(1)));
    clock.advance(Duration::from_secs(599));
    assert_eq!(got(&sought, &stranger).await, Ok(1));
    clock.advance(Duration::from_secs(1));
    assert_eq!(got(&sought, &stranger).await, Ok(2));
}

#[tokio::test]
async fn clock_it_is_believed_for_a_while_when_they_are_away() {
    let (sought, clock, stranger) = sought();
    assert_eq!(got(&sought, &stranger).await, Ok(1));
    clock.advance(Duration::from_secs(3_599));
    assert_eq!(got_while_away(&sought, &stranger).await, Ok(1));
    assert_eq!(stranger.count(), 2);
    assert_eq!(got_while_away(&sought, &stranger).await, Ok(1));
    assert_eq!(stranger.count(), 2, "they were asked a moment ago");
    clock.advance(Duration::from_secs(1));
    assert_eq!(got_while_away(&sought, &stranger).await, Err("away"));
    clock.advance(AGES.floor);
    assert_eq!(got(&sought, &stranger).await, Ok(3));
}

#[tokio::test]
async fn a_failure_is_remembered_for_a_moment() {
    let (sought, clock, stranger) = sought();
    for _ in 0..20 {
        assert_eq!(got_while_away(&sought, &stranger).await, Err("away"));
    }
    assert_eq!(stranger.count(), 1);
    clock.advance(AGES.floor);
    assert_eq!(got(&sought, &stranger).await, Ok(2));
}

#[tokio::test]
async fn one_asks_for_all_who_come_and_goes_on_when_whoever_asked_has_left() {
    let (sought, _, stranger) = sought();
    let (gate, sought) = (Arc::new(Notify::new()), Arc::new(sought));
    let ask = {
        let (gate, stranger) = (gate.clone(), stranger.clone());
        async move {
            gate.notified().await;
            stranger.answers().await
        }
    };
    // Polled once, so that the question is out; then whoever asked leaves.
    tokio::select! {
        biased;
        _ = sought.get(ask) => panic!("nothing was said yet"),
        () = tokio::task::yield_now() => {}
    }
    let waiting: Vec<_> = (0..50)
        .map(|_| {
            let (sought, stranger) = (sought.clone(), stranger.clone());
            tokio::spawn(async move { got(&sought, &stranger).await })
        })
        .collect();
    tokio::task::yield_now().await;
    gate.notify_one();
    for one in waiting {
        assert_eq!(one.await.unwrap(), Ok(1));
    }
    assert_eq!(stranger.count(), 1);
}

#[tokio::test]
async fn a_newer_one_is_asked_for_once_a_floor_however_many_want_it() {
    let (sought, clock, stranger) = sought();
    let first = sought.get(stranger.clone().answers()).await.unwrap();
    let newer = async |than: u64| sought.newer(than, stranger.clone().answers()).await.unwrap();
    assert_eq!(newer(first.edition).await, None, "it is of this moment");
    clock.advance(AGES.floor);
    let second = newer(first.edition).await.unwrap();
    assert_eq!(second.value, 2);
    assert_eq!(newer(first.edition).await.unwrap(), second, "whoever has seen the first only takes what is there");
    for _ in 0..20 {
        assert_eq!(newer(second.edition).await, None);
    }
    assert_eq!(stranger.count(), 2);
    clock.advance(AGES.floor);
    assert_eq!(newer(second.edition).await.unwrap().value, 3);
}

#[tokio::test]
async fn a_newer_one_of_somebody_who_is_away_is_told_as_that_and_the_old_one_stays() {
    let (sought, clock, stranger) = sought();
    let first = sought.get(stranger.clone().answers()).await.unwrap();
    clock.advance(AGES.floor);
    assert_eq!(sought.newer(first.edition, stranger.clone().stays_away()).await, Err("away"));
    assert_eq!(got(&sought, &stranger).await, Ok(1));
}

#[tokio::test]
async fn a_question_that_breaks_off_is_lost_and_is_asked_again() {
    let (sought, clock, stranger) = sought();
    let broken = async { panic!("this is on purpose") };
    assert_eq!(sought.get(broken).await, Err("lost"));
    clock.advance(AGES.floor);
    assert_eq!(got(&sought, &stranger).await, Ok(1));
}
