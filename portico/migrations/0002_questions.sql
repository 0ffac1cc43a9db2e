-- Answers to security questions: three of an account or none, asked in the order of the catalog.
CREATE TABLE security_answers (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- The catalog's name for it.
    question TEXT NOT NULL,
    -- The PHC string of the peppered answer, sealed with AAD security_answers:hash:<account>:<question>.
    hash BLOB NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, question)
);

-- How a request goes on: email | questions; NULL is email.
ALTER TABLE recoveries ADD COLUMN way TEXT;
-- What right answers gave this browser: the one-time secret that sets a password.
ALTER TABLE recoveries ADD COLUMN grant_id TEXT;
CREATE INDEX recoveries_by_grant ON recoveries (grant_id);

-- The question answered for a mailed link, and the browser it was answered in.
ALTER TABLE one_time ADD COLUMN answered_at BIGINT;
ALTER TABLE one_time ADD COLUMN answered_browser BLOB;
