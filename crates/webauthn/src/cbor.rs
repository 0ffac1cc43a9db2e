//! As much of CBOR (RFC 8949) as CTAP 2's canonical form allows: definite lengths, shortest numbers, no tags, no floats, no more
//! than four levels. What two readers could take differently is refused.

/// Where reading has come to. `None` from any of its functions: this is not what was expected, and nothing of it is to be used.
pub struct Reader<'a>(&'a [u8]);

/// The levels that anything here may be nested.
const DEPTH: u8 = 4;

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const SIMPLE: u8 = 7;

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The kind of the next item, and its number: a value, or a length.
    fn head(&mut self) -> Option<(u8, u64)> {
        let (first, rest) = self.0.split_first()?;
        let (kind, short) = (first >> 5, first & 0x1f);
        let (number, rest) = match short {
            0..=23 => (u64::from(short), rest),
            24 => rest.split_first().map(|(one, rest)| (u64::from(*one), rest)).filter(|(one, _)| *one > 23)?,
            25 => {
                let (two, rest) = rest.split_first_chunk::<2>()?;
                (u64::from(u16::from_be_bytes(*two)), rest)
            }
            26 => {
                let (four, rest) = rest.split_first_chunk::<4>()?;
                (u64::from(u32::from_be_bytes(*four)), rest)
            }
            27 => {
                let (eight, rest) = rest.split_first_chunk::<8>()?;
                (u64::from_be_bytes(*eight), rest)
            }
            // Lengths that come later.
            _ => return None,
        };
        let longest = match short {
            25 => number > u64::from(u8::MAX),
            26 => number > u64::from(u16::MAX),
            27 => number > u64::from(u32::MAX),
            _ => true,
        };
        self.0 = rest;
        longest.then_some((kind, number))
    }

    fn expect(&mut self, kind: u8) -> Option<u64> {
        self.head().filter(|(found, _)| *found == kind).map(|(_, number)| number)
    }

    pub fn integer(&mut self) -> Option<i64> {
        match self.head()? {
            (UNSIGNED, number) => i64::try_from(number).ok(),
            (NEGATIVE, number) => i64::try_from(number).ok().map(|number| -1 - number),
            _ => None,
        }
    }

    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.expect(BYTES)?;
        self.take(length)
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let length = self.expect(TEXT)?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// The number of pairs that follow.
    pub fn map(&mut self) -> Option<u64> {
        self.expect(MAP)
    }

    /// Steps over one item, whatever it is.
    pub fn skip(&mut self) -> Option<()> {
        self.skip_to(DEPTH)
    }

    fn skip_to(&mut self, depth: u8) -> Option<()> {
        let (kind, number) = self.head()?;
        match kind {
            UNSIGNED | NEGATIVE => Some(()),
            BYTES | TEXT => self.take(number).map(drop),
            ARRAY | MAP => {
                let below = depth.checked_sub(1)?;
                let items = if kind == MAP { number.checked_mul(2)? } else { number };
                // Ends with what is there, however many are announced.
                for _ in 0..items {
                    self.skip_to(below)?;
                }
                Some(())
            }
            // false, true, null
            SIMPLE => (20..=22).contains(&number).then_some(()),
            _ => None,
        }
    }
}
