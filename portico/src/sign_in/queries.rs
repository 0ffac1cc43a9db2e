use store::{Error, Row, Tx};

use super::facts::{Method, Named, Proof, Refusal, SignIn, Stepped};
use crate::organizations::{self, Organization};
use crate::platform::clock::Time;
use crate::platform::ids::{AccountId, OneTimeId, OrganizationId, SessionId, SignInId};
use crate::platform::spelled::parse;
use crate::session::Life;
use crate::sign_in::Destination;

pub async fn insert(
    tx: &mut Tx,
    id: &SignInId,
    browser: &[u8; 32],
    destination: Destination,
    named: Option<&Named>,
) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.tell(
        "INSERT INTO sign_ins (id, browser, destination, identifier, subject, route, organization_id, connection_id,
                               opted_in_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            id,
            browser,
            &destination.word(),
            &named.map(|named| named.identifier.as_str()),
            &named.map(|named| named.subject.as_str()),
            &named.map(|named| named.route().as_str()),
            &named.and_then(Named::organization_id),
            &named.and_then(|named| named.connection.as_ref()),
            &named.and_then(|named| named.opted_in),
            &now,
        ],
    )
    .await?;
    Ok(())
}

/// Begins one of a given id, for nobody yet; false when it was begun before.
pub async fn insert_once(
    tx: &mut Tx,
    id: &SignInId,
    browser: &[u8; 32],
    destination: Destination,
) -> Result<bool, Error> {
    let now = Time(tx.now());
    let sql = "INSERT INTO sign_ins (id, browser, destination, created_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (id) DO NOTHING";
    Ok(tx.execute(sql, &[id, browser, &destination.word(), &now]).await? == 1)
}

/// Uses up what a passkey was asked at that time, and with it whatever was asked before; false when that has happened.
pub async fn take_asked(tx: &mut Tx, id: &SignInId, at: Time) -> Result<bool, Error> {
    let sql = "UPDATE sign_ins SET passkey_asked_at = $1
               WHERE id = $2 AND (passkey_asked_at IS NULL OR passkey_asked_at < $1)";
    Ok(tx.execute(sql, &[&at, id]).await? == 1)
}

/// The sign-in, if it is this browser's: an address alone opens nothing.
pub async fn of_browser(tx: &mut Tx, id: &SignInId, browser: &[u8; 32]) -> Result<Option<SignIn>, Error> {
    let row = tx
        .first(
            "SELECT s.destination, s.identifier, s.subject, s.refusal, s.refusal_until,
                    s.first_method, s.first_epoch, s.first_at, s.second_method, s.second_epoch, s.second_at,
                    s.finished_at, s.first_secret, s.email_code, s.questions_put_off_at, s.connection_id,
                    s.opted_in_at, s.factor_lost_at, s.second_code,
                    s.session_id, x.methods, x.authenticated_at, x.proved_at,
                    x.ended_at, x.created_at, x.seen_at, x.expires_at, y.preset, y.session_idle_minutes, y.session_hours,
                    o.id, o.slug, o.name, o.time_zone, o.contact,
                    CASE WHEN EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = o.id) THEN 'sso' ELSE o.sign_in END,
                    o.preset, o.recovery, o.mfa, o.lock_failures, o.lock_minutes, o.reset_minutes, o.sso_suspended_at,
                    o.continuity, o.email_code, o.factor_reset_hours, o.session_idle_minutes, o.session_hours,
                    o.sessions_at_once
             FROM sign_ins s LEFT JOIN organizations o ON o.id = s.organization_id
             LEFT JOIN sessions x ON x.id = s.session_id
             LEFT JOIN organizations y ON y.id = x.organization_id
             WHERE s.id = $1 AND s.browser = $2",
            &[id, browser],
        )
        .await?;
    let now = Time(tx.now());
    row.map(|row| read(id, &row, now)).transpose()
}

