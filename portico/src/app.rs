//! The application: what every request shares, and the router, one line per feature.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use store::{Db, Tx, Work};

use crate::federation::Federation;
use crate::lockout;
use crate::organizations::{self, Preset};
use crate::password::Hasher;
use crate::people::Identifier;
use crate::platform::clock::Clock;
use crate::platform::dns::Resolver;
use crate::platform::entropy::Entropy;
use crate::platform::i18n::Locales;
use crate::platform::keys::Keys;
use crate::platform::limits::{self, Within};
use crate::platform::mail::{Letters, PostOffice};
use crate::platform::web::address::Network;
use crate::platform::web::{self, Assets, CookieJarStyle, Error};
use crate::provider::Provider;
use crate::switcher::Script;
use crate::terms::Terms;
use crate::{
    account, api, continuity, federation, help, help_me_sign_in, invitations, mfa, notices, passkeys, portal, products,
    provider, recovery, session, sign_in, sources, support, switcher,
};

/// Name, logo and help line of this deployment.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    pub name: String,
    pub logo_url: Option<String>,
    pub accent: Option<String>,
    pub support_phone: Option<String>,
    pub support_mail: Option<String>,
}

/// What one address or one mailbox may cause; see the configuration's section of that name.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Failures from one address within `window`.
    pub failures: i64,
    pub window: Duration,
    /// Different names that fail from one address within `names_window`.
    pub names: i64,
    pub names_window: Duration,
    /// Sign-ins begun from one address within `window`.
    pub sign_ins: i64,
    /// Mails in an hour.
    pub mails_per_mailbox: i64,
    pub mails_per_address: i64,
    pub mails_overall: i64,
}

pub struct Parts {
    /// Every absolute URL begins with this; it comes from configuration and never from a request.
    pub public_url: String,
    pub db: Db,
    pub clock: Clock,
    pub entropy: Entropy,
    pub keys: Keys,
    pub hasher: Hasher,
    pub lockout: lockout::Queue,
    pub locales: Locales,
    pub brand: Brand,
    pub assets: Assets,
    pub cookies: CookieJarStyle,
    pub trusted_proxies: Vec<Network>,
    /// Networks of organizations, whose failures are not counted by address.
    pub known_networks: Vec<Network>,
    pub preset: Preset,
    /// What people accept before they come in; `None`: nothing.
    pub terms: Option<Terms>,
    pub limits: Limits,
    pub office: PostOffice,
    /// Rung when somebody has asked for a mail.
    pub clerk: recovery::Bell,
    /// Who is asked whose a domain is.
    pub dns: Resolver,
    /// What this node has in memory for products.
    pub provider: Provider,
    /// What this node has in memory of organizations' identity providers.
    pub federation: Federation,
    /// The product menu's, compressed once.
    pub switcher: Script,
    /// The address mail comes from, as people see it.
    pub sender: String,
    /// Where mail goes that cannot be delivered, if not there.
    pub bounce_address: Option<String>,
    /// Serves the demo's own pages; a production never has them.
    pub demo: Option<crate::demo::Stage>,
}

/// 36 letters, as a UUID has.
const PSEUDO_ID_BYTES: usize = 27;

