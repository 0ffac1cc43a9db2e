//! Who comes to the door: the people of an organization whose identity provider is out of order, and those of another one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::idp::Fault;
use crate::client::{Browser, Reply};
use crate::journey;
use crate::load::Visitor;
use crate::node::Node;
use crate::people::{self, PASSWORD};

/// More than the fifty who may wait for one connection.
pub const STRANDED: usize = 64;
/// Whoever was told that it does not work tries again after so long: they have read no more than the heading.
const PAUSE: Duration = Duration::from_secs(3);
/// As many as make a server busy.
const OTHERS: usize = 4;

/// Those of another organization: they sign in by password, again and again, each in the browser they always use.
pub struct Others(Vec<Other>);

#[derive(Clone)]
pub struct Other {
    name: String,
    browser: Arc<Mutex<Browser>>,
}

impl Others {
    pub async fn gather(node: &Node) -> Result<Others> {
        let mut others = Vec::new();
        for number in 0..OTHERS {
            let (name, mut browser) = (people::known(number), Browser::open(node.address).await?);
            journey::sign_in(&mut browser, &name, PASSWORD).await?;
            others.push(Other { name, browser: Arc::new(Mutex::new(browser)) });
        }
        Ok(Others(others))
    }

    /// All of them, on new connections: the old ones may have been closed for want of requests.
    pub async fn come_back(&self, node: &Node) -> Result<Vec<Other>> {
        for other in &self.0 {
            let mut browser = other.browser.lock().await;
            let jar = browser.forget();
            *browser = Browser::open(node.address).await?;
            browser.welcome_back(jar);
        }
        Ok(self.0.clone())
    }
}

impl Visitor for Other {
    async fn visit(&mut self) -> Result<()> {
        journey::sign_in(&mut *self.browser.lock().await, &self.name, PASSWORD).await
    }
}

/// How the tries of the stranded have ended.
#[derive(Default)]
pub struct Tries {
    /// Seconds until they were told what is wrong.
    pub told: Vec<f64>,
    /// The same of those who were turned away, because too many waited already.
    pub turned_away: Vec<f64>,
}

/// The people whose identity provider is out of order, trying.
pub struct Stranded {
    trying: JoinSet<Result<Tries>>,
    go_home: Arc<AtomicBool>,
}

impl Stranded {
    /// They come one by one, as people do. Ends when all are there.
    pub async fn gather(node: &Node, fault: Fault) -> Stranded {
        let go_home = Arc::new(AtomicBool::new(false));
        let mut trying = JoinSet::new();
        let apart = fault.takes().div_f64(STRANDED as f64);
        for number in 0..STRANDED {
            trying.spawn(keep_trying(node.address, format!("l{number:05}@{}", fault.domain()), Arc::clone(&go_home)));
            sleep(apart).await;
        }
        Stranded { trying, go_home }
    }

    /// Lets everybody end what they have begun.
    pub async fn go_home(self) -> Result<Tries> {
        self.go_home.store(true, Ordering::Relaxed);
        let mut all = Tries::default();
        for tries in self.trying.join_all().await {
            let Tries { told, turned_away } = tries?;
            all.told.extend(told);
            all.turned_away.extend(turned_away);
        }
        Ok(all)
    }
}

async fn keep_trying(address: SocketAddr, name: String, go_home: Arc<AtomicBool>) -> Result<Tries> {
    let mut browser = Browser::open(address).await?;
    let mut tries = Tries::default();
    while !go_home.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let was_told = try_once(&mut browser, &name).await?;
        let took = begun.elapsed().as_secs_f64();
        if was_told {
            tries.told.push(took)
        } else {
            tries.turned_away.push(took)
        }
        sleep(PAUSE).await;
    }
    Ok(tries)
}

/// From the name to the page that says what is wrong (true), or that too many wait already.
async fn try_once(browser: &mut Browser, name: &str) -> Result<bool> {
    let begun = browser.post("/sign-in", &[("identifier", name)]).await?;
    ensure!(begun.location.ends_with("/sso"), "{name} was answered with {} {:?}", begun.status, begun.location);
    let mut reply = browser.get(&begun.location).await?;
    if let Some(back) = back(&reply.location) {
        reply = browser.get(&back).await?;
    }
    let Reply { status, location, retry_after } = reply;
    match status {
        503 if retry_after => return Ok(false),
        303 if location.starts_with("/federation/failed/") => (),
        _ => bail!("{name} was sent back with {status} {location:?}"),
    }
    let page = browser.get(&location).await?;
    ensure!(page.status == 200, "the page of a failure answered {}", page.status);
    Ok(true)
}

/// Where the identity provider sends the browser back to, which is sent there; `None`: it is not sent there.
fn back(away: &str) -> Option<String> {
    let (place, query) = away.strip_prefix("http://")?.split_once("/authorize?")?;
    let (_, fault) = place.split_once('/')?;
    let state = query.split('&').find(|pair| pair.starts_with("state="))?;
    Some(format!("/federation/{fault}/callback?code=code&{state}"))
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn who_is_sent_away_comes_back_with_the_state() {
        let away = "http://127.0.0.1:9/mute/authorize?response_type=code&state=abc&nonce=n";
        assert_eq!(back(away).unwrap(), "/federation/mute/callback?code=code&state=abc");
        assert_eq!(back("/federation/failed/7K3-QX9"), None);
    }
}
