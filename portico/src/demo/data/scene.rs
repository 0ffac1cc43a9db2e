//! What stands there before anybody comes: organizations, sites, products, licenses.

use store::{Error, Tx};

use super::{DAY, SeedError, queries};
use crate::demo::Addresses;
use crate::platform::clock::Time;
use crate::platform::entropy::Entropy;

/// A sample product, which the demo also serves.
#[derive(Debug)]
pub struct Product {
    pub slug: &'static str,
    pub name: &'static str,
    pub line: &'static str,
    /// Above the front door's port.
    pub port: u16,
}

pub const PRODUCTS: &[Product] = &[
    Product { slug: "bed-board", name: "Bed Board", line: "Free beds across the hospital, minute by minute", port: 1 },
    Product { slug: "incident-desk", name: "Incident Desk", line: "Report and follow what went wrong", port: 2 },
    Product {
        slug: "tracer",
        name: "Tracer",
        line: "Walk a patient’s way and see whether the standards hold",
        port: 3,
    },
];

pub fn product(slug: &str) -> Result<&'static Product, SeedError> {
    PRODUCTS.iter().find(|product| product.slug == slug).ok_or(SeedError::Script("there is no such product"))
}

pub struct Organization {
    pub slug: &'static str,
    pub name: &'static str,
    pub domain: &'static str,
    pub preset: &'static str,
    pub sign_in: &'static str,
    pub recovery: &'static str,
    pub mfa: Option<&'static str>,
    pub time_zone: &'static str,
    /// What it tells everybody about whom to ask.
    pub contact: Option<&'static str>,
    pub sites: &'static [&'static str],
    /// Seats of each product; 0 is a customer of none.
    pub seats: i64,
    /// The product whose license has run out.
    pub ended: Option<&'static str>,
}

pub const ORGANIZATIONS: &[Organization] = &[
    Organization {
        slug: "riverside",
        name: "Riverside Health",
        domain: "riverside.example",
        preset: "classic",
        sign_in: "password",
        recovery: "questions_or_email",
        mfa: None,
        time_zone: "America/Chicago",
        contact: Some("Riverside service desk, +1 555 0142"),
        sites: &["Main Campus", "East Clinic"],
        seats: 250,
        ended: None,
    },
    Organization {
        slug: "harbor",
        name: "Harbor County EMS",
        domain: "harbor.example",
        preset: "classic",
        sign_in: "password",
        recovery: "email_then_question",
        mfa: None,
        time_zone: "America/New_York",
        contact: Some("Harbor County communications center, +1 555 0117"),
        sites: &[],
        seats: 40,
        ended: Some("incident-desk"),
    },
    Organization {
        slug: "lakeshore",
        name: "Lakeshore Hospital",
        domain: "lakeshore.example",
        preset: "classic",
        sign_in: "sso",
        recovery: "email",
        mfa: None,
        time_zone: "America/Detroit",
        contact: Some("Lakeshore IT help line, +1 555 0163"),
        sites: &[],
        seats: 120,
        ended: None,
    },
    Organization {
        slug: "summit",
        name: "Summit Medical",
        domain: "summit.example",
        preset: "classic",
        sign_in: "sso",
        recovery: "email",
        mfa: None,
        time_zone: "America/Denver",
        contact: None,
        sites: &[],
        seats: 80,
        ended: None,
    },
    Organization {
        slug: "northwind",
        name: "Northwind Clinics",
        domain: "northwind.example",
        preset: "modern",
        sign_in: "password",
        recovery: "email",
        mfa: Some("required"),
        time_zone: "America/Los_Angeles",
        contact: Some("Northwind front office, +1 555 0129"),
        sites: &[],
        seats: 60,
        ended: None,
    },
    Organization {
        slug: "oldmill",
        name: "Old Mill Practice",
        domain: "oldmill.example",
        preset: "classic",
        sign_in: "password",
        recovery: "email_then_question",
        mfa: None,
        time_zone: "America/Chicago",
        contact: None,
        sites: &[],
        seats: 0,
        ended: None,
    },
    Organization {
        slug: "portico",
        name: "Portico",
        domain: "portico.example",
        preset: "modern",
        sign_in: "password",
        recovery: "email",
        mfa: Some("required"),
        time_zone: "America/New_York",
        contact: Some("Portico support, +1 555 0100"),
        sites: &[],
        seats: 0,
        ended: None,
    },
];

/// Writes the organizations.
pub async fn build(tx: &mut Tx, entropy: &Entropy) -> Result<(), Error> {
    for organization in ORGANIZATIONS {
        queries::insert_organization(tx, &entropy.id(), organization).await?;
        queries::insert_domain(tx, organization.slug, organization.domain).await?;
        for site in organization.sites {
            queries::insert_site(tx, &entropy.id(), organization.slug, site).await?;
        }
    }
    Ok(())
}

/// Lets them use the products, which are registered meanwhile.
pub async fn license(tx: &mut Tx, entropy: &Entropy) -> Result<(), Error> {
    for organization in ORGANIZATIONS.iter().filter(|organization| organization.seats > 0) {
        license_one(tx, entropy, organization).await?;
    }
    Ok(())
}

async fn license_one(tx: &mut Tx, entropy: &Entropy, organization: &Organization) -> Result<(), Error> {
    let now = Time(tx.now());
    for product in PRODUCTS {
        let ended = organization.ended == Some(product.slug);
        let license = queries::NewLicense {
            id: &entropy.id(),
            organization: organization.slug,
            product: product.slug,
            seats: organization.seats,
            valid_from: now - DAY * 365,
            valid_until: if ended { now - DAY * 14 } else { now + DAY * 365 },
        };
        queries::insert_license(tx, &license).await?;
    }
    Ok(())
}

/// Points at the old pages of the products where they are served this time.
pub async fn direct(tx: &mut Tx, addresses: &Addresses) -> Result<(), SeedError> {
    for product in PRODUCTS {
        queries::set_old_url(tx, product.slug, &addresses.old_url(product)).await?;
    }
    Ok(())
}
