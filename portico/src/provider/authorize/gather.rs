//! The facts of one moment.

use oidc::id_token;
use store::Tx;

use super::Asked;
use super::queries;
use super::rules::{Asks, Facts, Hint, Second, Session};
use crate::app::App;
use crate::mfa;
use crate::people::{self, Account};
use crate::platform::web::Error;
use crate::provider::claims::{self, ONE_FACTOR};
use crate::provider::grants::{Opening, opening};
use crate::provider::keys::ring;
use crate::session::SignedIn;

pub struct Gathered {
    pub facts: Facts,
    pub opening: Opening,
}

pub async fn gather(app: &App, person: Option<&SignedIn>, asked: &Asked) -> Result<Gathered, Error> {
    let client = &asked.client;
    let asks = match () {
        () if client.could_be_another() => Asks::Always,
        () if client.third_party => Asks::Once,
        () => Asks::Never,
    };
    let guarded = client.guarded;
    let nobody =
        Facts { session: None, asked_at: asked.at, hint: Hint::None, open: false, guarded, asks, consent: None };
    let Some(person) = person else { return Ok(Gathered { facts: nobody, opening: Opening::Closed(None) }) };
    let told = claims::told_by(&asked.request, &client.client.scope);
    let remembers = asks != Asks::Never || asked.request.prompt.consent;
    let wants_acr = !asked.request.acr_values.is_empty() || asked.request.claims.id_token.contains_key("acr");
    let account = &person.account;
    let (opening, consent, second) = app
        .db
        .read("provider.facts", async |tx: &mut Tx| {
            let opening = opening(tx, client, &person.organization.id, account).await?;
            let consent = match remembers {
                true => queries::consent(tx, account, client.id(), &told).await?,
                false => None,
            };
            let may_lack = guarded && claims::acr(&person.methods) == ONE_FACTOR;
            let second = match wants_acr || may_lack {
                true => people::by_id(tx, account).await?.map_or(Second::Cannot, |account| second_of(&account)),
                false => Second::Cannot,
            };
            Ok::<_, store::Error>((opening, consent, second))
        })
        .await?;
    let subject = client.subject_of(&app.keys, account);
    let facts = Facts {
        hint: hint(app, asked, &subject).await?,
        session: Some(Session {
            subject,
            authenticated_at: person.proved_at.map(|_| person.authenticated_at),
            signed_in_at: person.signed_in_at,
            acr: claims::acr(&person.methods),
            second,
        }),
        open: opening.is_open(),
        consent,
        ..nobody
    };
    Ok(Gathered { facts, opening })
}

fn second_of(account: &Account) -> Second {
    match account {
        account if account.has_second_factor() => Second::Has,
        account if mfa::may_set_up(account) => Second::May,
        _ => Second::Cannot,
    }
}

/// Whom the hint names. One that was made for another client names nobody here: `sub` may differ there.
async fn hint(app: &App, asked: &Asked, subject: &str) -> Result<Hint, Error> {
    let Some(token) = &asked.request.id_token_hint else { return Ok(Hint::None) };
    let keys = ring(app).await?.verifying(app.clock.now());
    Ok(match id_token::hint(token, &keys, &app.public_url) {
        Ok(hint) if hint.audience != asked.request.client_id => Hint::Unreadable,
        Ok(hint) if hint.sub == subject => Hint::This,
        Ok(_) => Hint::Another,
        Err(_) => Hint::Unreadable,
    })
}
