-- When the person is known to have proved who they are; NULL: their organization's identity provider has not said.
ALTER TABLE sessions ADD COLUMN proved_at BIGINT;
ALTER TABLE federated_sessions ADD COLUMN proved_at BIGINT;

-- Of one of two mailboxes' links: the other one, whose number was typed in the browser that has said yes to this one.
ALTER TABLE one_time ADD COLUMN mailbox_pair TEXT;

-- The connection whose role mapping has made somebody an administrator; NULL: a person has.
ALTER TABLE administrators ADD COLUMN connection_id TEXT REFERENCES connections (id);
-- Until now only the making of an account could do so.
UPDATE administrators SET connection_id =
    (SELECT MIN(f.connection_id) FROM federated_identities f
     WHERE f.account_id = administrators.account_id AND f.linked_by = 'created');

-- A request that was typed on the command line, in the name of whoever asks; and by which operator, where they have said so.
ALTER TABLE suspensions ADD COLUMN typed_at BIGINT;
ALTER TABLE suspensions ADD COLUMN typed_by TEXT REFERENCES accounts (id);
