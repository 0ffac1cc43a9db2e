//! `connection accept-mfa`: whose second factor counts for everybody, by whose word.

use anyhow::bail;
use clap::Args;
use serde_json::json;
use store::Tx;

use super::super::organization::operator;
use super::super::say;
use super::Which;
use crate::federation;
use crate::organizations::Vouching;

#[derive(Args)]
pub struct Accept {
    #[command(flatten)]
    which: Which,
    /// The operator who takes it upon them (an account's address)
    #[arg(long, value_name = "OPERATOR", requires = "because", required_unless_present = "withdraw")]
    by: Option<String>,
    /// Why that is good enough; goes into the audit trail
    #[arg(long, value_name = "TEXT", requires = "by")]
    because: Option<String>,
    /// Take it back
    #[arg(long, conflicts_with = "by")]
    withdraw: bool,
}

pub async fn accept(options: &Accept) -> anyhow::Result<()> {
    let (app, connection, _) = options.which.open().await?;
    let operator = match &options.by {
        Some(by) => Some(operator(&app, by).await?),
        None => None,
    };
    let because = options.because.as_deref().unwrap_or_default();
    let vouching = operator.as_ref().map(|operator| Vouching { operator, because });
    let accept = async |tx: &mut Tx| federation::accept_mfa(tx, &app, &connection, vouching.as_ref()).await;
    let new = match app.db.write("federation.accept_mfa", accept).await {
        Ok(new) => new,
        Err(error) => bail!("Nothing was accepted: {error}."),
    };
    let name = &connection.settings.name;
    let sentence = match (new, vouching.is_some()) {
        (true, true) => format!("A second factor shown at {name} counts for everybody from now on."),
        (true, false) => {
            format!("A second factor shown at {name} counts no more for administrators and products that demand one.")
        }
        (false, true) => format!("A second factor shown at {name} counted for everybody before."),
        (false, false) => "Nobody had accepted that.".to_owned(),
    };
    if options.which.json {
        say(json!({ "connection": connection.id.as_str(), "done": sentence }));
    } else {
        say(sentence);
    }
    Ok(())
}
