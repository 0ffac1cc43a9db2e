-- Types are TEXT, BIGINT and BLOB, nothing else. Ids are UUIDv7 in text, times are microseconds since the epoch,
-- a yes/no is a time that is or isn't there, a list is a child table.

-- What this database is: one row a name (`kind` = `production` or `demo`).
CREATE TABLE deployment (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- classic | modern
    preset TEXT NOT NULL,
    -- password | sso
    sign_in TEXT NOT NULL,
    -- email | questions_or_email | email_then_question
    recovery TEXT NOT NULL,
    -- Departures from the preset; NULL is the preset's own value.
    mfa TEXT,
    lock_failures BIGINT,
    lock_minutes BIGINT,
    reset_minutes BIGINT,
    time_zone TEXT NOT NULL,
    -- What anybody may be told about whom to ask.
    contact TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE organization_domains (
    domain TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    verified_at BIGINT
);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- The mailbox, canonical; several accounts of one person may share it.
    email TEXT NOT NULL,
    email_shown TEXT NOT NULL,
    user_name TEXT UNIQUE,
    user_name_shown TEXT,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    language TEXT,
    -- Every change of a credential adds one; what was proved under an older epoch is worthless.
    credentials_epoch BIGINT NOT NULL,
    -- The PHC string, sealed with AAD accounts:password:<id>.
    password BLOB,
    password_set_at BIGINT,
    shared_at BIGINT,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX accounts_by_email ON accounts (email);
CREATE INDEX accounts_by_organization ON accounts (organization_id, id);

-- Everything that may be typed at the first page: one canonical name, one account.
CREATE TABLE identifiers (
    name TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX identifiers_by_account ON identifiers (account_id);

CREATE TABLE authenticators (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- The TOTP secret, sealed with AAD authenticators:secret:<id>.
    secret BLOB NOT NULL,
    confirmed_at BIGINT,
    -- The last time step that was accepted; a code of it or of an older one is a replay.
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX authenticators_by_account ON authenticators (account_id);

-- People of whoever runs the deployment: operator | support
CREATE TABLE staff (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    role TEXT NOT NULL
);

CREATE TABLE sites (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL
);
CREATE INDEX sites_by_organization ON sites (organization_id);

-- program_administrator | license_owner, of the organization or (site_id) of one site.
CREATE TABLE administrators (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    site_id TEXT REFERENCES sites (id),
    role TEXT NOT NULL
);
CREATE INDEX administrators_by_organization ON administrators (organization_id);
CREATE INDEX administrators_by_account ON administrators (account_id);

CREATE TABLE products (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    line TEXT NOT NULL,
    url TEXT NOT NULL,
    mfa TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE licenses (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    seats BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_until BIGINT
);
CREATE UNIQUE INDEX licenses_by_product ON licenses (organization_id, product_id);

CREATE TABLE access (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    -- NULL: all sites of the organization.
    site_id TEXT REFERENCES sites (id),
    created_at BIGINT NOT NULL,
    last_opened_at BIGINT
);
CREATE INDEX access_by_account ON access (account_id);
CREATE TABLE access_roles (
    access_id TEXT NOT NULL REFERENCES access (id),
    role TEXT NOT NULL,
    PRIMARY KEY (access_id, role)
);

-- Where a person works while a product moves behind the door: legacy | scheduled | moved (no row: moved).
CREATE TABLE product_moves (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    state TEXT NOT NULL,
    moves_at BIGINT,
    old_url TEXT,
    PRIMARY KEY (account_id, product_id)
);

CREATE TABLE access_requests (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    product_id TEXT REFERENCES products (id),
    -- account:product while the request is open, NULL afterwards: at most one open request each.
    open_key TEXT UNIQUE,
    created_at BIGINT NOT NULL,
    answered_at BIGINT
);
CREATE INDEX access_requests_by_organization ON access_requests (organization_id, created_at);

-- One attempt, in one browser, towards one destination. Facts only: where the person is, is asked of next_step.
CREATE TABLE sign_ins (
    id TEXT PRIMARY KEY,
    -- SHA-256 of the browser cookie.
    browser BLOB NOT NULL,
    destination TEXT NOT NULL,
    -- As typed; NULL while nobody has been named.
    identifier TEXT,
    -- Account id, or the keyed pseudo-id of an unknown identifier.
    subject TEXT,
    account_id TEXT,
    -- password | sso, by the verified domain of what was typed.
    route TEXT,
    organization_id TEXT,
    -- The last refusal, told once more on every reload: wrong | locked | code | code_locked
    refusal TEXT,
    refusal_until BIGINT,
    first_method TEXT,
    first_epoch BIGINT,
    first_at BIGINT,
    second_method TEXT,
    second_epoch BIGINT,
    second_at BIGINT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX sign_ins_by_age ON sign_ins (created_at);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    -- SHA-256 of the session cookie.
    secret BLOB NOT NULL UNIQUE,
    -- One sign-in gives one session, ever.
    sign_in_id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    credentials_epoch BIGINT NOT NULL,
    -- Methods shown, separated by spaces: pwd otp
    methods TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Browsers in which an account has fully signed in, or finished a mailed reset (security.md C3).
CREATE TABLE devices (
    browser BLOB NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    id TEXT NOT NULL UNIQUE,
    credentials_epoch BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (browser, account_id)
);
CREATE INDEX devices_by_account ON devices (account_id);

-- Failures of one subject, with one factor, by one class of browser: `subject/factor/class`.
CREATE TABLE attempt_counters (
    id TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    failures BIGINT NOT NULL,
    -- Consecutive failures since the last success, over all windows (the hard cap).
    total BIGINT NOT NULL,
    window_started_at BIGINT NOT NULL,
    locked_until BIGINT,
    updated_at BIGINT NOT NULL
);
CREATE INDEX attempt_counters_by_subject ON attempt_counters (subject);
CREATE INDEX attempt_counters_by_age ON attempt_counters (updated_at);
CREATE TABLE attempt_reservations (
    id TEXT PRIMARY KEY,
    counter_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    leased_until BIGINT NOT NULL
);
CREATE INDEX attempt_reservations_by_subject ON attempt_reservations (subject);
CREATE INDEX attempt_reservations_by_counter ON attempt_reservations (counter_id);

-- Counts per window for what is limited by address, mailbox or in all.
CREATE TABLE rate_counters (
    id TEXT PRIMARY KEY,
    window_started_at BIGINT NOT NULL,
    count BIGINT NOT NULL
);
CREATE INDEX rate_counters_by_age ON rate_counters (window_started_at);

-- Secrets that work once, told apart by purpose. Valid from hand-over (expires_at) until used or expired.
CREATE TABLE one_time (
    id TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    credentials_epoch BIGINT NOT NULL,
    sent_to TEXT NOT NULL,
    outbox_id TEXT,
    -- Microseconds from hand-over to expiry.
    lifetime BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT,
    used_browser BLOB,
    -- The second factor shown for this secret, and the browser it was shown in.
    second_at BIGINT,
    second_browser BLOB
);
CREATE INDEX one_time_by_account ON one_time (account_id, purpose);
CREATE INDEX one_time_by_outbox ON one_time (outbox_id);
CREATE INDEX one_time_by_age ON one_time (created_at);

-- Mail to be handed over. No secret rests here: links are derived from one_time ids at hand-over.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    -- NULL: written for its timing only, never sent.
    recipient TEXT,
    facts TEXT NOT NULL,
    language TEXT NOT NULL,
    account_id TEXT,
    message_id TEXT NOT NULL,
    -- queued | deferred | handed_over | refused | dropped
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    lease TEXT,
    leased_until BIGINT,
    handed_over_at BIGINT,
    smtp_code BIGINT,
    smtp_reply TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX outbox_by_due ON outbox (state, next_attempt_at);
CREATE INDEX outbox_by_account ON outbox (account_id, created_at);
CREATE INDEX outbox_by_recipient ON outbox (recipient, created_at);

-- One request for a forgotten password or user name, in one browser.
CREATE TABLE recoveries (
    id TEXT PRIMARY KEY,
    browser BLOB NOT NULL,
    -- password | user_name
    kind TEXT NOT NULL,
    identifier TEXT NOT NULL,
    -- The sign-in that waits for the end of this.
    sign_in_id TEXT,
    -- Where the sign-in after it leads, also when none waits.
    destination TEXT NOT NULL,
    -- Since when it waits for its answer; NULL: it was answered.
    due_at BIGINT,
    outbox_id TEXT,
    sent_at BIGINT NOT NULL,
    sends BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX recoveries_by_due ON recoveries (due_at);
CREATE INDEX recoveries_by_age ON recoveries (created_at);
CREATE INDEX recoveries_by_browser ON recoveries (browser, created_at);

-- Append-only. The sealer numbers committed rows and chains them (sequence, mac).
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    -- account:<id> | browser | command | system
    actor TEXT NOT NULL,
    account_id TEXT,
    organization_id TEXT,
    source TEXT,
    details TEXT NOT NULL,
    sequence BIGINT UNIQUE,
    mac BLOB
);
CREATE INDEX audit_by_account ON audit (account_id, at);
CREATE TABLE audit_head (
    id BIGINT PRIMARY KEY,
    sequence BIGINT NOT NULL,
    mac BLOB NOT NULL
);

-- Which node does a job that one node does at a time.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    leased_until BIGINT NOT NULL
);
