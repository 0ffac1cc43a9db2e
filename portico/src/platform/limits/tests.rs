use store::{Db, Migration, Options};

use super::*;
use crate::platform::clock::Clock;

const TABLES: &[Migration] = &[Migration {
    name: "0001_front_door",
    sql: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/0001_front_door.sql")),
}];
const WINDOW: Duration = Duration::from_secs(600);
const MAX: i64 = 3;

struct Ground {
    db: Db,
    clock: Clock,
    _folder: tempfile::TempDir,
}

impl Ground {
    async fn new() -> Ground {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fake(Time::from_seconds(600_000));
        let options = Options { clock: clock.as_micros(), readers: 1, connections: 1, observe: None };
        let db = Db::open(&format!("sqlite:{}", folder.path().join("test.db").display()), options).await.unwrap();
        db.migrate(TABLES).await.unwrap();
        Ground { db, clock, _folder: folder }
    }

    async fn count(&self, key: &str) -> Within {
        self.db.write("test", async |tx| count(tx, key, WINDOW, MAX).await).await.unwrap()
    }

    async fn peek(&self, key: &str) -> Within {
        self.db.read("test", async |tx| peek(tx, key, WINDOW, MAX).await).await.unwrap()
    }
}

const fn exceeded(retry_after: Duration) -> Within {
    Within::Exceeded { retry_after }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_few_in_a_window_pass_and_no_more() {
    let ground = Ground::new().await;
    for _ in 0..MAX {
        assert!(ground.peek("a").await.is_within());
        assert!(ground.count("a").await.is_within());
    }
    assert_eq!((ground.peek("a").await, ground.count("a").await), (exceeded(WINDOW), exceeded(WINDOW)));
    assert!(ground.count("b").await.is_within(), "another key has a count of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn clock_a_new_window_starts_anew() {
    let ground = Ground::new().await;
    for _ in 0..9 {
        ground.count("a").await;
    }
    ground.clock.advance(WINDOW - Duration::from_micros(1));
    assert_eq!(ground.peek("a").await, exceeded(Duration::from_micros(1)));
    ground.clock.advance(Duration::from_micros(1));
    assert!(ground.peek("a").await.is_within());
    assert!(ground.count("a").await.is_within());
}

#[tokio::test(flavor = "multi_thread")]
async fn clock_two_nodes_on_both_sides_of_a_border_share_one_count() {
    let ground = Ground::new().await;
    let border = Time::from_seconds(600_600);
    let mut passed = 0;
    for turn in 0..20 {
        let skew = Duration::from_secs(1);
        ground.clock.set(if turn % 2 == 0 { border + skew } else { border - skew });
        passed += i64::from(ground.count("a").await.is_within());
    }
    assert_eq!(passed, MAX);
}

#[tokio::test(flavor = "multi_thread")]
async fn clock_put_back_by_a_day_locks_nobody_for_a_day() {
    let ground = Ground::new().await;
    for _ in 0..9 {
        ground.count("a").await;
    }
    ground.clock.set(Time::from_seconds(600_000 - 86_400));
    assert!(ground.peek("a").await.is_within());
    assert!(ground.count("a").await.is_within());
}

#[tokio::test(flavor = "multi_thread")]
async fn old_windows_are_forgotten() {
    let ground = Ground::new().await;
    ground.count("a").await;
    ground.clock.advance(WINDOW);
    ground.count("b").await;
    let forget = async |tx: &mut Tx| purge(tx, Time(tx.now()) - WINDOW + Duration::from_secs(1)).await;
    assert_eq!(ground.db.write("test", forget).await.unwrap(), 1);
    assert!(ground.peek("b").await.is_within());
}
