-- A person's second mailbox, outside of all of the organization's domains: while single sign-on is suspended, a password is reset
-- through both. Never a name to sign in with, so two people may name the same one.
CREATE TABLE secondary_addresses (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- Canonical, and as it was typed.
    email TEXT NOT NULL,
    email_shown TEXT NOT NULL,
    -- What stands behind its @: a domain that the organization claims later makes it worth nothing.
    domain TEXT NOT NULL,
    -- person | administrator
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    -- When somebody who reads there has confirmed it; NULL: it counts for nothing yet. At most one of an account's is.
    verified_at BIGINT,
    PRIMARY KEY (account_id, email)
);

-- One suspension of an organization's single sign-on, from being asked for to its end.
CREATE TABLE suspensions (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    reason TEXT NOT NULL,
    -- The License Owner who has asked; NULL: an operator acted at once, by command.
    asked_by TEXT REFERENCES accounts (id),
    asked_at BIGINT NOT NULL,
    -- Until then a second person may approve.
    expires_at BIGINT NOT NULL,
    -- Taken back or declined, and by whom; NULL with closed_at: by command.
    closed_at BIGINT,
    closed_by TEXT REFERENCES accounts (id),
    -- Approved, and by whom; NULL with began_at: by command.
    began_at BIGINT,
    begun_by TEXT REFERENCES accounts (id),
    ended_at BIGINT,
    ended_by TEXT REFERENCES accounts (id)
);
CREATE INDEX suspensions_by_organization ON suspensions (organization_id, asked_at);

-- What a reset takes while single sign-on is suspended: both (also NULL) | secondary
ALTER TABLE organizations ADD COLUMN continuity TEXT;
-- The organization's sso_suspended_at under which the password was set: it counts under that one and no other.
ALTER TABLE accounts ADD COLUMN password_suspended_at BIGINT;
-- The organization's sso_suspended_at under which the session began.
ALTER TABLE sessions ADD COLUMN suspended_at BIGINT;
CREATE INDEX sessions_by_suspension ON sessions (organization_id, suspended_at) WHERE suspended_at IS NOT NULL;
-- Somebody who reads the mailbox a link was sent to has said so, in the browser of that hash.
ALTER TABLE one_time ADD COLUMN mailbox_at BIGINT;
ALTER TABLE one_time ADD COLUMN mailbox_browser BLOB;
