use proptest::prelude::*;
use rstest::rstest;

use super::decode::decode;
use super::picture::{BadLogo, MAX_BYTES, Picture, SIDE};

fn png_of(width: u32, height: u32, rgba: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.add_text_chunk("Comment".into(), "made at 51.5, -0.1".into()).unwrap();
    let pixels: Vec<u8> =
        (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| rgba(x, y)).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

/// One bit a pixel, so that much of it is a small file.
fn black(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::High);
    let rows = vec![0; (width.div_ceil(8) * height) as usize];
    encoder.write_header().unwrap().write_image_data(&rows).unwrap();
    bytes
}

fn webp_of(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![200; (width * height * 4) as usize];
    image_webp::WebPEncoder::new(&mut bytes).encode(&pixels, width, height, image_webp::ColorType::Rgba8).unwrap();
    bytes
}

/// Of a kept picture: the pixel at a place.
fn pixel(picture: &Picture, x: u32, y: u32) -> [u8; 3] {
    let pixels = decode(&picture.bytes).unwrap();
    assert_eq!((pixels.width, pixels.height), (SIDE, SIDE));
    let [red, green, blue, alpha] = pixels.all().nth((y * SIDE + x) as usize).unwrap();
    assert_eq!(alpha, 255, "what is kept is opaque");
    [red, green, blue]
}

#[test]
fn a_picture_is_kept_as_its_pixels_and_nothing_else() {
    let file = png_of(300, 300, |x, _| if x < 150 { [200, 0, 0, 255] } else { [0, 0, 200, 255] });
    assert!(file.windows(7).any(|window| window == b"Comment"));
    let kept = Picture::of(&file).unwrap();
    assert!(!kept.bytes.windows(7).any(|window| window == b"Comment"), "what was written beside the picture went on");
    assert_eq!((pixel(&kept, 10, 100), pixel(&kept, 180, 100)), ([200, 0, 0], [0, 0, 200]));
    assert_eq!(Picture::of(&file).unwrap(), kept, "the same file gives the same picture");
    assert!(kept.bytes.len() < 4_000);
}

#[test]
fn a_dark_logo_lies_on_white_and_a_light_one_on_black() {
    let ring = |color: u8| {
        Picture::of(&png_of(100, 100, |x, _| if x < 50 { [color, color, color, 255] } else { [0; 4] })).unwrap()
    };
    assert_eq!((pixel(&ring(20), 40, 90), pixel(&ring(20), 150, 90)), ([20; 3], [255; 3]));
    let light = ring(250);
    assert_eq!(pixel(&light, 40, 90), [250; 3]);
    assert!(pixel(&light, 150, 90).iter().all(|channel| *channel < 40), "white on white is not seen");
    assert_eq!(pixel(&ring(20), 2, 2), [255; 3], "there is a margin");
}

#[test]
fn a_logo_that_is_not_square_stands_in_the_middle_on_its_own_ground() {
    let wide = Picture::of(&png_of(400, 100, |x, y| {
        let border = x < 20 || y < 20 || x >= 380 || y >= 80;
        if border { [9, 90, 9, 255] } else { [250, 250, 0, 255] }
    }));
    let wide = wide.unwrap();
    assert_eq!(pixel(&wide, 96, 96), [250, 250, 0]);
    assert_eq!((pixel(&wide, 96, 3), pixel(&wide, 0, 191)), ([9, 90, 9], [9, 90, 9]));
}

#[test]
fn gray_palettes_and_sixteen_bits_are_read_too() {
    for (color, depth, bytes) in [
        (png::ColorType::Grayscale, png::BitDepth::Eight, 1),
        (png::ColorType::GrayscaleAlpha, png::BitDepth::Eight, 2),
        (png::ColorType::Rgb, png::BitDepth::Sixteen, 6),
        (png::ColorType::Indexed, png::BitDepth::Eight, 1),
    ] {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 64, 64);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == png::ColorType::Indexed {
            encoder.set_palette(vec![7; 256 * 3]);
        }
        encoder.write_header().unwrap().write_image_data(&vec![7; 64 * 64 * bytes]).unwrap();
        assert!(Picture::of(&file).is_ok(), "{color:?}");
    }
}

