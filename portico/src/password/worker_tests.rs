use tokio::sync::mpsc;

use super::*;
use crate::password::phc::{HASH_LEN, SALT_LEN};

const CHEAP: Cost = Cost { m_kib: 64, t: 1, p: 1 };
const LONG: Duration = Duration::from_secs(3_600);

type Answer = oneshot::Receiver<Hash>;

fn job(password: &str, cost: Cost) -> (Job, Answer) {
    let (answer, hash) = oneshot::channel();
    (Job { password: password.into(), cost, salt: vec![0; SALT_LEN], length: HASH_LEN, settles: true, answer }, hash)
}

#[test]
fn memory_is_taken_at_the_first_hash_and_a_dear_one_gives_it_back() {
    assert_eq!(blocks(CHEAP), 64);
    let (job, _) = job("x", Cost { m_kib: 256, t: 1, p: 1 });
    let mut memory = Vec::new();
    assert!(argon2id(&job, &mut memory).is_some());
    assert_eq!(memory.len(), 256);
}

#[tokio::test]
async fn a_mail_goes_before_people_who_have_waited_longer() {
    let ((people, from_people), (couriers, from_couriers)) = (mpsc::channel(4), mpsc::channel(4));
    let mut jobs = Jobs { couriers: from_couriers, people: from_people };
    for password in ["first", "second"] {
        assert!(people.try_send(job(password, CHEAP).0).is_ok());
    }
    assert!(couriers.try_send(job("mail", CHEAP).0).is_ok());
    drop((people, couriers));
    for expected in ["mail", "first", "second"] {
        assert_eq!(jobs.next().await.unwrap().password.expose_secret(), expected);
    }
    assert!(jobs.next().await.is_none(), "the threads end when the pool is gone");
}

fn made(most: usize, held: Duration) -> Made {
    Made { held, ..Made::new(CHEAP, most) }
}

/// Makes the hashes of all who wait from the beginning, and says how many were answered before each of them was, and at the end.
async fn answered_before_each(people: Vec<(Job, Answer)>, couriers: Vec<(Job, Answer)>, mut made: Made) -> Vec<usize> {
    let ((line, from_people), (mails, from_couriers)) = (mpsc::channel(9), mpsc::channel(9));
    let jobs = Mutex::new(Jobs { couriers: from_couriers, people: from_people });
    let mut waiting: Vec<Answer> = Vec::new();
    for (line, brought) in [(line, people), (mails, couriers)] {
        for (job, answer) in brought {
            assert!(line.try_send(job).is_ok());
            waiting.push(answer);
        }
    }
    let all = waiting.len();
    let mut memory = Vec::new();
    let mut answered = Vec::new();
    loop {
        let job = next(&jobs, &mut made).await;
        waiting.retain_mut(|answer| answer.try_recv().is_err());
        answered.push(all - waiting.len());
        match job {
            Some(job) => made.make(job, &mut memory),
            None => return answered,
        }
    }
}

fn people(count: usize) -> Vec<(Job, Answer)> {
    (0..count).map(|_| job("x", CHEAP)).collect()
}

/// Its owner is not asked for a guess: a mail's, or a new password's.
fn of_another_kind() -> (Job, Answer) {
    let (job, answer) = job("x", CHEAP);
    (Job { settles: false, ..job }, answer)
}

#[tokio::test]
async fn answers_are_given_together_while_others_wait() {
    let given = async |count, most| answered_before_each(people(count), Vec::new(), made(most, LONG)).await;
    assert_eq!(given(6, 4).await, [0, 0, 0, 0, 4, 4, 6]);
    assert_eq!(given(1, 4).await, [0, 1], "nobody else waits");
    assert_eq!(given(3, 1).await, [0, 1, 2, 3]);
}

#[tokio::test]
async fn nobody_is_held_longer_than_that() {
    assert_eq!(answered_before_each(people(3), Vec::new(), made(4, Duration::ZERO)).await, [0, 1, 2, 3]);
}

#[tokio::test]
async fn a_mail_goes_first_and_is_not_held() {
    assert_eq!(answered_before_each(people(3), vec![of_another_kind()], made(4, LONG)).await, [0, 1, 1, 1, 4]);
}

#[tokio::test]
async fn nobody_is_held_for_what_is_dear_or_no_guess() {
    for other in [job("x", Cost { t: 2, ..CHEAP }), of_another_kind()] {
        let [first, second, last] = [0, 1, 2].map(|_| job("x", CHEAP));
        let given = answered_before_each(vec![first, second, other, last], Vec::new(), made(4, LONG)).await;
        assert_eq!(given, [0, 0, 0, 3, 4]);
    }
}

#[tokio::test]
async fn nothing_is_held_while_another_thread_takes_jobs() {
    let (_line, from_people) = mpsc::channel(1);
    let (_mails, from_couriers) = mpsc::channel::<Job>(1);
    let jobs = Mutex::new(Jobs { couriers: from_couriers, people: from_people });
    let (mut held, mut memory) = (made(4, LONG), Vec::new());
    let (job, mut answer) = job("x", CHEAP);
    held.make(job, &mut memory);
    let _taken = jobs.try_lock().unwrap();
    let waits = tokio::time::timeout(Duration::ZERO, next(&jobs, &mut held)).await;
    assert!(waits.is_err());
    assert!(answer.try_recv().is_ok());
}
