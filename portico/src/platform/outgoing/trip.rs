//! Some requests to one stranger, while somebody waits.

use std::time::Duration;

use http::{HeaderValue, Request, header};
use tokio::time::Instant;

use super::guard::{Reach, Refused};
use super::places::Seat;
use super::send::{Answer, Bounds, Failed, Outgoing};

/// What a good answer is. One that is none costs no more than `most`.
#[derive(Clone, Copy, Debug)]
pub struct Expects {
    /// Media types in lower case, without parameters.
    pub types: &'static [&'static str],
    /// Bytes.
    pub most: usize,
}

/// They share how far they may go, the time there is for all of them, and a seat among those who are on their way.
pub struct Trip {
    way: Outgoing,
    reach: Reach,
    until: Instant,
    _seat: Seat,
}

impl Outgoing {
    /// Sets out for a place (whatever the caller calls it by).
    ///
    /// # Errors
    /// [`Failed::Crowded`], at once, when too many are on their way there.
    pub fn trip(&self, place: &str, reach: Reach, budget: Duration) -> Result<Trip, Failed> {
        let seat = self.places.enter(place).ok_or(Failed::Crowded)?;
        Ok(Trip { way: self.clone(), reach, until: Instant::now() + budget, _seat: seat })
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
        let answer = self.way.ask(request.map_err(|_| Refused::Address)?, bounds).await?;
        let status = answer.status();
        match status.is_redirection() {
            // Who may be asked was decided by its address; where it points to, nobody has looked at.
            true => Err(Failed::Redirects),
            false => Ok(Answer { status: status.as_u16(), body: answer.into_body() }),
        }
    }
}
