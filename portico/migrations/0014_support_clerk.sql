-- When the organization's administrators are to be told of a request; NULL: they have been, or are not to be.
ALTER TABLE support_requests ADD COLUMN administrators_due_at BIGINT;
CREATE INDEX support_requests_by_due ON support_requests (administrators_due_at);
