use std::time::Duration;

use store::Tx;

use super::queries::{alive, seen};
use crate::organizations::{Preset, SessionRule};
use crate::platform::clock::Time;
use crate::platform::ids::SessionId;
use crate::platform::test_db::TestDb;

const SECRET: [u8; 32] = [7; 32];

async fn with_a_session() -> TestDb {
    let test = TestDb::open().await;
    test.ann().await;
    let began = async |tx: &mut Tx| {
        tx.execute(
            "INSERT INTO sessions (id, secret, sign_in_id, account_id, organization_id, credentials_epoch, methods, user_agent,
                                   address, authenticated_at, created_at, seen_at, expires_at)
             VALUES ('s', $1, 'i', 'ann', 'riverside', 1, 'pwd', '', '', $2, $2, $2, $3)",
            &[&SECRET, &Time(tx.now()), &(Time(tx.now()) + Duration::from_secs(7 * 24 * 3_600))],
        )
        .await
    };
    test.db.write("test", began).await.unwrap();
    test
}

async fn is_alive(test: &TestDb) -> bool {
    test.db.read("test", async |tx: &mut Tx| alive(tx, &SECRET).await).await.unwrap().is_some()
}

/// What a node does that has found the session alive.
async fn note_its_use(test: &TestDb) {
    let rule = SessionRule::preset(Preset::Classic);
    let write = async |tx: &mut Tx| seen(tx, &SessionId::from("s"), &rule).await;
    test.db.write("test", write).await.unwrap();
}

#[tokio::test]
async fn a_node_that_stood_still_brings_no_session_back_that_has_run_out_meanwhile() {
    let test = with_a_session().await;
    test.clock.advance(Duration::from_secs(12 * 3_600 - 1));
    assert!(is_alive(&test).await);
    // Found alive, and then nothing, for a second.
    test.clock.advance(Duration::from_secs(1));
    note_its_use(&test).await;
    assert!(!is_alive(&test).await);
}

#[tokio::test]
async fn use_in_time_lets_it_go_on() {
    let test = with_a_session().await;
    test.clock.advance(Duration::from_secs(12 * 3_600 - 1));
    note_its_use(&test).await;
    test.clock.advance(Duration::from_secs(1));
    assert!(is_alive(&test).await);
}
