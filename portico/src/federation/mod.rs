//! Federation: organizations bring their own sign-in.
//!
//! - A **connection** is an organization's way to its own identity provider. It says what is spoken there and how far what comes
//!   back is believed; see [`Connection`].
//! - Accounts are linked by connection and subject, never by email alone; see [`Identity`].

mod connections;
mod identities;

pub use connections::{
    Claims, ClientAuth, Connection, Kind, Oidc, Protocol, Role, Settings, State, change_connection, connection,
    connection_to_try, connections_of, domains_of, follow_domains, insert_connection, lead_domain, note_secret_warning,
    seal_secret, secrets_ending, set_opt_in, set_secret, set_state,
};
pub use identities::{Identity, LinkedBy, identities_of, identity, link, note_seen, unlink};
