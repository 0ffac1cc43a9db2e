-- When an address that had been proved was replaced by another one: until that one is proved (email_verified_at) no link goes
-- there that somebody without an administrator has asked for.
ALTER TABLE accounts ADD COLUMN email_changed_at BIGINT;
