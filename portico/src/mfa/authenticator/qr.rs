//! A QR code as a picture in an address: no script draws it, and no request fetches it.

use std::fmt::Write;

use data_encoding::BASE64;
use qrcode::{Color, EcLevel, QrCode};

/// The empty edge that a camera needs, in squares.
const EDGE: usize = 4;

/// Black on white in every color scheme: cameras of some phones read nothing else.
///
/// Empty for a text that is too long for any QR code; the page then has the key alone.
pub fn picture(text: &str) -> String {
    // A screen has no scratches, and fewer squares are read from further away.
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::L) else { return String::new() };
    format!("data:image/svg+xml;base64,{}", BASE64.encode(svg(&code).as_bytes()))
}

/// One path of a stroke for each run of black squares: a fifth of what a rectangle for each would be.
fn svg(code: &QrCode) -> String {
    let width = code.width();
    let side = width + 2 * EDGE;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut from = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                // Writing into a text never fails.
                let _ = write!(path, "M{} {}h{}v1h-{}z", from + EDGE, y + EDGE, run.len(), run.len());
            }
            from += run.len();
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>"##
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_small_svg_of_nothing_but_squares() {
        let address = picture("otpauth://totp/Portico:kim@northwind.example?secret=JBSWY3DPEHPK3PXP");
        let svg = BASE64.decode(address.strip_prefix("data:image/svg+xml;base64,").unwrap().as_bytes()).unwrap();
        let svg = String::from_utf8(svg).unwrap();
        assert!(svg.contains("<path d=\"M4 4h7v1h-7z") && !svg.contains("script"), "{svg}");
        assert!(address.len() < 12_000, "{}", address.len());
    }

    #[test]
    fn what_no_picture_can_hold_gets_none() {
        assert_eq!(picture(&"x".repeat(4_000)), "");
    }
}
