//! From a message to its two forms: text, and HTML in the one layout.

use askama::Template;

use super::{Block, Desk, Message};

#[derive(Template)]
#[template(path = "platform/mail/layout.html")]
struct Html<'a> {
    lang: &'a str,
    subject: &'a str,
    preview: &'a str,
    blocks: &'a [Block],
    brand: &'a str,
    accent: &'a str,
    on_accent: &'a str,
    footer: &'a str,
    support: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "platform/mail/layout.txt")]
struct Text<'a> {
    subject: &'a str,
    blocks: &'a [Block],
    brand: &'a str,
    footer: &'a str,
    support: Option<&'a str>,
    /// After a name, before its value.
    colon: &'a str,
}

/// A message as it is sent.
pub(super) struct Rendered {
    pub text: String,
    pub html: String,
}

pub(super) fn render(message: &Message, desk: &Desk) -> Result<Rendered, askama::Error> {
    let footer = desk.with("mail-footer", &[("url", desk.public_url())]);
    let support = desk.letterhead.support.as_deref();
    let support = support.map(|line| desk.with("mail-support", &[("support", line)]));
    let html = Html {
        lang: desk.words.lang(),
        subject: &message.subject,
        preview: &message.preview,
        blocks: &message.blocks,
        brand: desk.brand(),
        accent: &desk.letterhead.accent,
        on_accent: &desk.letterhead.on_accent,
        footer: &footer,
        support: support.as_deref(),
    };
    let text = Text {
        subject: &message.subject,
        blocks: &message.blocks,
        brand: desk.brand(),
        footer: &footer,
        support: support.as_deref(),
        colon: &desk.words.t("web-colon"),
    };
    Ok(Rendered { html: html.render()?, text: text.render()? })
}
