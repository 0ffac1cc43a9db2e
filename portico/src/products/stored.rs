//! What is registered at this moment, in the form in which it is written.

use std::collections::HashMap;

use store::{Error, Tx};

use super::file::{File, Product, View};
use super::rules::WantedClient;
use super::{client, queries};
use crate::platform::clock::Time;
use crate::platform::ids::ProductId;
use crate::provider::{self, ListedClient};

/// A registered product. `product` has neither logo nor clients: these stand beside it.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: ProductId,
    pub product: Product,
    pub logo: Option<StoredLogo>,
    pub clients: Vec<StoredClient>,
    pub created_at: Time,
    pub retired_at: Option<Time>,
}

#[derive(Clone, Debug)]
pub struct StoredLogo {
    pub id: String,
    /// SHA-256 of the file it was made of.
    pub source: String,
}

#[derive(Clone, Debug)]
pub struct StoredClient {
    pub listed: ListedClient,
    /// Short names of the organizations it is open to.
    pub organizations: Vec<String>,
}

impl StoredClient {
    pub fn id(&self) -> &str {
        &self.listed.new.id
    }

    pub fn is_disabled(&self) -> bool {
        self.listed.disabled_at.is_some()
    }

    pub fn wanted(&self) -> WantedClient {
        WantedClient { new: self.listed.new.clone(), organizations: self.organizations.clone() }
    }
}

/// Everything that is registered.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    /// By short name.
    pub products: Vec<Stored>,
    /// Clients of no product.
    pub clients: Vec<StoredClient>,
}

impl Registry {
    /// # Errors
    /// When the database says no.
    pub async fn read(tx: &mut Tx) -> Result<Registry, Error> {
        let mut products = queries::all(tx).await?;
        products.sort_by(|one, other| one.product.id.cmp(&other.product.id));
        for (product, view) in queries::views(tx).await? {
            let found = products.iter_mut().find(|stored| stored.id == product);
            found.into_iter().for_each(|stored| stored.product.views.push(view.clone()));
        }
        products.iter_mut().for_each(|stored| stored.product.views.sort_by(View::order));
        let slugs: HashMap<_, _> = queries::client_organizations(tx).await?.into_iter().collect();
        let mut registry = Registry { products, clients: Vec::new() };
        for listed in provider::all_clients(tx).await? {
            let mut organizations: Vec<String> =
                listed.new.organizations.iter().filter_map(|id| slugs.get(id).cloned()).collect();
            organizations.sort();
            let owner = listed.new.product.clone();
            let client = StoredClient { listed, organizations };
            match registry.products.iter_mut().find(|stored| Some(&stored.id) == owner.as_ref()) {
                Some(product) => product.clients.push(client),
                None => registry.clients.push(client),
            }
        }
        Ok(registry)
    }

    pub fn product(&self, slug: &str) -> Option<&Stored> {
        self.products.iter().find(|stored| stored.product.id == slug)
    }

    pub fn is_retired(&self, slug: &str) -> bool {
        self.product(slug).is_some_and(|stored| stored.retired_at.is_some())
    }

    /// A client wherever it stands, with the short name of its product.
    pub fn client(&self, id: &str) -> Option<(Option<&Stored>, &StoredClient)> {
        let of_products =
            self.products.iter().flat_map(|stored| stored.clients.iter().map(move |one| (Some(stored), one)));
        of_products.chain(self.clients.iter().map(|one| (None, one))).find(|(_, client)| client.id() == id)
    }

    /// As the file that registers all of it again; without what is retired, and without logos.
    pub fn written(&self) -> File {
        let living = self.products.iter().filter(|stored| stored.retired_at.is_none());
        let clients = self.clients.iter().filter(|client| !client.is_disabled());
        File {
            products: living.map(Stored::written).collect(),
            clients: clients.map(|one| client::written(&one.wanted(), None)).collect(),
        }
    }
}

impl Stored {
    /// With its clients.
    pub fn written(&self) -> Product {
        let names = (self.product.id.as_str(), self.product.name.as_str());
        let living = self.clients.iter().filter(|client| !client.is_disabled());
        let clients = living.map(|one| client::written(&one.wanted(), Some(names))).collect();
        Product { clients, ..self.product.clone() }
    }
}
