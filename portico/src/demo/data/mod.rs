//! The demo's organizations, people and products: the same every time.
//!
//! - People are made by the features' own functions, so that they are what a registered person would be; what no feature
//!   makes yet is inserted by `queries.rs`.
//! - All of it is one transaction: a demo is whole or not there. A database that has been filled is left as it is, but
//!   for the products' addresses, which follow from where the demo listens this time.
//! - What a person's input is checked for is not checked here.

mod cast;
pub mod clients;
mod lakeshore;
mod person;
mod queries;
mod scene;
#[cfg(test)]
mod tests;

use std::time::Duration;

use store::{Db, Tx};

pub use cast::{ANSWERS, PASSWORD, PEOPLE};
pub use clients::secret_of;
pub use lakeshore::let_accounts_be_created;
pub use person::Person;
pub use scene::{ORGANIZATIONS, Organization, PRODUCTS, Product};

use super::Addresses;
use crate::app::App;
use crate::audit::Actor;
use crate::deployment;
use crate::invitations::{self, Invite};
use crate::mfa;
use crate::password::{self, Hasher};
use crate::people::{self, Email, Identifier, NewAccount, UserName};
use crate::platform::clock::Time;
use crate::platform::entropy::{Entropy, Secret};
use crate::platform::ids::AccountId;
use crate::platform::keys::Keys;
use crate::provider;
use crate::questions::{self, Chosen, Hashed};
use crate::terms::{self, Terms};

const DAY: Duration = Duration::from_secs(24 * 3_600);