fn read(id: &SignInId, row: &Row, now: Time) -> Result<SignIn, Error> {
    let named = match (row.get::<Option<String>>(1)?, row.get::<Option<String>>(2)?) {
        (Some(identifier), Some(subject)) => Some(Named {
            identifier,
            subject,
            connection: row.get(15)?,
            opted_in: row.get(16)?,
            organization: organization(row, 30)?,
        }),
        _ => None,
    };
    Ok(SignIn {
        id: id.clone(),
        destination: parse(&row.get::<String>(0)?)?,
        named,
        refusal: refusal(row.get(3)?, row.get(4)?),
        first: proof(row, 5)?,
        second: proof(row, 8)?,
        finished_at: row.get(11)?,
        stepped: stepped(row, 19, now)?,
        sets_up_app: row.get::<Option<Time>>(17)?.is_some(),
        second_code: row.get(18)?,
        first_secret: row.get(12)?,
        email_code: row.get(13)?,
        questions_put_off: row.get::<Option<Time>>(14)?.is_some(),
    })
}

fn organization(row: &Row, at: usize) -> Result<Option<Organization>, Error> {
    let id: Option<String> = row.get(at)?;
    id.map(|_| organizations::read_at(row, at)).transpose()
}

/// A session that is gone, or over, is as good as ended.
fn stepped(row: &Row, at: usize, now: Time) -> Result<Option<Stepped>, Error> {
    let Some(session) = row.get::<Option<SessionId>>(at)? else { return Ok(None) };
    let is_open = row.get::<Option<Time>>(at + 4)?.is_none();
    let alive = match (row.get(at + 5)?, row.get(at + 6)?, row.get(at + 7)?) {
        (Some(created_at), Some(seen_at), Some(expires_at)) if is_open => {
            let rule = organizations::session_rule_at(row, at + 8)?;
            !Life { created_at, seen_at, expires_at }.is_over(&rule, now)
        }
        _ => false,
    };
    Ok(Some(Stepped {
        session,
        alive,
        methods: row.get::<Option<String>>(at + 1)?.unwrap_or_default(),
        authenticated_at: row.get::<Option<Time>>(at + 2)?.unwrap_or(Time(0)),
        proved_at: row.get(at + 3)?,
    }))
}

fn refusal(word: Option<String>, until: Option<Time>) -> Option<Refusal> {
    match (word.as_deref()?, until) {
        ("wrong", _) => Some(Refusal::WrongPassword),
        ("locked", Some(until)) => Some(Refusal::PasswordLocked { until }),
        _ => None,
    }
}

fn proof(row: &Row, at: usize) -> Result<Option<Proof>, Error> {
    let method: Option<String> = row.get(at)?;
    match (method, row.get(at + 1)?, row.get(at + 2)?) {
        (Some(method), Some(epoch), Some(at)) => Ok(Some(Proof { method: parse::<Method>(&method)?, epoch, at })),
        _ => Ok(None),
    }
}

