//! Who signs in: the demo's people, and thousands more of one organization, all with one password.

use anyhow::{Context, Result, anyhow};
use portico::config::Config;
use portico::demo::Addresses;
use portico::demo::data::{self, Props};
use portico::deployment::Kind;
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

/// Fills the database, through the program's own functions.
pub async fn move_in(site: &Site) -> Result<()> {
    let config = Config::load(&site.config).map_err(|problems| anyhow!("{}", problems.join("\n")))?;
    let clock = Clock::system();
    let db = open_database(&config, &clock).await?;
    let app = build(Start { config, clock, demo: None }, db, Kind::Production).await?;
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
