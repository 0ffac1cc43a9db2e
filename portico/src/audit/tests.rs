use super::*;
use crate::platform::jobs::Turn;
use crate::platform::test_db::TestDb;

async fn record_some(test: &TestDb, events: usize) {
    for _ in 0..events {
        let recorded: Result<_, Error> = test
            .db
            .write("test", async |tx| {
                let ann = AccountId::from("ann");
                let entry = Entry {
                    event: Event::SessionStarted,
                    actor: Actor::Account(&ann),
                    account: Some(&ann),
                    organization: None,
                    source: Some(Source { address: "192.0.2.1".into(), browser: None }),
                    details: json!({ "methods": "pwd" }),
                };
                record(tx, &test.entropy, entry).await
            })
            .await;
        recorded.unwrap();
    }
}

fn sealer(test: &TestDb) -> Sealer {
    Sealer::new(test.db.clone(), test.keys.clone(), &test.entropy)
}

async fn verdict(test: &TestDb) -> Verdict {
    verify(&test.db, &test.keys).await.unwrap()
}

async fn sealed(events: usize) -> TestDb {
    let test = TestDb::open().await;
    record_some(&test, events).await;
    assert_eq!(sealer(&test).turn().await.unwrap(), Turn::Again);
    test
}

fn broken(sequence: i64, what: Fault) -> Verdict {
    Verdict::Broken { sequence, what }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_sealed_in_turns_and_the_trail_verifies() {
    let test = TestDb::open().await;
    let none = Verdict::Verified { rows: 0, unsealed: 0 };
    assert_eq!(verdict(&test).await, none);
    assert_eq!(sealer(&test).turn().await.unwrap(), Turn::Rest);
    record_some(&test, 3).await;
    let young = Verdict::Verified { rows: 0, unsealed: 3 };
    assert_eq!(verdict(&test).await, young);
    let sealer = sealer(&test);
    assert_eq!(sealer.turn().await.unwrap(), Turn::Again);
    assert_eq!(sealer.turn().await.unwrap(), Turn::Rest);
    record_some(&test, 2).await;
    let both = Verdict::Verified { rows: 3, unsealed: 2 };
    assert_eq!(verdict(&test).await, both);
    sealer.turn().await.unwrap();
    let all = Verdict::Verified { rows: 5, unsealed: 0 };
    assert_eq!(verdict(&test).await, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn race_one_sealer_at_a_time_and_the_next_takes_over_when_its_lease_is_over() {
    let test = sealed(2).await;
    record_some(&test, 2).await;
    let other = sealer(&test);
    assert_eq!(other.turn().await.unwrap(), Turn::Rest, "another has the lease");
    test.clock.advance(std::time::Duration::from_secs(10));
    assert_eq!(other.turn().await.unwrap(), Turn::Again);
    let all = Verdict::Verified { rows: 4, unsealed: 0 };
    assert_eq!(verdict(&test).await, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_to_sealed_rows_is_found() {
    let test = sealed(4).await;
    test.write("UPDATE audit SET source = '192.0.2.2' WHERE sequence = 2").await;
    assert_eq!(verdict(&test).await, broken(2, Fault::Changed));

    let test = sealed(4).await;
    test.write("DELETE FROM audit WHERE sequence = 3").await;
    assert_eq!(verdict(&test).await, broken(3, Fault::Missing));

    let test = sealed(4).await;
    test.write("DELETE FROM audit WHERE sequence = 4").await;
    assert_eq!(verdict(&test).await, broken(4, Fault::Missing));

    let test = sealed(4).await;
    test.write(
        "INSERT INTO audit (id, at, event, actor, details, sequence, mac)
         SELECT 'forged', at, event, actor, details, 5, mac FROM audit WHERE sequence = 4",
    )
    .await;
    assert_eq!(verdict(&test).await, broken(5, Fault::Changed));

    let test = sealed(4).await;
    test.write("DELETE FROM audit_head").await;
    assert_eq!(verdict(&test).await, broken(1, Fault::Head));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_row_cannot_be_sealed_again() {
    let test = sealed(4).await;
    test.write("UPDATE audit SET sequence = NULL, mac = NULL, source = 'x' WHERE sequence = 2").await;
    test.clock.advance(std::time::Duration::from_secs(10));
    sealer(&test).turn().await.unwrap();
    assert_eq!(verdict(&test).await, broken(2, Fault::Missing));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_verifies_nothing() {
    let test = sealed(2).await;
    let other = crate::platform::keys::Keys::new(&[8; 32], test.entropy.clone());
    assert_eq!(verify(&test.db, &other).await.unwrap(), broken(1, Fault::Changed));
}
