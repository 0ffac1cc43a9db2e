use clap::{Args, Subcommand};
use serde_json::json;
use store::Tx;

use super::{Configured, say, table};
use crate::platform::web::Moment;
use crate::support::{self, Sent};

#[derive(Subcommand)]
pub enum Support {
    /// The requests nobody has answered yet, newest first
    List(List),
}

#[derive(Args)]
pub struct List {
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn run(command: Support) -> anyhow::Result<()> {
    let Support::List(list) = command;
    let app = list.configured.app().await?;
    let open = app.db.read("support.open", async |tx: &mut Tx| support::open(tx).await).await?;
    if list.json {
        say(json!(open.iter().map(as_json).collect::<Vec<_>>()));
        return Ok(());
    }
    if open.is_empty() {
        say("Nobody waits for an answer.");
    }
    let now = app.clock.now();
    for sent in &open {
        let given = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".into());
        say(table(&[
            ("Number", sent.number.clone()),
            ("At", Moment::new(sent.created_at, "UTC", now).text),
            ("Kind", sent.kind.clone()),
            ("Topic", sent.topic.clone()),
            ("Name", sent.name.clone()),
            ("Email", given(&sent.email)),
            ("Telephone", given(&sent.phone)),
            ("Best time", given(&sent.best_time)),
            ("Typed at sign-in", given(&sent.identifier)),
            ("Reference", given(&sent.reference)),
        ]));
        // Quoted: a stranger's lines must not pass for ours.
        for line in sent.message.lines() {
            say(format_args!("  > {line}"));
        }
        say("");
    }
    Ok(())
}

fn as_json(sent: &Sent) -> serde_json::Value {
    json!({
        "id": sent.id, "number": sent.number, "kind": sent.kind, "topic": sent.topic, "reference": sent.reference,
        "name": sent.name, "email": sent.email, "phone": sent.phone, "best_time": sent.best_time,
        "message": sent.message, "identifier": sent.identifier, "created_at": sent.created_at.0,
    })
}
