use store::{Error, Row, Tx};

use super::{Claims, Connection, Kind, Oidc, Protocol, Settings, State};
use crate::organizations::{self, Organization, SignInWay};
use crate::platform::clock::Time;
use crate::platform::ids::{ConnectionId, OrganizationId};
use crate::platform::spelled::parse;

/// What the verified domain of an address says of whoever typed it: whose domain it is, and the connection that its people are
/// sent to. One statement for every domain.
pub async fn route(tx: &mut Tx, domain: &str) -> Result<Option<(Organization, Option<ConnectionId>)>, Error> {
    let row = tx
        .first(
            "SELECT c.id, o.id, o.slug, o.name, o.time_zone, o.contact, o.sign_in, o.preset, o.recovery, o.mfa,
                    o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at, o.continuity,
                    o.email_code, o.factor_reset_hours
             FROM organization_domains d JOIN organizations o ON o.id = d.organization_id
             LEFT JOIN connections c ON c.id = d.connection_id AND c.organization_id = o.id AND c.state = 'on'
                  AND o.sso_suspended_at IS NULL
             WHERE d.domain = $1 AND d.verified_at IS NOT NULL",
            &[&domain],
        )
        .await?;
    row.map(|row| Ok((organizations::read_at(&row, 1)?, row.get(0)?))).transpose()
}

/// A new connection, in `trial`: nobody is sent there yet.
pub async fn insert_connection(
    tx: &mut Tx,
    id: &ConnectionId,
    organization: &OrganizationId,
    settings: &Settings,
) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO connections (id, organization_id, kind, name, state, creates_accounts_at, trusts_mfa_at,
                                  private_network_at, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        &[
            id,
            organization,
            &settings.protocol.kind().as_str(),
            &settings.name,
            &State::Trial.as_str(),
            &settings.creates_accounts.then_some(now),
            &settings.trusts_mfa.then_some(now),
            &settings.private_network.then_some(now),
            &now,
        ],
    )
    .await?;
    let Protocol::Oidc(oidc) = &settings.protocol;
    put_oidc(tx, id, oidc).await?;
    put_roles(tx, id, settings).await
}

/// Other settings for a connection; its kind stays what it was. The state, the domains and the opt-in link are left alone.
pub async fn change_connection(tx: &mut Tx, id: &ConnectionId, settings: &Settings) -> Result<bool, Error> {
    let now = Time(tx.now());
    let changed = tx
        .execute(
            "UPDATE connections SET name = $1, creates_accounts_at = $2, trusts_mfa_at = $3, private_network_at = $4,
                 changed_at = $5
             WHERE id = $6 AND kind = $7",
            &[
                &settings.name,
                &settings.creates_accounts.then_some(now),
                &settings.trusts_mfa.then_some(now),
                &settings.private_network.then_some(now),
                &now,
                id,
                &settings.protocol.kind().as_str(),
            ],
        )
        .await?;
    if changed == 0 {
        return Ok(false);
    }
    let Protocol::Oidc(oidc) = &settings.protocol;
    put_oidc(tx, id, oidc).await?;
    put_roles(tx, id, settings).await?;
    Ok(true)
}

async fn put_oidc(tx: &mut Tx, id: &ConnectionId, oidc: &Oidc) -> Result<(), Error> {
    let some = |names: &[String]| (!names.is_empty()).then(|| names.join(" "));
    tx.execute(
        "INSERT INTO oidc_connections (connection_id, issuer, client_id, auth_method, secret, secret_expires_at, scopes,
                                       claim_email, claim_first_name, claim_last_name, claim_user_name, claim_roles,
                                       mfa_acr)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (connection_id) DO UPDATE SET issuer = excluded.issuer, client_id = excluded.client_id,
             auth_method = excluded.auth_method, secret = excluded.secret,
             secret_expires_at = excluded.secret_expires_at, scopes = excluded.scopes,
             claim_email = excluded.claim_email, claim_first_name = excluded.claim_first_name,
             claim_last_name = excluded.claim_last_name, claim_user_name = excluded.claim_user_name,
             claim_roles = excluded.claim_roles, mfa_acr = excluded.mfa_acr",
        &[
            id,
            &oidc.issuer,
            &oidc.client_id,
            &oidc.auth.as_str(),
            &oidc.secret,
            &oidc.secret_expires_at,
            &oidc.scopes,
            &oidc.claims.email.join(" "),
            &oidc.claims.first_name.join(" "),
            &oidc.claims.last_name.join(" "),
            &some(&oidc.claims.user_name),
            &some(&oidc.claims.roles),
            &oidc.mfa_acr.join(" "),
        ],
    )
    .await
    .map(drop)
}

