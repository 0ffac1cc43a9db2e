use store::{Error, Row, Tx};

use super::account::takes_passkeys;
use super::{Account, Email, Identifier, NewAccount, StaffRole};
use crate::organizations;
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OrganizationId};
use crate::platform::spelled::parse;

/// Whose name an identifier is. The one resolution step: nothing else looks names up.
pub async fn named(tx: &Tx, identifier: &Identifier) -> Result<Option<AccountId>, Error> {
    // In the place of a name nobody has the next one is read, and let go: finding a row takes longer than finding none, and a
    // stranger can time it.
    let sql = "SELECT name, account_id FROM identifiers WHERE name >= $1 ORDER BY name LIMIT 1";
    let Some(row) = tx.first(sql, &[&identifier.as_str()]).await? else { return Ok(None) };
    let found: (String, AccountId) = (row.get(0)?, row.get(1)?);
    Ok((found.0 == identifier.as_str()).then_some(found.1))
}

/// The account an identifier leads to.
pub async fn by_identifier(tx: &Tx, identifier: &Identifier) -> Result<Option<Account>, Error> {
    let id = named(tx, identifier).await?.unwrap_or_else(nobody);
    by_id(tx, &id).await
}

/// An id that no account has, to be looked up where there is none: what a stranger can time must be alike.
pub fn nobody() -> AccountId {
    AccountId::from("-")
}

/// An account by its id, or by what stands for one.
pub async fn by_id(tx: &Tx, id: &AccountId) -> Result<Option<Account>, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            // In the place of an account that is not there the oldest one is read, and let go: all that is gathered here takes
            // longer than nothing, and a stranger can time it.
            "SELECT a.email_shown, a.user_name_shown, a.first_name, a.last_name, a.language,
                    a.credentials_epoch, a.password, a.shared_at, a.disabled_at,
                    (SELECT s.role FROM staff s WHERE s.account_id = a.id),
                    (SELECT COUNT(*) FROM authenticators f
                     WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL),
                    (SELECT COUNT(*) FROM administrators m WHERE m.account_id = a.id),
                    (SELECT COUNT(*) FROM access x
                     JOIN products p ON p.id = x.product_id
                     JOIN licenses l ON l.product_id = x.product_id AND l.organization_id = x.organization_id
                     WHERE x.account_id = a.id AND x.organization_id = a.organization_id AND p.mfa = 'required' AND p.retired_at IS NULL
                       AND l.valid_from <= $2 AND (l.valid_until IS NULL OR l.valid_until > $2)),
                    (SELECT COUNT(*) FROM security_answers q WHERE q.account_id = a.id),
                    a.email_verified_at, a.first_browser_at, a.password_set_at,
                    a.email_changed_at, a.id, a.password_suspended_at,
                    (SELECT y.email_shown FROM secondary_addresses y
                     WHERE y.account_id = a.id AND y.verified_at < o.sso_suspended_at
                       AND NOT EXISTS (SELECT 1 FROM organization_domains d
                                       WHERE d.organization_id = o.id
                                         AND (d.domain = y.domain OR y.domain LIKE '%.' || d.domain))),
                    o.id, o.slug, o.name, o.time_zone, o.contact,
                    CASE WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = o.id) THEN 'sso' ELSE o.sign_in END,
                    o.preset, o.recovery, o.mfa, o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at,
                    o.continuity, o.email_code, o.factor_reset_hours, o.session_idle_minutes, o.session_hours,
                    o.sessions_at_once,
                    (SELECT COUNT(*) FROM federated_accounts f WHERE f.account_id = a.id),
                    a.factor_removed_at,
                    (SELECT COUNT(*) FROM recovery_code_sets k WHERE k.account_id = a.id AND k.shown IS NOT NULL),
                    (SELECT COUNT(*) FROM passkeys p WHERE p.account_id = a.id)
             FROM accounts a JOIN organizations o ON o.id = a.organization_id
             WHERE a.id = COALESCE((SELECT b.id FROM accounts b WHERE b.id = $1), (SELECT MIN(c.id) FROM accounts c))",
            &[id, &now],
        )
        .await?;
    let account = row.as_ref().map(read).transpose()?;
    Ok(account.filter(|account| account.id == *id))
}

