//! For whom a page was shown. On a ward's computer somebody else may have signed in since, in another tab: what the page of the one offers
//! must not be done to the account of the other.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::SignedIn;
use crate::app::App;
use crate::platform::ids::AccountId;
use crate::platform::web::{self, Error, Form, Page, Problem};

const PURPOSE: &str = "own_form";

/// For whom, and under which credentials: this person may have changed something elsewhere, too.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct ShownFor {
    account: AccountId,
    epoch: i64,
}

/// A form of a page that was shown to somebody who is signed in. What it says is given out only for whom it was shown. A button says
/// nothing that could be missed: that each handler asks all the same, a story looks for.
pub struct OwnForm<T>(Sent<T>);

#[derive(Deserialize)]
struct Sent<T> {
    #[serde(default)]
    shown: String,
    #[serde(flatten)]
    said: T,
}

/// All that a button says: that it was pressed.
#[derive(Deserialize)]
pub struct Pressed {}

impl<T> OwnForm<T> {
    /// `None` where it comes from a page that was shown to somebody else, or before the credentials changed. It does nothing then.
    pub fn of(self, person: &SignedIn) -> Option<T> {
        (person.opened(&self.0.shown) == Some(person.now())).then_some(self.0.said)
    }

    /// `None` only where it was shown to somebody else: for what is not worth a second look of the same person. A page that is shown to
    /// everybody is nobody's.
    pub fn unless_anothers(self, person: &SignedIn) -> Option<T> {
        let anothers = person.opened(&self.0.shown).is_some_and(|shown| shown.account != person.account);
        (!anothers).then_some(self.0.said)
    }

    /// For what concerns this browser, whoever is signed in in it.
    pub fn of_this_browser(&self) -> &T {
        &self.0.said
    }
}

impl<T: DeserializeOwned> FromRequest<App> for OwnForm<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        Form::<Sent<T>>::from_request(request, app).await.map(|Form(sent)| OwnForm(sent))
    }
}

impl SignedIn {
    /// Every form of it that does something sends back what it says of whom it was shown for.
    pub fn page(&self) -> Page {
        self.visit.page().signed_in(self.name.clone(), self.shown_for())
    }

    /// For a form's hidden field.
    pub fn shown_for(&self) -> String {
        web::seal(&self.visit.app.keys, PURPOSE, &self.now())
    }

    fn now(&self) -> ShownFor {
        ShownFor { account: self.account.clone(), epoch: self.epoch }
    }

    fn opened(&self, shown: &str) -> Option<ShownFor> {
        web::unseal(&self.visit.app.keys, PURPOSE, shown)
    }
}

/// The word of a form that was shown before something changed, in the address of the page that says so.
pub const STALE: &str = "stale";

pub fn stale(page: &Page) -> Problem {
    Problem { summary: page.t("account-stale").into_owned(), field: "" }
}