#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("the demo's data is not in order: {0}")]
    Script(&'static str),
    #[error(transparent)]
    Hash(#[from] password::HashError),
    #[error(transparent)]
    Busy(#[from] password::Busy),
    #[error(transparent)]
    Answers(#[from] questions::NotHashed),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What the data is made with.
#[derive(Clone, Copy)]
pub struct Props<'a> {
    pub entropy: &'a Entropy,
    pub keys: &'a Keys,
    pub hasher: &'a Hasher,
    pub addresses: &'a Addresses,
    /// What everybody who is registered has accepted.
    pub terms: Option<&'a Terms>,
}

/// Fills the database of a demo; in one that has been filled before it renews only the addresses.
///
/// # Errors
/// When the database says no; then nothing was written.
pub async fn seed(db: &Db, props: Props<'_>) -> Result<(), SeedError> {
    // Outside of the transaction, because it takes long; once, because everybody has the same password.
    let phc = props.hasher.reserve()?.hash(Secret::from(PASSWORD.to_owned())).await?;
    let answers = questions::hash(props.keys, props.hasher, &Chosen::seeded(ANSWERS)).await?;
    db.write("demo.seed", async |tx: &mut Tx| {
        let first = deployment::first_time(tx, "demo_data").await?;
        if first {
            scene::build(tx, props.entropy).await?;
        }
        clients::register(tx, props).await?;
        if first {
            scene::license(tx, props.entropy).await?;
            fill(tx, props, &phc, &answers).await?;
        }
        lakeshore::connect(tx, props).await?;
        scene::direct(tx, props.addresses).await
    })
    .await
}

/// Invites whoever has never registered, once; the mail is in the demo's mailbox.
///
/// # Errors
/// When the database says no, or the person cannot be invited.
pub async fn invite(app: &App) -> Result<(), SeedError> {
    app.db
        .write("demo.invite", async |tx: &mut Tx| {
            if !deployment::first_time(tx, "demo_invitation").await? {
                return Ok(());
            }
            // Whoever signs in with a user name of several at a mailbox is made by an import, and invited by nobody.
            for person in PEOPLE.iter().filter(|person| !person.registered && person.by_email) {
                let email = Email::parse(person.email).ok_or(SeedError::Script("somebody's address is none"))?;
                let access = person.access.first().ok_or(SeedError::Script("somebody is invited to nothing"))?;
                let wanted = Invite {
                    email: &email,
                    shown: person.email,
                    organization: person.organization,
                    product: access.product,
                    site: access.site,
                    role: Some(access.role),
                };
                let invited = invitations::invite(tx, app, Actor::System, &wanted).await?;
                invited.map_err(|_| SeedError::Script("somebody cannot be invited"))?;
            }
            Ok(())
        })
        .await
}

/// Changes the addresses of those who have another one since, once; both mails are in the demo's mailbox.
///
/// # Errors
/// When the database says no, or an address cannot be changed.
pub async fn move_addresses(app: &App) -> Result<(), SeedError> {
    app.db
        .write("demo.addresses", async |tx: &mut Tx| {
            if !deployment::first_time(tx, "demo_addresses").await? {
                return Ok(());
            }
            for (person, new) in PEOPLE.iter().filter_map(|person| Some((person, person.moved_to?))) {
                let address = |text| Email::parse(text).ok_or(SeedError::Script("somebody's address is none"));
                let old = Identifier::Email(address(person.email)?);
                let account = people::by_identifier(tx, &old).await?;
                let account = account.ok_or(SeedError::Script("nobody has the old address"))?;
                let changed = people::change_email(tx, app, Actor::System, &account, &address(new)?, new).await?;
                changed.map_err(|_| SeedError::Script("somebody's address cannot be changed"))?;
            }
            Ok(())
        })
        .await
}

/// When something last happened in a demo; `None` in one that is new.
///
/// # Errors
/// When the database cannot say.
pub async fn latest(db: &Db) -> Result<Option<Time>, store::Error> {
    db.read("demo.latest", async |tx: &mut Tx| queries::latest(tx).await).await
}

/// Whose access to what a visitor may take away and give back.
const LENT: (&str, &str) = ("omar@riverside.example", "bed-board");

/// Takes it away; the product is told, as it is whenever access ends.
///
/// # Errors
/// When the database says no.
pub async fn take_access(tx: &mut Tx) -> Result<(), SeedError> {
    let (email, product) = LENT;
    if let Some(account) = queries::account(tx, email).await? {
        queries::delete_access(tx, &account, product).await?;
        provider::access_ends(tx, &account, product).await?;
    }
    Ok(())
}

/// Gives it back.
///
/// # Errors
/// When the database says no.
pub async fn give_access(tx: &mut Tx, entropy: &Entropy) -> Result<(), SeedError> {
    let (email, product) = LENT;
    let Some(account) = queries::account(tx, email).await? else { return Ok(()) };
    // Given back twice it would be there twice.
    queries::delete_access(tx, &account, product).await?;
    let person = PEOPLE.iter().find(|person| person.email == email);
    let person = person.ok_or(SeedError::Script("somebody is missing"))?;
    grant(tx, entropy, person, &account, |access| access.product == product).await
}

async fn fill(tx: &mut Tx, props: Props<'_>, phc: &str, answers: &Hashed) -> Result<(), SeedError> {
    for person in PEOPLE {
        let account = enter(tx, props, person, phc).await?;
        if person.questions {
            questions::put(tx, props.keys, &account, answers).await?;
        }
    }
    Ok(())
}

/// Makes a person, with all that is theirs.
async fn enter(tx: &mut Tx, props: Props<'_>, person: &Person, phc: &str) -> Result<AccountId, SeedError> {
    let Props { entropy, keys, addresses, .. } = props;
    let organization = queries::organization(tx, person.organization).await?;
    let account = AccountId::generate(entropy);
    let new = NewAccount {
        id: account.clone(),
        organization: organization.ok_or(SeedError::Script("somebody's organization is missing"))?,
        email: Email::parse(person.email).ok_or(SeedError::Script("somebody's address is none"))?,
        email_shown: person.email.to_owned(),
        user_name: person.user_name.and_then(UserName::parse),
        first_name: person.first_name.to_owned(),
        last_name: person.last_name.to_owned(),
        signs_in_by_email: person.by_email,
        shared: person.shared,
    };
    if !people::insert(tx, &new).await? {
        return Err(SeedError::Script("two people have one name"));
    }
    if person.registered {
        people::set_password(tx, &account, &password::seal(keys, &account, phc)).await?;
        people::set_email_verified(tx, &account).await?;
        if let Some(terms) = props.terms {
            terms::accept(tx, terms, &account).await?;
        }
    }
    if person.disabled {
        people::disable(tx, &account).await?;
    }
    if let Some(secret) = person.totp {
        let secret = mfa::parse_secret(secret).ok_or(SeedError::Script("somebody's authenticator secret is none"))?;
        mfa::add_authenticator(tx, entropy, keys, &account, &secret).await?;
    }
    if let Some(second) = person.second {
        queries::insert_second_mailbox(tx, &account, second).await?;
    }
    if let Some(role) = person.staff {
        people::set_staff(tx, &account, role).await?;
    }
    if let Some(role) = person.administers {
        queries::insert_administrator(tx, &entropy.id(), person.organization, &account, role).await?;
    }
    grant(tx, entropy, person, &account, |_| true).await?;
    relocate(tx, addresses, person, &account).await?;
    Ok(account)
}

async fn grant(
    tx: &mut Tx,
    entropy: &Entropy,
    person: &Person,
    account: &AccountId,
    which: impl Fn(&person::Access) -> bool,
) -> Result<(), SeedError> {
    for access in person.access.iter().filter(|access| which(access)) {
        let id = entropy.id();
        let row = queries::NewAccess {
            id: &id,
            organization: person.organization,
            account,
            product: access.product,
            site: access.site,
        };
        queries::insert_access(tx, &row).await?;
        queries::insert_role(tx, &id, access.role).await?;
    }
    Ok(())
}

/// Says of each product whether the person works behind the front door already.
async fn relocate(tx: &mut Tx, addresses: &Addresses, person: &Person, account: &AccountId) -> Result<(), SeedError> {
    for relocation in person.relocations {
        let product = scene::product(relocation.product)?;
        let moves_at = relocation.in_days.map(|days| Time(tx.now()) + DAY * days);
        let old_url = (relocation.state != "moved" && relocation.old_page).then(|| addresses.old_url(product));
        queries::insert_move(tx, account, product.slug, relocation.state, moves_at, old_url.as_deref()).await?;
    }
    Ok(())
}
