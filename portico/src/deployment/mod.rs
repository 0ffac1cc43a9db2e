//! What a database is: of a production or of a demo, and of which master key.
//!
//! - A production is never served from a demo's database (its passwords are printed), nor the other way round. Commands act on
//!   either: whoever has the configuration and the key of one is its operator.
//! - A node with the wrong master key must not start: every password would look wrong, and locks would follow.

mod queries;

use store::{Db, Error, Migration, Tx};

use crate::platform::keys::Keys;

/// All migrations, oldest first. A shipped one never changes.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_front_door", sql: include_str!("../../migrations/0001_front_door.sql") },
    Migration { name: "0002_questions", sql: include_str!("../../migrations/0002_questions.sql") },
    Migration { name: "0003_first_time", sql: include_str!("../../migrations/0003_first_time.sql") },
    Migration { name: "0004_support", sql: include_str!("../../migrations/0004_support.sql") },
    Migration { name: "0005_mail", sql: include_str!("../../migrations/0005_mail.sql") },
    Migration { name: "0006_reservations", sql: include_str!("../../migrations/0006_reservations.sql") },
    Migration { name: "0007_addresses", sql: include_str!("../../migrations/0007_addresses.sql") },
    Migration { name: "0008_provider", sql: include_str!("../../migrations/0008_provider.sql") },
    Migration { name: "0009_registry", sql: include_str!("../../migrations/0009_registry.sql") },
    Migration { name: "0010_federation", sql: include_str!("../../migrations/0010_federation.sql") },
    Migration { name: "0011_ends", sql: include_str!("../../migrations/0011_ends.sql") },
    Migration { name: "0012_continuity", sql: include_str!("../../migrations/0012_continuity.sql") },
    Migration { name: "0013_domain_claims", sql: include_str!("../../migrations/0013_domain_claims.sql") },
    Migration { name: "0014_support_clerk", sql: include_str!("../../migrations/0014_support_clerk.sql") },
    Migration { name: "0015_elsewhere", sql: include_str!("../../migrations/0015_elsewhere.sql") },
    Migration { name: "0016_strangers", sql: include_str!("../../migrations/0016_strangers.sql") },
    Migration { name: "0017_settings", sql: include_str!("../../migrations/0017_settings.sql") },
    Migration { name: "0018_two_people", sql: include_str!("../../migrations/0018_two_people.sql") },
    Migration { name: "0019_language", sql: include_str!("../../migrations/0019_language.sql") },
    Migration { name: "0020_mfa", sql: include_str!("../../migrations/0020_mfa.sql") },
    Migration { name: "0021_passkeys", sql: include_str!("../../migrations/0021_passkeys.sql") },
    Migration { name: "0023_terms_texts", sql: include_str!("../../migrations/0023_terms_texts.sql") },
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Production,
    Demo,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Kind::Production => "production",
            Kind::Demo => "demo",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("This database belongs to a {0} deployment. Name another database, or use the command it was made with.")]
    OtherKind(String),
    #[error(
        "The master key does not fit this database: nothing sealed in it could be read. Use the key file it was made \
         with (`keys.master_key_file`)."
    )]
    OtherKey,
    #[error("The database does not answer: {0}.")]
    Store(#[from] Error),
}

const KEY_CHECK: &str = "deployment:value:key_check";

/// Claims an empty database for this kind and key, or checks that it is of them. Safe from several nodes at once.
pub async fn claim(db: &Db, keys: &Keys, kind: Kind) -> Result<(), Refused> {
    let sealed = data_encoding::BASE64.encode(&keys.seal(KEY_CHECK, b"portico"));
    db.write("deployment.claim", async |tx: &mut Tx| {
        let found = queries::get_or_set(tx, "kind", kind.as_str()).await?;
        if found != kind.as_str() {
            return Err(Refused::OtherKind(found));
        }
        let check = queries::get_or_set(tx, "key_check", &sealed).await?;
        if fits(keys, &check) { Ok(()) } else { Err(Refused::OtherKey) }
    })
    .await
}

/// Looks whether a database that may have been claimed is of this key and, where one is named, of this kind; changes nothing.
pub async fn check(db: &Db, keys: &Keys, kind: Option<Kind>) -> Result<(), Refused> {
    let (found, sealed) = db
        .read("deployment.check", async |tx: &mut Tx| {
            Ok::<_, Error>((queries::get(tx, "kind").await?, queries::get(tx, "key_check").await?))
        })
        .await?;
    let expected = kind.map(Kind::as_str);
    match (found, sealed) {
        (Some(found), _) if expected.is_some_and(|kind| kind != found) => Err(Refused::OtherKind(found)),
        (_, Some(sealed)) if !fits(keys, &sealed) => Err(Refused::OtherKey),
        _ => Ok(()),
    }
}

/// Whether a database is a demo's.
pub async fn is_demo(db: &Db) -> Result<bool, Error> {
    Ok(value(db, "kind").await?.as_deref() == Some(Kind::Demo.as_str()))
}

async fn value(db: &Db, name: &'static str) -> Result<Option<String>, Error> {
    db.read("deployment.value", async |tx: &mut Tx| queries::get(tx, name).await).await
}

fn fits(keys: &Keys, sealed: &str) -> bool {
    let sealed = data_encoding::BASE64.decode(sealed.as_bytes()).unwrap_or_default();
    keys.open(KEY_CHECK, &sealed).is_ok()
}

/// Whether something that is done once for a database has been done; marks it done.
pub async fn first_time(tx: &mut Tx, what: &'static str) -> Result<bool, Error> {
    queries::set_once(tx, what, "done").await
}
