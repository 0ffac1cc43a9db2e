//! Whether time tells a name that somebody has from one that nobody has.
//!
//! Of what is answered by mail, the mail is waited for: nothing that was asked for earlier is under way while something is
//! timed, and the moment at which the mail server has it is timed, too.
//!
//! What is met only behind a right password (Verify Your Email, a second factor) is not timed: nobody is unknown there.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use portico::demo::{Inbox, Sink};
use portico::platform::clock::{Clock, Time};
use tokio::time::{Instant, sleep, sleep_until};

use crate::client::{Browser, Jar};
use crate::figures::{Dice, confidence, mann_whitney, median, quantile};
use crate::journey;
use crate::node::{Node, Site};
use crate::people::{self, invited, known, unknown};

/// As many pairs as are worth the time, unless this says another number.
const PAIRS_VARIABLE: &str = "BENCH_PAIRS";
const PAIRS: usize = 560;
/// They count for nothing: caches fill, statements are prepared.
const WARM_UP: usize = 40;
/// People who have not failed before; those below belong to other measurements.
const FIRST: usize = people::COUNT - PAIRS;
/// Nobody with a name that is as long as an invited person's.
const NOBODY: usize = 50_000;
/// Of the form of a temporary password, and nobody's.
const TEMPORARY: &str = "aaaaa-bbbbb-ccccc-ddddd";
/// Before that a mail that was asked for is not sent again.
const RESEND_AFTER: Duration = Duration::from_secs(61);
/// So many support requests fit into what all of them together may be in an hour.
const SUPPORT_REQUESTS: usize = 200;
const PATIENCE: Duration = Duration::from_secs(60);

/// Milliseconds, by the hundreds.
#[derive(Default)]
struct Sample {
    known: Vec<f64>,
    unknown: Vec<f64>,
}

/// A mail that was asked for, by whoever may ask for it again.
struct Asked {
    known: bool,
    number: usize,
    jar: Jar,
    page: String,
}

/// One node and one visitor after the other.
struct Watch<'a> {
    site: &'a Site,
    browser: Browser,
    inbox: &'a Inbox,
    /// The mail server's.
    clock: Clock,
    dice: Dice,
    pairs: usize,
}

/// What can be timed alone, in the order in which it is timed; each is a line, or two that are timed together.
pub const LINES: [&str; 8] =
    ["temporary-password", "passwords", "resets", "invitations", "answers", "helps", "contact-form", "resends"];

/// Times these lines, or all where none is named.
pub async fn strangers(site: &Site, sink: &Sink, lines: &[&str]) -> Result<()> {
    let wanted = |line: &str| lines.is_empty() || lines.contains(&line);
    let pairs = std::env::var(PAIRS_VARIABLE).map_or(Ok(PAIRS), |pairs| pairs.parse())?;
    ensure!(pairs <= PAIRS, "there are people for {PAIRS} pairs");
    sink.inbox().take();
    if wanted("temporary-password") || wanted("invitations") {
        people::invite(site, pairs).await?;
    }
    let node = Node::start(site).await?;
    let browser = Browser::open(node.address).await?;
    let mut watch = Watch { site, browser, inbox: sink.inbox(), clock: Clock::system(), dice: Dice(1), pairs };
    watch.lines(wanted).await
}

fn name(is_known: bool, number: usize) -> String {
    if is_known { known(FIRST + number) } else { unknown(FIRST + number) }
}

/// By chance, so that nothing that comes every other time can be taken for a difference.
fn in_some_order(dice: &mut Dice) -> [bool; 2] {
    let first = dice.below(2) == 0;
    [first, !first]
}

