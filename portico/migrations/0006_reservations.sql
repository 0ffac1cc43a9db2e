-- Guesses under way are few and short-lived: they lie beside each other, one tree and no index beside it. Those that a node
-- of before is verifying at this moment are forgotten.
DROP TABLE attempt_reservations;
CREATE TABLE attempt_reservations (
    counter_id TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    leased_until BIGINT NOT NULL,
    PRIMARY KEY (counter_id, id)
);
