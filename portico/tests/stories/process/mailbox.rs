//! The mail server of a deployment. It lives as long as the test, whatever happens to the nodes.

use std::sync::{Arc, Mutex, MutexGuard};

use portico::demo::{Mail, Script, Sink};
use portico::platform::clock::Clock;

use super::{PUBLIC_URL, until};

pub struct Mailbox {
    sink: Sink,
    kept: Mutex<Vec<Arc<Mail>>>,
}

impl Mailbox {
    pub async fn open() -> Mailbox {
        Mailbox { sink: Sink::start(0, Clock::system()).await.unwrap(), kept: Mutex::default() }
    }

    /// As a configuration names it.
    pub fn url(&self) -> String {
        self.sink.url()
    }

    pub async fn behave(&self, change: impl FnOnce(&mut Script)) {
        self.sink.behave(change).await;
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Arc<Mail>>> {
        let mut kept = self.kept.lock().unwrap();
        kept.extend(self.sink.inbox().take().into_iter().map(Arc::new));
        kept
    }

    /// Everything that has arrived, oldest first.
    pub fn all(&self) -> Vec<Arc<Mail>> {
        self.kept().clone()
    }

    pub fn count(&self) -> usize {
        self.kept().len()
    }

    pub fn last_to(&self, address: &str) -> Option<Arc<Mail>> {
        self.kept().iter().rev().find(|mail| mail.to == address).cloned()
    }

    /// Waits for a mail to an address.
    pub async fn mail_to(&self, address: &str) -> Arc<Mail> {
        until(&format!("a mail to {address}"), async || self.last_to(address)).await
    }
}

/// The path of the first recovery link in a mail.
pub fn link_in(mail: &Mail) -> String {
    let start = format!("{PUBLIC_URL}/recover/link/");
    let found = mail.text.find(&start).unwrap_or_else(|| panic!("no link in {}", mail.text));
    let link = mail.text[found..].split_whitespace().next().unwrap();
    link.strip_prefix(PUBLIC_URL).unwrap().to_owned()
}
