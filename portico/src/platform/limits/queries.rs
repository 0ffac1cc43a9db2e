//! The SQL of the counters.
//!
//! A stored window is also the current one when it is the next: another node's clock may run a little ahead, and two nodes
//! that take turns in starting anew would count nothing. One further ahead is of a clock that was put back since.

/// $1 key, $2 start of the window, $3 start of the next. Answers the count with this one.
pub const COUNT: &str = "
INSERT INTO rate_counters (id, window_started_at, count)
VALUES ($1, $2, 1)
ON CONFLICT (id) DO UPDATE SET
    count = CASE
        WHEN rate_counters.window_started_at BETWEEN $2 AND $3 THEN rate_counters.count + 1
        ELSE 1
    END,
    window_started_at = CASE
        WHEN rate_counters.window_started_at BETWEEN $2 AND $3 THEN rate_counters.window_started_at
        ELSE excluded.window_started_at
    END
RETURNING count";

/// $1 key, $2 start of the window, $3 start of the next.
pub const PEEK: &str = "
SELECT count
FROM rate_counters
WHERE id = $1 AND window_started_at BETWEEN $2 AND $3";

/// $1 key, $2 start of the window, $3 start of the next. Touches one row where it is the first of its kind in this window.
pub const JOIN: &str = "
INSERT INTO rate_members (id, window_started_at)
VALUES ($1, $2)
ON CONFLICT (id) DO UPDATE SET window_started_at = excluded.window_started_at
WHERE rate_members.window_started_at NOT BETWEEN $2 AND $3";

/// $1 key.
pub const FORGET: &str = "
DELETE FROM rate_counters
WHERE id = $1";

/// $1 an instant.
pub const PURGE: &str = "
DELETE FROM rate_counters
WHERE id IN (SELECT id FROM rate_counters WHERE window_started_at < $1 LIMIT 500)";

/// $1 an instant.
pub const PURGE_MEMBERS: &str = "
DELETE FROM rate_members
WHERE id IN (SELECT id FROM rate_members WHERE window_started_at < $1 LIMIT 500)";

pub const MEMBERS: &str = "
SELECT COUNT(*)
FROM rate_members";

/// $1 how many.
pub const EVICT: &str = "
DELETE FROM rate_members
WHERE id IN (SELECT id FROM rate_members ORDER BY window_started_at LIMIT $1)";
