//! What a file names beside itself: logos and keys, looked for from its own folder.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::file::{Client, File};
use super::logo::{MAX_BYTES, Picture};
use super::rules::{self, Problems, Wanted};

/// Reads the file's text, and what it names.
///
/// # Errors
/// Every problem, as a sentence.
pub fn load(text: &str, folder: &Path) -> Result<Wanted, Vec<String>> {
    let file = File::read(text).map_err(|bad| vec![bad.to_string()])?;
    load_file(file, folder)
}

/// The same, for what was read already.
///
/// # Errors
/// Every problem, as a sentence.
pub fn load_file(mut file: File, folder: &Path) -> Result<Wanted, Vec<String>> {
    let mut problems = Problems::default();
    let mut logos = Vec::new();
    for product in &mut file.products {
        for client in &mut product.clients {
            keys(client, &product.id, folder, &mut problems);
        }
        logos.push(match &product.logo {
            None => None,
            Some(name) => match read_logo(&folder.join(name)) {
                Ok(picture) => Some(picture),
                Err(why) => {
                    problems.add(&product.id, format_args!("`logo` {name}: {why}"));
                    None
                }
            },
        });
    }
    for client in &mut file.clients {
        keys(client, &client.id.clone(), folder, &mut problems);
    }
    match rules::wanted(file) {
        Ok(mut wanted) if problems.0.is_empty() => {
            for (product, logo) in wanted.products.iter_mut().zip(logos) {
                product.logo = logo;
            }
            Ok(wanted)
        }
        Ok(_) => Err(problems.0),
        Err(more) => Err(problems.0.into_iter().chain(more).collect()),
    }
}

/// # Errors
/// Why this is no logo, in words.
pub fn read_logo(path: &Path) -> Result<Picture, String> {
    Picture::of(&bytes(path)?).map_err(|bad| bad.to_string())
}

/// Not more than a logo may have, and one byte so that it is seen to be more.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| format!("it cannot be read ({error})"))?;
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(|error| format!("it cannot be read ({error})"))?;
    Ok(bytes)
}

fn keys(client: &mut Client, product: &str, folder: &Path, problems: &mut Problems) {
    let Some(name) = client.jwks_file.take() else { return };
    let at = if client.id.is_empty() { product } else { &client.id };
    if client.jwks.is_some() {
        return problems.add(at, "`jwks` and `jwks_file` say the same: leave one out");
    }
    match bytes(&folder.join(&name)).map(String::from_utf8) {
        Ok(Ok(text)) => client.jwks = Some(text),
        Ok(Err(_)) => problems.add(at, format_args!("`jwks_file` {name}: it is no text")),
        Err(why) => problems.add(at, format_args!("`jwks_file` {name}: {why}")),
    }
}
