-- A person's passkeys: public keys, each under the name its authenticator gave it.
CREATE TABLE passkeys (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- The credential ID.
    credential BLOB NOT NULL UNIQUE,
    -- The COSE key, sealed with AAD passkeys:public_key:<id>:<account>: whoever can only write into the database gives nobody a key.
    public_key BLOB NOT NULL,
    -- What its owner calls it.
    name TEXT NOT NULL,
    -- What it counted last; 0 where it does not count.
    sign_count BIGINT NOT NULL,
    -- Since when it says that it may be kept in several places, and that it is.
    may_sync_at BIGINT,
    synced_at BIGINT,
    -- How it can be reached, as the browser told: internal | hybrid | usb | nfc | ble, space-separated.
    transports TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- The browser, in words.
    created_in TEXT NOT NULL,
    last_used_at BIGINT,
    last_used_in TEXT,
    last_used_from TEXT
);
CREATE INDEX passkeys_by_account ON passkeys (account_id, created_at);

-- By what an authenticator knows whose its passkeys are (the user handle): random, so that it tells nobody an account's id.
CREATE TABLE passkey_holders (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    handle BLOB NOT NULL UNIQUE
);

-- The challenge that this sign-in has used last for its second factor: no other of that time or before is taken.
ALTER TABLE sign_ins ADD COLUMN passkey_asked_at BIGINT;
