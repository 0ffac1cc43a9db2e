//! Registering what an operator wrote: what it changes, and doing it, in one transaction or not at all.

use oidc::client::AuthMethod;
use serde::Serialize;
use serde_json::{Value, json};
use store::Tx;

use super::by::By;
use super::diff::{Change, changes};
use super::file::Product;
use super::rules::{Wanted, WantedClient, WantedProduct};
use super::stored::{Registry, Stored, StoredClient};
use super::{acts, client, queries};
use crate::audit::{self, Entry, Event};
use crate::organizations::{self, Mfa};
use crate::platform::clock::Time;
use crate::platform::entropy::Secret;
use crate::platform::ids::{OrganizationId, ProductId};
use crate::provider;

const NEW_SUBJECTS: &str = "Everybody gets another `sub`: to this client they are people it has never seen.";

/// What becomes of a product or a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Added,
    Changed,
    Disabled,
    Unchanged,
}

/// One product or one client, and what is changed of it.
#[derive(Clone, Debug)]
pub struct Done {
    /// Its product's short name, if it has one.
    pub product: Option<String>,
    /// Where this is about a client.
    pub client: Option<String>,
    pub what: What,
    pub changes: Vec<Change>,
    /// What it does to people, where that is more than the changes say.
    pub warning: Option<&'static str>,
    /// Shown now and never again.
    pub secret: Option<Secret>,
}

