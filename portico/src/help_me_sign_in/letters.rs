//! The answer, in words: what is in the way, why, and the one button that helps.

use serde::{Deserialize, Serialize};

use super::rules::{Answer, Facts, ProductState};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::OneTimeId;
use crate::platform::mail::{Block, Desk, Letter, Letters, Message};
use crate::support;

pub fn register(letters: Letters) -> Letters {
    letters.with::<AnswerLetter>()
}

/// What is told of one account.
#[derive(Serialize, Deserialize)]
pub struct Told {
    /// What the person signs in with.
    account: String,
    organization: String,
    contact: Option<String>,
    zone: String,
    /// One of the closed set of answers, as it is spelled.
    answer: String,
    /// Microseconds since the epoch.
    until: Option<i64>,
    link: Option<OneTimeId>,
    authenticator: bool,
    /// Forgot Password? brings a link that sets a new one.
    #[serde(default = "yes")]
    reset_helps: bool,
    helpers: Vec<String>,
    products: Vec<Waiting>,
}

/// In a row of before this was asked.
fn yes() -> bool {
    true
}

/// A product that cannot be opened here yet.
#[derive(Serialize, Deserialize)]
struct Waiting {
    name: String,
    moves_at: Option<i64>,
    old_url: Option<String>,
}

impl Told {
    pub fn new(account: &Account, answer: Answer, facts: Facts, link: Option<OneTimeId>) -> Told {
        let waiting = facts.products.into_iter().filter(|product| product.state == ProductState::Waiting);
        let waiting = waiting.map(|product| Waiting {
            name: product.name,
            moves_at: product.moves_at.map(|at| at.0),
            old_url: product.old_url,
        });
        Told {
            account: account.sign_in_name().to_owned(),
            organization: account.organization.name.clone(),
            contact: account.organization.contact.clone(),
            zone: account.organization.time_zone.clone(),
            answer: answer.as_str().to_owned(),
            until: facts.lock.and_then(|lock| lock.until).map(|until| until.0),
            link,
            authenticator: facts.has_authenticator,
            reset_helps: facts.reset_helps,
            helpers: facts.helpers,
            products: waiting.collect(),
        }
    }

    fn answer(&self) -> Answer {
        // One of a newer version: the plainest is true enough, and leads to the right page.
        self.answer.parse().unwrap_or(Answer::Well)
    }
}

#[derive(Serialize, Deserialize)]
pub struct AnswerLetter {
    pub address: String,
    pub told: Vec<Told>,
    pub minutes: i64,
}

impl Letter for AnswerLetter {
    const KIND: &'static str = "help.answer";
    const ANSWERS: bool = true;

    fn compose(&self, desk: &Desk) -> Message {
        let mut blocks = match self.told.as_slice() {
            [told] => one(desk, told, self.minutes),
            several => all(desk, &self.address, several),
        };
        let changes_something = self.told.iter().any(|told| told.link.is_some());
        let ignore = if changes_something { "mail-ignore" } else { "mail-ignore-mail" };
        blocks.extend([Block::Small(desk.t(ignore)), Block::Small(desk.t("mail-never"))]);
        let preview = match self.told.as_slice() {
            [told] => desk.t(&format!("mail-help-short-{}", told.answer().as_str())),
            _ => desk.t("mail-help-several-preview"),
        };
        Message { subject: desk.t("mail-help-subject"), preview, blocks }
    }
}

fn one(desk: &Desk, told: &Told, minutes: i64) -> Vec<Block> {
    let until = told.until.map(|until| desk.time_in(&told.zone, Time(until)));
    let facts = [
        ("account", told.account.as_str()),
        ("organization", told.organization.as_str()),
        ("brand", desk.brand()),
        ("until", until.as_deref().unwrap_or_default()),
    ];
    let lead = match (told.answer(), &until) {
        (Answer::Locked, None) => "mail-help-locked-closed".to_owned(),
        (answer, _) => format!("mail-help-{}", answer.as_str()),
    };
    let mut blocks = vec![Block::Text(desk.with(&lead, &facts))];
    let sign_in = || Block::Button { label: desk.t("mail-sso-button"), url: desk.page("/sign-in") };
    match told.answer() {
        Answer::Disabled | Answer::NoSecondFactor => {
            blocks.extend(helpers(desk, told));
            blocks.push(contact_form(desk, support::Topic::Refused));
        }
        Answer::LicenseEnded => {
            blocks.extend(helpers(desk, told));
            blocks.push(Block::Text(desk.t("mail-help-license-ended-ask")));
            blocks.push(sign_in());
        }
        Answer::NoSites => {
            blocks.extend(helpers(desk, told));
            blocks.push(Block::Text(desk.t("mail-help-no-sites-ask")));
            blocks.push(sign_in());
        }
        Answer::Elsewhere => {
            blocks.push(sign_in());
            blocks.push(Block::Text(desk.with("mail-sso-forgot", &facts)));
            blocks.extend(contact(desk, told));
        }
        Answer::Locked => blocks.extend(locked(desk, told, minutes)),
        Answer::NotMoved => blocks.extend(waiting(desk, told)),
        Answer::OtherName => blocks.push(sign_in()),
        Answer::Invited | Answer::Well => {
            blocks.push(sign_in());
            blocks.extend(forgotten(desk, told));
            if told.authenticator {
                blocks.push(Block::Text(desk.t("mail-help-well-code")));
            }
        }
    }
    blocks
}

