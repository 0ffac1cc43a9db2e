//! `product list` and `product show`.

use clap::Args;
use serde_json::{Value, json};

use super::super::{Configured, say, table};
use super::{List, Named, everything, named};
use crate::platform::clock::Time;
use crate::products::{self, Around, Client, Finding, License, Opens, Stored, StoredClient, Weight, findings};

#[derive(Args)]
pub struct Show {
    /// The product's short name, or a client's id
    product: String,
    /// For programs
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    configured: Configured,
}

pub async fn list(list: &List) -> anyhow::Result<()> {
    let app = list.configured.app().await?;
    let (registry, around) = everything(&app).await?;
    let shown: Vec<&Stored> =
        registry.products.iter().filter(|stored| list.all || stored.retired_at.is_none()).collect();
    if list.json {
        let of = |stored: &&Stored| as_json(stored, &around);
        let clients = registry.clients.iter().map(|client| client_json(client, None)).collect::<Vec<_>>();
        say(json!({ "products": shown.iter().map(of).collect::<Vec<_>>(), "clients": clients }));
        return Ok(());
    }
    if shown.is_empty() && registry.clients.is_empty() {
        say("There are no products yet. `portico product add` registers one, `portico product import` all of a file.");
    }
    for stored in shown {
        say(line(stored, &around));
        weighty(&findings(stored, &around)).for_each(|finding| say(format_args!("  {}", marked(finding))));
    }
    for client in registry.clients.iter().filter(|client| list.all || !client.is_disabled()) {
        let (id, open_to) = (client.id(), client.organizations.join(", "));
        say(format_args!("{id:24} client of no product, open to {open_to}{}", disabled(client)));
        weighty(&products::of_client(client, &around)).for_each(|finding| say(format_args!("  {}", marked(finding))));
    }
    Ok(())
}

fn line(stored: &Stored, around: &Around) -> String {
    let held = around.licenses.iter().filter(|one| one.product == stored.id && one.is_in_force(around.now)).count();
    let retired = if stored.retired_at.is_some() { ", retired" } else { "" };
    let clients = stored.clients.iter().filter(|client| !client.is_disabled()).count();
    let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    format!(
        "{:24} {:28} {}, {}{retired}",
        stored.product.id,
        stored.product.name,
        count(clients, "client", "clients"),
        count(held, "organization", "organizations")
    )
}

fn weighty(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| finding.weight != Weight::Note)
}

/// A finding in one line, behind the mark of its weight.
pub fn marked(finding: &Finding) -> String {
    let mark = match finding.weight {
        Weight::Broken => "✗",
        Weight::Weaker => "!",
        Weight::Note => "·",
    };
    format!("{mark} {}", finding.text)
}

fn disabled(client: &StoredClient) -> &'static str {
    if client.is_disabled() { " (disabled)" } else { "" }
}

pub async fn show(options: &Show) -> anyhow::Result<()> {
    let app = options.configured.app().await?;
    let (registry, around) = everything(&app).await?;
    match (named(&registry, &options.product)?, options.json) {
        (Named::Product(stored), true) => say(as_json(stored, &around)),
        (Named::Client(owner, client), true) => say(client_json(client, owner)),
        (Named::Product(stored), false) => show_product(stored, &around, &app.public_url),
        (Named::Client(owner, client), false) => {
            show_client(client, owner, around.now);
            show_findings(&products::of_client(client, &around));
        }
    }
    Ok(())
}

fn show_product(stored: &Stored, around: &Around, issuer: &str) {
    say(table(&of_product(stored, issuer)));
    for license in around.licenses.iter().filter(|license| license.product == stored.id) {
        say(format_args!("\nOpen to {}", license.slug));
        say(table(&of_license(license, around.now)));
    }
    for client in &stored.clients {
        say("");
        show_client(client, Some(stored), around.now);
    }
    show_findings(&findings(stored, around));
}

fn show_client(client: &StoredClient, owner: Option<&Stored>, now: Time) {
    say(format_args!("Client {}{}", client.id(), disabled(client)));
    say(table(&of_client(client, owner, now)));
}

fn show_findings(findings: &[Finding]) {
    if !findings.is_empty() {
        say("");
    }
    findings.iter().for_each(|finding| say(marked(finding)));
}

