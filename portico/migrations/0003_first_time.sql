-- A person has shown that mail to the address reaches them.
ALTER TABLE accounts ADD COLUMN email_verified_at BIGINT;
-- Nobody who signs in already is stopped to prove it.
UPDATE accounts SET email_verified_at = password_set_at;

-- A secret that is typed and not clicked: the sealed PHC string (AAD one_time:phc:<id>), made when its mail is handed over,
-- and how often something else was typed.
ALTER TABLE one_time ADD COLUMN phc BLOB;
ALTER TABLE one_time ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;

-- The one-time secret that was the first proof, which setting a password uses up.
ALTER TABLE sign_ins ADD COLUMN first_secret TEXT;
-- The newest code mailed for this sign-in.
ALTER TABLE sign_ins ADD COLUMN email_code TEXT;
ALTER TABLE sign_ins ADD COLUMN questions_put_off_at BIGINT;

-- Somebody without a password was given access and asked to register. At most one of an account is open: neither voided nor
-- accepted.
CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    product_id TEXT NOT NULL REFERENCES products (id),
    sent_to TEXT NOT NULL,
    -- The one-time secret of its newest mail.
    secret_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    voided_at BIGINT,
    accepted_at BIGINT
);
CREATE INDEX invitations_by_account ON invitations (account_id);
CREATE INDEX invitations_by_age ON invitations (created_at);

-- Who has accepted which terms; the hash says what these were.
CREATE TABLE terms_acceptances (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    version TEXT NOT NULL,
    -- SHA-256 of the text.
    hash BLOB NOT NULL,
    accepted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, version)
);
