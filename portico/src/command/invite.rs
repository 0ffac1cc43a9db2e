//! A first way in, and a new one: `account invite` and `account temporary-password`.

use anyhow::bail;
use clap::Args;
use serde_json::json;
use store::Tx;

use super::account::{Whom, parse};
use super::{Configured, Misconfigured, say};
use crate::audit::Actor;
use crate::invitations::{self, Refused};
use crate::people::{self, Email};

#[derive(Args)]
pub struct Invite {
    /// The address of the person
    email: String,
    /// The organization's short name
    #[arg(long, value_name = "SLUG")]
    organization: String,
    /// The product's short name
    #[arg(long, value_name = "SLUG")]
    product: String,
    /// One of the organization's sites, by name; all of them if left out
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
    /// What the product calls what the person may do in it
    #[arg(long)]
    role: Option<String>,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

/// Says the same whether the address had an account or not.
pub async fn invite(options: &Invite) -> anyhow::Result<()> {
    let odd = || Misconfigured(format!("{:?} is no email address.", options.email));
    let email = Email::parse(&options.email).ok_or_else(odd)?;
    let app = options.configured.app().await?;
    let wanted = invitations::Invite {
        email: &email,
        shown: &options.email,
        organization: &options.organization,
        product: &options.product,
        site: options.site.as_deref(),
        role: options.role.as_deref(),
    };
    let invited = app
        .db
        .write("account.invite", async |tx: &mut Tx| invitations::invite(tx, &app, Actor::Command, &wanted).await)
        .await
        .map_err(|error: store::Error| anyhow::anyhow!("{error}"))?;
    if let Err(refused) = invited {
        let named = match refused {
            Refused::Organization => format!("--organization {}", options.organization),
            Refused::Product | Refused::License | Refused::NotYet(_) | Refused::Ended(_) | Refused::NoSeat(_) => {
                format!("--product {}", options.product)
            }
            Refused::Site => format!("--site {:?}", options.site.clone().unwrap_or_default()),
        };
        bail!("Nobody was invited ({named}): {refused}");
    }
    let sentence = format!("The mail to {} is queued.", email.as_str());
    if options.json {
        say(json!({ "account": email.as_str(), "product": options.product, "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}

/// Ends a password and mails a temporary one, which nobody here sees.
pub async fn temporary_password(whom: &Whom) -> anyhow::Result<()> {
    let identifier = parse(&whom.who)?;
    let app = whom.configured.app().await?;
    let done = app
        .db
        .write("account.temporary_password", async |tx: &mut Tx| {
            let Some(account) = people::by_identifier(tx, &identifier).await? else { return Ok(None) };
            let made = invitations::make_temporary(tx, &app, Actor::Command, &account).await?;
            Ok(Some((account, made)))
        })
        .await
        .map_err(|error: store::Error| anyhow::anyhow!("{error}"))?;
    let sentence = match done {
        None => bail!("There is no account {}.", whom.who),
        Some((_, false)) => bail!(
            "{} has no password of its own here: it is switched off, shared, or signs in at its organization. Use \
             `portico doctor {}` to see which.",
            whom.who,
            whom.who
        ),
        Some((account, true)) => format!(
            "The password of {} is ended. The mail with a temporary one is queued for {}.",
            account.sign_in_name(),
            account.email
        ),
    };
    if whom.json {
        say(json!({ "account": whom.who, "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}
