use super::*;
use crate::platform::test_db::TestDb;

const HOUR: Duration = Duration::from_secs(3_600);

struct World {
    test: TestDb,
    ann: AccountId,
}

impl World {
    async fn new() -> World {
        let test = TestDb::open().await;
        let ann = test.ann().await;
        World { test, ann }
    }

    async fn issue(&self, validity: Validity<'_>) -> OneTimeId {
        let TestDb { db, keys, entropy, .. } = &self.test;
        let issued: Result<_, Error> = db
            .write("test", async |tx| {
                let wanted = Issue {
                    purpose: Purpose::ResetPassword,
                    account: &self.ann,
                    credentials_epoch: 1,
                    sent_to: "ann@riverside.example",
                    validity,
                    lifetime: HOUR,
                };
                super::issue(tx, keys, entropy, wanted).await
            })
            .await;
        issued.unwrap()
    }

    async fn status(&self, id: &OneTimeId) -> Status {
        let hash = hash(token(&self.test.keys, id).expose_secret());
        let state: Result<_, Error> = self
            .test
            .db
            .read("test", async |tx| {
                assert_eq!(peek(tx, Purpose::FirstOperator, &hash).await?, None);
                peek(tx, Purpose::ResetPassword, &hash).await
            })
            .await;
        state.unwrap().unwrap().status
    }

    async fn consume(&self, id: &OneTimeId) -> bool {
        let used: Result<_, Error> = self
            .test
            .db
            .write("test", async |tx| {
                if super::consume(tx, Purpose::FirstOperator, id, &[7; 32]).await? {
                    return Ok(false);
                }
                super::consume(tx, Purpose::ResetPassword, id, &[7; 32]).await
            })
            .await;
        used.unwrap()
    }

    async fn start(&self, id: &OneTimeId) {
        let started: Result<_, Error> = self.test.db.write("test", async |tx| super::start(tx, id).await).await;
        started.unwrap();
    }
}

#[test]
fn a_status_is_what_the_facts_say_and_used_outweighs_the_rest() {
    let (now, later) = (Time(5), Some(Time(6)));
    assert_eq!(status(true, true, later, now), Status::Used);
    assert_eq!(status(false, true, later, now), Status::Void);
    assert_eq!(status(false, false, None, now), Status::NotYet);
    assert_eq!(status(false, false, later, now), Status::Valid { expires_at: Time(6) });
    assert_eq!(status(false, false, Some(now), now), Status::Expired);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_works_from_hand_over_until_its_time_is_over() {
    let world = World::new().await;
    let id = world.issue(Validity::FromHandOver(&OutboxId::from("mail"))).await;
    assert_eq!(world.status(&id).await, Status::NotYet);
    assert!(!world.consume(&id).await);
    world.start(&id).await;
    world.test.clock.advance(HOUR - Duration::from_secs(1));
    assert!(matches!(world.status(&id).await, Status::Valid { .. }));
    world.test.clock.advance(Duration::from_secs(1));
    assert_eq!(world.status(&id).await, Status::Expired);
    assert!(!world.consume(&id).await);
    world.start(&id).await;
    assert!(world.consume(&id).await);
    world.start(&id).await;
    assert_eq!(world.status(&id).await, Status::Used);
}

#[tokio::test(flavor = "multi_thread")]
async fn race_one_of_many_consumers_wins() {
    let world = World::new().await;
    let id = world.issue(Validity::Now).await;
    let (a, b, c) = tokio::join!(world.consume(&id), world.consume(&id), world.consume(&id));
    assert_eq!([a, b, c].iter().filter(|won| **won).count(), 1);
    assert_eq!(world.status(&id).await, Status::Used);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_credential_ends_every_earlier_secret_and_asking_again_ends_none() {
    let world = World::new().await;
    let first = world.issue(Validity::Now).await;
    let second = world.issue(Validity::Now).await;
    assert!(matches!(world.status(&first).await, Status::Valid { .. }));
    world.test.write("UPDATE accounts SET credentials_epoch = 2").await;
    for id in [&first, &second] {
        assert_eq!(world.status(id).await, Status::Void);
        assert!(!world.consume(id).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_noted_for_a_valid_secret_only() {
    let world = World::new().await;
    let id = world.issue(Validity::Now).await;
    let mark = async || {
        let marked: Result<_, Error> =
            world.test.db.write("test", async |tx| mark_second_factor(tx, &id, &[9; 32]).await).await;
        marked.unwrap()
    };
    assert!(mark().await);
    let hash = hash(token(&world.test.keys, &id).expose_secret());
    let state: Result<_, Error> =
        world.test.db.read("test", async |tx| peek(tx, Purpose::ResetPassword, &hash).await).await;
    assert_eq!(state.unwrap().unwrap().second_factor_in, Some(vec![9; 32]));
    world.test.clock.advance(HOUR);
    assert!(!mark().await);
}

#[test]
fn a_token_is_43_characters_that_depend_on_key_and_id() {
    let clock = crate::platform::clock::Clock::system();
    let keys = |master: u8| Keys::new(&[master; 32], Entropy::new(clock.clone()));
    let (id, other) = (OneTimeId::from("one"), OneTimeId::from("other"));
    let one = token(&keys(7), &id);
    assert_eq!(one.expose_secret().len(), 43);
    assert_eq!(one.expose_secret(), token(&keys(7), &id).expose_secret());
    assert_ne!(one.expose_secret(), token(&keys(7), &other).expose_secret());
    assert_ne!(one.expose_secret(), token(&keys(8), &id).expose_secret());
}
