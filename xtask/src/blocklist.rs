//! Makes the filter of common passwords that the product embeds: `cargo run -p xtask -- blocklist LIST…`.
//!
//! A list is a text file, one password a line, the most common first; the first list counts most. Entries are folded to
//! lower case; what is not ASCII is left out, and so are words under four characters, which no rule asks for. Of the lists
//! after [`WHOLE`] only what could be a password as it stands is taken (eight characters), until the filter is full.
//!
//! The filter is an xor filter (Graf and Lemire, 2020): three places of 16 bits for each entry, whose xor is the entry's
//! print. It never misses an entry, and takes one in 65,536 of all others for one. `portico/src/password/blocklist.rs` reads it.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

const OUT: &str = "portico/src/password/blocklist.bin";
/// So many entries make 369 KB.
const ENTRIES: usize = 150_000;
/// Lists that are taken whole.
const WHOLE: usize = 3;
const SHORTEST: usize = 4;
const SHORTEST_ALONE: usize = 8;

pub fn run(root: &Path, lists: impl Iterator<Item = String>) -> Result<ExitCode> {
    let entries = entries(lists)?;
    ensure!(entries.len() > 100_000, "the lists have {} entries; that is too few", entries.len());
    let filter = (0..=u8::MAX).find_map(|salt| build(&entries, salt)).context("no salt gives a filter")?;
    ensure!(entries.iter().all(|entry| contains(&filter, entry)), "the filter misses an entry");
    fs::write(root.join(OUT), &filter)?;
    println!("{OUT}: {} entries in {} bytes", entries.len(), filter.len());
    Ok(ExitCode::SUCCESS)
}

fn entries(lists: impl Iterator<Item = String>) -> Result<Vec<String>> {
    let (mut seen, mut entries) = (HashSet::new(), Vec::new());
    for (index, list) in lists.enumerate() {
        let text = fs::read(&list).with_context(|| format!("cannot read {list}"))?;
        let text = String::from_utf8_lossy(&text);
        let shortest = if index < WHOLE { SHORTEST } else { SHORTEST_ALONE };
        for word in text.lines().map(|line| line.trim().to_lowercase()) {
            if entries.len() < ENTRIES && word.is_ascii() && word.len() >= shortest && seen.insert(word.clone()) {
                entries.push(word);
            }
        }
    }
    Ok(entries)
}

/// Where an entry's three places are, and its print: of SHA-256, which both sides have.
fn places(entry: &str, salt: u8, block: u64) -> ([usize; 3], u16) {
    let digest = Sha256::new().chain_update([salt]).chain_update(entry).finalize();
    let number = |at: usize| digest.iter().skip(at).take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let place = |part: u64| usize::try_from(number(8 * part as usize) % block + part * block).unwrap_or(usize::MAX);
    ([place(0), place(1), place(2)], (number(24) & 0xffff) as u16)
}

/// Peels: a place that only one entry wants is that entry's own. In the reverse order each own place can be set.
fn build(entries: &[String], salt: u8) -> Option<Vec<u8>> {
    let block = entries.len() as u64 * 123 / 300 + 11;
    let size = 3 * block as usize;
    let wanted: Vec<_> = entries.iter().map(|entry| places(entry, salt, block)).collect();
    // Of each place: how many want it, and the xor of their numbers, which is the number itself once there is one.
    let mut crowd = vec![(0_u32, 0_usize); size];
    for (number, (at, _)) in wanted.iter().enumerate() {
        for place in at {
            let (count, numbers) = crowd.get_mut(*place)?;
            (*count, *numbers) = (*count + 1, *numbers ^ number);
        }
    }
    let mut alone: Vec<usize> =
        (0..size).filter(|place| crowd.get(*place).is_some_and(|(count, _)| *count == 1)).collect();
    let mut order = Vec::with_capacity(entries.len());
    while let Some(own) = alone.pop() {
        let (1, number) = *crowd.get(own)? else { continue };
        order.push((number, own));
        for place in wanted.get(number)?.0 {
            let (count, numbers) = crowd.get_mut(place)?;
            (*count, *numbers) = (*count - 1, *numbers ^ number);
            if *count == 1 {
                alone.push(place);
            }
        }
    }
    if order.len() < entries.len() {
        return None;
    }
    let mut prints = vec![0_u16; size];
    for (number, own) in order.into_iter().rev() {
        let (at, print) = wanted.get(number)?;
        let others = at.iter().filter(|place| **place != own).filter_map(|place| prints.get(*place));
        let print = others.fold(*print, |print, other| print ^ other);
        *prints.get_mut(own)? = print;
    }
    let head = [salt].into_iter().chain((block as u32).to_le_bytes());
    Some(head.chain(prints.into_iter().flat_map(u16::to_le_bytes)).collect())
}

fn contains(filter: &[u8], entry: &str) -> bool {
    let Some((&[salt, a, b, c, d], prints)) = filter.split_first_chunk::<5>() else { return false };
    let (at, print) = places(entry, salt, u64::from(u32::from_le_bytes([a, b, c, d])));
    let found = |place: usize| prints.as_chunks::<2>().0.get(place).map_or(0, |bytes| u16::from_le_bytes(*bytes));
    at.into_iter().fold(0, |xor, place| xor ^ found(place)) == print
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_has_what_went_in_and_hardly_anything_else() {
        let entries: Vec<String> = (0..5_000).map(|number| format!("entry{number}")).collect();
        let filter = (0..=9).find_map(|salt| build(&entries, salt)).unwrap();
        assert!(entries.iter().all(|entry| contains(&filter, entry)));
        let others = (0..200_000).filter(|number| contains(&filter, &format!("other{number}"))).count();
        assert!(others < 20, "{others} of 200,000");
    }
}
