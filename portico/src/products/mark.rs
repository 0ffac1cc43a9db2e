//! What stands before a product's name.

/// Its logo, or where there is none its initials on a color of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Without the host.
    pub logo_url: Option<String>,
    pub initials: String,
    /// One of the stylesheet's.
    pub hue: u8,
}

impl Mark {
    /// `logo`: the id of its logo.
    pub fn of(name: &str, logo: Option<&str>) -> Mark {
        Mark {
            logo_url: logo.map(|id| format!("/logos/{id}.png")),
            initials: name.split_whitespace().filter_map(initial).take(2).collect(),
            hue: hue(name),
        }
    }
}

/// `1` of "1st Aid" too; nothing of a dash.
fn initial(word: &str) -> Option<char> {
    let first = word.chars().find(|c| c.is_alphanumeric())?;
    // A letter whose capital is two would be the place of two.
    first.to_uppercase().next()
}

/// Always the same for a name.
fn hue(name: &str) -> u8 {
    (name.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(33).wrapping_add(byte.into())) % 6) as u8
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Bed Board", "BB")]
    #[case("Tracer", "T")]
    #[case("  incident   desk of the night", "ID")]
    #[case("1st Aid – (beta)", "1A")]
    #[case("Über Ärzte", "ÜÄ")]
    #[case("– –", "")]
    #[case("", "")]
    fn the_initials_of_a_name(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(Mark::of(name, None).initials, expected);
    }

    #[test]
    fn a_name_has_one_color() {
        assert_eq!(Mark::of("Bed Board", None), Mark::of("Bed Board", None));
        assert!(Mark::of("Bed Board", None).hue < 6);
    }
}