/// Names somebody (else): whatever was proved or refused before belongs to somebody else and goes.
pub async fn name(tx: &mut Tx, id: &SignInId, browser: &[u8; 32], named: &Named) -> Result<bool, Error> {
    let changed = tx
        .execute(
            "UPDATE sign_ins SET identifier = $1, subject = $2, route = $3, organization_id = $4, connection_id = $5, opted_in_at = $6,
                 refusal = NULL, refusal_until = NULL, first_method = NULL, first_epoch = NULL, first_at = NULL,
                 second_method = NULL, second_epoch = NULL, second_at = NULL,
                 first_secret = NULL, email_code = NULL, questions_put_off_at = NULL,
                 session_id = NULL, factor_lost_at = NULL, second_code = NULL
             WHERE id = $7 AND browser = $8 AND finished_at IS NULL",
            &[
                &named.identifier,
                &named.subject,
                &named.route().as_str(),
                &named.organization_id(),
                &named.connection,
                &named.opted_in,
                id,
                browser,
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Takes a first proof back: the secret it was made with counts no more.
pub async fn forget_first(tx: &mut Tx, id: &SignInId, secret: &OneTimeId) -> Result<(), Error> {
    tx.execute(
        "UPDATE sign_ins SET first_method = NULL, first_epoch = NULL, first_at = NULL, first_secret = NULL
         WHERE id = $1 AND first_secret = $2 AND finished_at IS NULL",
        &[id, secret],
    )
    .await?;
    Ok(())
}

/// Takes back what an organization's identity provider has said for sign-ins of its people that are not finished; says how many.
pub async fn forget_federated(tx: &mut Tx, organization: &OrganizationId) -> Result<u64, Error> {
    tx.execute(
        "UPDATE sign_ins SET first_method = NULL, first_epoch = NULL, first_at = NULL,
             second_method = NULL, second_epoch = NULL, second_at = NULL
         WHERE first_method = 'fed' AND finished_at IS NULL
           AND subject IN (SELECT a.id FROM accounts a WHERE a.organization_id = $1)",
        &[organization],
    )
    .await
}

/// Records the first proof, if the sign-in still names the subject it was made for; with the one-time secret it was, if it
/// was one.
pub async fn prove_first(
    tx: &mut Tx,
    id: &SignInId,
    subject: &str,
    proof: Proof,
    secret: Option<&OneTimeId>,
) -> Result<(), Error> {
    tx.tell(
        "UPDATE sign_ins SET first_method = $1, first_epoch = $2, first_at = $3, first_secret = $6, session_id = NULL,
                 refusal = NULL, refusal_until = NULL
             WHERE id = $4 AND subject = $5 AND finished_at IS NULL",
        &[&proof.method.as_str(), &proof.epoch, &proof.at, id, &subject, &secret],
    )
    .await
}

/// What was typed was nobody's name, and is this account's from now on.
pub async fn becomes(tx: &mut Tx, id: &SignInId, nobodys: &str, account: &AccountId) -> Result<(), Error> {
    let sql = "UPDATE sign_ins SET subject = $1 WHERE id = $2 AND subject = $3 AND finished_at IS NULL";
    tx.execute(sql, &[account, id, &nobodys]).await.map(drop)
}

/// Records the second proof, if the sign-in still names the subject it was made for.
pub async fn prove_second(tx: &mut Tx, id: &SignInId, subject: &str, proof: Proof) -> Result<bool, Error> {
    let changed = tx
        .execute(
            "UPDATE sign_ins SET second_method = $1, second_epoch = $2, second_at = $3, refusal = NULL, refusal_until = NULL
             WHERE id = $4 AND subject = $5 AND finished_at IS NULL",
            &[&proof.method.as_str(), &proof.epoch, &proof.at, id, &subject],
        )
        .await?;
    Ok(changed == 1)
}

/// Begins one whose first factor was shown for a session that lives.
pub async fn step_up(tx: &mut Tx, id: &SignInId, session: &SessionId, first: Proof) -> Result<(), Error> {
    tx.tell(
        "UPDATE sign_ins SET session_id = $1, first_method = $2, first_epoch = $3, first_at = $4 WHERE id = $5",
        &[session, &first.method.as_str(), &first.epoch, &first.at, id],
    )
    .await
}

/// Takes a second proof of that method back.
pub async fn forget_second(tx: &mut Tx, id: &SignInId, method: Method) -> Result<(), Error> {
    tx.tell(
        "UPDATE sign_ins SET second_method = NULL, second_epoch = NULL, second_at = NULL
         WHERE id = $1 AND second_method = $2 AND finished_at IS NULL",
        &[id, &method.as_str()],
    )
    .await
}

/// An authenticator app is to be set up; or, once it was, is not any more.
pub async fn set_app_wanted(tx: &mut Tx, id: &SignInId, wanted: bool) -> Result<(), Error> {
    let at = wanted.then_some(Time(tx.now()));
    let sql = "UPDATE sign_ins SET factor_lost_at = $1 WHERE id = $2 AND finished_at IS NULL";
    tx.execute(sql, &[&at, id]).await.map(drop)
}

/// The code in place of a second factor that counts from now on.
pub async fn set_second_code(tx: &mut Tx, id: &SignInId, code: &OneTimeId) -> Result<(), Error> {
    tx.execute("UPDATE sign_ins SET second_code = $1 WHERE id = $2 AND finished_at IS NULL", &[code, id])
        .await
        .map(drop)
}

/// This sign-in has changed the credentials: what it proved under `before` counts under `after` too. `password`: what was
/// proved first is the password now, which has just been set.
pub async fn restamp(tx: &mut Tx, id: &SignInId, before: i64, after: i64, password: bool) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute("UPDATE sign_ins SET second_epoch = $1 WHERE id = $2 AND second_epoch = $3", &[&after, id, &before])
        .await?;
    if password {
        let method = Method::Password.as_str();
        tx.execute(
            "UPDATE sign_ins SET first_epoch = $1, first_method = $2, first_at = $3, first_secret = NULL
             WHERE id = $4 AND first_epoch = $5",
            &[&after, &method, &now, id, &before],
        )
        .await?;
    } else {
        tx.execute("UPDATE sign_ins SET first_epoch = $1 WHERE id = $2 AND first_epoch = $3", &[&after, id, &before])
            .await?;
    }
    Ok(())
}

/// The code that counts from now on.
pub async fn set_email_code(tx: &mut Tx, id: &SignInId, code: &OneTimeId) -> Result<(), Error> {
    tx.execute("UPDATE sign_ins SET email_code = $1 WHERE id = $2 AND finished_at IS NULL", &[code, id]).await?;
    Ok(())
}

pub async fn put_off_questions(tx: &mut Tx, id: &SignInId) -> Result<(), Error> {
    let now = Time(tx.now());
    tx.execute(
        "UPDATE sign_ins SET questions_put_off_at = $1
         WHERE id = $2 AND questions_put_off_at IS NULL AND finished_at IS NULL",
        &[&now, id],
    )
    .await?;
    Ok(())
}

pub async fn refuse(tx: &mut Tx, id: &SignInId, subject: &str, refusal: Refusal) -> Result<(), Error> {
    let (word, until) = match refusal {
        Refusal::WrongPassword => ("wrong", None),
        Refusal::PasswordLocked { until } => ("locked", Some(until)),
    };
    tx.execute(
        // Said already, nothing is written: who goes on typing into a locked page must not cost a synced write each time.
        "UPDATE sign_ins SET refusal = $1, refusal_until = $2
         WHERE id = $3 AND subject = $4 AND finished_at IS NULL
           AND (refusal IS DISTINCT FROM $1 OR refusal_until IS DISTINCT FROM $2)",
        &[&word, &until, id, &subject],
    )
    .await?;
    Ok(())
}

/// True for exactly one caller: the one whose session is born.
pub async fn finish(tx: &mut Tx, id: &SignInId) -> Result<bool, Error> {
    let now = Time(tx.now());
    let changed =
        tx.execute("UPDATE sign_ins SET finished_at = $1 WHERE id = $2 AND finished_at IS NULL", &[&now, id]).await?;
    Ok(changed == 1)
}

/// Forgets some of the sign-ins begun before `before`, or before `unproved` and never proved; says how many. Their pages
/// begin anew from what they carry sealed.
pub async fn purge(tx: &mut Tx, before: Time, unproved: Time) -> Result<u64, Error> {
    tx.execute(
        "DELETE FROM sign_ins WHERE id IN
             (SELECT id FROM sign_ins WHERE created_at < $1 AND (first_at IS NULL OR created_at < $2) LIMIT 500)",
        &[&unproved, &before],
    )
    .await
}
