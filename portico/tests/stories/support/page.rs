//! One page as it was shown, and what a person does with it. Fields and buttons go by the names people see.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, StatusCode, header};
use scraper::{ElementRef, Html};

use super::browser::Browser;
use super::html::{self, all, first_text, links, select, squeeze, text_of, visible, visible_texts};

#[derive(Clone)]
pub struct Page {
    browser: Browser,
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    body: String,
    /// Bytes that came over the wire.
    size: usize,
    /// What was typed, by the field's name.
    typed: BTreeMap<String, Option<String>>,
    way: Vec<String>,
}

impl Page {
    pub fn new(browser: Browser, path: String, status: StatusCode, headers: HeaderMap, bytes: &[u8]) -> Page {
        let body = String::from_utf8_lossy(bytes).into_owned();
        Page { browser, path, status, headers, body, size: bytes.len(), typed: BTreeMap::new(), way: Vec::new() }
    }

    pub fn set_way(&mut self, way: Vec<String>) {
        self.way = way;
    }

    /// The addresses that were passed on the way here, this one last.
    pub fn way(&self) -> &[String] {
        &self.way
    }

    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn body(&self) -> &str {
        &self.body
    }

    pub fn size(&self) -> usize {
        self.size
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// Where a redirect leads, or a page that leads on by itself.
    pub fn leads_to(&self) -> Option<String> {
        match self.status {
            StatusCode::SEE_OTHER => Some(self.headers.get(header::LOCATION)?.to_str().ok()?.to_owned()),
            _ => html::leads_on(&self.body),
        }
    }

    pub fn html(&self) -> Html {
        // This browser runs no scripts, so that what is meant for such browsers is part of the page.
        Html::parse_document(&self.body.replace("<noscript>", "").replace("</noscript>", ""))
    }

    pub fn text(&self) -> String {
        visible(&self.html())
    }

    pub fn texts(&self) -> Vec<(String, String)> {
        visible_texts(&self.html())
    }

    pub fn title(&self) -> String {
        first_text(&self.html(), "head title").unwrap_or_default()
    }

    pub fn heading(&self) -> String {
        first_text(&self.html(), "h1").unwrap_or_default()
    }

    /// What the page says is to be put right.
    pub fn problem(&self) -> Option<String> {
        first_text(&self.html(), "#problem")
    }

    pub fn texts_of(&self, css: &str) -> Vec<String> {
        all(&self.html(), css).into_iter().map(text_of).collect()
    }

    /// An attribute of every element that has it.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let page = self.html();
        all(&page, css).into_iter().filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    pub fn links(&self) -> Vec<(String, String)> {
        links(&self.html())
    }

    pub fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> &Page {
        assert!(self.has(text), "{} does not show {text:?}:\n{}", self.about(), self.text());
        self
    }

    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Page {
        assert!(!self.has(text), "{} shows {text:?}:\n{}", self.about(), self.text());
        self
    }

    #[track_caller]
    pub fn is_headed(&self, heading: &str) -> &Page {
        assert_eq!(self.heading(), heading, "{}:\n{}", self.about(), self.text());
        self
    }

    #[track_caller]
    pub fn complains(&self, problem: &str) -> &Page {
        assert_eq!(self.problem().as_deref(), Some(problem), "{}:\n{}", self.about(), self.text());
        self
    }

    fn about(&self) -> String {
        format!("{} (status {}, by way of {:?})", self.path, self.status, self.way)
    }

    /// What stands in a field.
    #[track_caller]
    pub fn value_of(&self, label: &str) -> String {
        let page = self.html();
        value_of(self.field(&page, label))
    }

    #[track_caller]
    pub fn is_checked(&self, label: &str) -> bool {
        self.field(&self.html(), label).attr("checked").is_some()
    }

    #[track_caller]
    pub fn fill(mut self, label: &str, value: &str) -> Page {
        let name = self.field(&self.html(), label).attr("name").expect("a field that is sent").to_owned();
        self.typed.insert(name, Some(value.to_owned()));
        self
    }

    /// Chooses one of several round buttons, or of a list by its text.
    #[track_caller]
    pub fn choose(mut self, label: &str, option: Option<&str>) -> Page {
        let page = self.html();
        let field = self.field(&page, label);
        let name = field.attr("name").expect("a field that is sent").to_owned();
        let value = match option {
            None => field.attr("value").unwrap_or("on").to_owned(),
            Some(text) => {
                let found = field.select(&select("option")).find(|one| text_of(*one) == text);
                let found = found.unwrap_or_else(|| panic!("{label:?} has no option {text:?}"));
                found.attr("value").unwrap_or_default().to_owned()
            }
        };
        self.typed.insert(name, Some(value));
        self
    }

    #[track_caller]
    pub fn check(mut self, label: &str, on: bool) -> Page {
        let page = self.html();
        let field = self.field(&page, label);
        let value = on.then(|| field.attr("value").unwrap_or("on").to_owned());
        let name = field.attr("name").expect("a field that is sent").to_owned();
        self.typed.insert(name, value);
        self
    }

    #[track_caller]
    fn field<'a>(&self, page: &'a Html, label: &str) -> ElementRef<'a> {
        let labels = all(page, "label");
        let Some(found) = labels.iter().find(|one| text_of(**one) == label) else {
            let there: Vec<_> = labels.into_iter().map(text_of).collect();
            panic!("{} has no field {label:?}, only {there:?}:\n{}", self.about(), self.text());
        };
        let inside = found.select(&select("input, textarea, select")).next();
        let named = || all(page, &format!("[id=\"{}\"]", found.attr("for")?)).into_iter().next();
        inside.or_else(named).unwrap_or_else(|| panic!("the label {label:?} belongs to no field"))
    }

    /// Presses a button, and follows where its form leads.
    #[track_caller]
    pub fn press(&self, button: &str) -> impl Future<Output = Page> + Send + use<> {
        let (action, fields) = self.form_of(button);
        let browser = self.browser.clone();
        async move { browser.post(&action, &borrowed(&fields)).await }
    }

    /// Presses a button, and looks at the bare answer.
    #[track_caller]
    pub fn press_and_stay(&self, button: &str) -> impl Future<Output = Page> + Send + use<> {
        let (action, fields) = self.form_of(button);
        let browser = self.browser.clone();
        async move { browser.post_and_stay(&action, &borrowed(&fields)).await }
    }

    /// Where a button's form goes, and with what.
    #[track_caller]
    pub fn form_of(&self, button: &str) -> (String, Vec<(String, String)>) {
        let page = self.html();
        let buttons: Vec<_> =
            all(&page, "button").into_iter().filter(|one| one.attr("type") != Some("button")).collect();
        let Some(pressed) = buttons.iter().find(|one| text_of(**one) == button) else {
            let there: Vec<_> = buttons.into_iter().map(text_of).collect();
            panic!("{} has no button {button:?}, only {there:?}:\n{}", self.about(), self.text());
        };
        let form = match pressed.attr("form") {
            Some(id) => all(&page, &format!("form[id=\"{id}\"]")).into_iter().next(),
            None => pressed.ancestors().filter_map(ElementRef::wrap).find(|one| one.value().name() == "form"),
        };
        let form = form.unwrap_or_else(|| panic!("the button {button:?} stands in no form"));
        assert_eq!(form.attr("method"), Some("post"), "what a button does is no GET");
        let mut fields: Vec<_> = form
            .select(&select("input[name], select[name], textarea[name]"))
            .filter_map(|input| self.sent(input))
            .collect();
        if let Some(name) = pressed.attr("name") {
            fields.push((name.to_owned(), pressed.attr("value").unwrap_or_default().to_owned()));
        }
        (form.attr("action").map_or_else(|| self.path.clone(), str::to_owned), fields)
    }

    /// What a field sends with its form.
    fn sent(&self, input: ElementRef<'_>) -> Option<(String, String)> {
        let name = input.attr("name")?.to_owned();
        let own = value_of(input);
        let value = match (self.typed.get(&name), input.attr("type")) {
            (Some(typed), Some("radio")) => typed.clone().filter(|typed| *typed == own)?,
            (Some(typed), _) => typed.clone()?,
            (None, Some("checkbox" | "radio")) if input.attr("checked").is_none() => return None,
            (None, _) => own,
        };
        Some((name, value))
    }

    /// Follows a link.
    #[track_caller]
    pub fn click(&self, link: &str) -> impl Future<Output = Page> + Send + use<> {
        let links = self.links();
        let Some((_, address)) = links.iter().find(|(text, _)| text == link) else {
            panic!("{} has no link {link:?}, only {links:?}", self.about());
        };
        let (browser, address) = (self.browser.clone(), squeeze(address));
        async move { browser.get(&address).await }
    }

    pub fn browser(&self) -> &Browser {
        &self.browser
    }
}

/// What stands in a field, of whatever kind.
fn value_of(field: ElementRef<'_>) -> String {
    let of = |element: ElementRef<'_>| element.attr("value").unwrap_or_default().to_owned();
    match field.value().name() {
        // The line break behind the tag is not part of it; the parser has taken it away.
        "textarea" => field.text().collect(),
        "select" => field.select(&select("option[selected]")).next().map(of).unwrap_or_default(),
        _ => of(field),
    }
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
