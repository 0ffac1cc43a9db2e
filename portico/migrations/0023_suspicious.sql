-- What was counted already where only different ones count: a keyed hash of limit and name.
CREATE TABLE rate_members (
    id TEXT PRIMARY KEY,
    window_started_at BIGINT NOT NULL
);
CREATE INDEX rate_members_by_age ON rate_members (window_started_at);

-- Addresses from which sign-in failed for many different names. In clear, as in the audit trail: operators have to read them.
CREATE TABLE slowed_addresses (
    -- An IPv4 address, or the /64 of an IPv6 address.
    address TEXT PRIMARY KEY,
    -- Different names within the window.
    names BIGINT NOT NULL,
    -- How often it had to wait, in all.
    pauses BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    slowed_until BIGINT NOT NULL
);
CREATE INDEX slowed_addresses_by_age ON slowed_addresses (last_at);

-- Networks an account has signed in from: a keyed hash of account and network.
CREATE TABLE account_networks (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    network BLOB NOT NULL,
    -- To the day: a sign-in from a network that was seen today writes nothing.
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, network)
);
CREATE INDEX account_networks_by_age ON account_networks (seen_at);
-- off: nobody is told of a sign-in from a network that is new; NULL is on.
ALTER TABLE organizations ADD COLUMN network_notices TEXT;

-- Failures that the owner has not been told of at a sign-in: a success leaves them, a finished sign-in ends them.
ALTER TABLE attempt_counters ADD COLUMN untold BIGINT NOT NULL DEFAULT 0;

-- Sign-ins whose first proof was right, and whose second one has not come: told to the owner when nobody goes on with them.
CREATE TABLE half_sign_ins (
    sign_in_id TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- SHA-256 of the browser cookie.
    browser BLOB NOT NULL,
    -- How the first one was shown: pwd | fed
    method TEXT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (sign_in_id, account_id)
);
CREATE INDEX half_sign_ins_by_account ON half_sign_ins (account_id);
CREATE INDEX half_sign_ins_by_due ON half_sign_ins (due_at);
