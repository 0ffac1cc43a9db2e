-- A link by which somebody tries a connection opens nothing from then on.
ALTER TABLE connections ADD COLUMN opt_in_until BIGINT;
UPDATE connections SET opt_in_until = changed_at + 1209600000000 WHERE opt_in IS NOT NULL;
-- An email counts only where the identity provider says that it is verified.
ALTER TABLE connections ADD COLUMN requires_verified_email_at BIGINT;
-- Accounts that are made within a day, at most; NULL: as many as the program says.
ALTER TABLE connections ADD COLUMN accounts_a_day BIGINT;
-- What of a private network is reached beside the issuer's own host: names, each with a port where it is not 443, space-separated.
ALTER TABLE connections ADD COLUMN private_hosts TEXT;
-- A second factor shown there counts also for those of whom the deployment or a product demands one: since when, and by which
-- operator's word.
ALTER TABLE connections ADD COLUMN mfa_accepted_at BIGINT;
ALTER TABLE connections ADD COLUMN mfa_accepted_by TEXT REFERENCES accounts (id);

-- Somebody has come by it and shown the second factor that the account has here: from then on one shown there may stand for it.
ALTER TABLE federated_identities ADD COLUMN factor_at BIGINT;
