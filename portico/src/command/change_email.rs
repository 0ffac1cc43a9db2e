//! A corrected address: `account change-email`.

use anyhow::bail;
use clap::Args;
use serde_json::json;
use store::Tx;

use super::account::{Whom, parse};
use super::{Misconfigured, say};
use crate::audit::Actor;
use crate::people::{self, Account, Email};

#[derive(Args)]
pub struct ChangeEmail {
    #[command(flatten)]
    whom: Whom,
    /// The address mail goes to from now on
    new: String,
}

pub async fn change_email(options: &ChangeEmail) -> anyhow::Result<()> {
    let ChangeEmail { whom, new } = options;
    let identifier = parse(&whom.who)?;
    let email = Email::parse(new).ok_or_else(|| Misconfigured(format!("{new:?} is no email address.")))?;
    let app = whom.configured.app().await?;
    let done = app
        .db
        .write("account.change_email", async |tx: &mut Tx| {
            let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
            let changed = people::change_email(tx, &app, Actor::Command, &account, &email, new).await?;
            Ok(Some((account, changed)))
        })
        .await
        .map_err(|error: store::Error| anyhow::anyhow!("{error}"))?;
    let sentence = match done {
        None => bail!("There is no account {}.", whom.who),
        Some((_, Err(refused))) => bail!("The address was not changed to {}: {refused}", email.as_str()),
        Some((account, Ok(false))) => format!("{} has that address already.", account.sign_in_name()),
        Some((account, Ok(true))) => told(&account, &email),
    };
    if whom.json {
        say(json!({ "account": whom.who, "email": email.as_str(), "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}

/// What has been done, and what is left to do for somebody who cannot sign in.
fn told(before: &Account, new: &Email) -> String {
    let (old, new) = (&before.email, new.as_str());
    let next = match before {
        _ if before.is_registering() => {
            format!("Older invitations are void: send another one with `portico account invite {new}`.")
        }
        _ if before.is_pending() => {
            "There is no password: send a way in with `portico account temporary-password`.".into()
        }
        _ => "It has to be confirmed with a code at the next sign-in, and resets no password before.".into(),
    };
    format!("Mail for {} goes to {new} and no more to {old}; both are told. {next}", before.name())
}
