-- When the account first became known in a browser: every later new browser is news to its owner.
ALTER TABLE accounts ADD COLUMN first_browser_at BIGINT;
UPDATE accounts SET first_browser_at = (SELECT MIN(d.created_at) FROM devices d WHERE d.account_id = accounts.id);

-- The mail server a mail is for; NULL for rows that are never sent.
ALTER TABLE outbox ADD COLUMN domain TEXT;
-- When the receiving side sent it back (state `bounced`).
ALTER TABLE outbox ADD COLUMN bounced_at BIGINT;
CREATE INDEX outbox_by_domain ON outbox (domain, created_at);

-- What happened to a mail after it was queued, one row for each different thing that was said of it.
CREATE TABLE mail_events (
    -- outbox id/state/code
    id TEXT PRIMARY KEY,
    outbox_id TEXT NOT NULL,
    -- deferred | handed_over | refused | delayed | bounced
    state TEXT NOT NULL,
    -- mailbox (there is none, it is full) | server (it does not want our mail); NULL where nothing is wrong.
    fault TEXT,
    code BIGINT,
    reply TEXT NOT NULL,
    times BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX mail_events_by_mail ON mail_events (outbox_id, first_at);
CREATE INDEX mail_events_by_age ON mail_events (last_at);