/// What helps whoever does not know the password. Where no link can, that button would lead in a circle.
fn forgotten(desk: &Desk, told: &Told) -> Vec<Block> {
    if told.reset_helps {
        return vec![Block::Text(desk.t("mail-help-well-password"))];
    }
    let mut blocks = vec![Block::Text(desk.with("mail-help-well-ask", &[("account", &told.account)]))];
    blocks.extend(helpers(desk, told));
    blocks
}

fn locked(desk: &Desk, told: &Told, minutes: i64) -> Vec<Block> {
    let Some(link) = &told.link else {
        let mut blocks = vec![Block::Text(desk.t("mail-help-locked-shared"))];
        blocks.extend(helpers(desk, told));
        blocks.push(contact_form(desk, support::Topic::Locked));
        return blocks;
    };
    vec![
        Block::Text(desk.t("mail-help-locked-open")),
        Block::Button { label: desk.t("mail-reset-button"), url: desk.link("/recover/link", link) },
        Block::Text(desk.with("mail-reset-life", &[("minutes", &minutes.to_string())])),
    ]
}

/// Where each product is today; the button leads to the first that says where it is.
fn waiting(desk: &Desk, told: &Told) -> Vec<Block> {
    let line = |product: &Waiting| {
        let name = ("product", product.name.as_str());
        let moves_at = product.moves_at.map(|at| desk.time_in(&told.zone, Time(at)));
        match (&product.old_url, moves_at) {
            (Some(url), Some(at)) => desk.with("mail-help-moves", &[name, ("url", url), ("at", &at)]),
            (Some(url), None) => desk.with("mail-help-waits", &[name, ("url", url)]),
            (None, _) => desk.with("mail-help-waits-somewhere", &[name]),
        }
    };
    let mut blocks = vec![Block::List(told.products.iter().map(line).collect())];
    let known = told.products.iter().find_map(|product| Some((&product.name, product.old_url.clone()?)));
    blocks.extend(known.map(|(name, url)| Block::Button { label: desk.with("portal-old", &[("product", name)]), url }));
    blocks
}

/// Several user names at one mailbox: each with what is the matter with it.
fn all(desk: &Desk, address: &str, told: &[Told]) -> Vec<Block> {
    let line = |told: &Told| {
        let short = desk.t(&format!("mail-help-short-{}", told.answer().as_str()));
        desk.with("mail-help-several-line", &[("account", &told.account), ("state", &short)])
    };
    let mut blocks = vec![
        Block::Text(desk.with("mail-help-several", &[("address", address)])),
        Block::List(told.iter().map(line).collect()),
        Block::Button { label: desk.t("mail-sso-button"), url: desk.page("/sign-in") },
    ];
    if told.iter().any(|told| told.reset_helps) {
        blocks.push(Block::Text(desk.t("mail-help-well-password")));
    }
    let without = told.iter().filter(|told| told.answer() == Answer::Well && !told.reset_helps);
    blocks.extend(without.flat_map(|told| forgotten(desk, told)));
    blocks
}

fn helpers(desk: &Desk, told: &Told) -> Vec<Block> {
    if told.helpers.is_empty() {
        let mut blocks = vec![Block::Text(desk.t("mail-ask-nobody"))];
        blocks.extend(contact(desk, told));
        return blocks;
    }
    vec![Block::Text(desk.t("mail-ask-who")), Block::List(told.helpers.clone())]
}

/// Where nothing that a mail could open helps: people do.
fn contact_form(desk: &Desk, topic: support::Topic) -> Block {
    let url = desk.page(&format!("/support?topic={}", topic.as_str()));
    Block::Button { label: desk.t("support-heading"), url }
}

fn contact(desk: &Desk, told: &Told) -> Option<Block> {
    let contact = told.contact.clone()?;
    Some(Block::Facts(vec![(desk.t("mail-sso-contact"), contact)]))
}