/// Why nothing was registered.
#[derive(Debug, thiserror::Error)]
pub enum NotRegistered {
    /// Every problem, as a sentence.
    #[error("{}", .0.join("\n"))]
    Refused(Vec<String>),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What registering would change; nothing is written.
///
/// # Errors
/// [`NotRegistered`].
pub async fn plan(tx: &mut Tx, wanted: &Wanted) -> Result<Vec<Done>, NotRegistered> {
    let registry = Registry::read(tx).await?;
    let mut problems = Vec::new();
    belongings(&registry, wanted, &mut problems);
    names(tx, wanted, &mut problems).await?;
    if !problems.is_empty() {
        return Err(NotRegistered::Refused(problems));
    }
    let mut done = Vec::new();
    for one in &wanted.products {
        let stored = registry.product(&one.product.id);
        done.push(of_product(stored, one));
        let names = Some((one.product.id.as_str(), one.product.name.as_str()));
        let before = stored.map_or(&[][..], |stored| &stored.clients);
        done.extend(one.clients.iter().map(|wanted| of_client(before, wanted, names)));
        let gone = before.iter().filter(|client| !client.is_disabled());
        let gone = gone.filter(|client| one.clients.iter().all(|wanted| wanted.new.id != client.id()));
        done.extend(gone.map(|client| Done {
            product: Some(one.product.id.clone()),
            client: Some(client.id().to_owned()),
            what: What::Disabled,
            changes: Vec::new(),
            warning: None,
            secret: None,
        }));
    }
    done.extend(wanted.clients.iter().map(|one| of_client(&registry.clients, one, None)));
    Ok(done)
}

/// Registers, records what changed, and gives a secret to every new client that needs one. What people were given at clients that it
/// disables is to be ended then: [`super::end_due`].
///
/// # Errors
/// [`NotRegistered`]; then nothing of it was done.
pub async fn register(tx: &mut Tx, by: By<'_>, wanted: &Wanted) -> Result<Vec<Done>, NotRegistered> {
    let mut plan = plan(tx, wanted).await?;
    for done in &mut plan {
        if done.what == What::Unchanged {
            continue;
        }
        match (&done.product, &done.client) {
            (_, Some(id)) if done.what == What::Disabled => {
                acts::end_client(tx, id).await?;
            }
            (Some(slug), None) => {
                if let Some(one) = wanted.products.iter().find(|one| one.product.id == *slug) {
                    put_product(tx, by, one).await?;
                }
            }
            (slug, Some(id)) => {
                let of_product = wanted.products.iter().filter(|one| Some(&one.product.id) == slug.as_ref());
                let all = of_product.flat_map(|one| &one.clients).chain(&wanted.clients);
                if let Some(one) = all.into_iter().find(|one| one.new.id == *id) {
                    done.secret = put_client(tx, by, one, slug.as_deref()).await?;
                }
            }
            (None, None) => {}
        }
        record(tx, by, done).await?;
    }
    Ok(plan)
}

/// A client keeps the product it was registered for: what it was given is that product's. And what somebody has ended does not come
/// back in passing, because a file still names it.
fn belongings(registry: &Registry, wanted: &Wanted, problems: &mut Vec<String>) {
    for one in wanted.products.iter().filter(|one| registry.is_retired(&one.product.id)) {
        let slug = &one.product.id;
        problems
            .push(format!("{slug}: it is retired. Leave it out, or bring it back: `portico product restore {slug}`."));
    }
    let of_products = wanted.products.iter().flat_map(|one| one.clients.iter().map(|c| (Some(&one.product.id), c)));
    for (product, one) in of_products.chain(wanted.clients.iter().map(|one| (None, one))) {
        let Some((owner, stored)) = registry.client(&one.new.id) else { continue };
        let (id, owner) = (&one.new.id, owner.map(|stored| &stored.product.id));
        if owner != product {
            let whose = owner.map_or("of no product".to_owned(), |slug| format!("of {slug}"));
            problems.push(format!("{id}: there is such a client, {whose}; choose another id."));
        } else if stored.is_disabled() && !product.is_some_and(|slug| registry.is_retired(slug)) {
            let way = format!("`portico product client enable {id}`");
            problems.push(format!("{id}: it is disabled. Leave it out, or bring it back, with a new secret: {way}."));
        }
    }
}

/// Organizations and sites are somebody else's to make.
async fn names(tx: &mut Tx, wanted: &Wanted, problems: &mut Vec<String>) -> Result<(), store::Error> {
    for one in &wanted.products {
        for view in &one.product.views {
            let organization = organizations::by_slug(tx, &view.organization).await?;
            let sites = match &organization {
                Some(organization) => queries::sites(tx, &organization.id, &view.site).await?,
                None => 0,
            };
            let (at, site, organization) = (&one.product.id, &view.site, &view.organization);
            match sites {
                0 => problems.push(format!("{at}: there is no site {site:?} of an organization {organization}.")),
                1 => {}
                _ => problems
                    .push(format!("{at}: {organization} has several sites {site:?}: give them names of their own.")),
            }
        }
    }
    for one in &wanted.clients {
        for slug in &one.organizations {
            if organizations::by_slug(tx, slug).await?.is_none() {
                problems.push(format!("{}: there is no organization {slug}.", one.new.id));
            }
        }
    }
    Ok(())
}

fn of_product(stored: Option<&Stored>, wanted: &WantedProduct) -> Done {
    let before = stored.map(|stored| &stored.product);
    let mut changes = changes(before, &with_mfa(before, &wanted.product));
    let before = stored.and_then(|stored| stored.logo.as_ref());
    if let Some(logo) = &wanted.logo
        && before.is_none_or(|before| before.source != logo.source && before.id != logo.id)
    {
        changes.push(Change::told("logo", before.map(|logo| short(&logo.id)), Some(short(&logo.id))));
    }
    Done {
        product: Some(wanted.product.id.clone()),
        client: None,
        what: what(stored.is_some(), &changes),
        changes,
        warning: None,
        secret: None,
    }
}

/// As it will be: what the file does not say stays, and `off` is how everything is that nobody has said anything of.
fn with_mfa(before: Option<&Product>, wanted: &Product) -> Product {
    let mfa = match wanted.mfa.as_deref() {
        None => before.and_then(|before| before.mfa.clone()),
        Some(word) => Some(word.to_owned()).filter(|word| word != Mfa::Off.as_str()),
    };
    Product { mfa, ..wanted.clone() }
}

fn of_client(before: &[StoredClient], wanted: &WantedClient, product: Option<(&str, &str)>) -> Done {
    let stored = before.iter().find(|stored| stored.id() == wanted.new.id);
    // The name that a product had gave the client its own: both are told in the words of today.
    let written = stored.map(|stored| client::written(&stored.wanted(), product));
    let changes = changes(written.as_ref(), &client::written(wanted, product));
    Done {
        product: product.map(|(slug, _)| slug.to_owned()),
        client: Some(wanted.new.id.clone()),
        what: what(stored.is_some(), &changes),
        changes,
        warning: stored.filter(|stored| stored.listed.new.subject != wanted.new.subject).map(|_| NEW_SUBJECTS),
        secret: None,
    }
}

fn what(there: bool, changes: &[Change]) -> What {
    match (there, changes.is_empty()) {
        (false, _) => What::Added,
        (true, true) => What::Unchanged,
        (true, false) => What::Changed,
    }
}

/// Enough of a hash to tell two pictures apart.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

async fn put_product(tx: &mut Tx, by: By<'_>, wanted: &WantedProduct) -> Result<(), store::Error> {
    let Product { id: slug, views, .. } = &wanted.product;
    let id = match queries::id_of(tx, slug).await? {
        Some(id) => id,
        None => ProductId::generate(by.entropy),
    };
    queries::upsert(tx, &id, &wanted.product).await?;
    if let Some(mfa) = wanted.product.mfa.as_deref().and_then(|word| word.parse().ok()) {
        queries::set_mfa(tx, slug, mfa).await?;
    }
    queries::forget_views(tx, &id).await?;
    for view in views {
        queries::insert_view(tx, &id, view).await?;
    }
    if let Some(logo) = &wanted.logo {
        queries::set_logo(tx, &id, Some(logo)).await?;
    }
    Ok(())
}

/// The secret, for a client that needs one and has none.
async fn put_client(
    tx: &mut Tx,
    by: By<'_>,
    wanted: &WantedClient,
    product: Option<&str>,
) -> Result<Option<Secret>, store::Error> {
    let mut new = wanted.new.clone();
    if let Some(slug) = product {
        new.product = queries::id_of(tx, slug).await?;
    }
    for slug in &wanted.organizations {
        new.organizations.extend(organizations::by_slug(tx, slug).await?.map(|organization| organization.id));
    }
    for taken in provider::organizations_of_client(tx, &new.id).await? {
        if !new.organizations.contains(&taken) {
            end_given(tx, &new.id, &taken).await?;
        }
    }
    provider::put_client(tx, &new).await?;
    if new.auth != AuthMethod::Secret {
        // Or they would be good again one day, when nobody remembers them.
        let now = Time(tx.now());
        provider::end_client_secrets(tx, &new.id, now).await?;
        return Ok(None);
    }
    if provider::has_client_secret(tx, &new.id).await? {
        return Ok(None);
    }
    super::secret::add(tx, by, &new.id, None).await.map(Some)
}

/// What the people of an organization were given at a client that it may use no more: or it would live again with the next change.
async fn end_given(tx: &mut Tx, client: &str, organization: &OrganizationId) -> Result<(), store::Error> {
    let mut after = String::new();
    while let Some(last) = provider::given_ends(tx, client, Some(organization), &after).await? {
        after = last;
    }
    Ok(())
}

async fn record(tx: &mut Tx, by: By<'_>, done: &Done) -> Result<(), store::Error> {
    let event = match (&done.client, done.what) {
        (None, What::Added) => Event::ProductAdded,
        (None, _) => Event::ProductChanged,
        (Some(_), What::Added) => Event::ClientAdded,
        (Some(_), What::Disabled) => Event::ClientDisabled,
        (Some(_), _) => Event::ClientChanged,
    };
    audit::record(tx, by.entropy, Entry::plain(event, by.actor, done.to_json())).await
}

impl Done {
    /// Without the secret.
    pub fn to_json(&self) -> Value {
        json!({
            "product": self.product, "client": self.client, "what": self.what, "changes": self.changes,
            "warning": self.warning,
        })
    }
}
