use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;

use super::Facts;
use super::topics::{Topic, Way};
use crate::platform::web::{Error, Page, Query, Visit, html};
use crate::session::SignedIn;
use crate::sign_in::{self, Resume};
use crate::support;

#[derive(Template)]
#[template(path = "help/help.html")]
struct IndexPage {
    page: Page,
    entries: Vec<Entry>,
    help_me_url: String,
    contact_url: String,
    guide_url: String,
    back_url: String,
    contact: Option<String>,
}

/// A topic with its short answer.
struct Entry {
    title: String,
    title_url: String,
    text: String,
    way: Option<Link>,
}

struct Link {
    label: String,
    url: String,
}

#[derive(Template)]
#[template(path = "help/topics.html")]
struct TopicsPage {
    page: Page,
    /// Of the whole page; a single topic is its own.
    heading: String,
    /// A guide has a table of contents.
    guide: bool,
    articles: Vec<Article>,
    contact: Option<String>,
    help_url: String,
    back_url: String,
}

struct Article {
    slug: &'static str,
    title: String,
    text: String,
    steps: Vec<String>,
    notes: Vec<String>,
    way: Link,
    contact_url: String,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    resume: String,
}

/// What all these pages are made with.
struct Desk {
    page: Page,
    facts: Facts,
    resume: String,
    sign_in_url: String,
}

impl Desk {
    async fn of(visit: &Visit, person: Option<&SignedIn>, arrival: &Arrival) -> Result<Desk, Error> {
        let resume = Resume::open(&visit.app, &arrival.resume);
        let facts = Facts::of(&visit.app, resume.identifier.as_deref()).await?;
        let sealed = resume.seal(&visit.app);
        let page = person.map_or_else(|| visit.page(), SignedIn::page);
        let signed_in = page.signed_in.is_some();
        let sign_in_url = if signed_in { "/".into() } else { sign_in::address_for(&visit.app, &resume) };
        Ok(Desk { page, facts, resume: sealed, sign_in_url })
    }

    fn say(&self, key: &str) -> String {
        let arguments = self.facts.arguments();
        let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.page.with(key, &arguments)
    }

    fn link(&self, way: Way, topic: Topic) -> Link {
        let url = match way {
            Way::SignIn => self.sign_in_url.clone(),
            Way::Reset => format!("/recover?resume={}", self.resume),
            Way::UserName => format!("/recover/user-name?resume={}", self.resume),
            Way::HelpMe => format!("/help/sign-in?resume={}", self.resume),
            Way::Contact => topic.contact().contact(&self.resume),
        };
        Link { label: self.page.t(way.key()).into_owned(), url }
    }

    fn entry(&self, topic: Topic) -> Entry {
        let steps = format!("/help/{}?resume={}", topic.as_str(), self.resume);
        let link = self.link(topic.way(), topic);
        let title = self.say(topic.title());
        // Where the title is what one presses, the steps come second.
        let (title_url, way) = match topic {
            Topic::Password => {
                (link.url, Some(Link { label: self.page.t("help-password-steps").into_owned(), url: steps }))
            }
            Topic::UserName => {
                (link.url, Some(Link { label: self.page.t("help-name-steps").into_owned(), url: steps }))
            }
            _ => (steps, None),
        };
        Entry { title, title_url, text: self.say(topic.text()), way }
    }

    fn article(&self, topic: Topic) -> Article {
        let told = |keys: Vec<&'static str>| keys.into_iter().map(|key| self.say(key)).collect();
        Article {
            slug: topic.as_str(),
            title: self.say(topic.title()),
            text: self.say(topic.text()),
            steps: told(topic.steps(&self.facts)),
            notes: told(topic.notes(&self.facts)),
            way: self.link(topic.way(), topic),
            contact_url: topic.contact().contact(&self.resume),
        }
    }

    fn topics(self, heading: String, guide: bool, topics: &[Topic]) -> Result<Response, Error> {
        let articles = topics.iter().map(|topic| self.article(*topic)).collect();
        let help = format!("/help?resume={}", self.resume);
        html(&TopicsPage {
            heading,
            guide,
            articles,
            contact: self.facts.contact,
            help_url: help.clone(),
            back_url: self.sign_in_url,
            page: self.page.help(help),
        })
    }
}

/// `GET /help`: keeps the identifier typed and the destination.
pub async fn index(visit: Visit, person: Option<SignedIn>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let desk = Desk::of(&visit, person.as_ref(), &arrival).await?;
    html(&IndexPage {
        entries: Topic::ALL.map(|topic| desk.entry(topic)).into(),
        help_me_url: format!("/help/sign-in?resume={}", desk.resume),
        contact_url: support::Topic::Other.contact(&desk.resume),
        guide_url: format!("/help/guide?resume={}", desk.resume),
        back_url: desk.sign_in_url,
        contact: desk.facts.contact,
        // Empty before the door: the page need not lead to itself.
        page: if desk.page.signed_in.is_some() { desk.page } else { desk.page.help(String::new()) },
    })
}

/// `GET /help/{topic}`
pub async fn topic(
    visit: Visit,
    person: Option<SignedIn>,
    Path(topic): Path<String>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Error> {
    let topic: Topic = topic.parse().map_err(|_| Error::NotFound)?;
    let desk = Desk::of(&visit, person.as_ref(), &arrival).await?;
    let heading = desk.say(topic.title());
    desk.topics(heading, false, &[topic])
}

/// `GET /help/guide`: all of it, to be printed and handed out.
pub async fn guide(visit: Visit, person: Option<SignedIn>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    let desk = Desk::of(&visit, person.as_ref(), &arrival).await?;
    let heading = desk.page.with("help-guide-heading", &[("brand", &desk.page.brand.name)]);
    desk.topics(heading, true, &Topic::ALL)
}
