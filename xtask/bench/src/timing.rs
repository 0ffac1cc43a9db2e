//! Whether time tells a name that somebody has from one that nobody has.

use anyhow::{Result, ensure};

use crate::client::Browser;
use crate::figures::{Dice, confidence, mann_whitney, median, quantile};
use crate::journey;
use crate::node::{Node, Site};
use crate::people::{self, known, unknown};

const PAIRS: usize = 700;
/// They count for nothing: caches fill, statements are prepared.
const WARM_UP: usize = 40;
/// People who have not failed before; those below belong to other measurements.
const FIRST: usize = people::COUNT - PAIRS;

/// Milliseconds, by the hundreds.
#[derive(Default)]
struct Sample {
    known: Vec<f64>,
    unknown: Vec<f64>,
}

pub async fn strangers(site: &Site) -> Result<()> {
    let node = Node::start(site).await?;
    let mut browser = Browser::open(node.address).await?;
    let [mut names, mut passwords, mut resets, mut answers, mut helps] = <[Sample; 5]>::default();
    let mut dice = Dice(1);
    for number in 0..PAIRS {
        for known in in_some_order(&mut dice) {
            let (name, password) = guess(&mut browser, &name(known, number)).await?;
            names.add(known, number, name);
            passwords.add(known, number, password);
        }
    }
    for number in 0..PAIRS {
        for known in in_some_order(&mut dice) {
            resets.add(known, number, reset(&mut browser, &name(known, number)).await?);
        }
    }
    for number in 0..PAIRS {
        for known in in_some_order(&mut dice) {
            answers.add(known, number, answer(&mut browser, &name(known, number)).await?);
            helps.add(known, number, help(&mut browser, &name(known, number)).await?);
        }
    }
    names.tell("naming", site.engine, &mut dice);
    passwords.tell("wrong password", site.engine, &mut dice);
    resets.tell("reset by mail", site.engine, &mut dice);
    answers.tell("wrong answers", site.engine, &mut dice);
    helps.tell("help me sign in", site.engine, &mut dice);
    Ok(())
}

fn name(is_known: bool, number: usize) -> String {
    if is_known { known(FIRST + number) } else { unknown(FIRST + number) }
}

/// By chance, so that nothing that comes every other time can be taken for a difference.
fn in_some_order(dice: &mut Dice) -> [bool; 2] {
    let first = dice.below(2) == 0;
    [first, !first]
}

/// A stranger's try, from a browser nobody has seen: what naming took, and what the wrong password took.
async fn guess(browser: &mut Browser, name: &str) -> Result<(f64, f64)> {
    browser.forget();
    let form = journey::identify(browser, name).await?;
    let naming = milliseconds(browser);
    let reply = journey::post_password(browser, &form, "wrong-horse-battery").await?;
    ensure!(reply.status == 303, "a wrong password was answered with {}", reply.status);
    Ok((naming, milliseconds(browser)))
}

async fn reset(browser: &mut Browser, name: &str) -> Result<f64> {
    browser.forget();
    let reply = browser.post("/recover", &[("identifier", name), ("way", "email")]).await?;
    ensure!(reply.status == 303, "a request for a reset was answered with {}", reply.status);
    Ok(milliseconds(browser))
}

/// Three wrong answers, posted together.
async fn answer(browser: &mut Browser, name: &str) -> Result<f64> {
    browser.forget();
    let begun = browser.post("/recover", &[("identifier", name), ("way", "questions")]).await?;
    let form = format!("{}/questions", begun.location.trim_end_matches("/questions"));
    let reply = browser.post(&form, &[("answer_1", "gray"), ("answer_2", "tom"), ("answer_3", "rome")]).await?;
    ensure!(reply.status == 303, "wrong answers were answered with {}", reply.status);
    Ok(milliseconds(browser))
}

async fn help(browser: &mut Browser, name: &str) -> Result<f64> {
    browser.forget();
    let reply = browser.post("/help/sign-in", &[("identifier", name)]).await?;
    ensure!(reply.status == 303, "a request for help was answered with {}", reply.status);
    Ok(milliseconds(browser))
}

fn milliseconds(browser: &Browser) -> f64 {
    browser.took.as_secs_f64() * 1e3
}

impl Sample {
    fn add(&mut self, is_known: bool, number: usize, took: f64) {
        if number >= WARM_UP {
            if is_known { self.known.push(took) } else { self.unknown.push(took) }
        }
    }

    fn tell(&self, what: &str, engine: &str, dice: &mut Dice) {
        let Sample { known, unknown } = self;
        let (low, high) = confidence(known, unknown, dice);
        println!(
            "{:<39} {:+.3} ms   (95 %: {low:+.3} to {high:+.3}; p = {:.3}; {} pairs; known {:.3}, 90 % {:.3}; \
             unknown {:.3}, 90 % {:.3})",
            format!("{what}: known − unknown, {engine}"),
            median(known) - median(unknown),
            mann_whitney(known, unknown),
            known.len(),
            median(known),
            quantile(known, 0.9),
            median(unknown),
            quantile(unknown, 0.9),
        );
    }
}
