//! A decision for every table there is: what of it a download has, or why nothing. A new table does not pass the tests before
//! somebody has decided.

/// What becomes of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is in the file, in this part.
    In(&'static str),
    /// It is about people, and is not in the file.
    Out(Why),
    /// It is about nobody: organizations, products, the deployment.
    NobodysOwn,
}

/// Why something about people is left out. Told on the documentation's page in the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It belongs to a browser before anybody has shown who they are; it names no account, and is forgotten within days.
    OfABrowser,
    /// What it says is in another part already.
    ToldElsewhere,
    /// What somebody did in an office they hold for an organization: the organization's record.
    OfAnOffice,
    /// A count under a key that nobody can read back.
    Unreadable,
    /// A moment of the machinery's: seconds.
    Passing,
}

use Decision::{In, NobodysOwn, Out};

pub const TABLES: &[(&str, Decision)] = &[
    ("accounts", In("account")),
    ("staff", In("account")),
    ("identifiers", In("identifiers")),
    ("secondary_addresses", In("secondary_addresses")),
    ("email_changes", In("wanted_addresses")),
    ("federated_identities", In("organization_identities")),
    ("administrators", In("offices")),
    ("access", In("access")),
    ("access_roles", In("access")),
    ("access_requests", In("access_requests")),
    ("product_moves", In("product_moves")),
    ("invitations", In("invitations")),
    ("authenticators", In("authenticators")),
    ("recovery_code_sets", In("recovery_codes")),
    ("recovery_codes", In("recovery_codes")),
    ("passkeys", In("passkeys")),
    ("factor_resets", In("second_factor_resets")),
    ("factor_requests", In("second_factor_requests")),
    ("security_answers", In("security_questions")),
    ("sessions", In("sessions")),
    ("devices", In("recognized_browsers")),
    ("sign_ins", In("sign_ins")),
    ("attempt_counters", In("failures")),
    ("one_time", In("links")),
    ("outbox", In("mails")),
    ("consents", In("consents")),
    ("grants", In("product_sign_ins")),
    ("logout_notices", In("product_sign_outs")),
    ("terms_acceptances", In("terms")),
    ("support_requests", In("support_requests")),
    ("audit", In("activity")),
    // What mail servers said, word by word: how each mail fared is in `mails`.
    ("mail_events", Out(Why::ToldElsewhere)),
    // The session it became, and who somebody is there.
    ("federated_sessions", Out(Why::ToldElsewhere)),
    // A step of a sign-in, which `sign_ins` has.
    ("half_sign_ins", Out(Why::ToldElsewhere)),
    // By what a person's own devices know them; it is on these.
    ("passkey_holders", Out(Why::ToldElsewhere)),
    ("recoveries", Out(Why::OfABrowser)),
    ("support_drafts", Out(Why::OfABrowser)),
    ("authorization_requests", Out(Why::OfABrowser)),
    ("departures", Out(Why::OfABrowser)),
    ("federation_failures", Out(Why::OfABrowser)),
    ("suspensions", Out(Why::OfAnOffice)),
    ("domain_claims", Out(Why::OfAnOffice)),
    ("connections", Out(Why::OfAnOffice)),
    ("account_networks", Out(Why::Unreadable)),
    ("rate_counters", Out(Why::Unreadable)),
    ("rate_members", Out(Why::Unreadable)),
    ("used_proofs", Out(Why::Unreadable)),
    ("attempt_reservations", Out(Why::Passing)),
    ("audit_head", NobodysOwn),
    ("client_grant_types", NobodysOwn),
    ("client_organizations", NobodysOwn),
    ("client_secrets", NobodysOwn),
    ("client_uris", NobodysOwn),
    ("clients", NobodysOwn),
    ("connection_roles", NobodysOwn),
    ("deployment", NobodysOwn),
    ("leases", NobodysOwn),
    ("licenses", NobodysOwn),
    ("logos", NobodysOwn),
    ("oidc_connections", NobodysOwn),
    ("organization_domains", NobodysOwn),
    ("organizations", NobodysOwn),
    ("product_views", NobodysOwn),
    ("products", NobodysOwn),
    ("signing_keys", NobodysOwn),
    ("slowed_addresses", NobodysOwn),
    ("sites", NobodysOwn),
    ("terms_texts", NobodysOwn),
];
