//! How soon a server is there, and how much memory it takes: idle, and when a thousand people post at once.

use anyhow::{Result, ensure};
use tokio::task::JoinSet;

use crate::client::{Browser, Reply};
use crate::figures::{median, quantile};
use crate::journey;
use crate::machine::memory;
use crate::node::{Node, Site};
use crate::people::{self, PASSWORD};

const STARTS: usize = 11;
const POSTS: usize = 1_000;
/// One thread hashes on the one core that the server has, with 19,456 KiB.
const HASH_MEMORY: f64 = 19.0;
const ALLOWANCE: f64 = 64.0;

pub async fn starts(site: &Site) -> Result<()> {
    let (mut times, mut memories) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let node = Node::start(site).await?;
        times.push(node.ready_after.as_secs_f64() * 1e3);
        memories.push(memory(node.id(), "VmRSS")?);
    }
    let engine = site.engine;
    println!("start to ready, {engine:<24}{:.0} ms   (at most {:.0})", median(&times), quantile(&times, 1.0));
    println!("idle memory, {engine:<27}{:.1} MiB   (at most {:.1})", median(&memories), quantile(&memories, 1.0));
    Ok(())
}

/// A thousand people are at the password page; then all of them press the button.
pub async fn rush(site: &Site) -> Result<()> {
    let node = Node::start(site).await?;
    let idle = memory(node.id(), "VmRSS")?;
    let mut waiting = Vec::new();
    for number in 0..POSTS {
        let mut browser = Browser::open(node.address).await?;
        let form = journey::to_the_password_page(&mut browser, &people::known(number)).await?;
        waiting.push((browser, form));
    }
    let before = memory(node.id(), "VmRSS")?;
    let mut posts = JoinSet::new();
    for (mut browser, form) in waiting {
        posts.spawn(async move { journey::post_password(&mut browser, &form, PASSWORD).await });
    }
    let replies: Vec<Reply> = posts.join_all().await.into_iter().collect::<Result<_>>()?;
    let checked = replies.iter().filter(|reply| reply.status == 303).count();
    let busy = replies.iter().filter(|reply| reply.status == 503 && reply.retry_after).count();
    ensure!(checked + busy == POSTS, "something was answered neither with 303 nor with 503 and Retry-After");
    let (peak, bound) = (memory(node.id(), "VmHWM")?, idle + HASH_MEMORY + ALLOWANCE);
    println!(
        "peak of {POSTS} posts, {:<21}{peak:.1} MiB   (bound {bound:.1}: idle {idle:.1} + {HASH_MEMORY} + {ALLOWANCE}; \
         {before:.1} before; {checked} checked, {busy} told to come back)",
        site.engine
    );
    Ok(())
}
