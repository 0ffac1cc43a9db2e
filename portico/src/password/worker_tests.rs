use tokio::sync::mpsc;

use super::*;
use crate::password::phc::{HASH_LEN, SALT_LEN};

const CHEAP: Cost = Cost { m_kib: 64, t: 1, p: 1 };
const LONG: Duration = Duration::from_secs(3_600);

type Answer = oneshot::Receiver<Hash>;

fn job(password: &str, cost: Cost) -> (Job, Answer) {
    let (answer, hash) = oneshot::channel();
    (Job { password: password.into(), cost, salt: vec![0; SALT_LEN], length: HASH_LEN, answer }, hash)
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

/// Makes all hashes for so many people who wait from the beginning, and says how many were answered before each, and at the end.
fn answered_before_each(people: usize, mut made: Made) -> Vec<usize> {
    let ((line, from_people), (_, from_couriers)) = (mpsc::channel(people), mpsc::channel(1));
    let jobs = Mutex::new(Jobs { couriers: from_couriers, people: from_people });
    let mut waiting: Vec<Answer> = Vec::new();
    for _ in 0..people {
        let (job, answer) = job("x", CHEAP);
        assert!(line.try_send(job).is_ok());
        waiting.push(answer);
    }
    drop(line);
    let runtime = Builder::new_current_thread().build().unwrap();
    let mut memory = Vec::new();
    let mut answered = Vec::new();
    loop {
        let job = next(&runtime, &jobs, &mut made);
        waiting.retain_mut(|answer| answer.try_recv().is_err());
        answered.push(people - waiting.len());
        match job {
            Some(job) => made.make(job, &mut memory),
            None => return answered,
        }
    }
}

#[test]
fn answers_are_given_together_while_others_wait() {
    let made = Made { held: LONG, ..Made::new(4) };
    assert_eq!(answered_before_each(6, made), [0, 0, 0, 0, 4, 4, 6]);
    assert_eq!(answered_before_each(1, Made { held: LONG, ..Made::new(4) }), [0, 1], "nobody else waits");
    assert_eq!(answered_before_each(3, Made { held: LONG, ..Made::new(1) }), [0, 1, 2, 3]);
}

#[test]
fn nobody_is_held_longer_than_that() {
    assert_eq!(answered_before_each(3, Made { held: Duration::ZERO, ..Made::new(4) }), [0, 1, 2, 3]);
}
