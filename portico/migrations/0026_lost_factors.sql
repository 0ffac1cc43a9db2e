-- Somebody has said at a sign-in, after the password, that their second factor is lost, and asked those who administer for help.
CREATE TABLE factor_requests (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- When last.
    asked_at BIGINT NOT NULL,
    -- A reset was begun, or its owner is back in. NULL: somebody should look at it.
    closed_at BIGINT
);
CREATE INDEX factor_requests_by_organization ON factor_requests (organization_id, asked_at);
CREATE INDEX factor_resets_by_organization ON factor_resets (organization_id, open_key);
