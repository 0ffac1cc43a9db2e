//! Many accounts, each for one thing that can happen to it, so that every deed has a trace of its own.

use std::sync::atomic::{AtomicUsize, Ordering};

use portico::app::App;
use portico::demo::data::ANSWERS;
use portico::password;
use portico::people::{self, Email, NewAccount};
use portico::platform::entropy::Secret;
use portico::platform::ids::{AccountId, OrganizationId};
use portico::questions::{self, Chosen};
use store::{Error, Tx};

use super::Deployment;
use crate::support::PASSWORD;

/// Who is there, and whose turn it is.
#[derive(Default)]
pub struct Crowd {
    coming: AtomicUsize,
    guessed_at: AtomicUsize,
    forgetful: AtomicUsize,
    asking: AtomicUsize,
}

const COMING: usize = 100;
const GUESSED_AT: usize = 500;
const FORGETFUL: usize = 500;
const ASKING: usize = 500;

impl Crowd {
    /// Writes them all into a deployment.
    pub async fn settle(deployment: &Deployment) -> Crowd {
        let app = deployment.app().await;
        let phc = app.hasher.reserve().unwrap().hash(Secret::from(PASSWORD)).await.unwrap();
        let answers = questions::hash(&app.keys, &app.hasher, &Chosen::seeded(ANSWERS)).await.unwrap();
        let kinds = [("coming", COMING), ("guessed-at", GUESSED_AT), ("forgetful", FORGETFUL), ("asking", ASKING)];
        for (kind, count) in kinds {
            let insert = async |tx: &mut Tx| {
                for number in 0..count {
                    let id = insert(tx, &app, kind, number, &phc).await?;
                    people::set_email_verified(tx, &id).await?;
                    questions::put(tx, &app.keys, &id, &answers).await?;
                }
                Ok::<_, Error>(())
            };
            app.db.write("process.settle", insert).await.unwrap();
        }
        Crowd::default()
    }

    /// Somebody who signs in; they take turns.
    pub fn comes(&self) -> String {
        address("coming", self.coming.fetch_add(1, Ordering::Relaxed) % COMING)
    }

    /// Somebody whose password nobody has guessed at yet.
    pub fn guessed_at(&self) -> Option<String> {
        fresh("guessed-at", &self.guessed_at, GUESSED_AT)
    }

    /// Somebody who has not forgotten a password yet.
    pub fn forgets(&self) -> Option<String> {
        fresh("forgetful", &self.forgetful, FORGETFUL)
    }

    /// Somebody without access who has not asked for it yet.
    pub fn asks(&self) -> Option<String> {
        fresh("asking", &self.asking, ASKING)
    }
}

fn fresh(kind: &str, next: &AtomicUsize, count: usize) -> Option<String> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    (number < count).then(|| address(kind, number))
}

fn address(kind: &str, number: usize) -> String {
    format!("{kind}-{number}@riverside.example")
}

async fn insert(tx: &mut Tx, app: &App, kind: &str, number: usize, phc: &str) -> Result<AccountId, Error> {
    let email = address(kind, number);
    let id = AccountId::from(email.as_str());
    let account = NewAccount {
        id: id.clone(),
        organization: OrganizationId::from("riverside"),
        email: Email::parse(&email).unwrap(),
        email_shown: email.clone(),
        user_name: None,
        first_name: "Somebody".into(),
        last_name: format!("Number {number}"),
        signs_in_by_email: true,
        shared: false,
    };
    people::insert(tx, &account).await?;
    people::set_password(tx, &id, &password::seal(&app.keys, &id, phc)).await?;
    Ok(id)
}
