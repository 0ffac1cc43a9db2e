//! The chain itself. Pure: rows in, MACs and verdicts out.

use std::fmt;

use crate::platform::keys::Keys;

pub(super) type Mac = [u8; 32];

/// What stands before the first row.
pub(super) const ORIGIN: Mac = [0; 32];

/// A row as it is covered by its MAC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub id: String,
    pub at: i64,
    pub event: String,
    pub actor: String,
    pub account: Option<String>,
    pub organization: Option<String>,
    pub source: Option<String>,
    pub details: String,
}

/// A row with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    pub row: Row,
    pub sequence: i64,
    pub mac: Vec<u8>,
}

/// The end of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub sequence: i64,
    pub mac: Vec<u8>,
}

/// What is wrong with a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The row of this number is gone.
    Missing,
    /// The row of this number is not the one that was sealed: it was edited, or slipped in.
    Changed,
    /// There are rows behind the end of the chain.
    Added,
    /// The record of where the chain ends is gone, or was edited.
    Head,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Missing => "the row is gone",
            Fault::Changed => "the row is not the one that was sealed",
            Fault::Added => "there are rows behind the end of the chain",
            Fault::Head => "the record of where the chain ends is gone or was edited",
        })
    }
}

/// What the walk along the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is as it was written. `unsealed` rows are too young to be in the chain.
    Verified { rows: i64, unsealed: i64 },
    /// The first place where it is not.
    Broken { sequence: i64, what: Fault },
}

/// The MAC of a row at its place, after the row whose MAC is `previous`.
pub(super) fn mac(keys: &Keys, previous: &[u8], sequence: i64, row: &Row) -> Mac {
    keys.mac("audit", &encode(previous, sequence, row))
}

/// Each part with its length in front, so that no two rows have the same bytes: without it, text could move from the end
/// of one column to the beginning of the next. A column without a value differs from an empty one.
fn encode(previous: &[u8], sequence: i64, row: &Row) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256 + row.details.len());
    part(&mut bytes, Some(previous));
    part(&mut bytes, Some(&sequence.to_be_bytes()));
    part(&mut bytes, Some(row.id.as_bytes()));
    part(&mut bytes, Some(&row.at.to_be_bytes()));
    for text in [
        Some(&row.event),
        Some(&row.actor),
        row.account.as_ref(),
        row.organization.as_ref(),
        row.source.as_ref(),
        Some(&row.details),
    ] {
        part(&mut bytes, text.map(String::as_bytes));
    }
    bytes
}

fn part(bytes: &mut Vec<u8>, value: Option<&[u8]>) {
    match value {
        None => bytes.push(0),
        Some(value) => {
            bytes.push(1);
            bytes.extend((value.len() as u64).to_be_bytes());
            bytes.extend(value);
        }
    }
}

/// Walks along the chain, row by row.
pub(super) struct Walk {
    sequence: i64,
    mac: Vec<u8>,
}

impl Walk {
    pub fn new() -> Walk {
        Walk { sequence: 0, mac: ORIGIN.to_vec() }
    }

    /// The number of the last row that was right.
    pub fn sequence(&self) -> i64 {
        self.sequence
    }

    /// Takes the next row; says what is wrong with it.
    pub fn step(&mut self, keys: &Keys, sealed: &Sealed) -> Result<(), Verdict> {
        let expected = self.sequence + 1;
        if sealed.sequence != expected {
            return Err(Verdict::Broken { sequence: expected, what: Fault::Missing });
        }
        let mac = mac(keys, &self.mac, expected, &sealed.row);
        if sealed.mac != mac {
            return Err(Verdict::Broken { sequence: expected, what: Fault::Changed });
        }
        self.sequence = expected;
        self.mac = mac.to_vec();
        Ok(())
    }

