//! Reading pictures: PNG and WebP, told apart by how they begin and not by what they are called.

use std::io::Cursor;

use image_webp::WebPDecoder;
use png::{ColorType, Limits, Transformations};

use super::picture::{BadLogo, MAX_SIDE, fits};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Four bytes a pixel, of the largest picture, and once more for what a decoder needs beside it.
const MAX_MEMORY: usize = (MAX_SIDE * MAX_SIDE * 8) as usize;

/// Red, green, blue, alpha.
pub(super) struct Pixels {
    pub width: u32,
    pub height: u32,
    rgba: Vec<u8>,
}

pub(super) fn decode(file: &[u8]) -> Result<Pixels, BadLogo> {
    if file.starts_with(PNG) {
        return decode_png(file);
    }
    if file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WEBP") {
        return decode_webp(file);
    }
    Err(BadLogo::Kind(kind(file)))
}

/// What else people send, so that they learn what is wrong with it.
fn kind(file: &[u8]) -> &'static str {
    let text = file.get(..file.len().min(512)).map(String::from_utf8_lossy).unwrap_or_default();
    match file {
        [] => "empty",
        [0xff, 0xd8, 0xff, ..] => "a JPEG",
        [b'G', b'I', b'F', b'8', ..] => "a GIF",
        [b'B', b'M', ..] => "a BMP",
        [0, 0, 1, 0, ..] => "an icon file",
        _ if text.contains("<svg") || text.trim_start().starts_with("<?xml") => "an SVG",
        _ => "no picture that is known here",
    }
}

fn decode_png(file: &[u8]) -> Result<Pixels, BadLogo> {
    let broken = |error: png::DecodingError| BadLogo::Broken(error.to_string());
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(file), Limits { bytes: MAX_MEMORY });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::ALPHA | Transformations::STRIP_16);
    let header = decoder.read_header_info().map_err(broken)?;
    let (width, height) = (header.width, header.height);
    fits(width, height)?;
    let mut reader = decoder.read_info().map_err(broken)?;
    if reader.info().animation_control().is_some() {
        return Err(BadLogo::Animated);
    }
    let size = reader.output_buffer_size().filter(|size| *size <= MAX_MEMORY);
    let mut bytes = vec![0; size.ok_or(BadLogo::TooManyPixels(width, height))?];
    let read = reader.next_frame(&mut bytes).map_err(broken)?;
    let rgba = match read.color_type {
        ColorType::Rgba => bytes,
        ColorType::Rgb => widen(&bytes, 3),
        ColorType::GrayscaleAlpha => widen(&bytes, 2),
        ColorType::Grayscale => widen(&bytes, 1),
        ColorType::Indexed => return Err(BadLogo::Broken("its colors are missing".into())),
    };
    Pixels::new(width, height, rgba)
}

fn decode_webp(file: &[u8]) -> Result<Pixels, BadLogo> {
    let broken = |error: image_webp::DecodingError| BadLogo::Broken(error.to_string());
    let mut decoder = WebPDecoder::new(Cursor::new(file)).map_err(broken)?;
    decoder.set_memory_limit(MAX_MEMORY);
    let (width, height) = decoder.dimensions();
    fits(width, height)?;
    if decoder.is_animated() {
        return Err(BadLogo::Animated);
    }
    // The decoder believes a frame that says it is larger than its picture, and finds out when it has decoded it.
    if let Some((inner_width, inner_height)) = lossy_frame(file) {
        fits(inner_width, inner_height)?;
    }
    let size = decoder.output_buffer_size().filter(|size| *size <= MAX_MEMORY);
    let mut bytes = vec![0; size.ok_or(BadLogo::TooManyPixels(width, height))?];
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    decoder.read_image(&mut bytes).map_err(broken)?;
    Pixels::new(width, height, if channels == 4 { bytes } else { widen(&bytes, 3) })
}

/// The size that the lossy frame of a WebP file says it has (RFC 9649 section 2.5).
fn lossy_frame(file: &[u8]) -> Option<(u32, u32)> {
    let mut rest = file.get(12..)?;
    loop {
        let (head, body) = rest.split_at_checked(8)?;
        let size = u32::from_le_bytes(head.get(4..8)?.try_into().ok()?) as usize;
        if head.starts_with(b"VP8 ") {
            let side = |at: usize| Some(u32::from(u16::from_le_bytes(body.get(at..at + 2)?.try_into().ok()?) & 0x3fff));
            return Some((side(6)?, side(8)?));
        }
        rest = body.get(size.checked_add(size % 2)?..)?;
    }
}

/// From gray, gray with alpha, or color without, to all four.
fn widen(bytes: &[u8], channels: usize) -> Vec<u8> {
    let wide = |pixel: &[u8]| match *pixel {
        [gray] => [gray, gray, gray, 255],
        [gray, alpha] => [gray, gray, gray, alpha],
        [red, green, blue] => [red, green, blue, 255],
        _ => [0; 4],
    };
    bytes.chunks_exact(channels).flat_map(wide).collect()
}

impl Pixels {
    fn new(width: u32, height: u32, rgba: Vec<u8>) -> Result<Pixels, BadLogo> {
        let whole = rgba.len() == width as usize * height as usize * 4;
        if whole { Ok(Pixels { width, height, rgba }) } else { Err(BadLogo::Broken("it ends too early".into())) }
    }

    pub fn all(&self) -> impl Iterator<Item = [u8; 4]> {
        self.rgba.as_chunks::<4>().0.iter().copied()
    }

    pub fn is_opaque(&self) -> bool {
        self.all().all(|[.., alpha]| alpha == 255)
    }

    pub fn corners(&self) -> [[u8; 3]; 4] {
        let (right, bottom) = (self.width - 1, self.height - 1);
        [(0, 0), (right, 0), (0, bottom), (right, bottom)].map(|(x, y)| {
            let [red, green, blue, _] = self.at(x, y);
            [red, green, blue]
        })
    }

    fn at(&self, x: u32, y: u32) -> [u8; 4] {
        let index = y as usize * self.width as usize + x as usize;
        self.rgba.as_chunks::<4>().0.get(index).copied().unwrap_or_default()
    }

    /// The mean of the pixels that become the one at `x` of `width` and `y` of `height`, laid on `ground`.
    pub fn area(&self, (x, width): (u32, u32), (y, height): (u32, u32), ground: [u8; 3]) -> [u8; 3] {
        let range = |at: u32, of: u32, side: u32| {
            let from = at * side / of;
            from..((at + 1) * side).div_ceil(of).clamp(from + 1, side.max(from + 1))
        };
        let (mut sum, mut count) = ([0_u32; 3], 0_u32);
        for row in range(y, height, self.height) {
            for column in range(x, width, self.width) {
                let [red, green, blue, alpha] = self.at(column, row);
                let alpha = u32::from(alpha);
                for ((total, color), below) in sum.iter_mut().zip([red, green, blue]).zip(ground) {
                    *total += (u32::from(color) * alpha + u32::from(below) * (255 - alpha)) / 255;
                }
                count += 1;
            }
        }
        sum.map(|total| u8::try_from(total / count.max(1)).unwrap_or(255))
    }
}
