//! My recovery codes: made anew, shown until they are kept, and never again.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use store::Tx;

use super::page::{HERE, look_again};
use crate::mfa::change;
use crate::mfa::recovery_codes;
use crate::people;
use crate::platform::web::{Error, Page, Query, html, see_other, to_the_end};
use crate::session::{OwnForm, Pressed, RecentlyVerified, SignedIn};

#[derive(Template)]
#[template(path = "mfa/own/recovery_codes.html")]
struct CodesPage {
    page: Page,
    /// What the paper is for, when it is found in a drawer.
    brand: String,
    account: String,
    codes: Vec<String>,
    /// They came with a passkey.
    with_passkey: bool,
}

/// With what they came: a closed set.
#[derive(Deserialize)]
pub struct With {
    #[serde(default)]
    with: String,
}

#[derive(Deserialize)]
pub struct KeptForm {
    #[serde(default)]
    with: String,
}

const PASSKEY: &str = "passkey";

/// `GET /account/second-factor/recovery-codes`
pub async fn page(RecentlyVerified { person }: RecentlyVerified, Query(with): Query<With>) -> Result<Response, Error> {
    let app = &person.visit.app;
    let read = async |tx: &mut Tx| {
        let account = people::by_id(tx, &person.account).await?;
        Ok::<_, store::Error>((account, recovery_codes::shown(tx, &app.keys, &person.account).await?))
    };
    let (account, codes) = app.db.read("mfa.own_codes", read).await?;
    if codes.is_empty() {
        return Ok(see_other(HERE));
    }
    html(&CodesPage {
        brand: app.brand.name.clone(),
        account: account.ok_or(Error::NotFound)?.sign_in_name().to_owned(),
        with_passkey: with.with == PASSKEY,
        page: person.page(),
        codes,
    })
}

/// `POST /account/second-factor/recovery-codes`: ten new ones.
pub async fn make(RecentlyVerified { person }: RecentlyVerified, form: OwnForm<Pressed>) -> Result<Response, Error> {
    let Some(Pressed {}) = form.of(&person) else { return Ok(look_again()) };
    to_the_end(async move {
        let app = &person.visit.app;
        let codes = recovery_codes::make(app).await?;
        let write = async |tx: &mut Tx| change::renew_recovery_codes(tx, &person, &codes).await;
        let renewed = app.db.write("mfa.renew_codes", write).await?;
        let answer = see_other(&format!("{HERE}/recovery-codes"));
        Ok(match renewed {
            Some(renewed) => renewed.answer(&person, answer),
            None => answer,
        })
    })
    .await
}

/// `POST /account/second-factor/recovery-codes/kept`. It opens nothing, and whoever has taken the time to write them down need not show
/// anew who they are.
pub async fn kept(person: SignedIn, form: OwnForm<KeptForm>) -> Result<Response, Error> {
    // Nobody else may say so: what was never seen would be shown no more.
    let Some(form) = form.of(&person) else { return Ok(look_again()) };
    let keep = async |tx: &mut Tx| recovery_codes::keep(tx, &person.account).await;
    person.visit.app.db.write("mfa.keep_codes", keep).await?;
    Ok(see_other(&match form.with.as_str() {
        PASSKEY => "/account/passkeys?done=added".to_owned(),
        _ => format!("{HERE}?done=kept"),
    }))
}
