-- Addresses that people want for their own accounts, and have not shown yet to be theirs. Nothing follows from a row: while its code
-- is void, used or over it is none.
CREATE TABLE email_changes (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    -- The code that was mailed there.
    code TEXT NOT NULL,
    -- The address, canonical and as it was typed.
    address TEXT NOT NULL,
    address_shown TEXT NOT NULL,
    -- SHA-256 of the cookie of the browser it was asked for in: the code counts there, and nowhere else.
    browser BLOB NOT NULL,
    asked_at BIGINT NOT NULL
);
