//! The accent color and the contrast of white text on it (WCAG 2.2, 1.4.3).

use std::fmt;

use toml::Value;

use super::settings::Setting;

/// What small text needs.
pub const MIN_CONTRAST: f64 = 4.5;

/// `#rrggbb`
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Color([u8; 3]);

impl Color {
    /// Contrast with white: 1 for white itself, 21 for black.
    pub fn contrast_with_white(self) -> f64 {
        1.05 / (self.luminance() + 0.05)
    }

    /// The nearest color of the same hue on which white text can be read: this one, darkened as little as will do.
    pub fn readable(self) -> Color {
        let enough = 1.05 / MIN_CONTRAST - 0.05;
        let mut factor = (enough / self.luminance()).min(1.0);
        loop {
            let darker = Color(self.0.map(|channel| from_linear(linear(channel) * factor)));
            if darker.contrast_with_white() >= MIN_CONTRAST {
                return darker;
            }
            // Rounding to whole channels may have brightened it a little.
            factor *= 0.995;
        }
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

fn from_linear(light: f64) -> u8 {
    let share = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    // Saturates, and there is no NaN to become zero.
    (share * 255.0).floor() as u8
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl fmt::Debug for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Setting for Color {
    const KIND: &'static str = "color";

    fn read(value: &Value) -> Result<Color, String> {
        let wanted = "must be a color such as \"#0b5cad\"";
        let digits = value.as_str().and_then(|text| text.strip_prefix('#')).ok_or(wanted)?;
        let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).map_err(|_| wanted)?;
        Ok(Color(bytes.try_into().map_err(|_| wanted)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        Color::read(&Value::from(text)).unwrap()
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((color("#000000").contrast_with_white() - 21.0).abs() < 0.001);
        assert!((color("#ffffff").contrast_with_white() - 1.0).abs() < 0.001);
        // The well-known pair around the border.
        assert!(color("#767676").contrast_with_white() >= MIN_CONTRAST);
        assert!(color("#777777").contrast_with_white() < MIN_CONTRAST);
    }

    #[test]
    fn the_readable_color_is_readable_and_near() {
        assert_eq!(color("#0b5cad").readable(), color("#0b5cad"));
        assert_eq!(color("#777777").readable(), color("#767676"));
        for text in ["#ffffff", "#ffee00", "#00ff00", "#ff8800", "#7fb2ff", "#000000"] {
            let readable = color(text).readable();
            assert!(readable.contrast_with_white() >= MIN_CONTRAST, "{text} became {readable:?}");
            assert!(text == "#000000" || readable.contrast_with_white() < 4.75, "{text} became {readable:?}");
        }
    }

    #[test]
    fn anything_else_is_no_color() {
        for text in ["", "#", "blue", "#0b5ca", "#0b5cadff", "0b5cad", "#0b5cag"] {
            assert!(Color::read(&Value::from(text)).is_err(), "{text}");
        }
    }
}
