//! A passkey as the first proof: it says whose it is, so that nothing is typed, and who used it was verified, so that nothing else is
//! asked for. The sign-in begins with the answer, under the id that the question had: that is what makes an answer count once.

use axum::response::Response;
use serde_json::json;
use store::Tx;

use super::destination::{Destination, Resume};
use super::dispatcher::{go_on_from, step_address};
use super::facts::{Method, Named, Proof};
use super::finish::{Finished, Newcomer, finish_within};
use super::queries;
use super::refused;
use super::rules::Step;
use crate::audit::{self, Entry, Event};
use crate::passkeys::{self, About, AnswerForm, Asked, Refused, Shown};
use crate::people::Account;
use crate::platform::clock::Time;
use crate::platform::ids::SignInId;
use crate::platform::web::{Browser, Error, Form, Visit, see_other, to_the_end, with_cookies};

/// Where an answer has led.
enum Came {
    Finished(Finished),
    Refused,
}

/// `POST /sign-in/passkey`
pub async fn submit(visit: Visit, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let resume = Resume::open(&visit.app, &form.resume);
    let Some(browser) = visit.browser() else { return Ok(see_other("/sign-in?problem=cookies")) };
    let asked = Asked::open(&visit.app.keys, &form.asked);
    let Some((asked, id)) = asked.and_then(|asked| begins(&asked).map(|id| (asked, id))) else {
        // Nothing that we have asked: there is no sign-in that this could be about.
        return Ok(back(&visit, "/sign-in", &resume));
    };
    to_the_end(async move {
        match begin(&visit, &browser, &asked, &id, &form, resume.destination).await? {
            Came::Refused => Ok(back(&visit, &step_address(&id, Step::Identify), &resume)),
            Came::Finished(finished) => {
                let about = resume.cookie(&visit.app, &id);
                Ok(with_cookies(go_on_from(&visit, &id, finished).await?, [about]))
            }
        }
    })
    .await
}

fn begins(asked: &Asked) -> Option<SignInId> {
    match &asked.about {
        About::SignIn(id) => Some(id.clone()),
        _ => None,
    }
}

fn back(visit: &Visit, page: &str, resume: &Resume) -> Response {
    see_other(&format!("{page}?problem=passkey&resume={}", resume.seal(&visit.app)))
}

async fn begin(
    visit: &Visit,
    browser: &Browser,
    asked: &Asked,
    id: &SignInId,
    form: &AnswerForm,
    destination: Destination,
) -> Result<Came, Error> {
    let app = &visit.app;
    let credential = form.credential();
    let found = app
        .db
        .read("passkeys.find", async |tx: &mut Tx| {
            let found = passkeys::find(tx, browser, &credential).await?;
            // Browsers in which the account is known don't share their address's budget.
            if !found.is_known_here {
                app.source_limit(tx, visit.address).await?;
            }
            Ok::<_, Error>(found)
        })
        .await?;
    app.count_sign_in(visit.address).await?;
    let judged = passkeys::judge(app, browser, asked, &found, form);
    let Some(newcomer) = Newcomer::of(visit, id) else { return Ok(Came::Refused) };
    let write = async |tx: &mut Tx| {
        // Posted twice: the sign-in goes on where the first one has led.
        if !queries::insert_once(tx, id, &browser.hash, destination).await? {
            return finish_within(tx, visit, id, &newcomer).await.map(Came::Finished);
        }
        let taken = match &judged {
            Ok(shown) => passkeys::take(tx, visit, shown).await?.map(|account| (shown, account)),
            Err(_) => None,
        };
        let Some((shown, account)) = taken else {
            let why = judged.as_ref().err().copied().unwrap_or(Refused::Count);
            passkeys::record_refused(tx, visit, found.account.as_ref(), why).await?;
            return Ok(Came::Refused);
        };
        record_proof(tx, visit, id, browser, shown, &account).await?;
        finish_within(tx, visit, id, &newcomer).await.map(Came::Finished)
    };
    Ok(Box::pin(app.db.write("sign_in.passkey", write)).await?)
}

async fn record_proof(
    tx: &mut Tx,
    visit: &Visit,
    id: &SignInId,
    browser: &Browser,
    shown: &Shown,
    account: &Account,
) -> Result<(), store::Error> {
    let named = Named {
        identifier: account.sign_in_name().to_owned(),
        subject: account.id.to_string(),
        connection: None,
        opted_in: None,
        organization: Some(account.organization.clone()),
    };
    queries::name(tx, id, &browser.hash, &named).await?;
    let proof = Proof { method: method(shown), epoch: account.credentials_epoch, at: Time(tx.now()) };
    queries::prove_first(tx, id, &named.subject, proof, None).await?;
    if let Some(sign_in) = queries::of_browser(tx, id, &browser.hash).await? {
        refused::record_if_refused(tx, visit, &sign_in, account, proof).await?;
    }
    let entry = Entry::of(Event::PasskeyVerified, account).from(visit);
    let entry = Entry { details: json!({ "method": proof.method.as_str() }), ..entry };
    audit::record(tx, &visit.app.entropy, entry).await
}

pub fn method(shown: &Shown) -> Method {
    if shown.syncs() { Method::SyncedPasskey } else { Method::DevicePasskey }
}