    /// Compares the end of the walk with where the chain is said to end.
    pub fn finish(self, head: &Head, unsealed: i64) -> Verdict {
        let what = if self.sequence < head.sequence {
            Fault::Missing
        } else if self.sequence > head.sequence {
            Fault::Added
        } else if self.mac != head.mac {
            Fault::Head
        } else {
            let rows = self.sequence;
            return Verdict::Verified { rows, unsealed };
        };
        let sequence = self.sequence.min(head.sequence) + 1;
        Verdict::Broken { sequence, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::Clock;
    use crate::platform::entropy::Entropy;

    fn keys() -> Keys {
        Keys::new(&[7; 32], Entropy::new(Clock::system()))
    }

    fn row(number: i64) -> Row {
        Row {
            id: format!("row-{number}"),
            at: 1_000 + number,
            event: "session.started".to_owned(),
            actor: "browser".to_owned(),
            account: Some("ann".to_owned()),
            organization: None,
            source: Some("192.0.2.1".to_owned()),
            details: "{}".to_owned(),
        }
    }

    fn chain(rows: i64) -> (Vec<Sealed>, Head) {
        let mut head = Head { sequence: 0, mac: ORIGIN.to_vec() };
        let mut chain = Vec::new();
        for sequence in 1..=rows {
            let mac = mac(&keys(), &head.mac, sequence, &row(sequence)).to_vec();
            head = Head { sequence, mac: mac.clone() };
            let row = row(sequence);
            chain.push(Sealed { row, sequence, mac });
        }
        (chain, head)
    }

    fn walk(chain: &[Sealed], head: &Head) -> Verdict {
        let mut walk = Walk::new();
        for sealed in chain {
            if let Err(broken) = walk.step(&keys(), sealed) {
                return broken;
            }
        }
        walk.finish(head, 0)
    }

    fn broken(sequence: i64, what: Fault) -> Verdict {
        Verdict::Broken { sequence, what }
    }

    #[test]
    fn an_untouched_chain_verifies() {
        for rows in [0, 1, 5] {
            let (chain, head) = chain(rows);
            let unsealed = 0;
            assert_eq!(walk(&chain, &head), Verdict::Verified { rows, unsealed });
        }
    }

    #[test]
    fn every_edited_column_is_found() {
        let edits: [fn(&mut Row); 8] = [
            |row| row.id.push('x'),
            |row| row.at += 1,
            |row| row.event.push('x'),
            |row| row.actor.push('x'),
            |row| row.account = None,
            |row| row.organization = Some(String::new()),
            |row| row.source = Some("192.0.2.2".to_owned()),
            |row| row.details.push(' '),
        ];
        for edit in edits {
            let (mut chain, head) = chain(4);
            edit(&mut chain[1].row);
            assert_eq!(walk(&chain, &head), broken(2, Fault::Changed));
        }
    }

    #[test]
    fn text_moved_between_columns_is_found() {
        let (mut chain, head) = chain(2);
        chain[0].row.event = "session.star".to_owned();
        chain[0].row.actor = "tedbrowser".to_owned();
        assert_eq!(walk(&chain, &head), broken(1, Fault::Changed));
    }

    #[test]
    fn removals_in_the_middle_and_at_the_end_are_found() {
        let (mut middle, head) = chain(4);
        middle.remove(1);
        assert_eq!(walk(&middle, &head), broken(2, Fault::Missing));
        let (mut end, head) = chain(4);
        end.truncate(2);
        assert_eq!(walk(&end, &head), broken(3, Fault::Missing));
    }

    #[test]
    fn rows_slipped_in_are_found_wherever_they_stand() {
        let (mut between, head) = chain(4);
        let mut forged = between[1].clone();
        forged.row.id = "forged".to_owned();
        between.insert(1, forged);
        assert_eq!(walk(&between, &head), broken(2, Fault::Changed));
        let (longer, _) = chain(5);
        let (_, head) = chain(4);
        assert_eq!(walk(&longer, &head), broken(5, Fault::Added));
    }

    #[test]
    fn an_edited_head_is_found() {
        let (chain, mut head) = chain(3);
        head.mac[0] ^= 1;
        assert_eq!(walk(&chain, &head), broken(4, Fault::Head));
    }
}
