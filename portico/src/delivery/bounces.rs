//! The job that reads the maildir of bounces.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use store::Tx;

use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::platform::jobs::{self, Lease, Shutdown, Turn};
use crate::platform::mail::{self, Arrival, Believed, Bounced, Maildir, Report};

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_secs(10);
/// Files of one look.
const AT_ONCE: usize = 50;
const LEASE: Duration = Duration::from_secs(60);

/// Reads reports until a stop is asked for. Where several nodes see the folder one of them reads it.
pub async fn run(app: App, maildir: Maildir, shutdown: Shutdown) {
    let lease = Lease::new("bounces", LEASE, &app.entropy);
    let turn = async || {
        let taken = app.db.write("delivery.lease", async |tx: &mut Tx| lease.take(tx).await).await;
        match taken {
            Ok(true) => collect(&app, &maildir).await,
            Ok(false) => Ok(Turn::Rest),
            Err(error) => Err::<_, anyhow::Error>(anyhow::Error::from(error)),
        }
    };
    jobs::every("bounces", EVERY, shutdown, turn).await;
}

/// One look at the folder.
///
/// # Errors
/// When the folder cannot be read, or the database says no; then what was not put away is read again.
pub async fn collect(app: &App, maildir: &Maildir) -> anyhow::Result<Turn> {
    let folder = maildir.clone();
    let arrivals = tokio::task::spawn_blocking(move || folder.arrivals(AT_ONCE)).await??;
    let full = arrivals.len() >= AT_ONCE;
    let mut put_away = 0;
    for arrival in arrivals {
        let arrival = Arc::new(arrival);
        match understand(app, arrival.clone()).await {
            Some(report) => {
                let write = async |tx: &mut Tx| believe(tx, app, &report).await;
                let believed = app.db.write("delivery.bounced", write).await?;
                metrics::counter!("portico_mail_bounces_total").increment(believed.bounced.len() as u64);
                if believed.too_early {
                    continue;
                }
            }
            None => metrics::counter!("portico_mail_reports_unread_total").increment(1),
        }
        let folder = maildir.clone();
        // Only now: a node that dies before reads the report again, and nothing is bounced twice.
        tokio::task::spawn_blocking(move || folder.put_away(&arrival)).await?;
        put_away += 1;
    }
    // Those that only wait for their couriers are looked at again after a rest.
    Ok(if full && put_away > 0 { Turn::Again } else { Turn::Rest })
}

/// On a thread of its own: whatever a stranger's bytes do to the parser, the job goes on.
async fn understand(app: &App, arrival: Arc<Arrival>) -> Option<Report> {
    let domain = app.sender_domain().to_owned();
    let read = tokio::task::spawn_blocking(move || mail::read_report(&arrival.bytes, &domain)).await;
    read.unwrap_or_else(|_| {
        tracing::warn!("a report of a bounce could not be read");
        None
    })
}

async fn believe(tx: &mut Tx, app: &App, report: &Report) -> Result<Believed, store::Error> {
    let believed = mail::believe(tx, report).await?;
    for one in &believed.bounced {
        audit::record(tx, &app.entropy, entry(one)).await?;
    }
    Ok(believed)
}

fn entry(bounced: &Bounced) -> Entry<'_> {
    Entry {
        event: Event::MailBounced,
        actor: Actor::System,
        account: bounced.account.as_ref(),
        organization: None,
        source: None,
        details: json!({
            "mail": bounced.mail,
            "kind": bounced.kind,
            "code": bounced.reply.code,
            "reply": bounced.reply.text,
        }),
    }
}
