-- What people have accepted, as it read: later versions take its place in the configuration, and here nothing does.
CREATE TABLE terms_texts (
    -- SHA-256 of the text, as in terms_acceptances.
    hash BLOB PRIMARY KEY,
    text TEXT NOT NULL,
    kept_at BIGINT NOT NULL
);