type Rows = Vec<(&'static str, String)>;

fn of_product(stored: &Stored, issuer: &str) -> Rows {
    let product = &stored.product;
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".into());
    let opens = Opens {
        product: stored.id.clone(),
        home: product.home.clone(),
        default_view: product.default_view.clone(),
        initiate_login_uri: product.initiate_login_uri.clone(),
    };
    let mut rows = vec![
        ("Product", product.id.clone()),
        ("Name", product.name.clone()),
        ("Description", product.description.clone()),
        ("Home", product.home.clone()),
        ("Default view", product.default_view.clone().unwrap_or_else(|| "its home".into())),
        ("Begins a sign-in at", or_none(&product.initiate_login_uri)),
        ("A click leads to", opens.address(issuer)),
        ("Second factor", product.mfa.clone().unwrap_or_else(|| "off".into())),
        ("On the portal", if product.menu_only { "no, from menus only" } else { "yes" }.into()),
        ("Logo", stored.logo.as_ref().map_or("none: its initials".into(), |logo| format!("/logos/{}.png", logo.id))),
    ];
    for view in &product.views {
        rows.push(("View of a site", format!("{} ({}): {}", view.site, view.organization, view.url)));
    }
    if let Some(at) = stored.retired_at {
        rows.push(("Retired", at.to_text()));
    }
    rows
}

fn of_license(license: &License, now: Time) -> Rows {
    let until = license.valid_until.map_or("without end".into(), Time::to_text);
    let over = if license.is_in_force(now) { "" } else { ", not in force" };
    vec![
        ("Seats", format!("{} of {} taken", license.taken, license.seats)),
        ("From", license.valid_from.to_text()),
        ("Until", format!("{until}{over}")),
    ]
}

/// The file's keys, with what holds where one is left out.
fn of_client(client: &StoredClient, owner: Option<&Stored>, now: Time) -> Rows {
    let written = client_written(client, owner);
    let or = |text: Option<String>, default: &str| text.unwrap_or_else(|| default.to_owned());
    let mut rows = vec![
        ("profile", or(written.profile, "default")),
        ("token_endpoint_auth_method", or(written.token_endpoint_auth_method, "client_secret_basic or _post")),
        ("application_type", or(written.application_type, "web")),
        ("grant_types", client.listed.new.grants.iter().map(|grant| grant.name()).collect::<Vec<_>>().join(", ")),
        ("scope", client.listed.new.scope.to_string()),
        ("id_token_signed_response_alg", client.listed.new.id_token_algorithm.name().to_owned()),
        ("subject_type", client.listed.new.subject.name().to_owned()),
        ("third_party", if written.third_party { "yes, people are asked" } else { "no" }.into()),
        ("backchannel_logout_uri", or(written.backchannel_logout_uri, "none")),
    ];
    rows.extend(written.name.into_iter().map(|name| ("name", name)));
    rows.extend(written.sector.into_iter().map(|sector| ("sector", sector)));
    rows.extend(written.organizations.into_iter().map(|slug| ("organizations", slug)));
    rows.extend(written.redirect_uris.into_iter().map(|uri| ("redirect_uris", uri)));
    rows.extend(written.post_logout_redirect_uris.into_iter().map(|uri| ("post_logout_redirect_uris", uri)));
    let pkce = if client.listed.pkce_pinned { "always, since it has used it" } else { "by its profile" };
    rows.push(("PKCE", pkce.into()));
    rows.extend(client.listed.secrets.iter().map(|secret| ("secret", super::secret::told(secret, now))));
    rows
}

fn client_written(client: &StoredClient, product: Option<&Stored>) -> Client {
    let names = product.map(|stored| (stored.product.id.as_str(), stored.product.name.as_str()));
    products::client_written(client, names)
}

fn as_json(stored: &Stored, around: &Around) -> Value {
    let license = |license: &License| {
        json!({
            "organization": license.slug, "seats": license.seats, "taken": license.taken,
            "from": license.valid_from.to_text(), "until": license.valid_until.map(Time::to_text),
            "in_force": license.is_in_force(around.now),
        })
    };
    let held = around.licenses.iter().filter(|one| one.product == stored.id).map(license).collect::<Vec<_>>();
    let clients = stored.clients.iter().map(|client| client_json(client, Some(stored))).collect::<Vec<_>>();
    json!({
        "product": stored.product, "logo": stored.logo.as_ref().map(|logo| format!("/logos/{}.png", logo.id)),
        "retired_at": stored.retired_at.map(Time::to_text), "created_at": stored.created_at.to_text(),
        "licenses": held, "clients": clients, "findings": findings(stored, around),
    })
}

fn client_json(client: &StoredClient, product: Option<&Stored>) -> Value {
    json!({
        "client": client_written(client, product), "disabled": client.is_disabled(),
        "pkce_pinned": client.listed.pkce_pinned,
        "secrets": client.listed.secrets.iter().map(super::secret::as_json).collect::<Vec<_>>(),
    })
}