#[derive(Clone)]
pub struct App(Arc<Parts>);

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    pub fn new(parts: Parts) -> App {
        App(Arc::new(parts))
    }

    /// All routes of all features, wrapped.
    pub fn router(&self) -> Router {
        let mut routes = Router::new()
            .merge(web::asset_routes())
            .merge(sign_in::routes())
            .merge(provider::routes())
            .merge(federation::routes())
            .merge(invitations::routes())
            .merge(session::routes())
            .merge(recovery::routes())
            .merge(notices::routes())
            .merge(portal::routes())
            .merge(products::routes())
            .merge(account::routes())
            .merge(mfa::routes())
            .merge(passkeys::routes())
            .merge(continuity::routes())
            .merge(help_me_sign_in::routes())
            .merge(help::routes())
            .merge(support::routes());
        if self.demo.is_some() {
            routes = routes.merge(crate::demo::routes());
        }
        let open = provider::open_routes()
            .merge(federation::open_routes())
            .merge(organizations::open_routes())
            .merge(api::open_routes())
            .merge(switcher::open_routes());
        web::wrap(routes, open, self)
    }

    pub fn sender_domain(&self) -> &str {
        let address = self.sender.rsplit_once('<').map_or(self.sender.as_str(), |(_, address)| address);
        address.trim_end_matches('>').rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// What a mail filter has to let in: of the sender people see, and of the envelope's where that is another.
    pub fn sender_domains(&self) -> Vec<String> {
        let of_envelope =
            self.bounce_address.as_deref().and_then(|address| Some(address.trim_end_matches('>').rsplit_once('@')?.1));
        let mut domains = vec![self.sender_domain().to_owned()];
        domains.extend(of_envelope.filter(|domain| *domain != self.sender_domain()).map(str::to_owned));
        domains
    }

    /// Stands for a name nobody has: the same for every spelling, on every node, and nobody can compute it from outside. It is as
    /// long as an id, so that rows of known and unknown names are as long as each other.
    pub fn pseudo_id(&self, identifier: &Identifier) -> String {
        let mac = self.keys.mac("pseudo_id", identifier.as_str().as_bytes());
        data_encoding::BASE64URL_NOPAD.encode(mac.split_at(PSEUDO_ID_BYTES).0)
    }

    /// The key of a limit on an address or a mailbox, neither of which rests in the database in clear.
    pub fn limit_key(&self, limit: &str, about: &str) -> String {
        let mac = self.keys.mac("limits", format!("{limit}/{about}").as_bytes());
        format!("{limit}/{}", data_encoding::BASE64URL_NOPAD.encode(&mac))
    }

    /// Writes a sign-in begun from an address, counted like every one; refuses one too many: each is a row. Lost with the last
    /// moment, it begins again with name and destination, which the browser keeps.
    pub async fn write_sign_in<T, F>(&self, address: IpAddr, name: &'static str, work: F) -> Result<T, Error>
    where
        T: Send,
        F: AsyncFnMut(&mut Tx) -> Result<T, store::Error> + for<'t> Work<'t, T, store::Error>,
    {
        let key = self.limit_key("sign_ins", &web::address::prefix(address));
        let Limits { window, sign_ins, .. } = self.limits;
        let counted = limits::Counted { now: self.clock.now(), key: &key, window, max: sign_ins };
        let written = limits::write_counted(&self.db, name, counted, work).await?;
        written.map_err(|retry_after| Error::TooMany { retry_after })
    }

    /// Counts what is a row as a sign-in is, and refuses one too many.
    pub async fn count_sign_in(&self, address: IpAddr) -> Result<(), Error> {
        let key = self.limit_key("sign_ins", &web::address::prefix(address));
        let Limits { window, sign_ins, .. } = self.limits;
        // Everybody of a hospital shares one: in the write that follows they would run each other down.
        match limits::count_alone(&self.db, self.clock.now(), &key, window, sign_ins).await? {
            Within::Limit => Ok(()),
            Within::Exceeded { retry_after } => Err(Error::TooMany { retry_after }),
        }
    }
}

/// The mails this deployment can write, one line per feature that has any.
pub fn letters() -> Letters {
    let letters = Letters::new();
    let letters = sign_in::register(letters);
    let letters = mfa::register(letters);
    let letters = invitations::register(letters);
    let letters = recovery::register(letters);
    let letters = notices::register(letters);
    let letters = account::register(letters);
    let letters = continuity::register(letters);
    let letters = help_me_sign_in::register(letters);
    let letters = support::register(letters);
    let letters = organizations::register(letters);
    let letters = federation::register(letters);
    let letters = sources::register(letters);
    portal::register(letters)
}
