//! What was asked, what was acknowledged, and whether it still holds. The test process keeps it, which survives.
//!
//! Every deed is written down before it is asked for and again after its answer: *acknowledged* must hold for good;
//! *unknown* may hold or not, but the same from then on.

use std::net::SocketAddr;

use super::http::Lost;
use super::{Visitor, until};
use crate::support::PASSWORD;
use crate::support::steps::{LOCKED, WRONG, WRONG_PASSWORD};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    NotAsked,
    Unknown,
    Acknowledged,
}

/// A sign-in that was acknowledged, and perhaps its end.
#[derive(Clone, Debug)]
pub struct Session {
    pub account: String,
    pub visitor: Visitor,
    pub sign_out: Deed,
}

/// Wrong passwords for one account: how many were asked for, and how many were told to be wrong.
#[derive(Clone, Debug)]
pub struct Guesses {
    pub account: String,
    pub asked: usize,
    pub refused: usize,
}

#[derive(Clone, Debug)]
pub struct Reset {
    pub account: String,
    pub link: String,
    pub password: String,
    pub deed: Deed,
}

#[derive(Clone, Debug)]
pub struct AccessRequest {
    pub visitor: Visitor,
    pub deed: Deed,
}

#[derive(Default)]
pub struct Ledger {
    pub sessions: Vec<Session>,
    pub guesses: Vec<Guesses>,
    pub resets: Vec<Reset>,
    pub requests: Vec<AccessRequest>,
}

impl Ledger {
    pub fn add(&mut self, news: Ledger) {
        self.sessions.extend(news.sessions);
        self.guesses.extend(news.guesses);
        self.resets.extend(news.resets);
        self.requests.extend(news.requests);
    }

    /// How many deeds were acknowledged.
    pub fn acknowledged(&self) -> usize {
        let sign_outs = self.sessions.iter().filter(|session| session.sign_out == Deed::Acknowledged).count();
        let guesses: usize = self.guesses.iter().map(|guesses| guesses.refused).sum();
        let resets = self.resets.iter().filter(|reset| reset.deed == Deed::Acknowledged).count();
        let requests = self.requests.iter().filter(|request| request.deed == Deed::Acknowledged).count();
        self.sessions.len() + sign_outs + guesses + resets + requests
    }

    /// Looks at everything through the front door of a node. What was unknown is known afterwards.
    pub async fn check(&mut self, node: SocketAddr) {
        let Ledger { sessions, guesses, resets, requests } = self;
        let sessions = async {
            for session in sessions {
                session.check(node).await;
            }
        };
        let guesses = async {
            for guesses in guesses {
                guesses.check(node).await;
            }
        };
        let resets = async {
            for reset in resets {
                reset.check(node).await;
            }
        };
        let requests = async {
            for request in requests {
                request.check(node).await;
            }
        };
        tokio::join!(sessions, guesses, resets, requests);
    }
}

impl Session {
    async fn check(&mut self, node: SocketAddr) {
        let seen = self.visitor.at(node).get("/").await.unwrap();
        let alive = seen.who().is_some();
        match self.sign_out {
            Deed::NotAsked => assert!(alive, "{} was signed in, and the session is gone", self.account),
            Deed::Acknowledged => assert!(!alive, "{} was signed out, and the session is back", self.account),
            Deed::Unknown => self.sign_out = if alive { Deed::NotAsked } else { Deed::Acknowledged },
        }
    }
}

impl Guesses {
    /// After three acknowledged failures even the right password does not get in.
    async fn check(&self, node: SocketAddr) {
        if self.refused >= 3 {
            let seen = Visitor::new(node).sign_in(&self.account, PASSWORD).await.unwrap();
            assert_eq!(seen.problem(), LOCKED, "{} was locked, and is not any longer", self.account);
        }
    }

    /// Goes on guessing until the account is locked: no more than three were ever verified, whatever happened between.
    pub async fn exhaust(&self, node: SocketAddr) {
        let mut verified = self.refused;
        loop {
            // Attempts that died with their node hold their places until their lease is over.
            let seen = until("a place for a guess", async || {
                let seen = Visitor::new(node).sign_in(&self.account, WRONG).await.ok()?;
                (seen.answer.status == 200).then_some(seen)
            })
            .await;
            match seen.problem().as_str() {
                WRONG_PASSWORD => verified += 1,
                LOCKED => break,
                other => panic!("{}: {other}", self.account),
            }
            assert!(verified < 3, "{}: a {verified}. guess was verified, and none locked", self.account);
        }
        let seen = Visitor::new(node).sign_in(&self.account, PASSWORD).await.unwrap();
        assert_eq!(seen.problem(), LOCKED, "{} is open to guesses", self.account);
    }
}

impl Reset {
    /// The password that was acknowledged works, the one before does not, and the link works for nobody any more. Where
    /// there was no answer: either this, or none of it, and then the link still works, once.
    async fn check(&mut self, node: SocketAddr) {
        let done = self.opens(node, &self.password).await;
        match self.deed {
            Deed::Acknowledged => assert!(done, "{}: the password that was set is gone", self.account),
            Deed::NotAsked | Deed::Unknown if !done => {
                assert!(self.opens(node, PASSWORD).await, "{}: neither password works", self.account);
                let seen = Visitor::new(node).use_link(&self.link, &self.password).await.unwrap();
                assert_eq!(seen.path, "/recover/done", "{}: an unused link does not work", self.account);
                assert!(self.opens(node, &self.password).await);
            }
            Deed::NotAsked | Deed::Unknown => {}
        }
        self.deed = Deed::Acknowledged;
        assert!(!self.opens(node, PASSWORD).await, "{}: the password from before works", self.account);
        let again = Visitor::new(node).use_link(&self.link, "copper-kettle-harbour").await.unwrap();
        assert_ne!(again.path, "/recover/done", "{}: the link was used twice", self.account);
        assert!(self.opens(node, &self.password).await, "{}: the link was used twice", self.account);
    }

    async fn opens(&self, node: SocketAddr, password: &str) -> bool {
        Visitor::new(node).sign_in(&self.account, password).await.unwrap().who().is_some()
    }
}

impl AccessRequest {
    async fn check(&mut self, node: SocketAddr) {
        let seen = self.visitor.at(node).get("/").await.unwrap();
        let told = seen.text_of(".notice.good").is_some();
        match self.deed {
            Deed::Acknowledged => assert!(told, "a request for access was lost:\n{}", seen.answer.body),
            Deed::Unknown if told => self.deed = Deed::Acknowledged,
            Deed::Unknown | Deed::NotAsked => {}
        }
    }
}

/// Whether a deed was answered as one that was done.
pub fn deed_of(answered: &Result<super::Answer, Lost>, leads_to: &str) -> Deed {
    match answered {
        Ok(answer) if answer.status == 303 && answer.header("location") == Some(leads_to) => Deed::Acknowledged,
        Ok(_) | Err(Lost::Cut) => Deed::Unknown,
        Err(Lost::NobodyThere) => Deed::NotAsked,
    }
}
