//! Sign-ins against hashes, pages against a bare route: in turns, so that what else the machine does falls on both.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tokio::sync::Mutex;

use crate::client::{Browser, Connection};
use crate::journey;
use crate::load::{Rate, Rounds, steady};
use crate::node::Node;
use crate::people::{self, OMAR, PASSWORD};
use crate::raw::{self, Bare};

const ROUNDS: usize = 9;
const HASHES: Duration = Duration::from_secs(2);
const SIGN_INS: Duration = Duration::from_secs(3);
const PAGES: Duration = Duration::from_millis(1_200);
/// Enough that a password always waits to be checked while others are at their pages.
const SIGNING_IN: usize = 16;
const READING: usize = 16;

/// Whole sign-ins, with as many raw hashes a second before each as the same core makes.
pub async fn sign_ins(nodes: &[(&'static str, &Node)]) -> Result<()> {
    let mut crowds = Vec::new();
    for (_, node) in nodes {
        crowds.push(Crowd::gather(node).await?);
    }
    let mut rounds: Vec<Rounds> = nodes.iter().map(|_| Rounds::default()).collect();
    for _ in 0..ROUNDS {
        for ((crowd, (_, node)), rounds) in crowds.iter().zip(nodes).zip(&mut rounds) {
            let hashes = raw::counted("hashes", HASHES).await?;
            rounds.add(crowd.sign_in(node).await?, hashes);
        }
    }
    for ((engine, _), rounds) in nodes.iter().zip(&rounds) {
        println!("sign-ins ÷ Argon2id hashes, {engine:<11} {}", rounds.tell());
    }
    Ok(())
}

/// People who come again and again, each in the browser they always use: a sign-in in a strange one is rare, and mails a
/// notice.
struct Crowd(Arc<Mutex<Vec<(String, Browser)>>>);

impl Crowd {
    async fn gather(node: &Node) -> Result<Crowd> {
        let mut people = Vec::new();
        for number in 0..SIGNING_IN {
            let (person, mut browser) = (people::known(number), Browser::open(node.address).await?);
            journey::sign_in(&mut browser, &person, PASSWORD).await?;
            people.push((person, browser));
        }
        Ok(Crowd(Arc::new(Mutex::new(people))))
    }

    async fn sign_in(&self, node: &Node) -> Result<Rate> {
        steady(node.id(), SIGNING_IN, SIGN_INS, |tally| {
            let people = Arc::clone(&self.0);
            async move {
                let mine = people.lock().await.pop();
                let (person, mut browser) = mine.context("there are as many people as clients")?;
                while !tally.is_over() {
                    journey::sign_in(&mut browser, &person, PASSWORD).await?;
                    tally.one_more();
                }
                people.lock().await.push((person, browser));
                Ok(())
            }
        })
        .await
    }
}

/// A page, and the request that a browser which was there before asks for it with.
struct Asked {
    page: &'static str,
    engine: &'static str,
    request: Vec<u8>,
    server: (u32, std::net::SocketAddr),
    /// The same page's number at the bare server, and the request there.
    bare: Vec<u8>,
}

/// The first page and the portal, each against a bare route with the same head and body.
pub async fn pages(folder: &Path, nodes: &[(&'static str, &Node)]) -> Result<()> {
    let mut asked = Vec::new();
    let mut files = Vec::new();
    for (engine, node) in nodes {
        let mut browser = Browser::open(node.address).await?;
        journey::sign_in(&mut browser, OMAR, PASSWORD).await?;
        for (page, path) in [("sign-in page", "/sign-in"), ("portal", "/")] {
            let request = browser.request("GET", path, None);
            let file = folder.join(format!("page-{}", files.len()));
            fs::write(&file, bytes_of(node, &request).await?)?;
            let bare = browser.request("GET", &format!("/{}", files.len()), None);
            asked.push(Asked { page, engine, request, server: (node.id(), node.address), bare });
            files.push(file.display().to_string());
        }
    }
    let bare = Bare::start(&files).await?;
    let mut rounds: Vec<Rounds> = asked.iter().map(|_| Rounds::default()).collect();
    for _ in 0..ROUNDS {
        for (asked, rounds) in asked.iter().zip(&mut rounds) {
            let against = reading((bare.id(), bare.address), &asked.bare).await?;
            rounds.add(reading(asked.server, &asked.request).await?, against);
        }
    }
    for (Asked { page, engine, .. }, rounds) in asked.iter().zip(&rounds) {
        println!("{:<39} {}", format!("{page} ÷ bare route, {engine}"), rounds.tell());
    }
    Ok(())
}

async fn bytes_of(node: &Node, request: &[u8]) -> Result<Vec<u8>> {
    let mut connection = Connection::open(node.address).await?;
    let answer = connection.exchange(request).await?;
    ensure!(answer.status() == 200, "a page answered {}", answer.status());
    Ok([answer.head.as_bytes(), answer.body].concat())
}

async fn reading((server, address): (u32, std::net::SocketAddr), request: &[u8]) -> Result<Rate> {
    let request: Arc<[u8]> = request.into();
    steady(server, READING, PAGES, |tally| {
        let request = Arc::clone(&request);
        async move {
            let mut connection = Connection::open(address).await?;
            while !tally.is_over() {
                let status = connection.exchange(&request).await?.status();
                ensure!(status == 200, "a page answered {status}");
                tally.one_more();
            }
            Ok(())
        }
    })
    .await
}
