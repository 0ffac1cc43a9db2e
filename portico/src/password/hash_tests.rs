use super::*;
use crate::platform::clock::Clock;

const CHEAP: Cost = Cost { m_kib: 64, t: 1, p: 1 };

fn hasher_of(cost: Cost, threads: usize, queue: usize) -> Hasher {
    Hasher::start(&Options { cost, threads, queue, together: TOGETHER }, Entropy::new(Clock::system())).unwrap()
}

fn hasher() -> Hasher {
    hasher_of(CHEAP, 2, 64)
}

async fn hash(hasher: &Hasher, password: &str) -> String {
    hasher.reserve().unwrap().hash(password.into()).await.unwrap()
}

async fn verify(hasher: &Hasher, password: &str, phc: &str) -> Verdict {
    hasher.reserve().unwrap().verify(password.into(), Some(phc.to_owned())).await
}

#[tokio::test]
async fn a_password_is_right_and_any_other_is_wrong() {
    let hasher = hasher();
    let phc = hash(&hasher, "correct-horse-battery").await;
    assert_eq!(verify(&hasher, "correct-horse-battery", &phc).await, Verdict::Right);
    assert_eq!(verify(&hasher, "correct-horse-batterY", &phc).await, Verdict::Wrong);
    assert_eq!(verify(&hasher, "", &phc).await, Verdict::Wrong);
    assert_ne!(phc, hash(&hasher, "correct-horse-battery").await, "every hash has its own salt");
}

#[tokio::test]
async fn a_hash_of_another_implementation_is_understood_and_is_stale() {
    // The reference implementation's own test vector: argon2 "somesalt" -t 2 -m 16 -p 1 -id, of "password".
    let phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    let hasher = hasher();
    assert_eq!(verify(&hasher, "password", phc).await, Verdict::RightButStale);
    assert_eq!(verify(&hasher, "passwore", phc).await, Verdict::Wrong);
    assert_eq!(verify(&hasher_of(CHEAP, 1, 1), "password", phc).await, Verdict::RightButStale);
}

#[tokio::test]
async fn a_changed_cost_makes_old_hashes_stale_but_keeps_them_right() {
    let phc = hash(&hasher(), "correct-horse-battery").await;
    let dearer = hasher_of(Cost { t: 2, ..CHEAP }, 1, 4);
    assert_eq!(verify(&dearer, "correct-horse-battery", &phc).await, Verdict::RightButStale);
}

/// A place whose hash nobody computes.
fn lost_place() -> Slot {
    let (queue, jobs) = mpsc::channel(1);
    let place = queue.try_reserve_owned().unwrap();
    drop(jobs);
    Slot { place, settles: true, cost: CHEAP, entropy: Entropy::new(Clock::system()) }
}

#[tokio::test]
async fn a_hash_that_fails_lets_nobody_in_and_nothing_be_set() {
    let phc = hash(&hasher(), "correct-horse-battery").await;
    for typed in ["correct-horse-battery", "something else"] {
        assert_eq!(lost_place().verify(typed.into(), Some(phc.clone())).await, Verdict::Wrong);
        assert!(lost_place().may_be(typed.into(), Some(phc.clone())).await, "it may be the same: nobody knows");
    }
    assert!(!hasher().reserve().unwrap().may_be("something else".into(), Some(phc)).await);
}

#[tokio::test]
async fn nobody_and_damaged_hashes_are_always_wrong() {
    let hasher = hasher();
    let nobody = hasher.reserve().unwrap().verify("correct-horse-battery".into(), None).await;
    assert_eq!(nobody, Verdict::Wrong);
    assert_eq!(
        verify(&hasher, "x", "$argon2id$v=19$m=4194304,t=9,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAA").await,
        Verdict::Wrong
    );
}

#[tokio::test]
async fn the_same_word_typed_on_two_keyboards_is_the_same_password() {
    let hasher = hasher();
    let phc = hash(&hasher, "caf\u{e9}-au-lait-please").await;
    assert_eq!(verify(&hasher, "cafe\u{301}-au-lait-please", &phc).await, Verdict::Right);
}

#[tokio::test]
async fn a_password_of_a_megabyte_costs_nothing() {
    let hasher = hasher();
    let long = "x".repeat(1 << 20);
    assert_eq!(hasher.reserve().unwrap().hash(long.as_str().into()).await, Err(HashError::TooLong));
    assert_eq!(verify(&hasher, &long, "").await, Verdict::Wrong);
    let longest = "x".repeat(MAX_PASSWORD_BYTES);
    let phc = hash(&hasher, &longest).await;
    assert_eq!(verify(&hasher, &longest, &phc).await, Verdict::Right);
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_a_given_back_place_is_free_again() {
    let hasher = hasher_of(CHEAP, 1, 2);
    let (first, second) = (hasher.reserve().unwrap(), hasher.reserve().unwrap());
    assert_eq!(hasher.reserve().err(), Some(Busy));
    drop(first);
    let third = hasher.reserve().unwrap();
    assert_eq!(hasher.reserve().err(), Some(Busy));
    second.hash("correct-horse-battery".into()).await.unwrap();
    third.hash("correct-horse-battery".into()).await.unwrap();
    assert!(hasher.reserve().is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_all_answered() {
    let hasher = hasher_of(CHEAP, 2, 100);
    let phc = hash(&hasher, "correct-horse-battery").await;
    let all: Vec<_> = (0..100)
        .map(|_| hasher.reserve().unwrap().verify("correct-horse-battery".into(), Some(phc.clone())))
        .map(tokio::spawn)
        .collect();
    for one in all {
        assert_eq!(one.await.unwrap(), Verdict::Right);
    }
}

#[tokio::test]
async fn a_mail_is_hashed_while_people_have_taken_all_places() {
    let hasher = hasher_of(CHEAP, 1, 2);
    let _taken = (hasher.reserve().unwrap(), hasher.reserve().unwrap());
    assert_eq!(hasher.reserve().err(), Some(Busy));
    let phc = hasher.hash_for_mail("correct-horse-battery".into()).await.unwrap();
    drop(_taken);
    assert_eq!(verify(&hasher, "correct-horse-battery", &phc).await, Verdict::Right);
}

#[tokio::test]
async fn whoever_gives_up_holds_nobody_up() {
    let hasher = hasher_of(CHEAP, 1, 100);
    let phc = hash(&hasher, "correct-horse-battery").await;
    let one = || hasher.reserve().unwrap().that_settles().verify("correct-horse-battery".into(), Some(phc.clone()));
    for _ in 0..20 {
        let (stays, leaves) = (tokio::spawn(one()), tokio::spawn(one()));
        // Both are in line once they have been polled.
        tokio::task::yield_now().await;
        leaves.abort();
        assert_eq!(stays.await.unwrap(), Verdict::Right);
    }
}
