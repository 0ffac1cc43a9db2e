//! For whom a page was shown. On a ward's computer somebody else may have signed in since, in another tab: what the page of the one offers
//! must not be done to the account of the other.

use serde::{Deserialize, Serialize};

use super::SignedIn;
use crate::platform::ids::AccountId;
use crate::platform::web::{self, Page, Problem};

const PURPOSE: &str = "own_form";

/// For whom, and under which credentials: this person may have changed something elsewhere, too.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct ShownFor {
    account: AccountId,
    epoch: i64,
}

/// All that a form of one button sends.
#[derive(Deserialize)]
pub struct ButtonForm {
    #[serde(default)]
    pub shown: String,
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

    /// Whether a form comes from a page that was shown to somebody else, or before the credentials changed. It does nothing then.
    pub fn is_stale(&self, shown: &str) -> bool {
        self.opened(shown) != Some(self.now())
    }

    /// Whether it was shown to somebody else: for what is not worth a second look of the same person. A page that is shown to everybody
    /// is nobody's.
    pub fn is_anothers(&self, shown: &str) -> bool {
        self.opened(shown).is_some_and(|shown| shown.account != self.account)
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
