//! What stands behind the `?` of an address: a doubled or mangled parameter is a slip of whoever made the link, never an
//! error page.

use std::collections::HashSet;

use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Error;

/// A query, read into `T`. Of a key that comes twice the first counts; a query that cannot be read at all is none.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        let read = read(&once(query)).or_else(|| read(""));
        read.map(Query).ok_or_else(|| Error::BadRequest("a query that this page cannot do without".into()))
    }
}

/// What most pages are told by whoever leads to them.
#[derive(Deserialize)]
pub struct Arrival {
    /// What is wrong, as a word of the page's own; what stands in an address is never shown.
    #[serde(default)]
    pub problem: String,
    /// Who it is and where they want to go, sealed.
    #[serde(default)]
    pub resume: String,
}

fn once(query: &str) -> String {
    let mut seen = HashSet::new();
    let pairs = query.split('&').filter(|pair| seen.insert(pair.split('=').next().unwrap_or_default()));
    pairs.collect::<Vec<_>>().join("&")
}

fn read<T: DeserializeOwned>(query: &str) -> Option<T> {
    let uri: Uri = format!("/?{query}").parse().ok()?;
    axum::extract::Query::try_from_uri(&uri).ok().map(|axum::extract::Query(read)| read)
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use rstest::rstest;

    use super::*;

    #[derive(Deserialize)]
    struct Counted {
        #[serde(default)]
        problem: String,
        count: Option<u8>,
    }

    #[rstest]
    #[case::none("/", "", None)]
    #[case::plain("/?problem=a&count=1", "a", Some(1))]
    #[case::doubled("/?problem=a&problem=b&count=1", "a", Some(1))]
    #[case::doubled_in_disguise("/?problem=a&%70roblem=b", "", None)]
    #[case::no_number("/?problem=a&count=x", "", None)]
    #[case::not_text("/?problem=%ff", "\u{fffd}", None)]
    #[case::nothing_between("/?&&=&problem=a&", "a", None)]
    #[tokio::test]
    async fn whatever_stands_in_an_address_is_read_or_left_out(
        #[case] address: &str,
        #[case] problem: &str,
        #[case] count: Option<u8>,
    ) {
        let (mut parts, ()) = Request::builder().uri(address).body(()).unwrap().into_parts();
        let Query(arrival) = Query::<Counted>::from_request_parts(&mut parts, &()).await.unwrap();
        assert_eq!((arrival.problem.as_str(), arrival.count), (problem, count));
    }
}
