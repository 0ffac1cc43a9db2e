use clap::Args;

use super::account::parse;
use super::{Configured, Exit, say};
use crate::doctor::{self, State, Verdict};

#[derive(Args)]
pub struct Doctor {
    /// What the caller typed: email or user name
    who: String,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn run(options: Doctor) -> anyhow::Result<()> {
    let identifier = parse(&options.who)?;
    let app = options.configured.app().await?;
    let report = doctor::examine(&app, &identifier).await?;
    if options.json {
        say(serde_json::to_string_pretty(&report)?);
    } else {
        say(&report.sentence);
        for step in &report.steps {
            let mark = match step.state {
                State::Fine => "✓",
                State::Failing => "✗",
                State::Note => "·",
            };
            say(format!("  {mark} {:14} {}", step.name, step.evidence));
        }
        for act in &report.acts {
            say(format!("  → {act}"));
        }
    }
    match report.verdict {
        Verdict::Can => Ok(()),
        Verdict::Cannot => Err(Exit(1).into()),
        Verdict::Unknown => Err(Exit(2).into()),
    }
}
