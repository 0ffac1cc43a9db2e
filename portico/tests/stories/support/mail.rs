//! A mail as its reader sees it.

use scraper::Html;

use super::html;
use super::world::PUBLIC_URL;

#[derive(Clone, Debug)]
pub struct Mail {
    pub from: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub message_id: String,
    /// As it came over the wire.
    pub raw: String,
}

impl Mail {
    pub fn of(arrived: &portico::demo::Mail) -> Mail {
        Mail {
            from: arrived.from.clone(),
            subject: arrived.subject.clone(),
            text: arrived.text.clone(),
            html: arrived.html.clone(),
            message_id: arrived.message_id.clone(),
            raw: String::from_utf8_lossy(&arrived.raw).into_owned(),
        }
    }

    /// Where the button leads, as a path of this deployment.
    pub fn link(&self, label: &str) -> String {
        let page = Html::parse_document(&self.html);
        let links = html::links(&page);
        let found = links.iter().find(|(text, _)| text == label);
        let (_, url) = found.unwrap_or_else(|| panic!("no button {label:?} in the mail, only {links:?}"));
        let path = url.strip_prefix(PUBLIC_URL).unwrap_or_else(|| panic!("{url} leads elsewhere"));
        assert!(self.text.contains(url), "the text form of the mail lacks the link {url}:\n{}", self.text);
        path.to_owned()
    }

    /// The first link that opens something, whatever its button is called.
    pub fn first_link(&self) -> String {
        let links = html::links(&Html::parse_document(&self.html));
        let found = links.into_iter().find_map(|(_, url)| url.strip_prefix(PUBLIC_URL).map(str::to_owned));
        found.unwrap_or_else(|| panic!("a mail without a link: {}", self.text))
    }

    /// Its pieces of text, each with the element it stands in.
    pub fn texts(&self) -> Vec<(String, String)> {
        html::visible_texts(&Html::parse_document(&self.html))
    }

    pub fn shows(&self, text: &str) -> &Mail {
        let seen = html::visible(&Html::parse_document(&self.html));
        assert!(seen.contains(text), "the mail does not say {text:?}:\n{seen}");
        let plain = html::squeeze(&self.text);
        assert!(plain.contains(text), "the text form of the mail does not say {text:?}:\n{plain}");
        self
    }

    pub fn lacks(&self, text: &str) -> &Mail {
        assert!(!self.html.contains(text) && !self.text.contains(text), "the mail says {text:?}:\n{}", self.text);
        self
    }
}
