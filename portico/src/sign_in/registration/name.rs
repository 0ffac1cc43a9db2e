//! First and last name.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use store::Tx;

use super::{Due, Frame, Gate, still_due};
use crate::audit::{self, Event};
use crate::people;
use crate::platform::ids::SignInId;
use crate::platform::spelled::spelled;
use crate::platform::web::{self, Error, Form, Page, Problem, Query, Visit, html, kept, see_other};
use crate::sign_in::dispatcher::{address, step_address};
use crate::sign_in::rules::Step;

const LONGEST: usize = 80;
const PURPOSE: &str = "names";

#[derive(Template)]
#[template(path = "sign_in/registration/name.html")]
struct NamePage {
    page: Page,
    action: String,
    resume: String,
    identifier: String,
    identify_url: String,
    first_name: String,
    last_name: String,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
pub struct Arrival {
    #[serde(default)]
    problem: String,
    #[serde(default)]
    typed: String,
}

#[derive(Deserialize)]
pub struct NameForm {
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    resume: String,
}

/// What was typed and could not be used, given back.
#[derive(Default, Serialize, Deserialize)]
struct Typed {
    first: String,
    last: String,
}

/// What is wrong, and with which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    FirstMissing,
    LastMissing,
    FirstOdd,
    LastOdd,
}

spelled!(Flaw {
    FirstMissing = "first-missing",
    LastMissing = "last-missing",
    FirstOdd = "first-odd",
    LastOdd = "last-odd",
});

impl Flaw {
    /// For fields called `first_name` and `last_name`.
    pub fn told(self, page: &Page) -> Problem {
        Problem {
            summary: page.with(&format!("registration-name-{}", self.as_str()), &[]),
            field: if matches!(self, Flaw::FirstMissing | Flaw::FirstOdd) { "first_name" } else { "last_name" },
        }
    }
}

/// First and last name as they are kept, or what is wrong with what was typed.
///
/// # Errors
/// The first flaw.
pub fn judge(first: &str, last: &str) -> Result<(String, String), Flaw> {
    match (clean(first), clean(last)) {
        (Ok(first), Ok(last)) => Ok((first, last)),
        (first, last) => Err(flaw(&first, &last)),
    }
}

/// `GET /sign-in/{id}/name`
pub async fn page(visit: Visit, Path(id): Path<SignInId>, Query(arrival): Query<Arrival>) -> Result<Response, Error> {
    match Gate::of_page(&visit, &id, Step::Name).await? {
        Gate::Elsewhere(answer) => Ok(*answer),
        Gate::Due(due) => show(&visit, &due, &arrival),
    }
}

/// `POST /sign-in/{id}/name`
pub async fn submit(visit: Visit, Path(id): Path<SignInId>, Form(form): Form<NameForm>) -> Result<Response, Error> {
    if let Gate::Elsewhere(answer) = Gate::of_form(&visit, &id, Step::Name, &form.resume).await? {
        return Ok(*answer);
    }
    let (first, last) = match judge(&form.first_name, &form.last_name) {
        Ok(names) => names,
        Err(flaw) => {
            let flaw = flaw.as_str();
            let typed = Typed { first: kept(&form.first_name), last: kept(&form.last_name) };
            let typed = web::seal(&visit.app.keys, PURPOSE, &typed);
            let back = step_address(&id, Step::Name);
            return Ok(see_other(&format!("{back}?problem={flaw}&typed={typed}")));
        }
    };
    let app = &visit.app;
    app.db
        .write("sign_in.name_account", async |tx: &mut Tx| {
            let Some(due) = still_due(tx, &visit, &id, Step::Name).await? else { return Ok(()) };
            if people::set_name(tx, &due.account.id, &first, &last).await? {
                let entry = audit::Entry::of(Event::AccountNamed, &due.account).from(&visit);
                audit::record(tx, &app.entropy, entry).await?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(see_other(&address(&id)))
}

fn show(visit: &Visit, due: &Due, arrival: &Arrival) -> Result<Response, Error> {
    let Frame { page, action, resume, identifier, identify_url } = Frame::of(visit, due, Step::Name);
    let typed: Typed = web::unseal(&visit.app.keys, PURPOSE, &arrival.typed).unwrap_or_default();
    let problem = arrival.problem.parse().ok().map(|flaw: Flaw| flaw.told(&page));
    html(&NamePage {
        page,
        action,
        resume,
        identifier,
        identify_url,
        first_name: typed.first,
        last_name: typed.last,
        problem,
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bad {
    Missing,
    Odd,
}

fn flaw(first: &Result<String, Bad>, last: &Result<String, Bad>) -> Flaw {
    match (first, last) {
        (Err(Bad::Missing), _) => Flaw::FirstMissing,
        (Err(Bad::Odd), _) => Flaw::FirstOdd,
        (_, Err(Bad::Missing)) => Flaw::LastMissing,
        (_, _) => Flaw::LastOdd,
    }
}

/// What somebody else says a person's first or last name is, if it may stand in a mail.
pub fn as_name(told: &str) -> Option<String> {
    clean(told).ok()
}

/// A name is nearly any text. But it stands in mails to other people, so nothing in it may look like an address to click.
fn clean(typed: &str) -> Result<String, Bad> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let dotted = name.split(' ').any(|word| word.trim_end_matches('.').contains('.'));
    let strange = |c: char| c.is_control() || matches!(c, '<' | '>' | '@' | ':' | '/' | '\\' | '"' | ';' | '=');
    match () {
        () if name.is_empty() => Err(Bad::Missing),
        () if name.chars().count() > LONGEST || dotted || name.contains(strange) => Err(Bad::Odd),
        () if !name.chars().any(char::is_alphanumeric) => Err(Bad::Odd),
        () => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Ivan", Ok("Ivan"))]
    #[case::spaces("  Mary   Ann ", Ok("Mary Ann"))]
    #[case::other_letters("Éloïse", Ok("Éloïse"))]
    #[case::an_apostrophe("O’Neill-Şahin", Ok("O’Neill-Şahin"))]
    #[case::a_title("Smith Jr.", Ok("Smith Jr."))]
    #[case::nothing(" \t", Err(Bad::Missing))]
    #[case::marks("--", Err(Bad::Odd))]
    #[case::an_address("evil.example", Err(Bad::Odd))]
    #[case::a_link("https://evil", Err(Bad::Odd))]
    #[case::a_mailbox("a@b", Err(Bad::Odd))]
    #[case::markup("<b>", Err(Bad::Odd))]
    #[case::control("a\u{0}b", Err(Bad::Odd))]
    fn names_are_taken_as_they_are_unless_they_could_be_clicked(#[case] typed: &str, #[case] name: Result<&str, Bad>) {
        assert_eq!(clean(typed), name.map(str::to_owned));
        assert_eq!(clean(&"x".repeat(LONGEST + 1)), Err(Bad::Odd));
    }
}
