use clap::Subcommand;
use store::Tx;

use super::{Configured, say};
use crate::delivery;

#[derive(Subcommand)]
pub enum Mail {
    /// How mail fared within a day, by the recipients' domains; exit 1 when an organization's mail server refuses ours
    Domains(Domains),
}

#[derive(clap::Args)]
pub struct Domains {
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn run(command: Mail) -> anyhow::Result<()> {
    let Mail::Domains(options) = command;
    let app = options.configured.app().await?;
    let domains = app.db.read("delivery.domains", async |tx: &mut Tx| delivery::domains(tx).await).await?;
    if options.json {
        say(serde_json::to_string_pretty(&domains)?);
    } else if domains.is_empty() {
        say("No mail within a day.");
    }
    for one in domains.iter().filter(|_| !options.json) {
        let verdict = if one.refuses_us { "  refuses our mail" } else { "" };
        say(format!(
            "{:32} taken {}, turned away {}, sent back {}, no mailbox {}, waiting {}{verdict}",
            one.domain, one.taken, one.turned_away, one.bounced, one.no_mailbox, one.waiting
        ));
    }
    let alarm = domains.iter().any(|one| one.refuses_us && one.organization.is_some());
    if alarm { Err(super::Exit(1).into()) } else { Ok(()) }
}
