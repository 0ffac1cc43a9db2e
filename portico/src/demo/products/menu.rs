//! The list for the product menu, as Portico's documentation says that a backend asks for it.

use http::{Request, StatusCode, header};
use serde::Deserialize;

use super::issuer::Issuer;
use super::trouble::Trouble;

/// The list: as it came, for the element that renders it, and read, for plain links where there is no script.
#[derive(Clone)]
pub struct Menu {
    pub json: String,
    pub list: List,
    tag: String,
}

#[derive(Clone, Deserialize)]
pub struct List {
    pub products: Vec<Item>,
    pub portal_url: String,
    pub script: Script,
    pub words: MenuWords,
}

#[derive(Clone, Deserialize)]
pub struct Item {
    pub name: String,
    pub url: Option<String>,
    pub current: bool,
    pub note: Option<String>,
}

#[derive(Clone, Deserialize)]
pub struct Script {
    pub url: String,
    pub integrity: String,
}

#[derive(Clone, Deserialize)]
pub struct MenuWords {
    pub menu: String,
    pub portal: String,
}

pub enum Asked {
    List(Menu),
    /// The token is not good, or not any more.
    NotGood,
}

/// Asks with a person's access token. What has not changed since `known` is not sent again.
pub async fn ask(issuer: &Issuer, access: &str, known: Option<&Menu>) -> Result<Asked, Trouble> {
    let mut request = Request::get(format!("{}/api/v1/me/products", issuer.url()))
        .header(header::AUTHORIZATION, format!("Bearer {access}"));
    if let Some(known) = known {
        request = request.header(header::IF_NONE_MATCH, &known.tag);
    }
    let request = request.body(Vec::new()).map_err(Trouble::away)?;
    let answer = issuer.way().send(request).await.map_err(Trouble::away)?;
    match (answer.status(), known) {
        (StatusCode::NOT_MODIFIED, Some(known)) => Ok(Asked::List(known.clone())),
        (StatusCode::OK, _) => {
            let tag = answer.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).unwrap_or_default();
            let json = String::from_utf8_lossy(answer.body()).into_owned();
            let list = serde_json::from_str(&json).map_err(Trouble::away)?;
            Ok(Asked::List(Menu { tag: tag.to_owned(), json, list }))
        }
        (StatusCode::UNAUTHORIZED, _) => Ok(Asked::NotGood),
        (status, _) => Err(Trouble::away(format!("the list for the menu was answered by {status}"))),
    }
}
