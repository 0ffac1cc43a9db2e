//! What a person does, request by request.

use anyhow::{Result, ensure};

use crate::client::{Browser, Reply};

/// Says who: begins a sign-in and goes where it leads. Answers the address of the password form.
pub async fn identify(browser: &mut Browser, name: &str) -> Result<String> {
    let begun = browser.post("/sign-in", &[("identifier", name)]).await?;
    ensure!(begun.status == 303, "POST /sign-in answered {}", begun.status);
    Ok(format!("{}/password", begun.location))
}

/// The same as a browser does it, with the dispatcher and the page on the way.
pub async fn to_the_password_page(browser: &mut Browser, name: &str) -> Result<String> {
    let form = identify(browser, name).await?;
    let sign_in = form.trim_end_matches("/password");
    let due = browser.get(sign_in).await?;
    ensure!(due.location == form, "the dispatcher answered {name} with {} {:?}", due.status, due.location);
    let page = browser.get(&form).await?;
    ensure!(page.status == 200, "the password page answered {}", page.status);
    Ok(form)
}

pub async fn post_password(browser: &mut Browser, form: &str, password: &str) -> Result<Reply> {
    browser.post(form, &[("password", password)]).await
}

/// Five requests, from the name to the session, in a browser that its owner has used before or not.
pub async fn sign_in(browser: &mut Browser, name: &str, password: &str) -> Result<()> {
    browser.end_session();
    let form = to_the_password_page(browser, name).await?;
    let checked = post_password(browser, &form, password).await?;
    ensure!(checked.status == 303, "the right password was answered with {}", checked.status);
    let finished = browser.get(&checked.location).await?;
    let Reply { status, location, .. } = finished;
    ensure!(location == "/", "{name} was answered with {status} {location:?} and not sent to the portal");
    Ok(())
}
