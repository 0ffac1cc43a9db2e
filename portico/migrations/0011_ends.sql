-- What people were given has been ended, and the client has been told; NULL while it is disabled: some of that is still to be done.
ALTER TABLE clients ADD COLUMN told_at BIGINT;
-- The same of a license that is over.
ALTER TABLE licenses ADD COLUMN told_at BIGINT;
