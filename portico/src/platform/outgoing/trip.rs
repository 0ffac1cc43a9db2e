//! Some requests to one stranger, while somebody waits.

use std::time::Duration;

use http::{HeaderValue, Request, header};
use tokio::time::Instant;

use super::guard::{Reach, Refused};
use super::places::{AT_ONCE, OF_ONE_SOURCE, Seat};
use super::send::{Answer, Bounds, Failed, Outgoing};

/// What a good answer is. One that is none costs no more than `most`.
#[derive(Clone, Copy, Debug)]
pub struct Expects {
    /// Media types in lower case, without parameters.
    pub types: &'static [&'static str],
    /// Bytes.
    pub most: usize,
}

/// Where a trip goes, by whatever names the caller has.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Whose place it is: all of an owner's places share what look-ups of names it has.
    pub owner: &'a str,
    /// Whose seats are taken.
    pub name: &'a str,
}

/// They share how far they may go, the time there is for all of them, and a seat among those who are on their way.
pub struct Trip {
    way: Outgoing,
    reach: Reach,
    until: Instant,
    owner: String,
    _seat: Seat,
}

impl Outgoing {
    /// Sets out for a place.
    ///
    /// # Errors
    /// [`Failed::Crowded`], at once, when too many are on their way there.
    pub fn trip(&self, place: Place<'_>, reach: Reach, budget: Duration) -> Result<Trip, Failed> {
        let seat = self.places.enter(place.name, AT_ONCE).ok_or(Failed::Crowded)?;
        let until = Instant::now() + budget;
        Ok(Trip { way: self.clone(), reach, until, owner: place.owner.to_owned(), _seat: seat })
    }

    /// A seat among those that one source has of a place's. Whoever has one still needs one of the place itself.
    ///
    /// # Errors
    /// [`Failed::Crowded`], at once, when the source has taken all of its own.
    pub fn seat_of(&self, source: &str, place: &str) -> Result<Seat, Failed> {
        self.places.enter(&format!("{place} from {source}"), OF_ONE_SOURCE).ok_or(Failed::Crowded)
    }
}

impl Trip {
    /// Gets what is there. `authorization` is the value of the header.
    ///
    /// # Errors
    /// [`Failed`]; a redirect is one. An answer of another status than a good one may be of any type.
    pub async fn get(&self, url: &str, authorization: Option<&str>, expects: Expects) -> Result<Answer, Failed> {
        self.ask(Request::get(url), Vec::new(), authorization, expects).await
    }

    /// Posts a form.
    ///
    /// # Errors
    /// As [`Trip::get`].
    pub async fn post_form(
        &self,
        url: &str,
        form: &str,
        authorization: Option<&str>,
        expects: Expects,
    ) -> Result<Answer, Failed> {
        let request = Request::post(url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, form.as_bytes().to_vec(), authorization, expects).await
    }

    async fn ask(
        &self,
        mut request: http::request::Builder,
        body: Vec<u8>,
        authorization: Option<&str>,
        expects: Expects,
    ) -> Result<Answer, Failed> {
        if let Some(text) = authorization {
            let mut value = HeaderValue::from_str(text).map_err(|_| Refused::Address)?;
            value.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, value);
        }
        let request = request.header(header::ACCEPT, expects.types.join(", ")).body(body);
        let bounds = Bounds { reach: self.reach.clone(), until: self.until, most: expects.most, types: expects.types };
        let request = request.map_err(|_| Refused::Address)?;
        let answer = self.way.ask(Some(&self.owner), request, bounds).await?;
        let status = answer.status();
        match status.is_redirection() {
            // Who may be asked was decided by its address; where it points to, nobody has looked at.
            true => Err(Failed::Redirects),
            false => Ok(Answer { status: status.as_u16(), body: answer.into_body() }),
        }
    }
}