#[test]
fn webp_is_read() {
    let kept = Picture::of(&webp_of(96, 96)).unwrap();
    assert_eq!(kept.bytes.get(..4), Some(b"\x89PNG".as_slice()));
}

#[rstest]
#[case("JPEG", b"\xff\xd8\xff\xe0 and so on".as_slice(), "a JPEG")]
#[case("GIF", b"GIF89a", "a GIF")]
#[case("SVG", b"<svg xmlns='x'><script>alert(1)</script></svg>", "an SVG")]
#[case("SVG with a head", b"\n<?xml version='1.0'?><svg/>", "an SVG")]
#[case("HTML", b"<!doctype html><script>", "no picture that is known here")]
#[case("nothing", b"", "empty")]
fn what_is_no_logo_is_named(#[case] why: &str, #[case] file: &[u8], #[case] expected: &'static str) {
    assert_eq!(Picture::of(file), Err(BadLogo::Kind(expected)), "{why}");
}

#[test]
fn a_small_file_that_claims_to_be_a_huge_picture_is_refused_by_its_header() {
    let huge = black(50_000, 64);
    assert!(huge.len() < 4_000);
    assert_eq!(Picture::of(&huge), Err(BadLogo::TooManyPixels(50_000, 64)));
    let wide = png_of(2049, 1, |_, _| [1, 2, 3, 255]);
    assert_eq!(Picture::of(&wide), Err(BadLogo::TooManyPixels(2049, 1)));
    assert_eq!(Picture::of(&png_of(47, 47, |_, _| [0; 4])), Err(BadLogo::TooFewPixels(47, 47)));
    assert_eq!(Picture::of(&vec![0x89; MAX_BYTES + 1]), Err(BadLogo::TooLarge(MAX_BYTES + 1)));
    assert_eq!(Picture::of(&webp_of(2049, 2)), Err(BadLogo::TooManyPixels(2049, 2)));
}

#[test]
fn pixels_behind_those_that_the_header_speaks_of_are_not_read() {
    // The header of a small picture, signature and all, before the pixels of a huge one.
    let header = 8 + 25;
    let file = [&black(64, 64)[..header], &black(2048, 20_000)[header..]].concat();
    assert!(file.len() < MAX_BYTES);
    let kept = Picture::of(&file);
    assert!(matches!(kept, Ok(_) | Err(BadLogo::Broken(_))), "{kept:?}");
}

#[test]
fn a_lossless_frame_of_another_size_than_its_webp_picture_is_refused() {
    // VP8X says 100 × 100, the frame within 64 × 64.
    let mut file = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\x63\0\0".to_vec();
    file.extend(&webp_of(64, 64)[12..]);
    let size = u32::try_from(file.len()).unwrap() - 8;
    file[4..8].copy_from_slice(&size.to_le_bytes());
    assert!(matches!(Picture::of(&file), Err(BadLogo::Broken(_))));
}

#[test]
fn a_frame_that_is_larger_than_its_webp_picture_is_refused_before_it_is_decoded() {
    // VP8X says 100 × 100, the lossy frame within 16,383 × 16,383.
    let mut file = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\x63\0\0".to_vec();
    file.extend(b"VP8 \x0a\0\0\0\x10\0\0\x9d\x01\x2a\xff\x3f\xff\x3f");
    let size = u32::try_from(file.len()).unwrap() - 8;
    file[4..8].copy_from_slice(&size.to_le_bytes());
    assert_eq!(Picture::of(&file), Err(BadLogo::TooManyPixels(16_383, 16_383)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_files_are_refused_and_nothing_worse(at in 0_usize..2_000, to in any::<u8>(), webp in any::<bool>()) {
        let mut file = if webp { webp_of(64, 64) } else { png_of(64, 64, |x, y| [x as u8, y as u8, 7, 200]) };
        let at = at % file.len();
        file[at] = to;
        file.truncate(file.len() - at % 7);
        let _ = Picture::of(&file);
    }
}
