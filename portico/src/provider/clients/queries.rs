use std::sync::atomic::AtomicBool;

use oidc::Scope;
use oidc::client::{AuthMethod, GrantType, Profile};
use oidc::jose::{Algorithm, JwkSet, VerifyingKey};
use oidc::redirect::RedirectUri;
use store::{Error, Row, Tx};

use super::secret::SecretMac;
use super::{Listed, ListedSecret, NewClient, Registered, SubjectType};
use crate::organizations::Mfa;
use crate::platform::clock::Time;
use crate::platform::ids::{OrganizationId, ProductId};
use crate::products::Mark;

pub async fn by_id(tx: &mut Tx, id: &str) -> Result<Option<Registered>, Error> {
    in_state(tx, id, false).await
}

/// Also one that is disabled: its sessions end like those of others, and it is told.
pub async fn by_id_in_any_state(tx: &mut Tx, id: &str) -> Result<Option<Registered>, Error> {
    in_state(tx, id, true).await
}

async fn in_state(tx: &mut Tx, id: &str, any: bool) -> Result<Option<Registered>, Error> {
    let row = tx
        .first(
            "SELECT c.product_id, c.name, c.profile, c.auth_method, c.native_at, c.subject_type, c.sector, c.third_party_at,
                    c.scope, c.id_token_alg, c.backchannel_logout_uri, c.jwks, c.assertion_alg, c.pkce_pinned_at, p.logo_id,
                    p.mfa
             FROM clients c LEFT JOIN products p ON p.id = c.product_id
             WHERE c.id = $1 AND (c.disabled_at IS NULL OR $2 = 1)",
            &[&id, &i64::from(any)],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut registered = read(id, &row)?;
    let native = registered.client.native;
    for row in tx.all("SELECT kind, uri FROM client_uris WHERE client_id = $1 ORDER BY uri", &[&id]).await? {
        let (kind, uri): (String, String) = (row.get(0)?, row.get(1)?);
        let uri = RedirectUri::register(&uri, native).map_err(|_| Error::column("a registered URI is none"))?;
        match kind.as_str() {
            "redirect" => registered.client.redirect_uris.push(uri),
            _ => registered.client.post_logout_redirect_uris.push(uri),
        }
    }
    for row in tx.all("SELECT grant_type FROM client_grant_types WHERE client_id = $1", &[&id]).await? {
        registered.client.grants.extend(GrantType::of_name(&row.get::<String>(0)?));
    }
    registered.organizations = organizations_of(tx, id).await?;
    let sql = "SELECT id, mac, expires_at, last_used_at FROM client_secrets WHERE client_id = $1";
    for row in tx.all(sql, &[&id]).await? {
        registered.secrets.push(SecretMac {
            id: row.get(0)?,
            mac: row.get(1)?,
            expires_at: row.get(2)?,
            last_used_at: row.get(3)?,
            noted: AtomicBool::new(false),
        });
    }
    Ok(Some(registered))
}

fn read(id: &str, row: &Row) -> Result<Registered, Error> {
    let unknown = || Error::column("a client uses something this version does not know");
    let text = |index| row.get::<String>(index);
    let algorithm = |name: String| Algorithm::of_name(&name).ok_or_else(unknown);
    let assertion = row.get::<Option<String>>(12)?.map(algorithm).transpose()?;
    let keys = match row.get::<Option<String>>(11)? {
        None => Vec::new(),
        Some(jwks) => {
            let set = JwkSet::read(jwks.as_bytes()).map_err(|_| unknown())?;
            // A key that is not for the registered algorithm is not used, rather than used for another.
            set.keys.iter().filter_map(|jwk| VerifyingKey::new(jwk, assertion).ok()).collect()
        }
    };
    Ok(Registered {
        client: oidc::Client {
            id: id.to_owned(),
            profile: Profile::of_name(&text(2)?).ok_or_else(unknown)?,
            auth: AuthMethod::of_name(&text(3)?).ok_or_else(unknown)?,
            native: row.get::<Option<Time>>(4)?.is_some(),
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            grants: Vec::new(),
            scope: Scope::parse(&text(8)?).map_err(|_| unknown())?,
            pkce_pinned: row.get::<Option<Time>>(13)?.is_some(),
            id_token_algorithm: algorithm(text(9)?)?,
        },
        product: row.get(0)?,
        mark: Mark::of(&text(1)?, row.get::<Option<String>>(14)?.as_deref()),
        name: text(1)?,
        organizations: Vec::new(),
        subject: SubjectType::read(&text(5)?, text(6)?)?,
        third_party: row.get::<Option<Time>>(7)?.is_some(),
        guarded: row.get::<Option<String>>(15)?.as_deref() == Some(Mfa::Required.as_str()),
        backchannel_logout_uri: row.get(10)?,
        keys,
        secrets: Vec::new(),
    })
}

pub async fn upsert(tx: &mut Tx, new: &NewClient) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO clients (id, product_id, name, profile, auth_method, native_at, subject_type, sector,
                              third_party_at, scope, id_token_alg, backchannel_logout_uri, jwks, assertion_alg, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (id) DO UPDATE SET product_id = excluded.product_id, name = excluded.name,
             profile = excluded.profile, auth_method = excluded.auth_method,
             native_at = CASE WHEN excluded.native_at IS NULL THEN NULL
                              ELSE COALESCE(clients.native_at, excluded.native_at) END,
             subject_type = excluded.subject_type, sector = excluded.sector,
             third_party_at = CASE WHEN excluded.third_party_at IS NULL THEN NULL
                                   ELSE COALESCE(clients.third_party_at, excluded.third_party_at) END,
             scope = excluded.scope, id_token_alg = excluded.id_token_alg,
             backchannel_logout_uri = excluded.backchannel_logout_uri, jwks = excluded.jwks,
             assertion_alg = excluded.assertion_alg",
        &[
            &new.id,
            &new.product,
            &new.name,
            &new.profile.name(),
            &new.auth.name(),
            &new.native.then_some(now),
            &new.subject.name(),
            &new.subject.sector(),
            &new.third_party.then_some(now),
            &new.scope.to_string(),
            &new.id_token_algorithm.name(),
            &new.backchannel_logout_uri,
            &new.jwks,
            &new.assertion_algorithm.map(Algorithm::name),
            &now,
        ],
    )
    .await
    .map(drop)
}

