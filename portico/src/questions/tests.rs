use std::collections::HashSet;

use proptest::prelude::*;
use rstest::rstest;

use super::answers::{aad, peppered};
use super::rules::{decoys, normalize};
use super::*;
use crate::lockout::{self, Attempt, Class, Counter, Factor, QUESTIONS, Queue};
use crate::password::{self, Cost, Hasher, Options};
use crate::platform::clock::Clock;
use crate::platform::entropy::{Entropy, Secret};
use crate::platform::i18n::{Locales, Words};
use crate::platform::keys::Keys;
use crate::platform::test_db::TestDb;

const GOOD: [(&str, &str); COUNT] =
    [("first-pet", "Zwiebelchen"), ("parents-met", "Castrop-Rauxel"), ("first-dish", "my aunt’s borscht")];

fn english() -> Words {
    Locales::embedded().words("en")
}

fn typed(answers: [(&str, &str); COUNT]) -> [Typed; COUNT] {
    answers.map(|(question, answer)| Typed { question: question.into(), answer: Secret::from(answer) })
}

fn judge(answers: [(&str, &str); COUNT]) -> Option<String> {
    let person = ["omar@riverside.example", "omar", "Haddad", "Riverside Health", "omar-day-shift"].map(str::to_owned);
    let about = About { person: &person };
    Chosen::check(&typed(answers), &english(), &about).err().map(|flaw| flaw.to_string())
}

/// The good ones with another answer in the second place.
fn second(answer: &str) -> [(&str, &str); COUNT] {
    let [first, (question, _), third] = GOOD;
    [first, (question, answer), third]
}

#[test]
fn three_answers_that_only_one_person_would_give_are_taken() {
    assert_eq!(judge(GOOD), None);
}

#[rstest]
#[case::nothing("  ", "missing-2")]
#[case::two_letters("Ul", "short-2")]
#[case::marks_are_no_letters("!-?-.", "short-2")]
#[case::a_speech(&"x".repeat(201), "long-2")]
#[case::another_answer(" ZWIEBELCHEN. ", "same-2")]
#[case::the_question_itself("In which town or city did your parents meet?", "question-2")]
#[case::words_of_it("your parents or town", "question-2")]
#[case::the_mailbox("Omar@Riverside.example", "personal-2")]
#[case::the_user_name("omar day shift", "personal-2")]
#[case::both_names("Omar Haddad", "personal-2")]
#[case::what_many_say("New York", "common-2")]
#[case::no_answer("Don’t know", "common-2")]
fn an_answer_others_would_try_first_is_refused(#[case] answer: &str, #[case] flaw: &str) {
    assert_eq!(judge(second(answer)).as_deref(), Some(flaw));
}

#[test]
fn three_different_questions_of_the_catalog_are_needed() {
    let [first, _, third] = GOOD;
    assert_eq!(judge([first, ("first-pet", "Castrop"), third]).as_deref(), Some("twice-2"));
    assert_eq!(judge([first, ("my own question", "Castrop"), third]).as_deref(), Some("unknown-2"));
    assert_eq!(judge([("", ""), ("", ""), ("", "")]).as_deref(), Some("unknown-1"));
}

#[test]
fn a_flaw_reads_as_it_was_written_and_nothing_else_does() {
    for text in ["short-1", "common-3"] {
        assert_eq!(text.parse::<Flaw>().unwrap().to_string(), text);
    }
    for odd in ["short", "short-0", "short-4", "odd-1", "short-2-2", ""] {
        assert!(odd.parse::<Flaw>().is_err(), "{odd}");
    }
}

#[test]
fn every_question_and_every_weakness_has_words() {
    let words = english();
    for question in Question::ALL {
        let text = question.text(&words);
        assert!(text.ends_with('?') && text.len() > 20, "{question:?}: {text}");
        assert_eq!(question.as_str().parse::<Question>().unwrap(), *question);
        assert!(question.commonest().all(|common| common == normalize(common)), "{question:?}");
    }
    for flaw in ["missing-1", "unknown-1", "twice-1", "short-1", "long-1", "same-1", "question-1", "personal-1"] {
        let told = flaw.parse::<Flaw>().unwrap().weakness.words(&words);
        assert!(told.ends_with('.') && !told.contains("questions-"), "{told}");
    }
}

#[rstest]
#[case("  St.  John’s ", "st johns")]
#[case("Winston-Salem", "winston salem")]
#[case("STRASSE", "strasse")]
#[case("Straße", "strasse")]
#[case("ΟΔΥΣΣΕΥΣ", "οδυσσευσ")]
#[case("Ｒｅｘ", "rex")]
#[case("Zo\u{308}e", "z\u{f6}e")]
#[case("\u{1f436}", "")]
fn an_answer_has_one_form(#[case] typed: &str, #[case] form: &str) {
    assert_eq!(normalize(typed), form);
}

