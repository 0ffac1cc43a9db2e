//! Who signs in: the demo's people, and thousands more of one organization, all with one password.

use anyhow::{Context, Result, anyhow};
use portico::app::App;
use portico::audit::Actor;
use portico::config::Config;
use portico::demo::Addresses;
use portico::demo::data::{self, Props};
use portico::deployment::Kind;
use portico::invitations::{self, Invite};
use portico::organizations::{self, Organization};
use portico::password;
use portico::people::{self, Email, NewAccount};
use portico::platform::clock::Clock;
use portico::platform::entropy::Secret;
use portico::platform::ids::AccountId;
use portico::questions::{self, Chosen};
use portico::serve::{Start, build, open_database};
use store::Tx;

use crate::node::Site;

pub use portico::demo::data::PASSWORD;

/// Opens three products at two sites.
pub const OMAR: &str = "omar@riverside.example";
/// Accounts with a name of [`known`].
pub const COUNT: usize = 4_000;

/// The name of an account.
pub fn known(number: usize) -> String {
    format!("p{number:05}@riverside.example")
}

/// A name that nobody has, as long as the other ones and of the same organization.
pub fn unknown(number: usize) -> String {
    format!("q{number:05}@riverside.example")
}

/// The name of somebody who has been invited and has not registered.
pub fn invited(number: usize) -> String {
    format!("i{number:05}@riverside.example")
}

/// Invites some. Their mails go out when a node starts.
pub async fn invite(site: &Site, count: usize) -> Result<()> {
    let app = open(site).await?;
    // More than the demo's hospital has seats for.
    let (seats, more) = ("UPDATE licenses SET seats = seats + $1", i64::try_from(count)?);
    app.db.write("bench.seats", async |tx: &mut Tx| tx.execute(seats, &[&more]).await).await?;
    for number in 0..count {
        let name = invited(number);
        let email = Email::parse(&name).context("no address")?;
        let wanted = Invite {
            email: &email,
            shown: &name,
            organization: "riverside",
            product: "tracer",
            site: None,
            role: None,
        };
        let invite = async |tx: &mut Tx| invitations::invite(tx, &app, Actor::Command, &wanted).await;
        let invited = app.db.write("bench.invite", invite).await?;
        invited.map_err(|refused| anyhow!("{name} was not invited: {refused}"))?;
    }
    Ok(())
}

/// Lets an hour pass for what all support requests together may be.
pub async fn forget_support_requests(site: &Site) -> Result<()> {
    let app = open(site).await?;
    let forget = "DELETE FROM rate_counters WHERE id LIKE 'support_overall/%'";
    app.db.write("bench.forget", async |tx: &mut Tx| tx.execute(forget, &[]).await).await?;
    Ok(())
}

/// The application of a deployment, without a server.
pub async fn open(site: &Site) -> Result<App> {
    let config = Config::load(&site.config).map_err(|problems| anyhow!("{}", problems.join("\n")))?;
    let clock = Clock::system();
    let db = open_database(&config, &clock).await?;
    build(Start { config, clock, demo: None }, db, Kind::Production).await
}

/// Fills the database, through the program's own functions.
pub async fn move_in(site: &Site) -> Result<()> {
    let app = open(site).await?;
    let addresses = Addresses::new("127.0.0.1:8080".parse()?)?;
    let props =
        Props { entropy: &app.entropy, keys: &app.keys, hasher: &app.hasher, addresses: &addresses, terms: None };
    data::seed(&app.db, props).await?;

    let phc = app.hasher.reserve()?.hash(Secret::from(PASSWORD.to_owned())).await?;
    let answers = questions::hash(&app.keys, &app.hasher, &Chosen::seeded(data::ANSWERS)).await?;
    let numbers: Vec<usize> = (0..COUNT).collect();
    for some in numbers.chunks(500) {
        let moved_in = app.db.write("bench.move_in", async |tx: &mut Tx| {
            let organization = organizations::by_slug(tx, "riverside").await?;
            let organization = organization.context("the demo has no Riverside")?;
            for number in some {
                let new = person(AccountId::generate(&app.entropy), &organization, *number)?;
                people::insert(tx, &new).await?;
                people::set_password(tx, &new.id, &password::seal(&app.keys, &new.id, &phc)).await?;
                people::set_email_verified(tx, &new.id).await?;
                questions::put(tx, &app.keys, &new.id, &answers).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
        moved_in.await?;
    }
    Ok(())
}

fn person(id: AccountId, organization: &Organization, number: usize) -> Result<NewAccount> {
    let name = known(number);
    Ok(NewAccount {
        id,
        organization: organization.id.clone(),
        email: Email::parse(&name).context("no address")?,
        email_shown: name,
        user_name: None,
        first_name: "Pat".to_owned(),
        last_name: format!("Number {number}"),
        signs_in_by_email: true,
        shared: false,
    })
}
