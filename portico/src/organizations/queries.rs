use store::{Error, Row, Tx};

use super::policy::Departures;
use super::policy::{EmailCode, FactorPolicy, Preset, Recovery, SignInWay};
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
                    o.continuity, o.email_code, o.factor_reset_hours
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
                    o.continuity, o.email_code, o.factor_reset_hours
             FROM organizations o WHERE o.id = $1",
            &[id],
        )
        .await?;
    row.as_ref().map(read).transpose()
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
                    o.continuity, o.email_code, o.factor_reset_hours
             FROM organizations o WHERE o.slug = $1",
            &[&slug],
        )
        .await?;
    row.as_ref().map(read).transpose()
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
