//! Looking names up. The system does it, in threads of which there are only so many, and nobody can call one back: a look-up that
//! was given up on lasts for as long as the resolver likes. So a seat is held until it really returns, whoever still waits for it.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use tokio::net::lookup_host;
use tokio::sync::Semaphore;

use super::send::Failed;
use crate::platform::lines::Lines;

/// On this node, for everybody together: a fraction of the threads there are.
const AT_ONCE: usize = 64;
/// For one owner. Whoever has twenty names that nobody answers for keeps so many threads, and no more.
const OF_ONE: usize = 4;

type Looking = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;
type Look = dyn Fn(String, u16) -> Looking + Send + Sync;

/// Who looks names up. Clones share its seats.
#[derive(Clone)]
pub struct Names {
    owners: Lines,
    all: Arc<Semaphore>,
    look: Arc<Look>,
}

impl Names {
    /// By the system's own resolver.
    pub fn of_the_system() -> Names {
        Names::by(Arc::new(|host, port| {
            Box::pin(async move { Ok(lookup_host((host.as_str(), port)).await?.collect()) })
        }))
    }

    pub(super) fn by(look: Arc<Look>) -> Names {
        Names { owners: Lines::new(OF_ONE), all: Arc::new(Semaphore::new(AT_ONCE)), look }
    }

    /// The addresses of a host, for `owner`.
    ///
    /// # Errors
    /// [`Failed::Unreachable`]. Nobody waits longer in here than the caller lets them.
    pub async fn addresses(&self, owner: &str, host: &str, port: u16) -> Result<Vec<SocketAddr>, Failed> {
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(address, port)]);
        }
        let turn = self.owners.enter(owner).await;
        let seat = self.all.clone().acquire_owned().await;
        let looking = (self.look)(host.to_owned(), port);
        let looked = tokio::spawn(async move {
            let found = looking.await;
            drop((turn, seat));
            found
        });
        match looked.await {
            Ok(found) => found.map_err(|error| Failed::Unreachable(error.to_string())),
            Err(_) => Err(Failed::Unreachable("the name was not looked up".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    /// A resolver that answers nobody before it is let go; how many it is asked for, and what lets it go.
    fn hanging() -> (Names, Arc<AtomicUsize>, Arc<Semaphore>) {
        let (asked, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
        let (counted, closed) = (asked.clone(), gate.clone());
        let look = move |host: String, port: u16| -> Looking {
            let (counted, closed) = (counted.clone(), closed.clone());
            Box::pin(async move {
                counted.fetch_add(1, Ordering::SeqCst);
                if host.ends_with("hangs.example") {
                    let _ = closed.acquire().await;
                }
                Ok(vec![SocketAddr::from(([192, 0, 2, 1], port))])
            })
        };
        (Names::by(Arc::new(look)), asked, gate)
    }

    #[tokio::test]
    async fn a_look_up_that_was_given_up_on_keeps_its_seat_and_one_owner_has_few() {
        let (names, asked, gate) = hanging();
        for number in 0..10 {
            let host = format!("{number}.hangs.example");
            assert!(timeout(SOON, names.addresses("harbor", &host, 443)).await.is_err());
        }
        assert_eq!(asked.load(Ordering::SeqCst), OF_ONE, "the others were not even begun");
        assert!(timeout(SOON, names.addresses("harbor", "well.example", 443)).await.is_err());
        // Nobody else waits behind them.
        let found = names.addresses("lakeshore", "well.example", 443).await.unwrap();
        assert_eq!(found, [SocketAddr::from(([192, 0, 2, 1], 443))]);
        gate.close();
        names.addresses("harbor", "well.example", 443).await.unwrap();
    }

    #[tokio::test]
    async fn all_owners_together_keep_so_many_threads_and_no_more() {
        let (names, asked, gate) = hanging();
        for number in 0..AT_ONCE * 2 {
            let owner = format!("owner-{number}");
            let asked = timeout(Duration::from_millis(1), names.addresses(&owner, "hangs.example", 443)).await;
            assert!(asked.is_err());
        }
        assert_eq!(asked.load(Ordering::SeqCst), AT_ONCE);
        // What is written as a number is looked up nowhere.
        names.addresses("lakeshore", "192.0.2.7", 443).await.unwrap();
        names.addresses("lakeshore", "::1", 443).await.unwrap();
        gate.close();
        names.addresses("lakeshore", "well.example", 443).await.unwrap();
    }
}