pub async fn forget_lists(tx: &mut Tx, client: &str) -> Result<(), Error> {
    tx.execute("DELETE FROM client_uris WHERE client_id = $1", &[&client]).await?;
    tx.execute("DELETE FROM client_grant_types WHERE client_id = $1", &[&client]).await?;
    tx.execute("DELETE FROM client_organizations WHERE client_id = $1", &[&client]).await.map(drop)
}

pub async fn insert_uri(tx: &mut Tx, client: &str, kind: &str, uri: &str) -> Result<(), Error> {
    let sql = "INSERT INTO client_uris (client_id, kind, uri) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    tx.execute(sql, &[&client, &kind, &uri]).await.map(drop)
}

pub async fn insert_grant_type(tx: &mut Tx, client: &str, grant_type: &str) -> Result<(), Error> {
    let sql = "INSERT INTO client_grant_types (client_id, grant_type) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    tx.execute(sql, &[&client, &grant_type]).await.map(drop)
}

pub async fn insert_organization(tx: &mut Tx, client: &str, organization: &OrganizationId) -> Result<(), Error> {
    let sql = "INSERT INTO client_organizations (client_id, organization_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    tx.execute(sql, &[&client, organization]).await.map(drop)
}

pub async fn insert_secret(tx: &mut Tx, id: &str, client: &str, mac: &[u8; 32]) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "INSERT INTO client_secrets (id, client_id, mac, created_at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, &[&id, &client, mac, &now]).await.map(drop)
}

/// Lets the secrets there are end at `end`, but for those that end before it.
pub async fn end_secrets(tx: &mut Tx, client: &str, end: Time) -> Result<(), Error> {
    tx.execute(
        "UPDATE client_secrets SET expires_at = $1 WHERE client_id = $2 AND (expires_at IS NULL OR expires_at > $1)",
        &[&end, &client],
    )
    .await
    .map(drop)
}

/// Whether a client has a secret in force.
pub async fn has_secret(tx: &mut Tx, client: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "SELECT id FROM client_secrets WHERE client_id = $1 AND (expires_at IS NULL OR expires_at > $2) LIMIT 1";
    tx.first(sql, &[&client, &now]).await.map(|row| row.is_some())
}

/// Ends one secret; false when there is none of that id that has not ended.
pub async fn end_secret(tx: &mut Tx, client: &str, id: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE client_secrets SET expires_at = $1
               WHERE client_id = $2 AND id = $3 AND (expires_at IS NULL OR expires_at > $1)";
    Ok(tx.execute(sql, &[&now, &client, &id]).await? == 1)
}

/// Notes that a secret was used, if that was last noted before then.
pub async fn secret_used(tx: &mut Tx, id: &str, before: Time) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql =
        "UPDATE client_secrets SET last_used_at = $1 WHERE id = $2 AND (last_used_at IS NULL OR last_used_at <= $3)";
    tx.execute(sql, &[&now, &id, &before]).await.map(drop)
}

/// What it was given is worth nothing from now on, and is to be ended; false when it was disabled before.
pub async fn disable(tx: &mut Tx, client: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE clients SET disabled_at = $1, told_at = NULL WHERE id = $2 AND disabled_at IS NULL";
    Ok(tx.execute(sql, &[&now, &client]).await? == 1)
}

/// It may come again. What it was given before has to have ended, or it would live again.
pub async fn enable(tx: &mut Tx, client: &str) -> Result<bool, Error> {
    let sql = "UPDATE clients SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL AND told_at IS NOT NULL";
    Ok(tx.execute(sql, &[&client]).await? == 1)
}

