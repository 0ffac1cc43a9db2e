-- Recovery codes stand in for a second factor that is not at hand: ten of an account, each once.
CREATE TABLE recovery_code_sets (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    -- All ten, sealed with AAD recovery_code_sets:shown:<account>, until their owner says that they are kept. NULL: nobody can
    -- read them any more.
    shown BLOB,
    created_at BIGINT NOT NULL
);
CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- The first letters of the code, by which it is found among the ten.
    name TEXT NOT NULL,
    -- The PHC string of the whole code, sealed with AAD recovery_codes:hash:<account>:<name>.
    hash BLOB NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, name)
);

-- A second factor that is to be taken away because its owner has lost it: an administrator has begun it, and it waits.
CREATE TABLE factor_resets (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- The account's id while it waits, NULL afterwards: one waits at most.
    open_key TEXT UNIQUE,
    -- account:<id> | command | api
    begun_by TEXT NOT NULL,
    -- How it was made sure who asks.
    reason TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    -- Somebody has stopped it, or it was done.
    stopped_at BIGINT,
    done_at BIGINT
);
CREATE INDEX factor_resets_by_account ON factor_resets (account_id, begun_at);
CREATE INDEX factor_resets_by_due ON factor_resets (due_at, open_key);

-- Its second factor was taken away, and nobody has signed in since: no link that anybody may ask for resets the password.
ALTER TABLE accounts ADD COLUMN factor_removed_at BIGINT;
-- When its owner said "not now" to setting one up.
ALTER TABLE accounts ADD COLUMN factor_put_off_at BIGINT;

-- off | allowed: a code by mail in place of the second factor. NULL is off.
ALTER TABLE organizations ADD COLUMN email_code TEXT;
-- How long a reset of a second factor waits; NULL is a day.
ALTER TABLE organizations ADD COLUMN factor_reset_hours BIGINT;

-- The session that this sign-in adds a second factor to: what was proved first was proved there.
ALTER TABLE sign_ins ADD COLUMN session_id TEXT;
-- The owner has said that the authenticator app is lost, and shown a recovery code: another one is set up.
ALTER TABLE sign_ins ADD COLUMN factor_lost_at BIGINT;
-- The newest code mailed in place of a second factor.
ALTER TABLE sign_ins ADD COLUMN second_code TEXT;
