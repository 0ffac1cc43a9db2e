//! Every connection is an open file, and a process may have only so many.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// For the database, the log, mail, outgoing requests.
const OTHERS: u64 = 256;

/// Asks the system for enough open files, and says for how many connections there are. Few systems grant more than 1024
/// unless asked, and one that has run out can accept nobody, not even to make room.
pub fn enough_for(connections: usize) -> usize {
    let wanted = connections as u64 + OTHERS;
    let limit = getrlimit(Resource::Nofile);
    let unlimited = u64::MAX;
    let (soft, hard) = (limit.current.unwrap_or(unlimited), limit.maximum.unwrap_or(unlimited));
    if soft >= wanted {
        return connections;
    }
    let granted = wanted.min(hard);
    let granted = match setrlimit(Resource::Nofile, Rlimit { current: Some(granted), maximum: limit.maximum }) {
        Ok(()) => granted,
        Err(_) => soft,
    };
    let possible = usize::try_from(granted.saturating_sub(OTHERS)).unwrap_or(connections).max(1).min(connections);
    if possible < connections {
        tracing::warn!(possible, connections, "this process may not open enough files; raise its limit (nofile)");
    }
    possible
}