/// Disabled clients of which somebody may still have something.
pub async fn ending(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let rows = tx.all("SELECT id FROM clients WHERE disabled_at IS NOT NULL AND told_at IS NULL", &[]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Whether it is one of these.
pub async fn is_ending(tx: &mut Tx, client: &str) -> Result<bool, Error> {
    let sql = "SELECT id FROM clients WHERE id = $1 AND disabled_at IS NOT NULL AND told_at IS NULL";
    Ok(tx.first(sql, &[&client]).await?.is_some())
}

/// Everything it was given has ended.
pub async fn ended(tx: &mut Tx, client: &str) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "UPDATE clients SET told_at = $1 WHERE id = $2 AND disabled_at IS NOT NULL";
    tx.execute(sql, &[&now, &client]).await.map(drop)
}

/// The clients of a product, disabled ones too.
pub async fn of_product(tx: &mut Tx, product: &ProductId) -> Result<Vec<String>, Error> {
    let rows = tx.all("SELECT id FROM clients WHERE product_id = $1", &[product]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Every client, without its lists.
pub async fn all(tx: &mut Tx) -> Result<Vec<Listed>, Error> {
    let rows = tx
        .all(
            "SELECT id, product_id, name, profile, auth_method, native_at, subject_type, sector, third_party_at, scope,
                    id_token_alg, backchannel_logout_uri, jwks, assertion_alg, pkce_pinned_at, created_at, disabled_at
             FROM clients ORDER BY id",
            &[],
        )
        .await?;
    rows.iter().map(listed).collect()
}

fn listed(row: &Row) -> Result<Listed, Error> {
    let unknown = || Error::column("a client uses something this version does not know");
    let text = |index| row.get::<String>(index);
    let algorithm = |name: String| Algorithm::of_name(&name).ok_or_else(unknown);
    Ok(Listed {
        new: NewClient {
            id: text(0)?,
            product: row.get(1)?,
            name: text(2)?,
            organizations: Vec::new(),
            profile: Profile::of_name(&text(3)?).ok_or_else(unknown)?,
            auth: AuthMethod::of_name(&text(4)?).ok_or_else(unknown)?,
            native: row.get::<Option<Time>>(5)?.is_some(),
            subject: SubjectType::read(&text(6)?, text(7)?)?,
            third_party: row.get::<Option<Time>>(8)?.is_some(),
            scope: Scope::parse(&text(9)?).map_err(|_| unknown())?,
            grants: Vec::new(),
            id_token_algorithm: algorithm(text(10)?)?,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            backchannel_logout_uri: row.get(11)?,
            jwks: row.get(12)?,
            assertion_algorithm: row.get::<Option<String>>(13)?.map(algorithm).transpose()?,
        },
        pkce_pinned: row.get::<Option<Time>>(14)?.is_some(),
        created_at: row.get(15)?,
        disabled_at: row.get(16)?,
        secrets: Vec::new(),
    })
}

/// Client, kind and URI.
pub async fn all_uris(tx: &mut Tx) -> Result<Vec<(String, String, String)>, Error> {
    let rows = tx.all("SELECT client_id, kind, uri FROM client_uris ORDER BY client_id, kind, uri", &[]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

pub async fn all_grant_types(tx: &mut Tx) -> Result<Vec<(String, GrantType)>, Error> {
    let rows = tx.all("SELECT client_id, grant_type FROM client_grant_types", &[]).await?;
    let known = rows.iter().map(|row| Ok((row.get(0)?, GrantType::of_name(&row.get::<String>(1)?))));
    let known: Result<Vec<(String, Option<GrantType>)>, Error> = known.collect();
    Ok(known?.into_iter().filter_map(|(client, grant)| Some((client, grant?))).collect())
}

/// Whose people may be signed in at a client of no product.
pub async fn organizations_of(tx: &mut Tx, client: &str) -> Result<Vec<OrganizationId>, Error> {
    let sql = "SELECT organization_id FROM client_organizations WHERE client_id = $1";
    tx.all(sql, &[&client]).await?.iter().map(|row| row.get(0)).collect()
}

pub async fn all_organizations(tx: &mut Tx) -> Result<Vec<(String, OrganizationId)>, Error> {
    let rows = tx.all("SELECT client_id, organization_id FROM client_organizations", &[]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Newest first.
pub async fn all_secrets(tx: &mut Tx) -> Result<Vec<(String, ListedSecret)>, Error> {
    let sql = "SELECT client_id, id, created_at, expires_at, last_used_at FROM client_secrets ORDER BY id DESC";
    let rows = tx.all(sql, &[]).await?;
    let secret = |row: &Row| {
        Ok(ListedSecret {
            id: row.get(1)?,
            created_at: row.get(2)?,
            expires_at: row.get(3)?,
            last_used_at: row.get(4)?,
        })
    };
    rows.iter().map(|row| Ok((row.get(0)?, secret(row)?))).collect()
}

/// From now on this client always sends a PKCE challenge.
pub async fn pin_pkce(tx: &mut Tx, client: &str) -> Result<(), Error> {
    let now = Time(tx.now());
    let sql = "UPDATE clients SET pkce_pinned_at = $1 WHERE id = $2 AND pkce_pinned_at IS NULL";
    tx.execute(sql, &[&now, &client]).await.map(drop)
}
