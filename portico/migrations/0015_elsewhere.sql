-- Verified domains whose people are sent to a connection that is on. Routing follows these, and so do their passwords.
CREATE VIEW led_domains AS
SELECT d.domain, d.organization_id, d.connection_id
FROM organization_domains d
JOIN connections c ON c.id = d.connection_id AND c.organization_id = d.organization_id
WHERE d.verified_at IS NOT NULL AND c.state = 'on';
CREATE INDEX organization_domains_by_connection ON organization_domains (connection_id);

-- Accounts that sign in at their organization's own identity provider, suspended or not: no password here opens them while it is
-- not. What stands behind an address' last @ is its domain.
CREATE VIEW federated_accounts AS
SELECT a.id AS account_id, a.organization_id
FROM accounts a JOIN organizations o ON o.id = a.organization_id
WHERE EXISTS (SELECT 1 FROM led_domains l
              WHERE l.organization_id = a.organization_id
                AND l.domain = SUBSTR(a.email, LENGTH(RTRIM(a.email, REPLACE(a.email, '@', ''))) + 1))
   -- An address of no domain of theirs leads nowhere: then the connection that knows the person says it. One of a domain that is
   -- theirs and leads nowhere says itself that the password is here, whoever has tried a connection.
   OR (EXISTS (SELECT 1 FROM federated_identities i JOIN connections c ON c.id = i.connection_id
               WHERE i.account_id = a.id AND c.organization_id = a.organization_id AND c.state = 'on')
       AND NOT EXISTS (SELECT 1 FROM organization_domains d
                       WHERE d.organization_id = a.organization_id AND d.verified_at IS NOT NULL
                         AND d.domain = SUBSTR(a.email, LENGTH(RTRIM(a.email, REPLACE(a.email, '@', ''))) + 1)))
   -- Said of the whole organization, whose sign-in is not connected here. Connections know better.
   OR (o.sign_in = 'sso' AND NOT EXISTS (SELECT 1 FROM led_domains l WHERE l.organization_id = a.organization_id));

-- Passwords from before: none of them counts again, whatever is switched off.
UPDATE accounts SET password = NULL
WHERE password IS NOT NULL AND password_suspended_at IS NULL
  AND (id IN (SELECT f.account_id FROM federated_accounts f)
       OR organization_id IN (SELECT o.id FROM organizations o JOIN led_domains l ON l.organization_id = o.id
                              WHERE o.sign_in = 'sso'));
