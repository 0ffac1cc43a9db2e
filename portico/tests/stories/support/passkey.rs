//! An authenticator in software, and the part of a script that hands it what a page asks.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use data_encoding::BASE64URL_NOPAD;

use super::browser::Browser;
use super::page::Page;
use super::world::PUBLIC_URL;

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const MAY_SYNC: u8 = 0x08;
const NEW: u8 = 0x40;

/// What is on a person's key ring.
pub struct Authenticator {
    held: Vec<Held>,
    /// It counts; many do not.
    counts: bool,
    syncs: bool,
    serial: u8,
}

struct Held {
    id: Vec<u8>,
    pair: EcdsaKeyPair,
    handle: Vec<u8>,
    count: u32,
}

/// What somebody who means no good makes of an answer.
#[derive(Clone, Copy)]
pub struct Twist {
    pub origin: &'static str,
    pub relying_party: &'static str,
    pub verified: bool,
    /// What it counts instead.
    pub count: Option<u32>,
}

pub const HONEST: Twist =
    Twist { origin: PUBLIC_URL, relying_party: "login.portico.example", verified: true, count: None };

/// A form that is filled in.
#[derive(Clone)]
pub struct Filled {
    action: String,
    fields: Vec<(String, String)>,
}

impl Filled {
    pub async fn post(&self, browser: &Browser) -> Page {
        let fields: Vec<_> = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(&self.action, &fields).await
    }

    /// Sends it somewhere else.
    pub fn at(mut self, action: &str) -> Filled {
        action.clone_into(&mut self.action);
        self
    }

    /// Puts something else into a field.
    pub fn with(mut self, name: &str, value: &str) -> Filled {
        self.fields.retain(|(other, _)| other != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl Authenticator {
    /// One that does not count and keeps its keys to itself.
    pub fn new(serial: u8) -> Authenticator {
        Authenticator { held: Vec::new(), counts: false, syncs: false, serial }
    }

    pub fn that_counts(self) -> Authenticator {
        Authenticator { counts: true, ..self }
    }

    pub fn that_syncs(self) -> Authenticator {
        Authenticator { syncs: true, ..self }
    }

    /// Makes a passkey for the page that lists them, which adds it.
    pub async fn add(&mut self, page: &Page) -> Page {
        let added = self.make(page).post(page.browser()).await;
        // Recovery codes come with the first one.
        if added.heading() == "Keep your recovery codes" { added.press("I have kept them").await } else { added }
    }

    /// The same, not sent yet.
    pub fn make(&mut self, page: &Page) -> Filled {
        let form = Form::of(page, "create");
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let id = vec![self.serial, u8::try_from(self.held.len()).unwrap(), 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7];
        let point = pair.public_key().as_ref().to_vec();
        let cose = [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", &point[1..33], b"\x22\x58\x20", &point[33..]].concat();
        let length = u16::try_from(id.len()).unwrap().to_be_bytes();
        let attested = [[0; 16].as_slice(), &length, &id, &cose].concat();
        let data = [self.data(HONEST, NEW, 0).as_slice(), &attested].concat();
        let size = [u8::try_from(data.len()).unwrap()];
        let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(), &size, &data].concat();
        let said = client_data("webauthn.create", &form.challenge, HONEST.origin);
        let handle = decoded(&form.attribute("data-handle"));
        self.held.push(Held { id, pair, handle, count: 0 });
        form.filled(&[
            ("client_data", text(said.as_bytes())),
            ("attestation", text(&object)),
            ("transports", "internal".into()),
            ("name", "My phone".into()),
        ])
    }

    /// Signs what a page asks, and sends it.
    pub async fn use_on(&mut self, page: &Page) -> Page {
        self.answer(page).post(page.browser()).await
    }

    /// The same, not sent yet.
    pub fn answer(&mut self, page: &Page) -> Filled {
        self.answer_with(page, HONEST)
    }

    pub fn answer_with(&mut self, page: &Page, twist: Twist) -> Filled {
        let form = Form::of(page, "get");
        let (counts, listed) = (self.counts, form.attribute("data-credentials"));
        let mut held = self.held.iter_mut();
        // Of those that are wanted, or the newest.
        let wanted = |id: &[u8]| listed.is_empty() || listed.contains(&text(id));
        let one = held.rfind(|one| wanted(&one.id)).expect("a passkey that is wanted");
        one.count += u32::from(counts);
        let (id, handle, count) = (one.id.clone(), one.handle.clone(), twist.count.unwrap_or(one.count));
        let said = client_data("webauthn.get", &form.challenge, twist.origin);
        let data = self.data(twist, 0, count);
        let signed = [data.as_slice(), digest(&SHA256, said.as_bytes()).as_ref()].concat();
        let pair = &self.held.iter().find(|one| one.id == id).unwrap().pair;
        let signature = pair.sign(&SystemRandom::new(), &signed).unwrap();
        form.filled(&[
            ("credential", text(&id)),
            ("client_data", text(said.as_bytes())),
            ("authenticator_data", text(&data)),
            ("signature", text(signature.as_ref())),
            ("user_handle", text(&handle)),
        ])
    }

    fn data(&self, twist: Twist, more: u8, count: u32) -> Vec<u8> {
        let verified = if twist.verified { VERIFIED } else { 0 };
        let flags = PRESENT | verified | more | if self.syncs { MAY_SYNC } else { 0 };
        let relying_party = digest(&SHA256, twist.relying_party.as_bytes());
        [relying_party.as_ref(), &[flags], &count.to_be_bytes()].concat()
    }
}

/// What a page asks.
struct Form {
    page: Page,
    css: String,
    challenge: String,
}

impl Form {
    #[track_caller]
    fn of(page: &Page, kind: &str) -> Form {
        let css = format!("form[data-passkey={kind}]");
        let challenge = page.attributes(&css, "data-challenge");
        assert_eq!(challenge.len(), 1, "{} asks for no passkey:\n{}", page.path(), page.text());
        Form { challenge: challenge.concat(), css, page: page.clone() }
    }

    fn attribute(&self, name: &str) -> String {
        self.page.attributes(&self.css, name).concat()
    }

    fn filled(&self, answered: &[(&str, String)]) -> Filled {
        let own = ["resume", "asked"].map(|name| {
            let value = self.page.attributes(&format!("{} input[name={name}]", self.css), "value").concat();
            (name.to_owned(), value)
        });
        let answered = answered.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        Filled { action: self.attribute("action"), fields: own.into_iter().chain(answered).collect() }
    }
}

fn client_data(kind: &str, challenge: &str, origin: &str) -> String {
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#)
}

fn text(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn decoded(text: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_bytes()).unwrap()
}
