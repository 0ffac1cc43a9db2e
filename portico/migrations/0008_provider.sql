-- A program that asks who somebody is (OpenID Connect). What it has registered, in the words of RFC 7591.
CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    -- The product it is the door of; NULL: no product's, open to the organizations in client_organizations.
    product_id TEXT REFERENCES products (id),
    name TEXT NOT NULL,
    -- default | oidc-basic
    profile TEXT NOT NULL,
    -- secret | private_key_jwt | none
    auth_method TEXT NOT NULL,
    -- A program on a person's own machine.
    native_at BIGINT,
    -- public | pairwise; a sector's pairwise subjects are the same for all of its clients.
    subject_type TEXT NOT NULL,
    sector TEXT NOT NULL,
    -- Not one of our own: people are asked before it gets anything.
    third_party_at BIGINT,
    -- The most it may ask for, separated by spaces.
    scope TEXT NOT NULL,
    id_token_alg TEXT NOT NULL,
    backchannel_logout_uri TEXT,
    -- Public keys of private_key_jwt, and their algorithm.
    jwks TEXT,
    assertion_alg TEXT,
    -- It has sent a PKCE challenge once, and always must from then on.
    pkce_pinned_at BIGINT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);
CREATE INDEX clients_by_product ON clients (product_id);

CREATE TABLE client_secrets (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    -- HMAC with a server key: the database alone cannot try secrets.
    mac BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT
);
CREATE INDEX client_secrets_by_client ON client_secrets (client_id);

CREATE TABLE client_uris (
    client_id TEXT NOT NULL REFERENCES clients (id),
    -- redirect | post_logout
    kind TEXT NOT NULL,
    uri TEXT NOT NULL,
    PRIMARY KEY (client_id, kind, uri)
);

CREATE TABLE client_grant_types (
    client_id TEXT NOT NULL REFERENCES clients (id),
    grant_type TEXT NOT NULL,
    PRIMARY KEY (client_id, grant_type)
);

-- Everybody of these organizations may be signed in to the client.
CREATE TABLE client_organizations (
    client_id TEXT NOT NULL REFERENCES clients (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    PRIMARY KEY (client_id, organization_id)
);

-- A request that waits for its person to sign in, to choose or to agree; or was pushed and waits for its browser.
CREATE TABLE authorization_requests (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    -- The parameters, judged again whenever they are used.
    params TEXT NOT NULL,
    -- SHA-256 of the browser cookie; NULL until a browser has come with it.
    browser BLOB,
    -- SHA-256 of the secret in a pushed request's request_uri.
    pushed BLOB UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX authorization_requests_by_expiry ON authorization_requests (expires_at);

-- What an account has agreed to give a third party.
CREATE TABLE consents (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    client_id TEXT NOT NULL REFERENCES clients (id),
    scope TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (account_id, client_id)
);

-- One redeemed code, and everything it gave: the row is what makes a code work once.
CREATE TABLE grants (
    -- The code's.
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    session_id TEXT NOT NULL,
    credentials_epoch BIGINT NOT NULL,
    -- What the client was told: who, and in which session.
    subject TEXT NOT NULL,
    sid TEXT NOT NULL,
    scope TEXT NOT NULL,
    -- Names of claims asked for one by one, for userinfo; separated by spaces.
    claims TEXT NOT NULL,
    methods TEXT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    dpop_jkt TEXT,
    -- How often the refresh token was changed; NULL: there is none.
    generation BIGINT,
    rotated_at BIGINT,
    used_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX grants_by_session ON grants (session_id);
CREATE INDEX grants_by_account ON grants (account_id, client_id);
CREATE INDEX grants_by_expiry ON grants (expires_at);

-- Ids of signed proofs and assertions that were used, until they expire: `purpose/key/jti`, hashed.
CREATE TABLE used_proofs (
    id BLOB PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX used_proofs_by_expiry ON used_proofs (expires_at);

-- Keys that sign tokens. What a key does follows from its times: published from created_at to gone_at, signing from
-- active_at until a later key is active.
CREATE TABLE signing_keys (
    -- The thumbprint of its public half (RFC 7638).
    id TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    -- PKCS#8, sealed with AAD signing_keys:private:<id>.
    private BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    active_at BIGINT NOT NULL,
    gone_at BIGINT
);

-- Clients to be told that a session has ended. The token is made when it is sent.
CREATE TABLE logout_notices (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES clients (id),
    account_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    sid TEXT NOT NULL,
    -- waiting | delivered | given_up
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    lease TEXT,
    leased_until BIGINT,
    -- What the client answered last.
    answer TEXT,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX logout_notices_by_due ON logout_notices (state, next_attempt_at);
CREATE INDEX logout_notices_by_age ON logout_notices (created_at);
