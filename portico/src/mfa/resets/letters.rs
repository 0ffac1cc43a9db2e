//! To whoever began a reset that was not done.

use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::queries::Waiting;
use super::rules::Lapsed;
use crate::app::App;
use crate::notices;
use crate::organizations;
use crate::people::{self, Account};
use crate::platform::mail::{self, Block, Desk, Letter, Letters, Message, Post};
use crate::platform::spelled::parse;

pub fn register(letters: Letters) -> Letters {
    letters.with::<LapsedLetter>()
}

#[derive(Serialize, Deserialize)]
pub struct LapsedLetter {
    pub name: String,
    /// What the person signs in with.
    pub account: String,
    pub organization: String,
    /// [`Lapsed`], in its word.
    pub why: String,
}

impl Letter for LapsedLetter {
    const KIND: &'static str = "mfa.reset_lapsed";

    fn compose(&self, desk: &Desk) -> Message {
        let facts = [("name", self.name.as_str()), ("account", self.account.as_str())];
        let why = parse(&self.why).unwrap_or(Lapsed::Beginner);
        Message {
            subject: desk.with("mail-reset-lapsed-subject", &facts),
            preview: desk.t("mail-reset-lapsed-preview"),
            blocks: vec![
                Block::Text(desk.with("mail-reset-lapsed-lead", &facts)),
                Block::Text(desk.t(&format!("mail-reset-lapsed-{}", why.as_str()))),
                Block::Facts(vec![(desk.t("notice-reported-organization"), self.organization.clone())]),
                Block::Text(desk.t("mail-reset-lapsed-next")),
                Block::Small(desk.t("mail-never")),
            ],
        }
    }
}

/// Those who run the deployment stand for whoever ran the command, and the administrators of today for one who cannot be told any more.
pub(super) async fn tell_beginner(
    tx: &mut Tx,
    app: &App,
    person: &Account,
    due: &Waiting,
    why: Lapsed,
) -> Result<(), Error> {
    // The one it was begun in: whoever began it need not know where the person is now, nor is it told there.
    let Some(organization) = organizations::by_id(tx, &due.organization).await? else { return Ok(()) };
    let letter = LapsedLetter {
        name: person.name(),
        account: person.sign_in_name().to_owned(),
        organization: organization.name,
        why: why.as_str().to_owned(),
    };
    let Some(by) = due.administrator() else {
        let operators = people::operators(tx).await?;
        return notices::tell_administrators(tx, app, &operators, &letter).await;
    };
    let by = people::by_id(tx, &by).await?.filter(|by| by.disabled_at.is_none() && !by.has_unproved_address());
    match by.filter(|by| by.is_administrator && by.organization.id == organization.id) {
        Some(by) => {
            let post = Post { to: Some(&by.email), letter: &letter, account: Some(&by.id), language: by.language() };
            mail::queue(tx, &app.office, post).await.map(drop)
        }
        None => {
            let mut responsible = people::administrators_of(tx, &organization.id).await?;
            if responsible.is_empty() {
                responsible = people::operators(tx).await?;
            }
            notices::tell_administrators(tx, app, &responsible, &letter).await
        }
    }
}
