//! Everything that leaves the house with a download, column by column. What is not named here stays: secrets, hashes, ids that
//! secrets are derived from, what others have written.
//!
//! This file is long because it is one table of statements.

use serde_json::Value;
use store::{Error, Row, Tx};

use crate::platform::clock::Time;
use crate::platform::ids::AccountId;

/// How a column is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Words separated by spaces: a list.
    Words,
    Number,
    Time,
    /// In hexadecimal.
    Bytes,
}

use Kind::{Bytes, Number, Text, Time as At, Words};

/// A part of the file: its name, the statement ($1 the account, $2 how many rows), and its columns.
pub struct Part {
    pub name: &'static str,
    sql: &'static str,
    pub columns: &'static [(&'static str, Kind)],
}

/// The one row that the account itself is.
pub const ACCOUNT: Part = Part {
    name: "account",
    sql: "SELECT a.id, a.email_shown, a.email_verified_at, a.email_changed_at, a.user_name_shown, a.first_name, a.last_name,
                 a.language, o.name, o.slug, o.time_zone, s.role, a.created_at, a.first_browser_at, a.password_set_at,
                 a.factor_put_off_at, a.factor_removed_at, a.shared_at, a.disabled_at
          FROM accounts a JOIN organizations o ON o.id = a.organization_id LEFT JOIN staff s ON s.account_id = a.id
          WHERE a.id = $1 LIMIT $2",
    columns: &[
        ("id", Text),
        ("email", Text),
        ("email_verified_at", At),
        ("email_changed_at", At),
        ("user_name", Text),
        ("first_name", Text),
        ("last_name", Text),
        ("language", Text),
        ("organization", Text),
        ("organization_slug", Text),
        ("time_zone", Text),
        ("staff_role", Text),
        ("created_at", At),
        ("first_browser_at", At),
        ("password_set_at", At),
        ("second_factor_put_off_at", At),
        ("second_factor_removed_at", At),
        ("shared_at", At),
        ("disabled_at", At),
    ],
};

