use store::{Error, Row, Tx};

use super::policy::Departures;
use super::policy::{EmailCode, FactorPolicy, Preset, Recovery, SessionDepartures, SessionRule, SignInWay};
use super::{Mfa, Organization, Policy};
use crate::platform::clock::Time;
use crate::platform::ids::OrganizationId;
use crate::platform::spelled::parse;

/// The organization that owns a **verified** domain, with the way in which the people of that domain sign in; an unverified one
/// routes nobody.
pub async fn by_domain(tx: &mut Tx, domain: &str) -> Result<Option<Organization>, Error> {
    let row = tx
        .first(
            "SELECT o.id, o.slug, o.name, o.time_zone, o.contact,
                    CASE WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.domain = d.domain) THEN 'sso'
                         WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = o.id) THEN 'password'
                         ELSE o.sign_in END,
                    o.preset, o.recovery, o.mfa, o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at,
                    o.continuity, o.email_code, o.factor_reset_hours, o.session_idle_minutes, o.session_hours,
                    o.sessions_at_once
             FROM organization_domains d JOIN organizations o ON o.id = d.organization_id
             WHERE d.domain = $1 AND d.verified_at IS NOT NULL",
            &[&domain],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

pub async fn by_id(tx: &mut Tx, id: &OrganizationId) -> Result<Option<Organization>, Error> {
    let row = tx
        .first(
            "SELECT o.id, o.slug, o.name, o.time_zone, o.contact,
                    CASE WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = o.id) THEN 'sso' ELSE o.sign_in END,
                    o.preset, o.recovery, o.mfa, o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at,
                    o.continuity, o.email_code, o.factor_reset_hours, o.session_idle_minutes, o.session_hours,
                    o.sessions_at_once
             FROM organizations o WHERE o.id = $1",
            &[id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Whether people are told of a sign-in from a network that is new. Not where they are on the move all day.
///
/// # Errors
/// When the database says no.
pub async fn tells_of_networks(tx: &mut Tx, id: &OrganizationId) -> Result<bool, Error> {
    let row = tx.first("SELECT network_notices FROM organizations WHERE id = $1", &[id]).await?;
    let word: Option<String> = row.map(|row| row.get(0)).transpose()?.flatten();
    Ok(word.as_deref() != Some("off"))
}

/// # Errors
/// When the database says no.
pub async fn set_network_notices(tx: &mut Tx, id: &OrganizationId, on: bool) -> Result<(), Error> {
    let word = (!on).then_some("off");
    tx.execute("UPDATE organizations SET network_notices = $1 WHERE id = $2", &[&word, id]).await.map(drop)
}

/// Every way to sign in and to recover that some organization has: what a page may tell before a domain was typed.
pub async fn ways_in_use(tx: &mut Tx) -> Result<Vec<(Recovery, SignInWay)>, Error> {
    let sql = "SELECT DISTINCT o.recovery,
                      CASE WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = o.id) THEN 'sso' ELSE o.sign_in END
               FROM organizations o";
    let rows = tx.all(sql, &[]).await?;
    rows.iter().map(|row| Ok((parse(&row.get::<String>(0)?)?, parse(&row.get::<String>(1)?)?))).collect()
}

pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Organization>, Error> {
    let row = tx
        .first(
            "SELECT o.id, o.slug, o.name, o.time_zone, o.contact,
                    CASE WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = o.id) THEN 'sso' ELSE o.sign_in END,
                    o.preset, o.recovery, o.mfa, o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at,
                    o.continuity, o.email_code, o.factor_reset_hours, o.session_idle_minutes, o.session_hours,
                    o.sessions_at_once
             FROM organizations o WHERE o.slug = $1",
            &[&slug],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Every organization, by short name.
pub async fn all(tx: &mut Tx) -> Result<Vec<Organization>, Error> {
    let rows = tx.all("SELECT slug FROM organizations ORDER BY slug", &[]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.extend(by_slug(tx, &row.get::<String>(0)?).await?);
    }
    Ok(all)
}

fn read(row: &Row) -> Result<Organization, Error> {
    read_at(row, 0)
}

/// The organization of a row that has its columns (in the order of the statements above) from `at` on.
pub fn read_at(row: &Row, at: usize) -> Result<Organization, Error> {
    let mfa: Option<String> = row.get(at + 8)?;
    let own = Departures {
        mfa: mfa.as_deref().map(parse).transpose()?,
        lock_failures: row.get(at + 9)?,
        lock_minutes: row.get(at + 10)?,
        reset_minutes: row.get(at + 11)?,
        continuity: row.get::<Option<String>>(at + 13)?.as_deref().map(parse).transpose()?,
        email_code: row.get::<Option<String>>(at + 14)?.as_deref().map(parse).transpose()?,
        factor_reset_hours: row.get(at + 15)?,
        session: SessionDepartures {
            idle_minutes: row.get(at + 16)?,
            hours: row.get(at + 17)?,
            at_once: row.get(at + 18)?,
        },
    };
    let preset = parse(&row.get::<String>(at + 6)?)?;
    let recovery = parse(&row.get::<String>(at + 7)?)?;
    let suspended: Option<Time> = row.get(at + 12)?;
    Ok(Organization {
        id: row.get(at)?,
        slug: row.get(at + 1)?,
        name: row.get(at + 2)?,
        time_zone: row.get(at + 3)?,
        contact: row.get(at + 4)?,
        sign_in: match suspended {
            Some(_) => SignInWay::Password,
            None => parse(&row.get::<String>(at + 5)?)?,
        },
        suspended,
        policy: Policy::of(preset, recovery, own),
    })
}

/// How long sessions live, of a row that has `preset, session_idle_minutes, session_hours` of an organization from `at` on.
pub fn session_rule_at(row: &Row, at: usize) -> Result<SessionRule, Error> {
    let own = SessionDepartures { idle_minutes: row.get(at + 1)?, hours: row.get(at + 2)?, at_once: None };
    Ok(SessionRule::of(parse(&row.get::<String>(at)?)?, own))
}

/// In which values for sessions an organization departs from its preset.
pub async fn session_departures(tx: &mut Tx, id: &OrganizationId) -> Result<SessionDepartures, Error> {
    let sql = "SELECT session_idle_minutes, session_hours, sessions_at_once FROM organizations WHERE id = $1";
    let Some(row) = tx.first(sql, &[id]).await? else { return Ok(SessionDepartures::default()) };
    Ok(SessionDepartures { idle_minutes: row.get(0)?, hours: row.get(1)?, at_once: row.get(2)? })
}

pub async fn set_session_departures(tx: &mut Tx, id: &OrganizationId, own: SessionDepartures) -> Result<(), Error> {
    let sql =
        "UPDATE organizations SET session_idle_minutes = $1, session_hours = $2, sessions_at_once = $3 WHERE id = $4";
    tx.execute(sql, &[&own.idle_minutes, &own.hours, &own.at_once, id]).await.map(drop)
}

/// What an organization is made of; its policy is its preset's until it departs from it.
#[derive(Clone, Debug)]
pub struct NewOrganization<'a> {
    pub id: &'a OrganizationId,
    pub slug: &'a str,
    pub name: &'a str,
    pub preset: Preset,
    pub sign_in: SignInWay,
    pub recovery: Recovery,
    pub mfa: Option<Mfa>,
    pub time_zone: &'a str,
    pub contact: Option<&'a str>,
}

impl<'a> NewOrganization<'a> {
    /// The organization of whoever runs the deployment.
    pub fn of_operators(id: &'a OrganizationId, name: &'a str, preset: Preset) -> NewOrganization<'a> {
        NewOrganization {
            id,
            slug: "operators",
            name,
            preset,
            sign_in: SignInWay::Password,
            recovery: Recovery::Email,
            mfa: None,
            time_zone: "UTC",
            contact: None,
        }
    }
}