proptest! {
    #[test]
    fn the_one_form_of_a_form_is_itself_whatever_was_typed(text in "\\PC{0,40}") {
        let form = normalize(&text);
        prop_assert!(!form.contains("  ") && form.trim() == form);
        prop_assert_eq!(normalize(&form), form);
    }
}

fn hasher(test: &TestDb) -> Hasher {
    let cost = Cost { m_kib: 8, t: 1, p: 1 };
    Hasher::start(&Options { cost, threads: 1, queue: 4, together: 1 }, test.entropy.clone()).unwrap()
}

#[tokio::test]
async fn answers_replace_each_other_and_can_be_taken_away() {
    let test = TestDb::open().await;
    let ann = test.ann().await;
    let seeded = [(Question::ChildhoodToy, "blue"), (Question::FirstPet, "rex"), (Question::ParentsMet, "paris")];
    let hashed = hash(&test.keys, &hasher(&test), &Chosen::seeded(seeded)).await.unwrap();
    for _ in 0..2 {
        let kept: Result<(), store::Error> =
            test.db.write("test", async |tx| put(tx, &test.keys, &ann, &hashed).await).await;
        kept.unwrap();
        assert_eq!(test.write("UPDATE security_answers SET set_at = set_at").await, 3);
    }
    assert_eq!(test.write("UPDATE accounts SET id = id WHERE credentials_epoch = 1").await, 1);
    for there in [true, false] {
        let removed: Result<bool, store::Error> = test.db.write("test", async |tx| remove(tx, &ann).await).await;
        assert_eq!(removed.unwrap(), there);
    }
    assert_eq!(test.write("UPDATE accounts SET id = id WHERE credentials_epoch = 2").await, 1);
}

/// Each guess is somebody else's, so that none is locked out.
async fn fits(test: &TestDb, hasher: &Hasher, guess: Secret, phc: &str) -> bool {
    let counter = Counter { subject: test.entropy.id(), factor: Factor::Questions, class: Class::Unrecognized };
    let place = || hasher.reserve().ok();
    let attempt = lockout::reserve(&test.db, &test.entropy, &Queue::default(), counter, QUESTIONS, place).await;
    let Attempt::Permit(permit, slot) = attempt.unwrap() else { panic!("no permit") };
    password::matches(slot, &permit, guess, Some(phc.to_owned())).await
}

#[tokio::test]
async fn a_stolen_database_verifies_no_answer() {
    let test = TestDb::open().await;
    let ann = test.ann().await;
    let hasher = hasher(&test);
    let seeded = [(Question::ChildhoodToy, "blue"), (Question::FirstPet, "rex"), (Question::ParentsMet, "paris")];
    let hashed = hash(&test.keys, &hasher, &Chosen::seeded(seeded)).await.unwrap();
    let stored: Result<_, store::Error> = test
        .db
        .write("test", async |tx| {
            put(tx, &test.keys, &ann, &hashed).await?;
            super::queries::of_account(tx, &ann).await
        })
        .await;
    let thief = Keys::new(&[8; 32], test.entropy.clone());
    for ((question, sealed), (_, answer)) in stored.unwrap().into_iter().zip(seeded) {
        let (place, typed) = (aad(&ann, question), Secret::from(answer));
        assert!(thief.open(&place, &sealed).is_err());
        // Even what is under the seal tells nothing without the pepper.
        let phc = String::from_utf8(test.keys.open(&place, &sealed).unwrap()).unwrap();
        let other = if question == Question::FirstPet { Question::BestFriend } else { Question::FirstPet };
        let ours = [peppered(&test.keys, question, &typed), peppered(&test.keys, other, &typed)];
        let mut fit = Vec::new();
        for guess in ours.into_iter().chain([peppered(&thief, question, &typed), typed]) {
            fit.push(fits(&test, &hasher, guess, &phc).await);
        }
        assert_eq!(fit, [true, false, false, false]);
    }
}

#[test]
fn decoys_are_three_in_the_order_of_the_catalog_and_each_name_has_its_own() {
    let keys = |master: u8| Keys::new(&[master; 32], Entropy::new(Clock::system()));
    let mut drawn = HashSet::new();
    for number in 0..200 {
        let name = format!("nobody-{number}@riverside.example");
        let decoys = decoys(&keys(7), &name);
        assert!(decoys.is_sorted() && decoys.iter().collect::<HashSet<_>>().len() == COUNT);
        assert_eq!(decoys, super::rules::decoys(&keys(7), &name));
        drawn.extend(decoys);
    }
    assert_eq!(drawn.len(), Question::ALL.len(), "every question is drawn for somebody");
    assert_ne!(decoys(&keys(7), "a"), decoys(&keys(8), "a"), "nobody can compute them from outside");
}
