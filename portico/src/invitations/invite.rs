//! Giving access, and a first way in to whoever has none.

use serde_json::json;
use store::{Error, Tx};

use super::letters::{AccessLetter, AnothersLetter, Given, InvitationLetter};
use super::queries::{self, Grant, Invitation};
use super::rules::{License, MINUTES};
use super::send;
use crate::app::App;
use crate::audit::{self, Actor, Entry, Event};
use crate::organizations::{self, AnothersDomain, Organization};
use crate::people::{self, Account, Email, Identifier, NewAccount};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ProductId, SiteId};
use crate::platform::mail::{self, Letter, Post};
use crate::platform::web::Moment;

/// Who is invited to what.
#[derive(Clone, Copy, Debug)]
pub struct Invite<'a> {
    pub email: &'a Email,
    /// The address as it was written.
    pub shown: &'a str,
    /// Slug.
    pub organization: &'a str,
    /// Slug.
    pub product: &'a str,
    /// By name; `None` is all of them.
    pub site: Option<&'a str>,
    /// A word of the product's own.
    pub role: Option<&'a str>,
}

/// Why nobody was invited. Nothing of it tells an organization who has an account at another. (What is so of its own people is
/// no secret to those who give them access.)
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("There is no organization of that name.")]
    Organization,
    #[error("There is no product of that name.")]
    Product,
    #[error("The organization has no license for that product.")]
    License,
    #[error(
        "The organization's license for that product begins {}. Invite from then on, or let it begin earlier.",
        day(*.0)
    )]
    NotYet(Time),
    #[error("The organization's license for that product ended {}. Invite once it is renewed.", day(*.0))]
    Ended(Time),
    #[error(
        "All {0} seats of the organization's license for that product are taken. Switch off an account that is needed no \
         more (`portico account disable`), or have more seats."
    )]
    NoSeat(i64),
    #[error("The organization has no site of that name.")]
    Site,
    #[error("The account is disabled. Open it first with `portico account enable`.")]
    Disabled,
    #[error("{0} Their people are invited for their organization.")]
    Domain(#[from] AnothersDomain),
}

/// In UTC: whoever reads it need not be in the organization's zone.
fn day(at: Time) -> String {
    Moment::new(at, "UTC", Time(0)).text
}

/// What a grant is of, looked up.
struct Offer {
    organization: Organization,
    product: ProductId,
    product_name: String,
    license: License,
    site: Option<SiteId>,
}

/// Gives access to an address: to the account it has, or to a new one that its owner completes. The answer is the same
/// for both, and so is the subject of the mail.
///
/// # Errors
/// When the database says no.
pub async fn invite(
    tx: &mut Tx,
    app: &App,
    actor: Actor<'_>,
    wanted: &Invite<'_>,
) -> Result<Result<(), Refused>, Error> {
    let offer = match offer(tx, wanted).await? {
        Ok(offer) => offer,
        Err(refused) => return Ok(Err(refused)),
    };
    let named = people::by_identifier(tx, &Identifier::Email(wanted.email.clone())).await?;
    let is_own = named.as_ref().is_some_and(|account| account.organization.id == offer.organization.id);
    // Asked of the address, whether or not it has an account there: or the answer would tell.
    let may_use = organizations::may_use(tx, &offer.organization.id, wanted.email.domain()).await?;
    if let (Err(anothers), false) = (may_use, is_own) {
        return Ok(Err(anothers.into()));
    }
    // Whoever is switched off at another organization is not told of to this one, and takes a seat once it is opened.
    if is_own && named.as_ref().is_some_and(|account| account.disabled_at.is_some()) {
        return Ok(Err(Refused::Disabled));
    }
    let id = named.as_ref().map_or_else(people::nobody, |account| account.id.clone());
    let seats = queries::seats(tx, &offer.organization.id, &offer.product, &id).await?;
    if let Err(refused) = offer.license.has_seat(seats) {
        return Ok(Err(refused));
    }
    let account = match named {
        Some(account) => account,
        None => match begin(tx, app, &offer.organization, wanted).await? {
            Some(account) => account,
            None => return Err(Error::column("an account that has just been written was expected")),
        },
    };
    let grant = Grant {
        organization: &offer.organization.id,
        product: &offer.product,
        site: offer.site.as_ref(),
        role: wanted.role,
    };
    queries::grant(tx, &app.entropy, &account.id, &grant).await?;
    let details = json!({ "product": wanted.product, "site": wanted.site, "organization": offer.organization.slug });
    let entry = Entry { actor, details, ..Entry::of(Event::AccessGranted, &account) };
    audit::record(tx, &app.entropy, entry).await?;
    // An account opens the products of its own organization only (docs/decisions/0008). What was given opens nothing and keeps its
    // seat, or whoever gives could find out who has an account elsewhere; the one who is told is its owner.
    if account.organization.id != offer.organization.id {
        return tell(tx, app, &account, &AnothersLetter(given(&account, offer))).await.map(Ok);
    }
    // Whose password was ended has ways of their own; this mail is none that an administrator means to open.
    if account.is_registering() && account.disabled_at.is_none() {
        send_invitation(tx, app, &account, &offer).await?;
        audit::record(tx, &app.entropy, Entry { actor, ..Entry::of(Event::AccountInvited, &account) }).await?;
    } else {
        tell(tx, app, &account, &AccessLetter(given(&account, offer))).await?;
    }
    Ok(Ok(()))
}