async fn put_roles(tx: &mut Tx, id: &ConnectionId, settings: &Settings) -> Result<(), Error> {
    tx.execute("DELETE FROM connection_roles WHERE connection_id = $1", &[id]).await?;
    for (value, role) in &settings.roles {
        let sql = "INSERT INTO connection_roles (connection_id, value, role) VALUES ($1, $2, $3)
                   ON CONFLICT (connection_id, value) DO UPDATE SET role = excluded.role";
        tx.execute(sql, &[id, value, &role.as_str()]).await?;
    }
    Ok(())
}

/// Another secret; whoever was warned that the old one ends is warned anew.
pub async fn set_secret(
    tx: &mut Tx,
    id: &ConnectionId,
    sealed: &[u8],
    expires_at: Option<Time>,
) -> Result<bool, Error> {
    let sql = "UPDATE oidc_connections SET secret = $1, secret_expires_at = $2, secret_warned_at = NULL
               WHERE connection_id = $3";
    Ok(tx.execute(sql, &[&sealed, &expires_at, id]).await? == 1)
}

/// Connections whose secret ends before `before`, and whose organization was not warned since `warned_before`.
pub async fn secrets_ending(tx: &mut Tx, before: Time, warned_before: Time) -> Result<Vec<ConnectionId>, Error> {
    let rows = tx
        .all(
            "SELECT o.connection_id FROM oidc_connections o JOIN connections c ON c.id = o.connection_id
             WHERE c.state <> 'off' AND o.secret_expires_at < $1
               AND (o.secret_warned_at IS NULL OR o.secret_warned_at < $2)
             ORDER BY o.connection_id LIMIT 100",
            &[&before, &warned_before],
        )
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Notes that an organization was warned; false when somebody else has noted it since `before`.
pub async fn note_secret_warning(tx: &mut Tx, id: &ConnectionId, before: Time) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE oidc_connections SET secret_warned_at = $1
               WHERE connection_id = $2 AND (secret_warned_at IS NULL OR secret_warned_at < $3)";
    Ok(tx.execute(sql, &[&now, id, &before]).await? == 1)
}

/// False when it is in that state already. Call [`follow_domains`] behind it.
pub async fn set_state(tx: &mut Tx, id: &ConnectionId, state: State) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE connections SET state = $1, changed_at = $2 WHERE id = $3 AND state <> $1";
    Ok(tx.execute(sql, &[&state.as_str(), &now, id]).await? == 1)
}

/// Sets the link by which one may try a connection (SHA-256 of its secret), or takes it away.
pub async fn set_opt_in(tx: &mut Tx, id: &ConnectionId, hash: Option<&[u8; 32]>) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE connections SET opt_in = $1, changed_at = $2 WHERE id = $3";
    Ok(tx.execute(sql, &[&hash.map(<[u8; 32]>::as_slice), &now, id]).await? == 1)
}

/// Sends a domain's people to a connection of the same organization, or (`None`) lets them sign in here. False when the
/// domain is not the organization's, or not verified. Call [`follow_domains`] behind it.
pub async fn lead_domain(
    tx: &mut Tx,
    organization: &OrganizationId,
    domain: &str,
    connection: Option<&ConnectionId>,
) -> Result<bool, Error> {
    let led = match connection {
        None => {
            let sql = "UPDATE organization_domains SET connection_id = NULL WHERE domain = $1 AND organization_id = $2";
            tx.execute(sql, &[&domain, organization]).await?
        }
        Some(connection) => {
            tx.execute(
                "UPDATE organization_domains SET connection_id = $1
                 WHERE domain = $2 AND organization_id = $3 AND verified_at IS NOT NULL
                   AND EXISTS (SELECT 1 FROM connections c WHERE c.id = $1 AND c.organization_id = $3)",
                &[connection, &domain, organization],
            )
            .await?
        }
    };
    Ok(led == 1)
}

/// The verified domains whose people are sent to a connection while it is on.
pub async fn domains_of(tx: &mut Tx, id: &ConnectionId) -> Result<Vec<String>, Error> {
    let sql =
        "SELECT domain FROM organization_domains WHERE connection_id = $1 AND verified_at IS NOT NULL ORDER BY domain";
    tx.all(sql, &[id]).await?.iter().map(|row| row.get(0)).collect()
}

/// Whether an organization's connection is believed about the addresses of a domain: it is a verified one of theirs, and leads
/// there, or (`tried`) whoever comes has been given the link that tries it.
pub async fn speaks_for(
    tx: &mut Tx,
    organization: &OrganizationId,
    connection: &ConnectionId,
    domain: &str,
    tried: bool,
) -> Result<bool, Error> {
    let row = tx
        .first(
            "SELECT domain FROM organization_domains
             WHERE domain = $1 AND organization_id = $2 AND verified_at IS NOT NULL AND (connection_id = $3 OR $4 = 1)",
            &[&domain, organization, connection, &i64::from(tried)],
        )
        .await?;
    Ok(row.is_some())
}

