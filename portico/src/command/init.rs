//! A new deployment: configuration, master key, first operator.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use data_encoding::HEXLOWER;
use secrecy::ExposeSecret;
use store::Tx;

use super::{Configured, Misconfigured, say};
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::config::Config;
use crate::deployment;
use crate::mfa;
use crate::organizations::{self, NewOrganization, Preset};
use crate::people::{self, Email, NewAccount, StaffRole};
use crate::platform::clock::Clock;
use crate::platform::entropy::Entropy;
use crate::platform::ids::{AccountId, OrganizationId};
use crate::platform::one_time::{self, Issue, Purpose, Validity};

/// Long enough to walk to another desk.
const LINK_LIVES: Duration = Duration::from_secs(24 * 3_600);

#[derive(Args)]
pub struct Init {
    /// The folder for the configuration, the key and the database; made if it is not there
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// The address people will use, such as https://id.example.org
    #[arg(long)]
    public_url: String,
    /// The first operator's email
    #[arg(long)]
    operator: String,
    /// classic or modern
    #[arg(long)]
    preset: String,
}

pub async fn init(options: Init) -> anyhow::Result<()> {
    let Some(email) = Email::parse(&options.operator) else {
        bail!(Misconfigured(format!("{:?} is no email address.", options.operator)));
    };
    let preset: Preset = options.preset.parse().map_err(|_| Misconfigured("--preset is classic or modern.".into()))?;
    let path = write_files(&options, preset)?;
    let app = Configured { config: path.clone() }.new_app().await?;
    let (link, secret) = first_operator(&app, &email, &options.operator, preset).await?;
    say(format!("Wrote {} and the master key beside it. Keep a copy of the key in another place.", path.display()));
    say(format!("Set `mail.smtp_url` and `mail.from` there, then: portico serve --config {}", path.display()));
    say("");
    say("The first operator opens this link once within a day, and sets a password:");
    say(format!("  {link}"));
    say("Signing in then asks for the code of an authenticator app. Add this key to one now; it is shown only here:");
    say(format!("  {secret}"));
    Ok(())
}

fn write_files(options: &Init, preset: Preset) -> anyhow::Result<PathBuf> {
    let folder = &options.folder;
    let text = |folder: &Path| {
        include_str!("portico.toml")
            .replace("{public_url}", &options.public_url)
            .replace("{folder}", &folder.display().to_string())
            .replace("{preset}", preset.as_str())
    };
    // Before anything is written: a second try, with better answers, must find nothing in its way.
    Config::read(&text(folder), []).map_err(|problems| Misconfigured(problems.join("\n")))?;
    fs::create_dir_all(folder).with_context(|| format!("The folder {} cannot be made", folder.display()))?;
    let folder = fs::canonicalize(folder)?;
    let (config, key) = (folder.join("portico.toml"), folder.join("master.key"));
    let entropy = Entropy::new(Clock::system());
    write_new(&key, 0o600, &format!("{}\n", HEXLOWER.encode(&entropy.bytes::<32>())))?;
    write_new(&config, 0o640, &text(&folder))?;
    Ok(config)
}

/// Never overwrites: a lost master key cannot be made again.
fn write_new(path: &Path, mode: u32, text: &str) -> anyhow::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .with_context(|| format!("{} cannot be written; nothing that is there is overwritten", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

/// The operators' own organization, the first of them, the link and the authenticator's secret.
async fn first_operator(app: &App, email: &Email, shown: &str, preset: Preset) -> anyhow::Result<(String, String)> {
    let organization = OrganizationId::generate(&app.entropy);
    let account = AccountId::generate(&app.entropy);
    let secret = app.entropy.bytes::<20>();
    let link = app
        .db
        .write("init.first_operator", async |tx: &mut Tx| {
            if !deployment::first_time(tx, "first_operator").await? {
                return Ok(None);
            }
            let new = NewOrganization::of_operators(&organization, &app.brand.name, preset);
            organizations::insert(tx, &new).await?;
            let person = NewAccount {
                id: account.clone(),
                organization: organization.clone(),
                email: email.clone(),
                email_shown: shown.trim().to_owned(),
                user_name: None,
                first_name: "First".into(),
                last_name: "Operator".into(),
                signs_in_by_email: true,
                shared: false,
            };
            people::insert(tx, &person).await?;
            people::set_staff(tx, &account, StaffRole::Operator).await?;
            // Whoever runs this machine vouches for it; the mail server may not even be there yet.
            people::set_email_verified(tx, &account).await?;
            mfa::add_authenticator(tx, &app.entropy, &app.keys, &account, &secret).await?;
            let entry = Entry { actor: Actor::Command, ..Entry::by(Event::DeploymentInitialized, &account) };
            audit::record(tx, &app.entropy, entry).await?;
            let issue = Issue {
                purpose: Purpose::FirstOperator,
                account: &account,
                credentials_epoch: 1,
                sent_to: email.as_str(),
                validity: Validity::Now,
                lifetime: LINK_LIVES,
            };
            one_time::issue(tx, &app.keys, &app.entropy, issue).await.map(Some)
        })
        .await
        .map_err(|error: store::Error| anyhow::anyhow!("{error}"))?;
    let Some(link) = link else { bail!("This database has its first operator already.") };
    let token = one_time::token(&app.keys, &link);
    Ok((format!("{}/recover/link/{}", app.public_url, token.expose_secret()), mfa::show_secret(&secret)))
}
