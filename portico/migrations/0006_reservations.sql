-- Guesses under way are few and short-lived: they lie beside each other, one tree and no index beside it.
CREATE TABLE attempt_leases (
    counter_id TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    leased_until BIGINT NOT NULL,
    PRIMARY KEY (counter_id, id)
);
-- Those that a node is verifying at this moment count as before.
INSERT INTO attempt_leases (counter_id, id, subject, leased_until)
    SELECT counter_id, id, subject, leased_until FROM attempt_reservations;
DROP TABLE attempt_reservations;
ALTER TABLE attempt_leases RENAME TO attempt_reservations;