/// Where an organization's people have their passwords: elsewhere, when all of its verified domains lead to connections that
/// are on. Answers whether that has changed.
pub async fn follow_domains(tx: &mut Tx, organization: &OrganizationId) -> Result<bool, Error> {
    let rows = tx
        .all(
            "SELECT c.state FROM organization_domains d LEFT JOIN connections c ON c.id = d.connection_id
             WHERE d.organization_id = $1 AND d.verified_at IS NOT NULL",
            &[organization],
        )
        .await?;
    let states: Result<Vec<Option<String>>, Error> = rows.iter().map(|row| row.get(0)).collect();
    let states = states?;
    let all_on = !states.is_empty() && states.iter().all(|state| state.as_deref() == Some(State::On.as_str()));
    let way = if all_on { SignInWay::Sso } else { SignInWay::Password };
    let sql = "UPDATE organizations SET sign_in = $1 WHERE id = $2 AND sign_in <> $1";
    Ok(tx.execute(sql, &[&way.as_str(), organization]).await? == 1)
}

pub async fn connection(tx: &mut Tx, id: &ConnectionId) -> Result<Option<Connection>, Error> {
    let row = tx
        .first(
            "SELECT c.id, c.organization_id, c.kind, c.name, c.state, c.opt_in, c.creates_accounts_at, c.trusts_mfa_at,
                    c.private_network_at, c.created_at, c.changed_at, o.issuer, o.client_id, o.auth_method, o.secret,
                    o.secret_expires_at, o.scopes, o.claim_email, o.claim_first_name, o.claim_last_name,
                    o.claim_user_name, o.claim_roles, o.mfa_acr
             FROM connections c JOIN oidc_connections o ON o.connection_id = c.id
             WHERE c.id = $1",
            &[id],
        )
        .await?;
    with_roles(tx, row).await
}

/// The connection whose opt-in link has the secret of that hash.
pub async fn connection_to_try(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<Connection>, Error> {
    let row = tx.first("SELECT id FROM connections WHERE opt_in = $1 AND state <> 'off'", &[hash]).await?;
    match row {
        Some(row) => connection(tx, &row.get(0)?).await,
        None => Ok(None),
    }
}

/// The connections of an organization, or of all, oldest first.
pub async fn connections_of(tx: &mut Tx, organization: Option<&OrganizationId>) -> Result<Vec<Connection>, Error> {
    let rows = match organization {
        Some(one) => {
            tx.all("SELECT id FROM connections WHERE organization_id = $1 ORDER BY created_at, id", &[one]).await?
        }
        None => tx.all("SELECT id FROM connections ORDER BY organization_id, created_at, id", &[]).await?,
    };
    let mut connections = Vec::new();
    for row in rows {
        connections.extend(connection(tx, &row.get(0)?).await?);
    }
    Ok(connections)
}

async fn with_roles(tx: &mut Tx, row: Option<Row>) -> Result<Option<Connection>, Error> {
    let Some(mut found) = row.as_ref().map(read).transpose()? else { return Ok(None) };
    let sql = "SELECT value, role FROM connection_roles WHERE connection_id = $1 ORDER BY value";
    for row in tx.all(sql, &[&found.id]).await? {
        found.settings.roles.push((row.get(0)?, parse(&row.get::<String>(1)?)?));
    }
    Ok(Some(found))
}

fn read(row: &Row) -> Result<Connection, Error> {
    let Kind::Oidc = parse(&row.get::<String>(2)?)?;
    let is_set = |at| Ok::<_, Error>(row.get::<Option<Time>>(at)?.is_some());
    Ok(Connection {
        id: row.get(0)?,
        organization: row.get(1)?,
        state: parse(&row.get::<String>(4)?)?,
        has_opt_in: row.get::<Option<Vec<u8>>>(5)?.is_some(),
        settings: Settings {
            name: row.get(3)?,
            creates_accounts: is_set(6)?,
            trusts_mfa: is_set(7)?,
            private_network: is_set(8)?,
            roles: Vec::new(),
            protocol: Protocol::Oidc(oidc(row, 11)?),
        },
        created_at: row.get(9)?,
        changed_at: row.get(10)?,
    })
}

fn oidc(row: &Row, at: usize) -> Result<Oidc, Error> {
    let words = |text: String| text.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let names = |at| Ok::<_, Error>(row.get::<Option<String>>(at)?.map(words).unwrap_or_default());
    Ok(Oidc {
        issuer: row.get(at)?,
        client_id: row.get(at + 1)?,
        auth: parse(&row.get::<String>(at + 2)?)?,
        secret: row.get(at + 3)?,
        secret_expires_at: row.get(at + 4)?,
        scopes: row.get(at + 5)?,
        claims: Claims {
            email: names(at + 6)?,
            first_name: names(at + 7)?,
            last_name: names(at + 8)?,
            user_name: names(at + 9)?,
            roles: names(at + 10)?,
        },
        mfa_acr: names(at + 11)?,
    })
}
