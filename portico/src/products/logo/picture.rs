//! From a file to the picture that is shown: decoded, laid on a square, encoded anew. Pure.
//!
//! - Nothing of the file but its pixels goes on: no names, places, profiles, or what hides behind the picture.
//! - Sizes are read from the header and refused before anything is allocated: a small file can claim to be a huge picture.
//! - What is transparent is laid on white, or on black where the logo itself is light, so that it is seen in light and in dark
//!   and whoever shows it need not know.

use data_encoding::HEXLOWER;

use super::decode::{self, Pixels};
use crate::platform::hashes::sha256;

/// Of the file.
pub const MAX_BYTES: usize = 1024 * 1024;
pub const MIN_SIDE: u32 = 48;
/// Decoding the largest takes some 48 MiB for a moment: right for a command, too much for a page that many may post to at once.
pub const MAX_SIDE: u32 = 2048;
/// Of the picture: sharp on screens with four dots to a point, and a few kilobytes.
pub const SIDE: u32 = 192;
/// Around a logo that does not fill its picture.
const MARGIN: u32 = 16;
const WHITE: [u8; 3] = [255, 255, 255];
const BLACK: [u8; 3] = [18, 20, 24];
/// From here on, of 255, a logo is too light for white.
const LIGHT: u64 = 170;

/// A logo as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of the bytes.
    pub id: String,
    /// PNG.
    pub bytes: Vec<u8>,
    /// SHA-256 of the file it was made of.
    pub source: String,
}

/// Why a file is no logo, in words for whoever has sent it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadLogo {
    #[error("the file has {0} bytes, and {MAX_BYTES} are the most: save a smaller picture")]
    TooLarge(usize),
    #[error("it is {0}, and a logo is PNG or WebP: save it as one of these")]
    Kind(&'static str),
    #[error("it is {0} × {1} pixels, and {MAX_SIDE} on a side are the most: make it smaller")]
    TooManyPixels(u32, u32),
    #[error("it is {0} × {1} pixels, and its longer side needs {MIN_SIDE}, or it would be a blur")]
    TooFewPixels(u32, u32),
    #[error("it moves: save one of its pictures")]
    Animated,
    #[error("it cannot be read ({0}): save it once more")]
    Broken(String),
}

impl Picture {
    /// # Errors
    /// [`BadLogo`].
    pub fn of(file: &[u8]) -> Result<Picture, BadLogo> {
        if file.len() > MAX_BYTES {
            return Err(BadLogo::TooLarge(file.len()));
        }
        let pixels = decode::decode(file)?;
        let bytes = encode(&square(&pixels))?;
        Ok(Picture { id: hash(&bytes), source: hash(file), bytes })
    }
}

fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&sha256(bytes))
}

/// # Errors
/// [`BadLogo::TooManyPixels`], [`BadLogo::TooFewPixels`].
pub(super) fn fits(width: u32, height: u32) -> Result<(), BadLogo> {
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(BadLogo::TooManyPixels(width, height));
    }
    if width.max(height) < MIN_SIDE || width.min(height) == 0 {
        return Err(BadLogo::TooFewPixels(width, height));
    }
    Ok(())
}

/// The picture, [`SIDE`] on a side, three bytes a pixel.
fn square(pixels: &Pixels) -> Vec<u8> {
    let ground = ground(pixels);
    let fills = pixels.is_opaque() && pixels.width == pixels.height;
    let room = if fills { SIDE } else { SIDE - 2 * MARGIN };
    let longer = pixels.width.max(pixels.height);
    let scaled = |side: u32| (side * room / longer).max(1);
    let (width, height) = (scaled(pixels.width), scaled(pixels.height));
    let (left, top) = ((SIDE - width) / 2, (SIDE - height) / 2);
    let mut out = Vec::with_capacity((SIDE * SIDE * 3) as usize);
    for y in 0..SIDE {
        for x in 0..SIDE {
            let inside = (left..left + width).contains(&x) && (top..top + height).contains(&y);
            let pixel = if inside { pixels.area((x - left, width), (y - top, height), ground) } else { ground };
            out.extend(pixel);
        }
    }
    out
}

/// What the logo is laid on.
fn ground(pixels: &Pixels) -> [u8; 3] {
    if pixels.is_opaque() {
        // Of a picture with a border of one color, that color; a photograph has none.
        let corners = pixels.corners();
        let same = corners.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
        return corners.first().filter(|_| same).copied().unwrap_or(WHITE);
    }
    let (mut light, mut seen) = (0_u64, 0_u64);
    for [red, green, blue, alpha] in pixels.all() {
        light += u64::from(alpha) * (2126 * u64::from(red) + 7152 * u64::from(green) + 722 * u64::from(blue)) / 10_000;
        seen += u64::from(alpha);
    }
    if seen > 0 && light / seen > LIGHT { BLACK } else { WHITE }
}

fn encode(rgb: &[u8]) -> Result<Vec<u8>, BadLogo> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIDE, SIDE);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let broken = |error: png::EncodingError| BadLogo::Broken(error.to_string());
    let mut writer = encoder.write_header().map_err(broken)?;
    writer.write_image_data(rgb).map_err(broken)?;
    writer.finish().map_err(broken)?;
    Ok(bytes)
}
