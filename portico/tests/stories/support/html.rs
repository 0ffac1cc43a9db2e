//! A page as a person sees it: words, labels, links.

use scraper::{ElementRef, Html, Node, Selector};

pub fn select(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|_| panic!("{css} is no selector"))
}

/// One space where there is any white space, none at the ends.
pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn text_of(element: ElementRef<'_>) -> String {
    squeeze(&element.text().collect::<String>())
}

pub fn all<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&select(css)).collect()
}

pub fn first_text(page: &Html, css: &str) -> Option<String> {
    page.select(&select(css)).next().map(text_of)
}

/// Text and address of every link.
pub fn links(page: &Html) -> Vec<(String, String)> {
    let link = |link: ElementRef<'_>| (text_of(link), link.attr("href").unwrap_or_default().to_owned());
    all(page, "a[href]").into_iter().map(link).collect()
}

/// Where a page goes on to by itself, as browsers do without any script.
pub fn leads_on(body: &str) -> Option<String> {
    // Most do not, and reading a page takes longer than looking for a word.
    let page = body.contains("http-equiv").then(|| Html::parse_document(body))?;
    let refresh = all(&page, "meta[http-equiv=refresh]").into_iter().next()?.attr("content")?;
    Some(refresh.strip_prefix("0; url=").expect("at once").to_owned())
}

/// Everything that is written on the page, without what is hidden.
pub fn visible(page: &Html) -> String {
    let mut text = String::new();
    write(body(page), &mut text);
    squeeze(&text)
}

/// The pieces of text on the page, one for each text node, with the name of the element it stands in.
pub fn visible_texts(page: &Html) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    collect(body(page), &mut texts);
    texts
}

fn body(page: &Html) -> ElementRef<'_> {
    page.select(&select("body")).next().unwrap_or(page.root_element())
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    element.attr("hidden").is_some() || matches!(element.value().name(), "script" | "style" | "template")
}

const WITHIN_A_LINE: [&str; 8] = ["a", "b", "code", "em", "small", "span", "strong", "time"];

fn write(element: ElementRef<'_>, text: &mut String) {
    let apart = if WITHIN_A_LINE.contains(&element.value().name()) { "" } else { " " };
    text.push_str(apart);
    for child in element.children() {
        match (child.value(), ElementRef::wrap(child)) {
            (Node::Text(words), _) => text.push_str(words),
            (_, Some(child)) if !is_hidden(child) => write(child, text),
            _ => {}
        }
    }
    text.push_str(apart);
}

fn collect(element: ElementRef<'_>, texts: &mut Vec<(String, String)>) {
    for child in element.children() {
        match (child.value(), ElementRef::wrap(child)) {
            (Node::Text(words), _) if !words.trim().is_empty() => {
                texts.push((element.value().name().to_owned(), squeeze(words)));
            }
            (_, Some(child)) if !is_hidden(child) => collect(child, texts),
            _ => {}
        }
    }
}