/// Everything else, in the order of the file.
pub const PARTS: &[Part] = &[
    Part {
        name: "identifiers",
        sql: "SELECT name FROM identifiers WHERE account_id = $1 ORDER BY name LIMIT $2",
        columns: &[("name", Text)],
    },
    Part {
        name: "secondary_addresses",
        sql: "SELECT email_shown, set_by, set_at, verified_at FROM secondary_addresses
              WHERE account_id = $1 ORDER BY set_at DESC, email LIMIT $2",
        columns: &[("email", Text), ("set_by", Text), ("set_at", At), ("verified_at", At)],
    },
    Part {
        name: "wanted_addresses",
        sql: "SELECT address_shown, asked_at FROM email_changes WHERE account_id = $1 ORDER BY asked_at DESC LIMIT $2",
        columns: &[("email", Text), ("asked_at", At)],
    },
    Part {
        name: "organization_identities",
        sql: "SELECT c.name, i.subject, i.linked_by, i.linked_at, i.seen_at, i.factor_at
              FROM federated_identities i JOIN connections c ON c.id = i.connection_id
              WHERE i.account_id = $1 ORDER BY i.linked_at DESC, c.id LIMIT $2",
        columns: &[
            ("connection", Text),
            ("subject", Text),
            ("linked_by", Text),
            ("linked_at", At),
            ("seen_at", At),
            ("factor_at", At),
        ],
    },
    Part {
        name: "offices",
        sql: "SELECT r.role, s.name, c.name
              FROM administrators r LEFT JOIN sites s ON s.id = r.site_id LEFT JOIN connections c ON c.id = r.connection_id
              WHERE r.account_id = $1 ORDER BY r.id LIMIT $2",
        columns: &[("role", Text), ("site", Text), ("made_by_connection", Text)],
    },
    Part {
        name: "access",
        sql: "SELECT p.name, s.name, r.role, x.created_at, x.last_opened_at
              FROM access x JOIN products p ON p.id = x.product_id
              LEFT JOIN sites s ON s.id = x.site_id LEFT JOIN access_roles r ON r.access_id = x.id
              WHERE x.account_id = $1 ORDER BY p.name, x.id, r.role LIMIT $2",
        columns: &[("product", Text), ("site", Text), ("role", Text), ("since", At), ("last_opened_at", At)],
    },
    Part {
        name: "access_requests",
        sql: "SELECT p.name, q.created_at, q.answered_at
              FROM access_requests q LEFT JOIN products p ON p.id = q.product_id
              WHERE q.account_id = $1 ORDER BY q.created_at DESC, q.id LIMIT $2",
        columns: &[("product", Text), ("created_at", At), ("answered_at", At)],
    },
    Part {
        name: "product_moves",
        sql: "SELECT p.name, m.state, m.moves_at, m.old_url
              FROM product_moves m JOIN products p ON p.id = m.product_id
              WHERE m.account_id = $1 ORDER BY p.name, p.id LIMIT $2",
        columns: &[("product", Text), ("state", Text), ("moves_at", At), ("old_url", Text)],
    },
    Part {
        name: "invitations",
        sql: "SELECT p.name, i.sent_to, i.created_at, i.voided_at, i.accepted_at
              FROM invitations i JOIN products p ON p.id = i.product_id
              WHERE i.account_id = $1 ORDER BY i.created_at DESC, i.id LIMIT $2",
        columns: &[
            ("product", Text),
            ("sent_to", Text),
            ("created_at", At),
            ("voided_at", At),
            ("accepted_at", At),
        ],
    },
    Part {
        name: "authenticators",
        sql: "SELECT created_at, confirmed_at FROM authenticators WHERE account_id = $1 ORDER BY created_at, id LIMIT $2",
        columns: &[("created_at", At), ("confirmed_at", At)],
    },
    Part {
        name: "recovery_codes",
        sql: "SELECT s.created_at, c.used_at
              FROM recovery_code_sets s LEFT JOIN recovery_codes c ON c.account_id = s.account_id
              WHERE s.account_id = $1 ORDER BY c.used_at, c.name LIMIT $2",
        columns: &[("created_at", At), ("used_at", At)],
    },
    Part {
        name: "passkeys",
        sql: "SELECT name, created_at, created_in, last_used_at, last_used_in, last_used_from, transports, may_sync_at, synced_at
              FROM passkeys WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT $2",
        columns: &[
            ("name", Text),
            ("created_at", At),
            ("created_in", Text),
            ("last_used_at", At),
            ("last_used_in", Text),
            ("last_used_from", Text),
            ("transports", Words),
            ("may_sync_since", At),
            ("synced_since", At),
        ],
    },
    Part {
        name: "second_factor_resets",
        sql: "SELECT begun_at, due_at, stopped_at, done_at FROM factor_resets
              WHERE account_id = $1 ORDER BY begun_at DESC, id LIMIT $2",
        columns: &[("begun_at", At), ("due_at", At), ("stopped_at", At), ("done_at", At)],
    },
    Part {
        name: "second_factor_requests",
        sql: "SELECT asked_at, closed_at FROM factor_requests WHERE account_id = $1 ORDER BY asked_at DESC LIMIT $2",
        columns: &[("asked_at", At), ("closed_at", At)],
    },
    Part {
        name: "security_questions",
        sql: "SELECT question, set_at FROM security_answers WHERE account_id = $1 ORDER BY question LIMIT $2",
        columns: &[("question", Text), ("set_at", At)],
    },
    Part {
        name: "sessions",
        sql: "SELECT methods, user_agent, address, authenticated_at, proved_at, created_at, seen_at, expires_at, ended_at
              FROM sessions WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT $2",
        columns: &[
            ("methods", Words),
            ("browser", Text),
            ("address", Text),
            ("authenticated_at", At),
            ("proved_at", At),
            ("created_at", At),
            ("seen_at", At),
            ("expires_at", At),
            ("ended_at", At),
        ],
    },
    Part {
        name: "recognized_browsers",
        sql: "SELECT user_agent, address, created_at, used_at, expires_at, revoked_at FROM devices
              WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT $2",
        columns: &[
            ("browser", Text),
            ("address", Text),
            ("created_at", At),
            ("used_at", At),
            ("expires_at", At),
            ("revoked_at", At),
        ],
    },
    Part {
        name: "sign_ins",
        sql: "SELECT identifier, route, first_method, second_method, created_at, finished_at FROM sign_ins
              WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT $2",
        columns: &[
            ("typed", Text),
            ("route", Text),
            ("first_method", Text),
            ("second_method", Text),
            ("created_at", At),
            ("finished_at", At),
        ],
    },
    Part {
        name: "failures",
        sql: "SELECT failures, total, window_started_at, locked_until, updated_at FROM attempt_counters
              WHERE subject = $1 ORDER BY updated_at DESC, id LIMIT $2",
        columns: &[
            ("failures", Number),
            ("since_the_last_success", Number),
            ("counted_since", At),
            ("locked_until", At),
            ("updated_at", At),
        ],
    },
    Part {
        name: "links",
        sql: "SELECT purpose, sent_to, created_at, expires_at, used_at FROM one_time
              WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT $2",
        columns: &[("purpose", Text), ("sent_to", Text), ("created_at", At), ("expires_at", At), ("used_at", At)],
    },
    Part {
        name: "mails",
        sql: "SELECT kind, recipient, language, state, created_at, handed_over_at, bounced_at FROM outbox
              WHERE account_id = $1 AND recipient IS NOT NULL ORDER BY created_at DESC, id LIMIT $2",
        columns: &[
            ("kind", Text),
            ("to", Text),
            ("language", Text),
            ("state", Text),
            ("created_at", At),
            ("handed_over_at", At),
            ("bounced_at", At),
        ],
    },
    Part {
        name: "consents",
        sql: "SELECT c.name, s.scope, s.given_at, s.revoked_at
              FROM consents s JOIN clients c ON c.id = s.client_id
              WHERE s.account_id = $1 ORDER BY s.given_at DESC, c.id LIMIT $2",
        columns: &[("product", Text), ("scope", Words), ("given_at", At), ("withdrawn_at", At)],
    },
    Part {
        name: "product_sign_ins",
        sql: "SELECT c.name, g.subject, g.scope, g.methods, g.authenticated_at, g.created_at, g.used_at, g.expires_at,
                     g.revoked_at
              FROM grants g JOIN clients c ON c.id = g.client_id
              WHERE g.account_id = $1 ORDER BY g.created_at DESC, g.id LIMIT $2",
        columns: &[
            ("product", Text),
            ("known_there_as", Text),
            ("scope", Words),
            ("methods", Words),
            ("authenticated_at", At),
            ("created_at", At),
            ("used_at", At),
            ("expires_at", At),
            ("ended_at", At),
        ],
    },
    Part {
        name: "product_sign_outs",
        sql: "SELECT c.name, n.state, n.created_at, n.ended_at
              FROM logout_notices n JOIN clients c ON c.id = n.client_id
              WHERE n.account_id = $1 ORDER BY n.created_at DESC, n.id LIMIT $2",
        columns: &[("product", Text), ("state", Text), ("created_at", At), ("ended_at", At)],
    },
    Part {
        name: "terms",
        sql: "SELECT version, hash, accepted_at FROM terms_acceptances
              WHERE account_id = $1 ORDER BY accepted_at DESC, version LIMIT $2",
        columns: &[("version", Text), ("sha256", Bytes), ("accepted_at", At)],
    },
    Part {
        name: "support_requests",
        sql: "SELECT number, kind, topic, reference, name, email, phone, best_time, message, created_at, answered_at
              FROM support_requests WHERE account_id = $1 ORDER BY created_at DESC, id LIMIT $2",
        columns: &[
            ("number", Text),
            ("kind", Text),
            ("topic", Text),
            ("reference", Text),
            ("name", Text),
            ("email", Text),
            ("phone", Text),
            ("best_time", Text),
            ("message", Text),
            ("created_at", At),
            ("answered_at", At),
        ],
    },
];

/// The rows of a part, each value in the order of its columns.
pub async fn rows(tx: &mut Tx, part: &Part, account: &AccountId, most: i64) -> Result<Vec<Vec<Value>>, Error> {
    let rows = tx.all(part.sql, &[account, &most]).await?;
    rows.iter().map(|row| values(part, row)).collect()
}

fn values(part: &Part, row: &Row) -> Result<Vec<Value>, Error> {
    part.columns.iter().enumerate().map(|(index, (_, kind))| value(row, index, *kind)).collect()
}

fn value(row: &Row, index: usize, kind: Kind) -> Result<Value, Error> {
    Ok(match kind {
        Text => row.get::<Option<String>>(index)?.into(),
        Words => {
            let words: Option<String> = row.get(index)?;
            words.map(|words| words.split_whitespace().map(Value::from).collect::<Vec<_>>()).into()
        }
        Number => row.get::<Option<i64>>(index)?.into(),
        At => row.get::<Option<Time>>(index)?.map(Time::to_text).into(),
        Bytes => row.get::<Option<Vec<u8>>>(index)?.map(|bytes| data_encoding::HEXLOWER.encode(&bytes)).into(),
    })
}
