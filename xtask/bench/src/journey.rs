//! What a person does, request by request.

use anyhow::{Result, ensure};

use crate::client::{Browser, Reply};

/// Says who: begins a sign-in and goes where it leads. Answers the address of the password form.
pub async fn identify(browser: &mut Browser, name: &str) -> Result<String> {
    let begun = browser.post("/sign-in", &[("identifier", name)]).await?;
    ensure!(begun.status == 303, "POST /sign-in answered {}", begun.status);
    ensure!(begun.location.ends_with("/password"), "{name} was sent to {:?}", begun.location);
    Ok(begun.location)
}

/// The same as a browser does it, with the page.
pub async fn to_the_password_page(browser: &mut Browser, name: &str) -> Result<String> {
    let form = identify(browser, name).await?;
    let page = browser.get(&form).await?;
    ensure!(page.status == 200, "the password page answered {}", page.status);
    Ok(form)
}

pub async fn post_password(browser: &mut Browser, form: &str, password: &str) -> Result<Reply> {
    browser.post(form, &[("password", password)]).await
}

/// Three requests, from the name to the session, in a browser that its owner has used before or not.
pub async fn sign_in(browser: &mut Browser, name: &str, password: &str) -> Result<()> {
    browser.end_session();
    let form = to_the_password_page(browser, name).await?;
    let Reply { status, location, .. } = post_password(browser, &form, password).await?;
    ensure!(location == "/", "{name} was answered with {status} {location:?} and not sent to the portal");
    Ok(())
}