async fn offer(tx: &mut Tx, wanted: &Invite<'_>) -> Result<Result<Offer, Refused>, Error> {
    let Some(organization) = organizations::by_slug(tx, wanted.organization).await? else {
        return Ok(Err(Refused::Organization));
    };
    let Some((product, product_name)) = queries::product(tx, wanted.product).await? else {
        return Ok(Err(Refused::Product));
    };
    let Some(license) = queries::license(tx, &organization.id, &product).await? else {
        return Ok(Err(Refused::License));
    };
    if let Err(refused) = license.is_valid(Time(tx.now())) {
        return Ok(Err(refused));
    }
    let site = match wanted.site {
        Some(name) => match queries::site(tx, &organization.id, name).await? {
            Some(site) => Some(site),
            None => return Ok(Err(Refused::Site)),
        },
        None => None,
    };
    Ok(Ok(Offer { organization, product, product_name, license, site }))
}

/// An account that has nothing yet but an address.
async fn begin(
    tx: &mut Tx,
    app: &App,
    organization: &Organization,
    wanted: &Invite<'_>,
) -> Result<Option<Account>, Error> {
    let id = AccountId::generate(&app.entropy);
    let new = NewAccount {
        id: id.clone(),
        organization: organization.id.clone(),
        email: wanted.email.clone(),
        email_shown: wanted.shown.trim().to_owned(),
        user_name: None,
        first_name: String::new(),
        last_name: String::new(),
        signs_in_by_email: true,
        shared: false,
    };
    // The look-up and this are one serializable transaction: of two who invite at once, one is tried again.
    people::insert(tx, &new).await?;
    people::by_id(tx, &id).await
}

fn given(account: &Account, offer: Offer) -> Given {
    Given {
        product: offer.product_name,
        organization: offer.organization.name,
        account: account.sign_in_name().to_owned(),
    }
}

async fn tell(tx: &mut Tx, app: &App, account: &Account, letter: &(impl Letter + Sync)) -> Result<(), Error> {
    let to = Some(account.email.as_str());
    let post = Post { to, letter, account: Some(&account.id), language: account.language() };
    mail::queue(tx, &app.office, post).await.map(drop)
}

async fn send_invitation(tx: &mut Tx, app: &App, account: &Account, offer: &Offer) -> Result<(), Error> {
    queries::void(tx, &account.id).await?;
    let mail = app.office.next_id();
    let secret = send::fresh(tx, app, account, account.credentials_epoch, &mail).await?;
    let invitation = Invitation {
        id: app.entropy.id(),
        organization: account.organization.id.clone(),
        product: offer.product_name.clone(),
        sent_to: account.email.clone(),
        secret: secret.clone(),
    };
    queries::insert(tx, &invitation.id, &account.id, &offer.product, &invitation).await?;
    let letter = InvitationLetter {
        product: offer.product_name.clone(),
        organization: offer.organization.name.clone(),
        account: account.sign_in_name().to_owned(),
        secret,
        minutes: MINUTES,
    };
    let to = Some(account.email.as_str());
    let post = Post { to, letter: &letter, account: Some(&account.id), language: account.language() };
    mail::queue_as(tx, &app.office, &mail, post).await
}
