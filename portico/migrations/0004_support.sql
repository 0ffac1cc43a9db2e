-- What somebody wrote on the Contact Form.
CREATE TABLE support_requests (
    id TEXT PRIMARY KEY,
    -- The form it was sent with: posted twice it is still one request.
    form TEXT NOT NULL UNIQUE,
    -- SHA-256 of the browser cookie.
    browser BLOB NOT NULL,
    -- What is read out on the telephone.
    number TEXT NOT NULL,
    -- question | call_back
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    -- Of the error page it began at.
    reference TEXT,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    best_time TEXT,
    message TEXT NOT NULL,
    -- What had been typed at the door, as typed; and the organization that owns its domain.
    identifier TEXT,
    organization_id TEXT,
    -- Whoever was signed in.
    account_id TEXT,
    created_at BIGINT NOT NULL,
    answered_at BIGINT
);
CREATE INDEX support_requests_by_age ON support_requests (created_at);

-- A form that could not be sent yet, one a browser: what was typed, sealed.
CREATE TABLE support_drafts (
    browser BLOB PRIMARY KEY,
    draft TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX support_drafts_by_age ON support_drafts (updated_at);
