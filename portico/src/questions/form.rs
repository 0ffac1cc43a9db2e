//! The form on which three questions are chosen and answered: of a sign-in, and of my account.

use secrecy::SecretString;
use serde::Deserialize;

use super::catalog::Question;
use super::rules::{COUNT, Flaw, Typed, Weakness, decoys};
use crate::password;
use crate::people::{Account, Identifier};
use crate::platform::keys::Keys;
use crate::platform::web::{self, Page, Problem, kept};

const PURPOSE: &str = "questions";
/// The problem of answers that were not kept because the password they were compared with is another one now.
pub const OVERTAKEN: &str = "overtaken";

const IDS: [(&str, &str); COUNT] = [("question_1", "answer_1"), ("question_2", "answer_2"), ("question_3", "answer_3")];

#[derive(Deserialize)]
pub struct QuestionsForm {
    #[serde(default)]
    question_1: String,
    #[serde(default)]
    question_2: String,
    #[serde(default)]
    question_3: String,
    #[serde(default = "password::missing")]
    answer_1: SecretString,
    #[serde(default = "password::missing")]
    answer_2: SecretString,
    #[serde(default = "password::missing")]
    answer_3: SecretString,
}

impl QuestionsForm {
    pub fn typed(self) -> [Typed; COUNT] {
        [
            Typed { question: self.question_1, answer: self.answer_1 },
            Typed { question: self.question_2, answer: self.answer_2 },
            Typed { question: self.question_3, answer: self.answer_3 },
        ]
    }
}

#[derive(Deserialize)]
pub struct QuestionsArrival {
    #[serde(default)]
    pub problem: String,
    /// The questions that were chosen, sealed. Answers are not given back.
    #[serde(default)]
    chosen: String,
}

/// The form's address with what is wrong, and the questions that were chosen.
pub fn again(keys: &Keys, here: &str, problem: &str, typed: &[Typed; COUNT]) -> String {
    let chosen: Vec<String> = typed.iter().map(|one| kept(&one.question)).collect();
    format!("{here}?problem={problem}&chosen={}", web::seal(keys, PURPOSE, &chosen))
}

/// A closed set: what stands in an address is never shown.
pub fn problem_of(page: &Page, problem: &str) -> Option<Problem> {
    if problem == OVERTAKEN {
        return Some(Problem { summary: page.t("questions-overtaken").into_owned(), field: "answer_1" });
    }
    let flaw: Flaw = problem.parse().ok()?;
    let (question, answer) = IDS.get(flaw.number.saturating_sub(1)).copied().unwrap_or_default();
    let of_question = matches!(flaw.weakness, Weakness::Unknown | Weakness::Twice);
    Some(Problem { summary: flaw.weakness.words(page.words()), field: if of_question { question } else { answer } })
}

/// One question to be chosen, and its answer.
pub struct FormRow {
    pub number: String,
    pub question_id: &'static str,
    pub answer_id: &'static str,
    pub options: Vec<Choice>,
}

pub struct Choice {
    pub value: &'static str,
    pub words: String,
    pub chosen: bool,
}

/// What was chosen before, and else the three questions a stranger who typed this address has been shown all along: whoever
/// likes them has only to answer, and that they are the first ones of a list tells nobody that there is an account.
pub fn rows(keys: &Keys, page: &Page, account: &Account, arrival: &QuestionsArrival) -> Vec<FormRow> {
    let chosen: Vec<String> = web::unseal(keys, PURPOSE, &arrival.chosen).unwrap_or_default();
    let name = Identifier::parse(&account.email).map_or_else(String::new, |email| email.as_str().to_owned());
    let chosen = |index: usize| chosen.get(index).and_then(|name| name.parse().ok());
    let begun = (0..).zip(decoys(keys, &name)).map(|(index, offered)| chosen(index).unwrap_or(offered));
    (1..).zip(IDS).zip(begun).map(|((number, ids), begun)| row(page, number, ids, begun)).collect()
}

fn row(
    page: &Page,
    number: usize,
    (question_id, answer_id): (&'static str, &'static str),
    chosen: Question,
) -> FormRow {
    let option = |question: &Question| Choice {
        value: question.as_str(),
        words: question.text(page.words()),
        chosen: *question == chosen,
    };
    FormRow { number: number.to_string(), question_id, answer_id, options: Question::ALL.iter().map(option).collect() }
}