impl Watch<'_> {
    async fn lines(&mut self, wanted: impl Fn(&str) -> bool) -> Result<()> {
        if wanted("temporary-password") || wanted("invitations") {
            self.until_invited().await?;
        }
        if wanted("temporary-password") {
            // While they are good: they live for fifteen minutes.
            self.temporary_passwords().await?;
        }
        if wanted("passwords") {
            self.passwords().await?;
        }
        let asked = if wanted("resets") || wanted("resends") { Some(self.resets().await?) } else { None };
        if wanted("invitations") {
            self.invitations().await?;
        }
        if wanted("answers") {
            self.answers().await?;
        }
        if wanted("helps") {
            self.helps().await?;
        }
        if wanted("contact-form") {
            self.contact_form().await?;
        }
        if let Some((asked, since)) = asked.filter(|_| wanted("resends")) {
            sleep_until(since + RESEND_AFTER).await;
            self.resends(asked).await?;
        }
        Ok(())
    }

    /// Their temporary passwords count only once their mails are out.
    async fn until_invited(&self) -> Result<()> {
        let (mut arrived, from) = (0, Instant::now());
        while arrived < self.pairs {
            ensure!(from.elapsed() < 5 * PATIENCE, "only {arrived} invitations were handed over");
            sleep(Duration::from_millis(50)).await;
            arrived += self.inbox.take().iter().filter(|mail| mail.to.starts_with('i')).count();
        }
        Ok(())
    }

    async fn temporary_passwords(&mut self) -> Result<()> {
        let mut sample = Sample::default();
        for number in 0..self.pairs {
            for known in in_some_order(&mut self.dice) {
                let name = if known { invited(number) } else { unknown(NOBODY + number) };
                let (_, password) = guess(&mut self.browser, &name, TEMPORARY).await?;
                self.add(&mut sample, known, number, password);
            }
        }
        self.tell("temporary password", &sample);
        Ok(())
    }

    async fn passwords(&mut self) -> Result<()> {
        let [mut names, mut passwords] = <[Sample; 2]>::default();
        for number in 0..self.pairs {
            for known in in_some_order(&mut self.dice) {
                let (name, password) = guess(&mut self.browser, &name(known, number), "wrong-horse-battery").await?;
                self.add(&mut names, known, number, name);
                self.add(&mut passwords, known, number, password);
            }
        }
        self.tell("naming", &names);
        self.tell("wrong password", &passwords);
        Ok(())
    }

    /// With what was asked for, and when the last of it was.
    async fn resets(&mut self) -> Result<(Vec<Asked>, Instant)> {
        let ([mut requests, mut hand_overs], mut asked) = (<[Sample; 2]>::default(), Vec::new());
        for number in 0..self.pairs {
            for known in in_some_order(&mut self.dice) {
                let (page, request, hand_over) = self.reset(&name(known, number)).await?;
                self.add(&mut requests, known, number, request);
                self.add(&mut hand_overs, known, number, hand_over);
                asked.push(Asked { known, number, jar: self.browser.forget(), page });
            }
        }
        self.tell("reset by mail", &requests);
        self.tell("mail handed over", &hand_overs);
        Ok((asked, Instant::now()))
    }

    async fn invitations(&mut self) -> Result<()> {
        let mut sample = Sample::default();
        for number in 0..self.pairs {
            for known in in_some_order(&mut self.dice) {
                let name = if known { invited(number) } else { unknown(NOBODY + number) };
                let (_, _, hand_over) = self.reset(&name).await?;
                self.add(&mut sample, known, number, hand_over);
            }
        }
        self.tell("invitation handed over", &sample);
        Ok(())
    }

    /// The page that says to check one's mail, what asking took, and what it took until the mail server had the mail.
    async fn reset(&mut self, name: &str) -> Result<(String, f64, f64)> {
        self.browser.forget();
        let asked = self.clock.now();
        let reply = self.browser.post("/recover", &[("identifier", name), ("way", "email")]).await?;
        ensure!(reply.status == 303, "a request for a reset was answered with {}", reply.status);
        let took = milliseconds(&self.browser);
        let arrived = self.arrival(name).await?;
        Ok((reply.location, took, arrived.since(asked).as_secs_f64() * 1e3))
    }

    /// When the mail server had the one mail to an address.
    async fn arrival(&self, to: &str) -> Result<Time> {
        let from = Instant::now();
        while from.elapsed() < PATIENCE {
            if let Some(mail) = self.inbox.take().into_iter().find(|mail| mail.to == to) {
                return Ok(mail.at);
            }
            sleep(Duration::from_millis(1)).await;
        }
        bail!("no mail came to {to}")
    }

    async fn answers(&mut self) -> Result<()> {
        let mut sample = Sample::default();
        for number in 0..self.pairs {
            for known in in_some_order(&mut self.dice) {
                let took = answer(&mut self.browser, &name(known, number)).await?;
                self.add(&mut sample, known, number, took);
            }
        }
        self.tell("wrong answers", &sample);
        Ok(())
    }

    async fn helps(&mut self) -> Result<()> {
        let mut sample = Sample::default();
        for number in 0..self.pairs {
            for known in in_some_order(&mut self.dice) {
                let name = name(known, number);
                let took = help(&mut self.browser, &name).await?;
                self.add(&mut sample, known, number, took);
                self.arrival(&name).await?;
            }
        }
        self.tell("help me sign in", &sample);
        Ok(())
    }

    async fn contact_form(&mut self) -> Result<()> {
        let mut sample = Sample::default();
        for number in 0..self.pairs {
            if number % SUPPORT_REQUESTS == 0 {
                people::forget_support_requests(self.site).await?;
            }
            for known in in_some_order(&mut self.dice) {
                // Another mailbox each time for the confirmation, because each has a cap.
                let mailbox = format!("{}{number:05}@elsewhere.example", if known { 'c' } else { 'd' });
                let took = contact(&mut self.browser, &name(known, number), &mailbox).await?;
                self.add(&mut sample, known, number, took);
                self.arrival(&mailbox).await?;
            }
        }
        self.tell("contact form", &sample);
        Ok(())
    }

    /// In the order in which they asked first.
    async fn resends(&mut self, asked: Vec<Asked>) -> Result<()> {
        let mut sample = Sample::default();
        for Asked { known, number, jar, page } in asked {
            self.browser.welcome_back(jar);
            let reply = self.browser.post(&format!("{page}/resend"), &[]).await?;
            ensure!(reply.status == 303 && reply.location == page, "Resend was answered with {}", reply.status);
            let took = milliseconds(&self.browser);
            self.add(&mut sample, known, number, took);
            self.arrival(&name(known, number)).await?;
        }
        self.tell("resend", &sample);
        Ok(())
    }

    fn add(&self, sample: &mut Sample, is_known: bool, number: usize, took: f64) {
        if number >= WARM_UP.min(self.pairs / 5) {
            if is_known { sample.known.push(took) } else { sample.unknown.push(took) }
        }
    }

    fn tell(&mut self, what: &str, sample: &Sample) {
        sample.tell(what, self.site.engine, &mut self.dice);
    }
}

