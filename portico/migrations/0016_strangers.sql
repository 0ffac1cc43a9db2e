-- How often the same failure of one sign-in has come, and `at` when it last did.
ALTER TABLE federation_failures ADD COLUMN times BIGINT NOT NULL DEFAULT 1;
-- The browser has brought it about, or can have: whoever sat before it made an answer up, perhaps. It says nothing of the connection.
ALTER TABLE federation_failures ADD COLUMN brought_at BIGINT;
