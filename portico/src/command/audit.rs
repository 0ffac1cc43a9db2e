use anyhow::bail;
use clap::Subcommand;

use super::{Configured, say};
use crate::audit::{self, Verdict};

#[derive(Subcommand)]
pub enum Audit {
    /// Walk the chain and say whether a row was changed, removed or slipped in
    Verify(Configured),
}

pub async fn run(command: Audit) -> anyhow::Result<()> {
    let Audit::Verify(configured) = command;
    let app = configured.app().await?;
    match audit::verify(&app.db, &app.keys).await? {
        Verdict::Verified { rows, unsealed } => {
            say(format!("The audit trail is whole: {rows} rows, {unsealed} not sealed yet."));
            Ok(())
        }
        Verdict::Broken { sequence, what } => {
            bail!("The audit trail is broken at row {sequence}: {what}. Compare it with a copy kept elsewhere.")
        }
    }
}
