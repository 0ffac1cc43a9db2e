//! From what an operator wrote to what can be registered. Pure: everything that is wrong is told, not only the first thing.

use std::collections::HashSet;

use oidc::redirect::RedirectUri;

use super::client;
use super::file::{File, Product, View};
use super::logo::Picture;
use super::stored::Registry;
use crate::organizations::Mfa;
use crate::provider::NewClient;

const MAX_ID: usize = 63;
pub const MAX_NAME: usize = 60;
const MAX_LINE: usize = 160;

/// A client as it is to be registered.
#[derive(Clone, Debug)]
pub struct WantedClient {
    pub new: NewClient,
    /// Short names of organizations whose people may all sign in.
    pub organizations: Vec<String>,
}

/// A product as it is to be registered; its clients stand beside it.
#[derive(Clone, Debug)]
pub struct WantedProduct {
    pub product: Product,
    pub clients: Vec<WantedClient>,
    /// Where one was named.
    pub logo: Option<Picture>,
}

/// A file that can be registered, as far as that can be seen without the database.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub products: Vec<WantedProduct>,
    pub clients: Vec<WantedClient>,
}

impl Wanted {
    /// Without what somebody has retired or disabled, which does not come back by a file.
    pub fn leave_out_ended(&mut self, registry: &Registry) {
        let living = |one: &WantedClient| registry.client(&one.new.id).is_none_or(|(_, stored)| !stored.is_disabled());
        self.products.retain(|one| !registry.is_retired(&one.product.id));
        self.products.iter_mut().for_each(|one| one.clients.retain(living));
        self.clients.retain(living);
    }
}

/// What is wrong, each with where it stands.
#[derive(Debug, Default)]
pub struct Problems(pub Vec<String>);

impl Problems {
    pub fn add(&mut self, at: &str, what: impl std::fmt::Display) {
        self.0.push(format!("{at}: {what}."));
    }
}

/// # Errors
/// Every problem, as a sentence.
pub fn wanted(file: File) -> Result<Wanted, Vec<String>> {
    let mut problems = Problems::default();
    let mut wanted = Wanted::default();
    repeated(&file, &mut problems);
    for (number, mut product) in file.products.into_iter().enumerate() {
        let at = if product.id.is_empty() { format!("product {}", number + 1) } else { product.id.clone() };
        check(&product, &at, &mut problems);
        let clients = std::mem::take(&mut product.clients);
        let clients = clients.iter().map(|one| client::read(one, Some(&product), &at, &mut problems)).collect();
        product.logo = None;
        product.views.sort_by(View::order);
        wanted.products.push(WantedProduct { product, clients, logo: None });
    }
    for (number, one) in file.clients.iter().enumerate() {
        let at = if one.id.is_empty() { format!("client {}", number + 1) } else { one.id.clone() };
        if one.id.is_empty() {
            problems.add(&at, "`id` is missing");
        }
        wanted.clients.push(client::read(one, None, &at, &mut problems));
    }
    if problems.0.is_empty() { Ok(wanted) } else { Err(problems.0) }
}

/// One name, one thing.
fn repeated(file: &File, problems: &mut Problems) {
    let mut seen = HashSet::new();
    for id in file.products.iter().map(|product| &product.id).filter(|id| !id.is_empty()) {
        if !seen.insert(id) {
            problems.add(id, "there are two products of this id");
        }
    }
    let mut seen = HashSet::new();
    let of_product = |product: &'_ Product| {
        let named = |one: &super::file::Client| if one.id.is_empty() { product.id.clone() } else { one.id.clone() };
        product.clients.iter().map(named).collect::<Vec<_>>()
    };
    let ids = file.products.iter().flat_map(of_product).chain(file.clients.iter().map(|client| client.id.clone()));
    for id in ids.filter(|id| !id.is_empty()) {
        if !seen.insert(id.clone()) {
            problems.add(&id, "there are two clients of this id");
        }
    }
}

fn check(product: &Product, at: &str, problems: &mut Problems) {
    if !is_short_name(&product.id) {
        let rule =
            format!("`id` is 1 to {MAX_ID} lower-case letters, digits and `-`, and begins with a letter or digit");
        problems.add(at, rule);
    }
    for (key, text, most) in [("name", &product.name, MAX_NAME), ("description", &product.description, MAX_LINE)] {
        if text.trim().is_empty() {
            problems.add(at, format_args!("`{key}` is missing"));
        } else if !is_line(text, most) {
            problems.add(at, format_args!("`{key}` is one line of at most {most} characters"));
        }
    }
    let addresses = [("default_view", &product.default_view), ("initiate_login_uri", &product.initiate_login_uri)];
    let addresses = addresses.into_iter().filter_map(|(key, uri)| Some((key, uri.as_ref()?)));
    for (key, uri) in addresses.chain([("home", &product.home)]) {
        if let Err(why) = page(uri) {
            problems.add(at, format_args!("`{key}`: {why}"));
        }
    }
    if product.initiate_login_uri.as_ref().is_some_and(|uri| uri.contains('#')) {
        problems.add(at, "`initiate_login_uri` has no fragment: what is added to it would be lost");
    }
    if product.mfa.as_ref().is_some_and(|word| word.parse::<Mfa>().is_err()) {
        problems.add(at, "`mfa` is `off`, `offered` or `required`");
    }
    let mut sites = HashSet::new();
    for view in &product.views {
        if let Err(why) = page(&view.url) {
            problems.add(at, format_args!("`view` of {:?}: {why}", view.site));
        }
        if !sites.insert((&view.organization, &view.site)) {
            problems.add(at, format_args!("there are two views of {:?}", view.site));
        }
    }
}

/// Text that people read, in one line and in the order in which it is written.
pub fn is_line(text: &str, most: usize) -> bool {
    let turns = |c: char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(|c| c.is_control() || turns(c))
}

/// A page of a product's: like a redirect URI, but it may say where on the page.
fn page(uri: &str) -> Result<(), String> {
    let before = uri.split_once('#').map_or(uri, |(before, _)| before);
    let fragment = uri.get(before.len()..).unwrap_or_default();
    if !fragment.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"') {
        return Err(format!("{uri:?} is no address"));
    }
    RedirectUri::register(before, false).map(drop).map_err(|why| match uri {
        "" => "it is missing".to_owned(),
        _ => format!("{uri}: {why}"),
    })
}

fn is_short_name(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MAX_ID).contains(&id.len()) && id.bytes().all(plain) && !id.starts_with('-')
}
