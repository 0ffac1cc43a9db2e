use super::{Configured, say};
use crate::platform::clock::Clock;
use crate::platform::log;
use crate::serve::{Start, open_database, start};

pub async fn serve(configured: &Configured) -> anyhow::Result<()> {
    let config = configured.load()?;
    log::init(config.log.format, &config.log.filter)?;
    let url = config.addresses.public_url.as_str().to_owned();
    let running = start(Start { config, clock: Clock::system(), demo: None }).await?;
    say(format!("Portico is ready: {url} (listening on {})", running.address));
    running.until_stopped().await;
    Ok(())
}

pub async fn migrate(configured: &Configured) -> anyhow::Result<()> {
    let config = configured.load()?;
    open_database(&config, &Clock::system()).await?;
    say("The database is up to date.");
    Ok(())
}

pub fn check(configured: &Configured) -> anyhow::Result<()> {
    configured.load()?;
    say("The configuration is fine.");
    Ok(())
}
