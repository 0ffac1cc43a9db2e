//! A product with its people: a relying party of the provider, registered like any other.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use data_encoding::BASE64;
use oidc::client::GrantType;
use oidc::jose::{JwkSet, VerifyingKey};
use oidc::params::encoded;
use oidc::rp::Keys;
use portico::provider::{self, NewClient};
use store::Tx;

use super::errands::{Errand, Flow, Visitor};
use crate::client::{Browser, Connection};
use crate::journey;
use crate::node::Site;
use crate::people::{self, PASSWORD};

pub const CLIENT: &str = "bench-product";
const SECRET: &str = "a-secret-of-the-benchmark-product-0123456789";
pub const REDIRECT: &str = "https://bed-board.example/callback";
/// More than one person makes in a reading; each has its number.
const FLOWS: u64 = 1 << 32;

/// Where the product asks, how it shows who it is, and who is signed in.
pub struct Party {
    pub address: SocketAddr,
    /// `http://…`, which is the issuer, too.
    pub issuer: String,
    /// The value of `Authorization`.
    pub basic: String,
    pub keys: Vec<VerifyingKey>,
    /// The same, as a relying party reads them.
    pub published: Keys,
    /// The cookies of the people.
    cookies: Vec<String>,
}

/// Registers a client of Bed Board and lets the people who will come open that at both sites, as two things.
pub async fn register(site: &Site) -> Result<()> {
    let app = people::open(site).await?;
    app.db
        .write("bench.register", async |tx: &mut Tx| {
            let row = tx.first("SELECT id FROM products WHERE slug = 'bed-board'", &[]).await?;
            let product = row.context("the demo has no Bed Board")?.get(0)?;
            let client = NewClient {
                redirect_uris: vec![REDIRECT.to_owned()],
                grants: GrantType::ALL.to_vec(),
                ..NewClient::of(CLIENT, "Bed Board", Some(product))
            };
            client.check()?;
            provider::put_client(tx, &client).await?;
            provider::add_client_secret(tx, &app.keys, &app.entropy, CLIENT, SECRET, None).await?;
            tx.execute(
                "INSERT INTO access (id, organization_id, account_id, product_id, created_at)
                 SELECT a.id, a.organization_id, a.id, p.id, a.created_at FROM accounts a CROSS JOIN products p
                 WHERE p.slug = 'bed-board' AND a.email LIKE 'p000%'",
                &[],
            )
            .await?;
            for role in ["editor", "viewer"] {
                let sql = "INSERT INTO access_roles (access_id, role)
                           SELECT id, $1 FROM accounts WHERE email LIKE 'p000%'";
                tx.execute(sql, &[&role]).await?;
            }
            Ok::<_, anyhow::Error>(())
        })
        .await
}

impl Party {
    /// Reads the keys as a product does, and signs people in.
    pub async fn gather(address: SocketAddr, count: usize) -> Result<Arc<Party>> {
        let mut browser = Browser::open(address).await?;
        let request = browser.request("GET", "/oauth2/jwks", None);
        let mut connection = Connection::open(address).await?;
        let answer = connection.exchange(&request).await?;
        let (set, published) = (JwkSet::read(answer.body)?, Keys::read(answer.body)?);
        let keys = set.keys.iter().map(|jwk| VerifyingKey::new(jwk, None)).collect::<Result<_, _>>()?;
        let mut cookies = Vec::new();
        for number in 0..count {
            browser.forget();
            journey::sign_in(&mut browser, &people::known(number), PASSWORD).await?;
            cookies.push(browser.cookies());
        }
        let basic = BASE64.encode(format!("{}:{}", encoded(CLIENT), encoded(SECRET)).as_bytes());
        let (issuer, basic) = (format!("http://{address}"), format!("Basic {basic}"));
        Ok(Arc::new(Party { address, issuer, basic, keys, published, cookies }))
    }

    /// Somebody with an errand, who has signed in at the product a moment ago.
    pub async fn visitor(self: &Arc<Party>, errand: Errand, number: usize) -> Result<Visitor> {
        let cookie = self.cookies.get(number).context("there are not so many people")?;
        let mut connection = Connection::open(self.address).await?;
        let mut flow = Flow::new(self, cookie.clone(), number as u64 * FLOWS);
        let tokens = flow.sign_in(&mut connection).await?;
        Ok(Visitor::new(connection, errand.begin(self, flow, tokens)))
    }
}