fn read(row: &Row) -> Result<Account, Error> {
    let staff: Option<String> = row.get(9)?;
    let organization = organizations::read_at(row, 21)?;
    let password: Option<Vec<u8>> = row.get(6)?;
    let federated = row.get::<i64>(40)? > 0;
    let under = organization.suspended.filter(|_| federated);
    // What one was set under is compared, not when: two nodes' clocks may differ. One from before the organization had its own
    // sign-in, or from another suspension, is worth nothing.
    let counts = (!federated || under.is_some()) && row.get::<Option<Time>>(19)? == under;
    let shared_at: Option<Time> = row.get(7)?;
    let takes_passkeys = takes_passkeys(federated, shared_at.is_some());
    Ok(Account {
        id: row.get(18)?,
        email: row.get(0)?,
        user_name: row.get(1)?,
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        language: row.get(4)?,
        credentials_epoch: row.get(5)?,
        federated,
        password: password.filter(|_| counts),
        shared_at,
        disabled_at: row.get(8)?,
        staff: staff.as_deref().map(parse::<StaffRole>).transpose()?,
        has_authenticator: row.get::<i64>(10)? > 0,
        has_passkey: takes_passkeys && row.get::<i64>(43)? > 0,
        is_administrator: row.get::<i64>(11)? > 0,
        opens_guarded_product: row.get::<i64>(12)? > 0,
        has_questions: row.get::<i64>(13)? > 0,
        email_verified_at: row.get(14)?,
        first_browser_at: row.get(15)?,
        password_set_at: row.get(16)?,
        email_changed_at: row.get(17)?,
        second_mailbox: row.get(20)?,
        factor_removed_at: row.get(41)?,
        has_codes_to_keep: row.get::<i64>(42)? > 0,
        organization,
    })
}

/// In which language a person is spoken to from now on, everywhere and by mail.
pub async fn reads(tx: &mut Tx, id: &AccountId, language: &str) -> Result<(), Error> {
    tx.execute("UPDATE accounts SET language = $1 WHERE id = $2", &[&language, id]).await?;
    Ok(())
}

/// Every account whose mail goes to this address, but one that has been read; oldest first, at most ten.
pub async fn all_sharing_mailbox(tx: &mut Tx, email: &Email, but: Option<&AccountId>) -> Result<Vec<Account>, Error> {
    let sql = "SELECT id FROM accounts WHERE email = $1 AND id <> $2 ORDER BY created_at, id LIMIT 10";
    let rows = tx.all(sql, &[&email.as_str(), &but.map_or("", AccountId::as_str)]).await?;
    let mut accounts = Vec::new();
    for row in rows {
        accounts.extend(by_id(tx, &row.get(0)?).await?);
    }
    Ok(accounts)
}

