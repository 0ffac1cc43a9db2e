//! People who do things, at once and without end, until the node is gone.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::JoinSet;

use super::http::Lost;
use super::ledger::{AccessRequest, Deed, Guesses, Reset, Session, deed_of};
use super::mailbox::link_in;
use super::{Crowd, Deployment, Ledger, Visitor};
use crate::support::PASSWORD;
use crate::support::steps::WRONG;

pub struct Load {
    people: JoinSet<Ledger>,
    over: Arc<AtomicBool>,
}

/// What each of them knows.
#[derive(Clone)]
struct Scene {
    node: SocketAddr,
    crowd: Arc<Crowd>,
    deployment: Arc<Deployment>,
    over: Arc<AtomicBool>,
}

impl Load {
    pub fn begin(node: SocketAddr, crowd: &Arc<Crowd>, deployment: &Arc<Deployment>) -> Load {
        let over = Arc::new(AtomicBool::new(false));
        let scene =
            Scene { node, crowd: Arc::clone(crowd), deployment: Arc::clone(deployment), over: Arc::clone(&over) };
        let mut people = JoinSet::new();
        for _ in 0..2 {
            people.spawn(come_and_go(scene.clone()));
            people.spawn(forget(scene.clone()));
        }
        people.spawn(guess(scene.clone()));
        people.spawn(ask(scene));
        Load { people, over }
    }

    /// Waits until all have noticed that nobody answers any more, and answers what they did.
    pub async fn end(self) -> Ledger {
        self.over.store(true, Ordering::SeqCst);
        let mut ledger = Ledger::default();
        for news in self.people.join_all().await {
            ledger.add(news);
        }
        ledger
    }
}

impl Scene {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }
}

/// Signs in, looks, and every other time signs out.
async fn come_and_go(scene: Scene) -> Ledger {
    let mut ledger = Ledger::default();
    for round in 0.. {
        let account = scene.crowd.comes();
        let mut visitor = Visitor::new(scene.node);
        let arrived = visitor.sign_in(&account, PASSWORD).await;
        // With the cookie the sign-in is acknowledged, whether or not the page behind it was seen.
        if visitor.has_session() {
            let mut session = Session { account, visitor: visitor.clone(), sign_out: Deed::NotAsked };
            if round % 2 == 1 && arrived.is_ok() {
                session.sign_out = deed_of(&visitor.post_and_stay("/sign-out", &[]).await, "/signed-out");
            }
            ledger.sessions.push(session);
        }
        if arrived.is_err() || scene.is_over() {
            break;
        }
    }
    ledger
}

/// Three wrong passwords each, with no pause.
async fn guess(scene: Scene) -> Ledger {
    let mut ledger = Ledger::default();
    while let (false, Some(account)) = (scene.is_over(), scene.crowd.guessed_at()) {
        let mut guesses = Guesses { account, asked: 0, refused: 0 };
        let lost = guess_thrice(&scene, &mut guesses).await;
        ledger.guesses.push(guesses);
        if lost.is_err() {
            break;
        }
    }
    ledger
}

async fn guess_thrice(scene: &Scene, guesses: &mut Guesses) -> Result<(), Lost> {
    let mut visitor = Visitor::new(scene.node);
    let sign_in = visitor.name(&guesses.account).await?;
    for _ in 0..3 {
        guesses.asked += 1;
        let fields = [("password", WRONG)];
        let answer = visitor.post_and_stay(&format!("{sign_in}/password"), &fields).await?;
        if answer.status == 303 {
            guesses.refused += 1;
        }
    }
    Ok(())
}

/// A reset from the first question to the new password.
async fn forget(scene: Scene) -> Ledger {
    let mut ledger = Ledger::default();
    while let (false, Some(account)) = (scene.is_over(), scene.crowd.forgets()) {
        if forget_once(&scene, account, &mut ledger).await.is_err() {
            break;
        }
    }
    ledger
}

async fn forget_once(scene: &Scene, account: String, ledger: &mut Ledger) -> Result<(), Lost> {
    Visitor::new(scene.node).ask_for_reset(&account).await?;
    let link = loop {
        if let Some(mail) = scene.deployment.mailbox.last_to(&account) {
            break link_in(&mail);
        }
        if scene.is_over() {
            return Err(Lost::Cut);
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    };
    let mut visitor = Visitor::new(scene.node);
    visitor.get(&link).await?;
    let password = format!("tangerine-lantern-{}", ledger.resets.len());
    let fields = [("password", password.as_str()), ("again", password.as_str())];
    let answered = visitor.post_and_stay("/recover/new-password", &fields).await;
    let deed = deed_of(&answered, "/recover/new-password");
    ledger.resets.push(Reset { account, link, password, deed });
    answered.map(drop)
}

/// Signs in without access, and asks for it.
async fn ask(scene: Scene) -> Ledger {
    let mut ledger = Ledger::default();
    while let (false, Some(account)) = (scene.is_over(), scene.crowd.asks()) {
        let mut visitor = Visitor::new(scene.node);
        if visitor.sign_in(&account, PASSWORD).await.is_err() {
            break;
        }
        let answered = visitor.post_and_stay("/access-requests", &[]).await;
        let deed = deed_of(&answered, "/");
        ledger.requests.push(AccessRequest { visitor, deed });
        if answered.is_err() {
            break;
        }
    }
    ledger
}
