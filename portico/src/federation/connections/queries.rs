use store::{Error, Row, Tx};

use super::{ACCOUNTS_A_DAY, Acceptance, Claims, Connection, Kind, Oidc, Protocol, Settings, State};
use crate::organizations::{self, Organization};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, ConnectionId, OrganizationId};
use crate::platform::spelled::parse;

/// What the verified domain of an address says of whoever typed it: whose domain it is, and the connection that its people are
/// sent to. One statement for every domain.
pub async fn route(tx: &Tx, domain: &str) -> Result<Option<(Organization, Option<ConnectionId>)>, Error> {
    let row = tx
        .first(
            "SELECT l.connection_id, o.id, o.slug, o.name, o.time_zone, o.contact,
                    CASE WHEN EXISTS (SELECT 1 FROM led_domains m WHERE m.domain = d.domain) THEN 'sso'
                         WHEN EXISTS (SELECT 1 FROM led_domains m WHERE m.organization_id = o.id) THEN 'password'
                         ELSE o.sign_in END,
                    o.preset, o.recovery, o.mfa, o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at,
                    o.continuity, o.email_code, o.factor_reset_hours, o.session_idle_minutes, o.session_hours,
                    o.sessions_at_once
             FROM organization_domains d JOIN organizations o ON o.id = d.organization_id
             LEFT JOIN led_domains l ON l.domain = d.domain AND l.organization_id = o.id AND o.sso_suspended_at IS NULL
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
    let kind = settings.protocol.kind().as_str();
    tx.execute(
        "INSERT INTO connections (id, organization_id, kind, name, state, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
        &[id, organization, &kind, &settings.name, &State::Trial.as_str(), &now],
    )
    .await?;
    change_connection(tx, id, settings).await.map(drop)
}

/// Other settings for a connection; its kind stays what it was. The state, the domains and the opt-in link are left alone.
pub async fn change_connection(tx: &mut Tx, id: &ConnectionId, settings: &Settings) -> Result<bool, Error> {
    let now = Time(tx.now());
    let changed = tx
        .execute(
            "UPDATE connections SET name = $1, creates_accounts_at = $2, trusts_mfa_at = $3, private_network_at = $4,
                 requires_verified_email_at = $5, accounts_a_day = $6, private_hosts = $7, mfa_accepted_at = $8,
                 mfa_accepted_by = $9, changed_at = $10
             WHERE id = $11 AND kind = $12",
            &[
                &settings.name,
                &settings.creates_accounts.then_some(now),
                &settings.trusts_mfa.then_some(now),
                &settings.private_network.then_some(now),
                &settings.requires_verified_email.then_some(now),
                &settings.accounts_a_day,
                &listed(&settings.private_hosts),
                &settings.mfa_accepted.as_ref().map(|accepted| accepted.at),
                &settings.mfa_accepted.as_ref().map(|accepted| accepted.by.as_str()),
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

fn listed(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(" "))
}

async fn put_oidc(tx: &mut Tx, id: &ConnectionId, oidc: &Oidc) -> Result<(), Error> {
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
            &listed(&oidc.claims.user_name),
            &listed(&oidc.claims.roles),
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

/// False when it is in that state already.
pub async fn set_state(tx: &mut Tx, id: &ConnectionId, state: State) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE connections SET state = $1, changed_at = $2 WHERE id = $3 AND state <> $1";
    Ok(tx.execute(sql, &[&state.as_str(), &now, id]).await? == 1)
}

/// Sets the link by which one may try a connection (SHA-256 of its secret) until then, or takes it away.
pub async fn set_opt_in(tx: &mut Tx, id: &ConnectionId, link: Option<(&[u8; 32], Time)>) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "UPDATE connections SET opt_in = $1, opt_in_until = $2, changed_at = $3 WHERE id = $4";
    let (hash, until) = (link.map(|(hash, _)| hash.as_slice()), link.map(|(_, until)| until));
    Ok(tx.execute(sql, &[&hash, &until, &now, id]).await? == 1)
}

/// Sends a domain's people to a connection of the same organization, or (`None`) lets them sign in here. False when the
/// domain is not the organization's, or not verified.
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
/// there, or (`tried`) nowhere yet, and whoever comes has been given the link that tries the connection. What leads to another one
/// is that one's to say: a contractor's identity provider is not asked about everybody.
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
             WHERE domain = $1 AND organization_id = $2 AND verified_at IS NOT NULL
               AND (connection_id = $3 OR ($4 = 1 AND connection_id IS NULL))",
            &[&domain, organization, connection, &i64::from(tried)],
        )
        .await?;
    Ok(row.is_some())
}

/// Whether a domain leads to a connection that is on, and to which.
pub async fn leads_to(tx: &mut Tx, domain: &str) -> Result<Option<ConnectionId>, Error> {
    let row = tx.first("SELECT connection_id FROM led_domains WHERE domain = $1", &[&domain]).await?;
    row.map(|row| row.get(0)).transpose()
}

pub async fn connection(tx: &mut Tx, id: &ConnectionId) -> Result<Option<Connection>, Error> {
    let row = tx
        .first(
            "SELECT c.id, c.organization_id, c.kind, c.name, c.state, c.opt_in_until, c.creates_accounts_at, c.trusts_mfa_at,
                    c.private_network_at, c.created_at, c.changed_at, o.issuer, o.client_id, o.auth_method, o.secret,
                    o.secret_expires_at, o.scopes, o.claim_email, o.claim_first_name, o.claim_last_name,
                    o.claim_user_name, o.claim_roles, o.mfa_acr, c.requires_verified_email_at, c.accounts_a_day,
                    c.private_hosts, c.mfa_accepted_at, c.mfa_accepted_by
             FROM connections c JOIN oidc_connections o ON o.connection_id = c.id
             WHERE c.id = $1",
            &[id],
        )
        .await?;
    with_roles(tx, row).await
}

/// The connection whose opt-in link has the secret of that hash, while it opens something.
pub async fn connection_to_try(tx: &mut Tx, hash: &[u8; 32]) -> Result<Option<Connection>, Error> {
    let now = Time(tx.now());
    let sql = "SELECT id FROM connections WHERE opt_in = $1 AND state <> 'off' AND opt_in_until > $2";
    let row = tx.first(sql, &[hash, &now]).await?;
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
    let accepted: (Option<Time>, Option<AccountId>) = (row.get(26)?, row.get(27)?);
    Ok(Connection {
        id: row.get(0)?,
        organization: row.get(1)?,
        state: parse(&row.get::<String>(4)?)?,
        opt_in_until: row.get(5)?,
        settings: Settings {
            name: row.get(3)?,
            creates_accounts: is_set(6)?,
            accounts_a_day: row.get::<Option<i64>>(24)?.unwrap_or(ACCOUNTS_A_DAY),
            requires_verified_email: is_set(23)?,
            trusts_mfa: is_set(7)?,
            mfa_accepted: accepted.0.zip(accepted.1).map(|(at, by)| Acceptance { at, by }),
            private_network: is_set(8)?,
            private_hosts: row.get::<Option<String>>(25)?.map(words).unwrap_or_default(),
            roles: Vec::new(),
            protocol: Protocol::Oidc(oidc(row, 11)?),
        },
        created_at: row.get(9)?,
        changed_at: row.get(10)?,
    })
}

fn words(text: String) -> Vec<String> {
    text.split_ascii_whitespace().map(str::to_owned).collect()
}

fn oidc(row: &Row, at: usize) -> Result<Oidc, Error> {
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
