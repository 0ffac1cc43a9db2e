-- An organization says that a domain is its own. Several may say so of one; whose it is stands in organization_domains, once one has
-- shown it. A released domain leaves no row: the audit trail tells.
CREATE TABLE domain_claims (
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- In the form in which domains are compared.
    domain TEXT NOT NULL,
    -- What has to stand in the domain's TXT record. Everybody may read it there.
    challenge TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    -- dns | operator; NULL: it is not shown.
    verified_by TEXT,
    -- The operator who vouches for it.
    vouched_by TEXT REFERENCES accounts (id),
    -- When the record is looked at next; NULL: never.
    check_at BIGINT,
    -- The record is gone since then.
    missing_since BIGINT,
    -- The organization and the operators were told that it is.
    warned_at BIGINT,
    PRIMARY KEY (organization_id, domain)
);
CREATE INDEX domain_claims_by_domain ON domain_claims (domain);
CREATE INDEX domain_claims_by_check ON domain_claims (check_at);
