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