/// False when the email or user name is taken; then nothing was written that counts, and the caller rolls back.
pub async fn insert(tx: &mut Tx, new: &NewAccount) -> Result<bool, Error> {
    let now = Time(tx.now());
    let user_name = new.user_name.as_ref().map(|name| name.as_str().to_owned());
    tx.execute(
        "INSERT INTO accounts (id, organization_id, email, email_shown, user_name, user_name_shown, first_name,
                               last_name, credentials_epoch, shared_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7, 1, $8, $9)",
        &[
            &new.id,
            &new.organization,
            &new.email.as_str(),
            &new.email_shown,
            &user_name,
            &new.first_name,
            &new.last_name,
            &new.shared.then_some(now),
            &now,
        ],
    )
    .await?;
    let email = new.signs_in_by_email.then(|| new.email.as_str().to_owned());
    for name in user_name.iter().chain(&email) {
        if tx
            .execute(
                "INSERT INTO identifiers (name, account_id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
                &[name, &new.id],
            )
            .await?
            == 0
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Sets a password and makes everything proved under the old credentials worthless. Answers the new epoch.
pub async fn set_password(tx: &mut Tx, account: &AccountId, sealed: &[u8]) -> Result<i64, Error> {
    let now = Time(tx.now());
    let under = by_id(tx, account).await?.and_then(|account| account.suspended());
    let row = tx
        .first(
            "UPDATE accounts SET password = $1, password_set_at = $2, credentials_epoch = credentials_epoch + 1,
                 password_suspended_at = $4
             WHERE id = $3 RETURNING credentials_epoch",
            &[&sealed, &now, account, &under],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Puts a password away that its owner says is somebody else's, or that an administrator ends: it opens nothing any more, and
/// neither does whatever was proved with it. Answers the new epoch.
pub async fn put_password_away(tx: &mut Tx, account: &AccountId) -> Result<i64, Error> {
    let row = tx
        .first(
            "UPDATE accounts SET password = NULL, password_suspended_at = NULL, credentials_epoch = credentials_epoch + 1
             WHERE id = $1 RETURNING credentials_epoch",
            &[account],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Puts away whatever password was set under a suspension, and what was proved with it. Says how many there were.
pub async fn put_passwords_of_suspension_away(
    tx: &mut Tx,
    organization: &OrganizationId,
    suspended_at: Time,
) -> Result<u64, Error> {
    let put_away = tx
        .execute(
            "UPDATE accounts SET password = NULL, password_suspended_at = NULL, credentials_epoch = credentials_epoch + 1
             WHERE organization_id = $1 AND password_suspended_at = $2",
            &[organization, &suspended_at],
        )
        .await?;
    // Whoever was sent elsewhere meanwhile has one from before that.
    put_passwords_elsewhere_away(tx, organization).await?;
    Ok(put_away)
}

/// Puts away what is left of passwords of people who sign in elsewhere, so that none from before counts again on the day when
/// they do no more: of somebody who was dismissed since, say. The epoch stays, because nothing that was proved is taken back:
/// a ward that is signed in goes on working. One that was set under the suspension that holds stays until that ends. Says how
/// many there were.
pub async fn put_passwords_elsewhere_away(tx: &mut Tx, organization: &OrganizationId) -> Result<u64, Error> {
    tx.execute(
        "UPDATE accounts SET password = NULL
         WHERE organization_id = $1 AND password IS NOT NULL
           AND id IN (SELECT f.account_id FROM federated_accounts f WHERE f.organization_id = $1)
           AND NOT EXISTS (SELECT 1 FROM organizations o
                           WHERE o.id = accounts.organization_id
                             AND o.sso_suspended_at = accounts.password_suspended_at)",
        &[organization],
    )
    .await
}

/// How many of an organization's people sign in at its own identity provider, suspended or not.
pub async fn count_federated(tx: &mut Tx, organization: &OrganizationId) -> Result<i64, Error> {
    let row = tx
        .first(
            "SELECT COUNT(*) FROM federated_accounts f JOIN accounts a ON a.id = f.account_id
             WHERE f.organization_id = $1 AND a.disabled_at IS NULL",
            &[organization],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Names somebody who has no name yet; false for anybody else.
pub async fn set_name(tx: &mut Tx, account: &AccountId, first: &str, last: &str) -> Result<bool, Error> {
    let named = tx
        .execute(
            "UPDATE accounts SET first_name = $1, last_name = $2
             WHERE id = $3 AND (first_name = '' OR last_name = '')",
            &[&first, &last, account],
        )
        .await?;
    Ok(named == 1)
}

/// Mail to the account's address is known to arrive; false when it was before.
pub async fn set_email_verified(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let verified = tx
        .execute(
            "UPDATE accounts SET email_verified_at = $1 WHERE id = $2 AND email_verified_at IS NULL",
            &[&now, account],
        )
        .await?;
    Ok(verified == 1)
}

/// Gives an account another address, to sign in with where it did with the old one; false when that leads to somebody else, and
/// then nothing was written.
pub async fn move_to(tx: &mut Tx, account: &Account, new: &Email, shown: &str) -> Result<bool, Error> {
    let now = Time(tx.now());
    let others = "SELECT id FROM accounts WHERE (email = $1 OR user_name = $1) AND id <> $2";
    let named = "SELECT name FROM identifiers WHERE name = $1 AND account_id <> $2";
    for taken in [others, named] {
        if tx.first(taken, &[&new.as_str(), &account.id]).await?.is_some() {
            return Ok(false);
        }
    }
    let old =
        "SELECT i.name FROM identifiers i JOIN accounts a ON a.id = i.account_id AND a.email = i.name WHERE a.id = $1";
    // Several accounts at one mailbox are told apart by their user names: none of them signs in with the address.
    if let Some(old) = tx.first(old, &[&account.id]).await? {
        let insert = "INSERT INTO identifiers (name, account_id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        if tx.execute(insert, &[&new.as_str(), &account.id]).await? == 0 {
            return Ok(false);
        }
        tx.execute("DELETE FROM identifiers WHERE name = $1", &[&old.get::<String>(0)?]).await?;
    }
    // Where somebody is registering there was no proof to lose.
    let changed_at = (!account.is_registering()).then_some(now);
    let moved = tx
        .execute(
            "UPDATE accounts SET email = $1, email_shown = $2, email_verified_at = NULL, email_changed_at = $3,
                 credentials_epoch = credentials_epoch + 1
             WHERE id = $4",
            &[&new.as_str(), &shown, &changed_at, &account.id],
        )
        .await?;
    Ok(moved == 1)
}

/// Notes the first browser an account is known in. Once in its life, so that parallel sign-ins do not wait for each other.
pub async fn set_first_browser(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "UPDATE accounts SET first_browser_at = $1 WHERE id = $2 AND first_browser_at IS NULL",
        &[&now, account],
    )
    .await?;
    Ok(())
}

/// A credential other than the password was set or taken away: everything proved before is worthless. Answers the new epoch.
pub async fn credentials_changed(tx: &mut Tx, account: &AccountId) -> Result<i64, Error> {
    let row = tx
        .first(
            "UPDATE accounts SET credentials_epoch = credentials_epoch + 1 WHERE id = $1 RETURNING credentials_epoch",
            &[account],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Its second factor was taken away: everything proved before is worthless, and until somebody signs in (see [`factor_settled`])
/// no link that anybody may ask for resets the password. Answers the new epoch.
pub async fn factor_removed(tx: &mut Tx, account: &AccountId) -> Result<i64, Error> {
    let now = Time(tx.now());
    let row = tx
        .first(
            "UPDATE accounts SET factor_removed_at = $1, credentials_epoch = credentials_epoch + 1
             WHERE id = $2 RETURNING credentials_epoch",
            &[&now, account],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Another one was set up, or somebody has signed in without.
pub async fn factor_settled(tx: &mut Tx, account: &AccountId) -> Result<(), Error> {
    let sql = "UPDATE accounts SET factor_removed_at = NULL WHERE id = $1 AND factor_removed_at IS NOT NULL";
    tx.execute(sql, &[account]).await.map(drop)
}

/// The same password under today's parameters: not a change of a credential, so the epoch stays.
pub async fn rehash_password(tx: &mut Tx, account: &AccountId, epoch: i64, sealed: &[u8]) -> Result<(), Error> {
    tx.execute(
        "UPDATE accounts SET password = $1 WHERE id = $2 AND credentials_epoch = $3",
        &[&sealed, account, &epoch],
    )
    .await?;
    Ok(())
}

/// Closes an account, and so ends everything; false when it was closed already.
pub async fn disable(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let closed = tx
        .execute(
            "UPDATE accounts SET disabled_at = $1, credentials_epoch = credentials_epoch + 1
             WHERE id = $2 AND disabled_at IS NULL",
            &[&now, account],
        )
        .await?;
    Ok(closed == 1)
}

/// False when it was open.
pub async fn open(tx: &mut Tx, account: &AccountId) -> Result<bool, Error> {
    let opened = tx
        .execute("UPDATE accounts SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL", &[account])
        .await?;
    Ok(opened == 1)
}

/// From now on somebody of whoever runs this. No organization's identity provider says any more who they are.
pub async fn set_staff(tx: &mut Tx, account: &AccountId, role: StaffRole) -> Result<(), Error> {
    tx.execute("DELETE FROM federated_identities WHERE account_id = $1", &[account]).await?;
    tx.execute(
        "INSERT INTO staff (account_id, role) VALUES ($1, $2) ON CONFLICT (account_id) DO UPDATE SET role = excluded.role",
        &[account, &role.as_str()],
    )
    .await?;
    Ok(())
}

/// What anybody may know around a person: no password may be made of it (ASVS 6.1.2). Names of person, organization, sites
/// and products.
pub async fn words_around(tx: &mut Tx, account: &Account) -> Result<Vec<String>, Error> {
    let mut words = account.words_about();
    let sites = "SELECT name FROM sites WHERE organization_id = $1 LIMIT 1000";
    for row in tx.all(sites, &[&account.organization.id]).await? {
        words.push(row.get(0)?);
    }
    for row in tx.all("SELECT name FROM products ORDER BY id LIMIT 1000", &[]).await? {
        words.push(row.get(0)?);
    }
    Ok(words)
}
