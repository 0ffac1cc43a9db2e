//! What a file names beside itself: logos and keys, looked for from its own folder.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::file::{Client, File};
use super::logo::{MAX_BYTES, Picture};
use super::rules::{self, Problems, Wanted};

/// Reads the file's text, and what it names.
///
/// # Errors
/// Every problem, as a sentence.
pub fn load(text: &str, folder: &Path) -> Result<Wanted, Vec<String>> {
    let mut file = File::read(text).map_err(|bad| vec![bad.to_string()])?;
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

/// # Errors
/// Why this can be no set of keys, in words.
pub fn read_keys(path: &Path) -> Result<String, String> {
    let bytes = bytes(path)?;
    if bytes.len() > MAX_BYTES {
        return Err(format!("it has more than {MAX_BYTES} bytes, and a set of public keys is smaller"));
    }
    String::from_utf8(bytes).map_err(|_| "it is no text".to_owned())
}

/// Not more than a logo may have, and one byte so that it is seen to be more.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error: io::Error| format!("it cannot be read ({error})");
    // Of what is no file a pipe or a terminal would be waited for.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err("it is no file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn keys(client: &mut Client, product: &str, folder: &Path, problems: &mut Problems) {
    let Some(name) = client.jwks_file.take() else { return };
    let at = if client.id.is_empty() { product } else { &client.id };
    if client.jwks.is_some() {
        return problems.add(at, "`jwks` and `jwks_file` say the same: leave one out");
    }
    match read_keys(&folder.join(&name)) {
        Ok(text) => client.jwks = Some(text),
        Err(why) => problems.add(at, format_args!("`jwks_file` {name}: {why}")),
    }
}
