//! Times in tokens.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Number;

/// Seconds since the epoch (RFC 7519 section 2). A fraction may be there, and is cut off; some libraries send one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumericDate(pub i64);

/// Beyond it a floating-point number does not know its own seconds.
const MOST: f64 = 9_007_199_254_740_991.0;

impl<'de> Deserialize<'de> for NumericDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        let seconds = number.as_i64().or_else(|| whole(number.as_f64()?));
        seconds.map(NumericDate).ok_or_else(|| D::Error::custom("no number of seconds"))
    }
}

fn whole(seconds: f64) -> Option<i64> {
    (seconds.abs() <= MOST).then_some(seconds.floor() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_of_seconds_with_or_without_a_fraction() {
        let read = |text: &str| serde_json::from_str::<NumericDate>(text).ok().map(|date| date.0);
        assert_eq!(read("1800000000"), Some(1_800_000_000));
        assert_eq!(read("1800000000.999"), Some(1_800_000_000));
        assert_eq!(read("1.8e9"), Some(1_800_000_000));
        assert_eq!(read("-1"), Some(-1));
        for bad in ["\"1800000000\"", "null", "1e300", "18446744073709551615", "[1]", "true"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