/// Takes back what was said of an organization as a whole: from now on its connections say who signs in elsewhere.
pub async fn give_up_elsewhere(tx: &mut Tx, organization: &OrganizationId) -> Result<(), Error> {
    let sql = "UPDATE organizations SET sign_in = 'password' WHERE id = $1 AND sign_in <> 'password'";
    tx.execute(sql, &[organization]).await.map(drop)
}

pub async fn insert(tx: &mut Tx, new: &NewOrganization<'_>) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "INSERT INTO organizations (id, slug, name, preset, sign_in, recovery, mfa, time_zone, contact, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            new.id,
            &new.slug,
            &new.name,
            &new.preset.as_str(),
            &new.sign_in.as_str(),
            &new.recovery.as_str(),
            &new.mfa.map(Mfa::as_str),
            &new.time_zone,
            &new.contact,
            &now,
        ],
    )
    .await?;
    Ok(())
}

/// Changes what is named.
///
/// # Errors
/// When the database says no.
pub async fn set_factor_policy(tx: &mut Tx, id: &OrganizationId, new: FactorPolicy) -> Result<(), Error> {
    tx.execute(
        "UPDATE organizations SET mfa = COALESCE($1, mfa), email_code = COALESCE($2, email_code),
             factor_reset_hours = COALESCE($3, factor_reset_hours)
         WHERE id = $4",
        &[&new.mfa.map(Mfa::as_str), &new.email_code.map(EmailCode::as_str), &new.factor_reset_hours, id],
    )
    .await
    .map(drop)
}

/// Gives a verified domain to an organization; false when it is another's.
pub async fn add_domain(tx: &mut Tx, organization: &OrganizationId, domain: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let added = tx
        .execute(
            "INSERT INTO organization_domains (domain, organization_id, verified_at) VALUES ($1, $2, $3)
             ON CONFLICT (domain) DO NOTHING",
            &[&domain, organization, &now],
        )
        .await?;
    Ok(added == 1)
}
