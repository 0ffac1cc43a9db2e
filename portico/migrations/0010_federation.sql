-- An organization's way to its own identity provider. Every kind of connection has these; what only OpenID Connect needs
-- lies in oidc_connections.
CREATE TABLE connections (
    -- In the address of its answers: /federation/{id}/callback.
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- oidc
    kind TEXT NOT NULL,
    -- What people are told they sign in with.
    name TEXT NOT NULL,
    -- trial: only through its opt-in link | on: verified domains lead here | off: nobody
    state TEXT NOT NULL,
    -- SHA-256 of the secret in the opt-in link; NULL: there is none.
    opt_in BLOB UNIQUE,
    -- Accounts are made for people it sends that have none yet.
    creates_accounts_at BIGINT,
    -- A second factor shown there counts here.
    trusts_mfa_at BIGINT,
    -- Its addresses may lie in a private network.
    private_network_at BIGINT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX connections_by_organization ON connections (organization_id);

CREATE TABLE oidc_connections (
    connection_id TEXT PRIMARY KEY REFERENCES connections (id),
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    -- client_secret_basic | client_secret_post | private_key_jwt
    auth_method TEXT NOT NULL,
    -- Sealed with AAD oidc_connections:secret:<connection_id>.
    secret BLOB,
    secret_expires_at BIGINT,
    -- When the organization was last warned that it ends.
    secret_warned_at BIGINT,
    -- Space-separated, openid among them.
    scopes TEXT NOT NULL,
    -- Names of the claims that are read, space-separated where several are tried in order.
    claim_email TEXT NOT NULL,
    claim_first_name TEXT NOT NULL,
    claim_last_name TEXT NOT NULL,
    claim_user_name TEXT,
    claim_roles TEXT,
    -- acr values that say that a second factor was shown, space-separated; amr is read for the names of RFC 8176.
    mfa_acr TEXT NOT NULL
);

-- Values of the roles claim, and the role in the organization that each gives.
CREATE TABLE connection_roles (
    connection_id TEXT NOT NULL REFERENCES connections (id),
    value TEXT NOT NULL,
    -- program_administrator | license_owner
    role TEXT NOT NULL,
    PRIMARY KEY (connection_id, value)
);

-- Where a verified domain's people are sent; NULL: they sign in here.
ALTER TABLE organization_domains ADD COLUMN connection_id TEXT REFERENCES connections (id);

-- Who somebody is at a connection. Never by email alone: the subject is what counts from then on.
CREATE TABLE federated_identities (
    connection_id TEXT NOT NULL REFERENCES connections (id),
    subject TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- first_sign_in | created | administrator
    linked_by TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    seen_at BIGINT,
    PRIMARY KEY (connection_id, subject),
    UNIQUE (connection_id, account_id)
);
CREATE INDEX federated_identities_by_account ON federated_identities (account_id);

-- One way to an identity provider and back, of one sign-in in one browser. The nonce and the PKCE verifier are derived from the
-- id and the server's key.
CREATE TABLE departures (
    id TEXT PRIMARY KEY,
    -- SHA-256 of the state that the answer brings back.
    state BLOB NOT NULL UNIQUE,
    sign_in_id TEXT NOT NULL,
    -- SHA-256 of the browser cookie.
    browser BLOB NOT NULL,
    connection_id TEXT NOT NULL REFERENCES connections (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX departures_by_age ON departures (created_at);
CREATE INDEX departures_by_sign_in ON departures (sign_in_id);

-- The connection that a sign-in is routed to; with it `route` is sso.
ALTER TABLE sign_ins ADD COLUMN connection_id TEXT REFERENCES connections (id);
-- It was routed by an opt-in link, not by the domain of what was typed.
ALTER TABLE sign_ins ADD COLUMN opted_in_at BIGINT;

-- What came back from a connection for a sign-in, and what the session that it becomes owes to it: who ends it there or here.
CREATE TABLE federated_sessions (
    sign_in_id TEXT PRIMARY KEY,
    -- Once it was born.
    session_id TEXT UNIQUE,
    connection_id TEXT NOT NULL REFERENCES connections (id),
    subject TEXT NOT NULL,
    -- The session's name there, when it told one.
    sid TEXT,
    -- Sealed with AAD federated_sessions:id_token:<sign_in_id>: the hint with which it is ended there.
    id_token BLOB,
    -- When the person proved it there, as far as that is known.
    authenticated_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX federated_sessions_by_subject ON federated_sessions (connection_id, subject);
CREATE INDEX federated_sessions_by_sid ON federated_sessions (connection_id, sid);
CREATE INDEX federated_sessions_by_connection ON federated_sessions (connection_id, created_at);
CREATE INDEX federated_sessions_by_age ON federated_sessions (created_at);

-- What went wrong on the way, for the organization's administrators: people are told the cause in words and the reference.
CREATE TABLE federation_failures (
    id TEXT PRIMARY KEY,
    -- Short, told on the phone.
    reference TEXT NOT NULL UNIQUE,
    connection_id TEXT NOT NULL REFERENCES connections (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    cause TEXT NOT NULL,
    -- For administrators: what was said and by whom. Never a token.
    detail TEXT NOT NULL,
    sign_in_id TEXT NOT NULL,
    -- By which name whoever came could go on, where it was not the one that was typed.
    came_as TEXT,
    -- SHA-256 of the browser cookie: how many are hit.
    browser BLOB NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX federation_failures_by_connection ON federation_failures (connection_id, at);
CREATE INDEX federation_failures_by_browser ON federation_failures (browser, at);
CREATE INDEX federation_failures_by_age ON federation_failures (at);

-- SSO is suspended since then (an incident at the organization): its people sign in here, under the rules of `continuity`.
ALTER TABLE organizations ADD COLUMN sso_suspended_at BIGINT;