/// A stranger's try, from a browser nobody has seen: what naming took, and what the wrong password took.
async fn guess(browser: &mut Browser, name: &str, password: &str) -> Result<(f64, f64)> {
    browser.forget();
    let form = journey::identify(browser, name).await?;
    let naming = milliseconds(browser);
    let reply = journey::post_password(browser, &form, password).await?;
    ensure!(reply.status == 303, "a wrong password was answered with {}", reply.status);
    Ok((naming, milliseconds(browser)))
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

/// A question about what only an administrator can change, from whoever has typed a name at the door.
async fn contact(browser: &mut Browser, name: &str, mailbox: &str) -> Result<f64> {
    browser.forget();
    let typed = browser.post("/recover", &[("identifier", name)]).await?;
    let resume = typed.location.strip_prefix("/recover?resume=").context("what was typed is not carried")?;
    let resume = resume.to_owned();
    let form = [
        ("form", mailbox),
        ("resume", &resume),
        ("kind", "question"),
        ("topic", "sites"),
        ("name", "Pat"),
        ("email", mailbox),
        ("message", "Which sites are mine?"),
    ];
    let reply = browser.post("/support", &form).await?;
    let sent = reply.status == 303 && !reply.location.contains("problem");
    ensure!(sent, "a question was answered with {} {}", reply.status, reply.location);
    Ok(milliseconds(browser))
}

fn milliseconds(browser: &Browser) -> f64 {
    browser.took.as_secs_f64() * 1e3
}

impl Sample {
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
