//! The alarm: which organizations' mail servers turn our mail away.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Serialize;
use store::{Error, Tx};

use super::queries;
use super::rules::{WINDOW, refuses};
use crate::app::App;
use crate::platform::clock::Time;
use crate::platform::jobs::{self, Shutdown, Turn};
use crate::platform::mail::{self, Trouble};

const EVERY: Duration = Duration::from_secs(60);

/// A domain as a list shows it.
#[derive(Clone, Debug, Serialize)]
pub struct DomainTold {
    pub domain: String,
    /// Its organization, where it is one's.
    pub organization: Option<String>,
    /// People whose mail was taken, turned away for no fault of theirs, sent back, had no mailbox, waits.
    pub taken: i64,
    pub turned_away: i64,
    pub bounced: i64,
    pub no_mailbox: i64,
    pub waiting: i64,
    pub refuses_us: bool,
}

/// Every domain mail went to within a day.
///
/// # Errors
/// When the database says no.
pub async fn domains(tx: &mut Tx) -> Result<Vec<DomainTold>, Error> {
    let since = Time(tx.now()) - WINDOW;
    let known = queries::organizations_domains(tx).await?;
    let troubles = mail::troubles(tx, since, None).await?;
    let told = |trouble: Trouble| DomainTold {
        organization: known.iter().find(|(domain, _)| *domain == trouble.domain).map(|(_, slug)| slug.clone()),
        refuses_us: refuses(&trouble),
        domain: trouble.domain,
        taken: trouble.taken,
        turned_away: trouble.turned_away,
        bounced: trouble.bounced,
        no_mailbox: trouble.no_mailbox,
        waiting: trouble.waiting,
    };
    Ok(troubles.into_iter().map(told).collect())
}

/// Remembers, for one node, which alarms run: only a change is worth a line in the log.
#[derive(Debug, Default)]
pub struct Watch(BTreeSet<String>);

impl Watch {
    /// Looks once a minute until a stop is asked for.
    pub async fn run(mut self, app: App, shutdown: Shutdown) {
        // A job's turn is a closure that may be called again while it borrows; what it remembers lives behind a lock.
        let watch = tokio::sync::Mutex::new(std::mem::take(&mut self));
        let turn = async || watch.lock().await.look(&app).await.map(|_| Turn::Rest);
        jobs::every("mail_domains", EVERY, shutdown, turn).await;
    }

    /// One look; answers the organizations' domains that refuse us now.
    ///
    /// # Errors
    /// When the database says no.
    pub async fn look(&mut self, app: &App) -> Result<Vec<String>, Error> {
        let told = app.db.read("delivery.domains", async |tx: &mut Tx| domains(tx).await).await?;
        // Of organizations only: their number is known, that of addresses strangers type is not.
        let ours = told.into_iter().filter(|one| one.refuses_us && one.organization.is_some());
        let now: BTreeSet<String> = ours.map(|one| one.domain).collect();
        for domain in &now {
            metrics::gauge!("portico_mail_domain_refuses", "domain" => domain.clone()).set(1.0);
            if !self.0.contains(domain) {
                tracing::warn!(domain, "the mail server of an organization turns our mail away");
            }
        }
        for domain in self.0.difference(&now) {
            metrics::gauge!("portico_mail_domain_refuses", "domain" => domain.clone()).set(0.0);
            tracing::info!(domain, "the mail server of an organization takes our mail again");
        }
        self.0.clone_from(&now);
        Ok(now.into_iter().collect())
    }
}
