//! Who is connected, who of them waits, and who goes when room is needed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Limits;
use crate::platform::web::address::{Network, is_among, subscriber};

pub struct Registry {
    connections: usize,
    connections_per_address: usize,
    trusted: Vec<Network>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Numbers connections, and orders those that wait.
    last: u64,
    open: HashMap<u64, Entry>,
    /// By when they began to wait.
    waiting: BTreeMap<u64, u64>,
    peers: HashMap<IpAddr, Peer>,
}

struct Entry {
    /// `None`: not counted per address.
    peer: Option<IpAddr>,
    waiting_since: Option<u64>,
    closed: Arc<Notify>,
}

#[derive(Default)]
struct Peer {
    open: usize,
    waiting: BTreeSet<u64>,
}

impl Registry {
    pub fn new(limits: Limits) -> Arc<Registry> {
        Arc::new(Registry {
            connections: limits.connections.max(1),
            connections_per_address: limits.connections_per_address.max(1),
            trusted: limits.trusted_proxies,
            state: Mutex::default(),
        })
    }

    /// Lets a connection in, which waits from now on; `None` when there is no room and nobody waits.
    pub fn enter(&self, address: IpAddr) -> Option<(u64, Arc<Notify>)> {
        let peer = (!is_among(address, &self.trusted)).then(|| subscriber(address));
        let mut state = self.state();
        if let Some(full) = peer.and_then(|peer| state.peers.get(&peer))
            && full.open >= self.connections_per_address
        {
            let longest = *full.waiting.first()?;
            state.close(longest);
        }
        if state.open.len() >= self.connections {
            let longest = *state.waiting.first_key_value()?.0;
            state.close(longest);
        }
        let closed = Arc::new(Notify::new());
        let id = state.next();
        state.open.insert(id, Entry { peer, waiting_since: None, closed: Arc::clone(&closed) });
        if let Some(peer) = peer {
            state.peers.entry(peer).or_default().open += 1;
        }
        state.waits(id);
        metrics::gauge!("portico_connections").set(state.open.len() as f64);
        Some((id, closed))
    }

    pub fn leave(&self, id: u64) {
        let mut state = self.state();
        state.remove(id);
        metrics::gauge!("portico_connections").set(state.open.len() as f64);
    }

    pub fn waits(&self, id: u64) {
        self.state().waits(id);
    }

    pub fn works(&self, id: u64) {
        self.state().works(id);
    }

    /// Closes the one that has waited longest.
    pub fn close_longest(&self) {
        let mut state = self.state();
        if let Some((&longest, _)) = state.waiting.first_key_value() {
            state.close(longest);
        }
    }

    /// Closes everyone who waits.
    pub fn close_waiting(&self) {
        let mut state = self.state();
        while let Some((&longest, _)) = state.waiting.first_key_value() {
            state.close(longest);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn waits(&mut self, id: u64) {
        let now = self.next();
        let Some(entry) = self.open.get_mut(&id).filter(|entry| entry.waiting_since.is_none()) else {
            return;
        };
        entry.waiting_since = Some(now);
        self.waiting.insert(now, id);
        if let Some(peer) = entry.peer.and_then(|peer| self.peers.get_mut(&peer)) {
            peer.waiting.insert(now);
        }
    }

    fn works(&mut self, id: u64) {
        let Some(entry) = self.open.get_mut(&id) else {
            return;
        };
        let Some(since) = entry.waiting_since.take() else {
            return;
        };
        self.waiting.remove(&since);
        if let Some(peer) = entry.peer.and_then(|peer| self.peers.get_mut(&peer)) {
            peer.waiting.remove(&since);
        }
    }

    /// Closes the one that waits since `since`, and counts it as gone at once.
    fn close(&mut self, since: u64) {
        if let Some(id) = self.waiting.remove(&since)
            && let Some(entry) = self.remove(id)
        {
            metrics::counter!("portico_connections_evicted_total").increment(1);
            entry.closed.notify_one();
        }
    }

    fn remove(&mut self, id: u64) -> Option<Entry> {
        self.works(id);
        let entry = self.open.remove(&id)?;
        if let Some(address) = entry.peer
            && let Some(peer) = self.peers.get_mut(&address)
        {
            peer.open -= 1;
            if peer.open == 0 {
                self.peers.remove(&address);
            }
        }
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry(connections: usize, connections_per_address: usize, trusted: &[&str]) -> Arc<Registry> {
        let trusted_proxies = trusted.iter().map(|one| one.parse().unwrap()).collect();
        Registry::new(Limits { connections, connections_per_address, trusted_proxies })
    }

    async fn is_closed(closed: &Notify) -> bool {
        tokio::time::timeout(std::time::Duration::ZERO, closed.notified()).await.is_ok()
    }

    fn one(last: u8) -> IpAddr {
        IpAddr::from([198, 51, 100, last])
    }

    #[tokio::test]
    async fn the_one_that_has_waited_longest_makes_room_for_the_next_of_its_address() {
        let registry = registry(10, 2, &[]);
        let (first, first_closed) = registry.enter(one(1)).unwrap();
        let (_, second_closed) = registry.enter(one(1)).unwrap();
        // The first asks and waits again: now the second has waited longest.
        registry.works(first);
        registry.waits(first);
        assert!(registry.enter(one(1)).is_some());
        assert!(is_closed(&second_closed).await && !is_closed(&first_closed).await);
    }

    #[tokio::test]
    async fn nobody_who_is_being_served_makes_room() {
        let registry = registry(10, 1, &[]);
        let (busy, closed) = registry.enter(one(1)).unwrap();
        registry.works(busy);
        assert!(registry.enter(one(1)).is_none());
        assert!(registry.enter(one(2)).is_some());
        assert!(!is_closed(&closed).await);
        registry.leave(busy);
        assert!(registry.enter(one(1)).is_some());
    }

    #[tokio::test]
    async fn the_limit_over_all_spans_addresses_and_a_proxy_has_no_limit_of_its_own() {
        let registry = registry(3, 1, &["10.0.0.0/8"]);
        let proxy = IpAddr::from([10, 0, 0, 1]);
        let (_, oldest) = registry.enter(proxy).unwrap();
        assert!(registry.enter(proxy).is_some() && registry.enter(one(1)).is_some());
        assert!(registry.enter(one(2)).is_some());
        assert!(is_closed(&oldest).await);
    }

    #[test]
    fn nothing_is_left_when_all_have_left() {
        let registry = registry(2, 2, &[]);
        let ids: Vec<u64> = (0..5).map(|_| registry.enter(one(1)).unwrap().0).collect();
        registry.close_waiting();
        for id in ids {
            registry.leave(id);
            registry.waits(id);
        }
        let state = registry.state();
        assert!(state.open.is_empty() && state.waiting.is_empty() && state.peers.is_empty());
    }
}
