-- How long sessions of an organization's people live, and how many one account may have at a time; NULL: as its preset says.
ALTER TABLE organizations ADD COLUMN session_idle_minutes BIGINT;
ALTER TABLE organizations ADD COLUMN session_hours BIGINT;
ALTER TABLE organizations ADD COLUMN sessions_at_once BIGINT;

-- limit: the account signed in elsewhere, and had as many as its organization allows; NULL: anything else. Its owner is told.
ALTER TABLE sessions ADD COLUMN ended_for TEXT;
-- Those of an organization's people end together.
CREATE INDEX sessions_by_organization ON sessions (organization_id) WHERE ended_at IS NULL;

-- By which the owner knows a browser in a list: its name, from where and when it signed in last. NULL: not since this is kept.
ALTER TABLE devices ADD COLUMN user_agent TEXT;
ALTER TABLE devices ADD COLUMN address TEXT;
ALTER TABLE devices ADD COLUMN used_at BIGINT;
-- The session it has: the next sign-in there puts another one in its place, even where the browser has lost the cookie.
ALTER TABLE devices ADD COLUMN session_id TEXT;
