//! In which language people are spoken to, on pages and by mail.

use axum::http::{HeaderMap, Method};

use crate::stories;
use crate::support::{Browser, PASSWORD, Page};

const OMAR: &str = "omar@riverside.example";
const NOBODY: &str = "omax@riverside.example";

#[track_caller]
fn assert_in(language: &str, page: &Page) {
    assert_eq!(page.attributes("html", "lang"), [language], "{}", page.text());
}

/// Signs in with the words of the browser's language.
async fn sign_in(browser: &Browser, [name, next, password, sign_in]: [&str; 4]) -> Page {
    let page = browser.get("/sign-in").await.fill(name, OMAR).press(next).await;
    page.fill(password, PASSWORD).press(sign_in).await
}

const SPANISH: [&str; 4] = ["Correo electrónico o nombre de usuario", "Siguiente", "Contraseña", "Iniciar sesión"];
const ENGLISH: [&str; 4] = ["Email or username", "Next", "Password", "Sign In"];

async fn ask_for_reset(browser: &Browser, name: &str) -> Page {
    let fields = [("identifier", name), ("way", "email")];
    let page = browser.post("/recover", &fields).await;
    assert!(page.path().starts_with("/recover/"), "{}", page.text());
    page
}

stories! {
    async fn a_browser_is_spoken_to_in_the_first_language_it_reads_that_there_is(app: TestApp) {
        let browser = app.browser().reading("de-CH, fr-CA;q=0.8, es;q=0.9");
        let page = browser.get("/sign-in").await;
        assert_in("es", &page);
        page.is_headed("Iniciar sesión");
        assert_eq!(page.header("vary"), "accept-language, cookie");
        let lost = browser.get("/no-such-page").await;
        assert_in("es", &lost);
        lost.is_headed("Esta página no está aquí");
        assert_in("en", &app.browser().reading("de-CH, *;q=0.5").get("/sign-in").await);
        assert_in("en", &app.browser().get("/sign-in").await);
    }

    async fn the_deployments_own_language_is_spoken_to_whoever_has_said_none(app: TestApp) {
        let node = app.node_with(|parts| parts.locales = parts.locales.clone().led_by("fr")).await;
        assert_in("fr", &node.browser().get("/sign-in").await);
        assert_in("es", &node.browser().reading("es").get("/sign-in").await);
        ask_for_reset(&node.browser(), OMAR).await;
        assert_eq!(node.mail_to(OMAR).await.subject, "Réinitialisez votre mot de passe");
    }

    async fn a_language_chosen_at_the_foot_of_a_page_keeps_the_page_and_stays(app: TestApp) {
        let browser = app.browser().reading("fr");
        let page = browser.get("/sign-in").await;
        let page = page.fill("Adresse e-mail ou nom d’utilisateur", OMAR).press("Suivant").await;
        let there = page.path().to_owned();
        let page = page.press("Español").await;
        assert_eq!(page.path(), there);
        assert_in("es", &page);
        page.is_headed("Introduzca su contraseña").shows(OMAR);
        assert_in("es", &browser.get("/help").await);
        assert_in("en", &browser.get("/help").await.press("English").await);
    }

    async fn whoever_is_signed_in_chooses_for_every_browser_and_for_mails(app: TestApp) {
        let first = app.browser();
        let portal = sign_in(&first, ENGLISH).await;
        assert_in("fr", &portal.press("Français").await);
        let second = app.browser().reading("es");
        let portal = sign_in(&second, SPANISH).await;
        assert_in("fr", &portal);
        portal.is_headed("Vos produits");
        let letter = app.mail_to(OMAR).await;
        assert_eq!(letter.subject, "Connexion à votre compte depuis un nouveau navigateur");
    }

    async fn the_language_somebody_first_signs_in_with_is_that_of_their_mails(app: TestApp) {
        sign_in(&app.browser().reading("es-US, en;q=0.5"), SPANISH).await;
        ask_for_reset(&app.browser().reading("fr"), OMAR).await;
        assert_eq!(app.mail_to(OMAR).await.subject, "Restablezca su contraseña");
    }

    async fn whose_own_language_is_not_known_gets_mail_in_that_of_the_browser_that_asked(app: TestApp) {
        let browser = app.browser().reading("fr");
        ask_for_reset(&browser, NOBODY).await;
        assert_eq!(app.mail_to(NOBODY).await.subject, "Aucun compte avec cette adresse");
        ask_for_reset(&browser, OMAR).await;
        assert_eq!(app.mail_to(OMAR).await.subject, "Réinitialisez votre mot de passe");
    }

    async fn stranger_cannot_tell_by_the_language_of_a_page_who_has_an_account(app: TestApp) {
        sign_in(&app.browser(), ENGLISH).await.press("Français").await;
        let mut seen = Vec::new();
        for name in [OMAR, NOBODY] {
            let browser = app.browser().reading("es");
            let page = browser.get("/sign-in").await.fill(SPANISH[0], name).press(SPANISH[1]).await;
            assert_in("es", &page);
            let page = page.fill(SPANISH[2], "no such password").press(SPANISH[3]).await;
            assert_in("es", &page);
            let asked = ask_for_reset(&browser, name).await;
            assert_in("es", &asked);
            seen.push([page.text().replace(name, "?"), asked.text().replace(name, "?")]);
        }
        assert_eq!(seen[0][0], seen[1][0]);
        assert_eq!(seen[0][1], seen[1][1]);
        assert_eq!(app.mail_to(OMAR).await.subject, "Réinitialisez votre mot de passe");
        assert_eq!(app.mail_to(NOBODY).await.subject, "No hay ninguna cuenta con esta dirección");
    }

    async fn a_choice_leads_back_to_our_own_page_and_nowhere_else(app: TestApp) {
        let browser = app.browser();
        for here in ["https://evil.example/", "//evil.example", "/help", ""] {
            let answer = browser.post_and_stay("/language", &[("language", "es"), ("here", here)]).await;
            assert_eq!(answer.header("location"), "/", "{here}");
        }
        let other = app.browser();
        let answer = other.post_and_stay("/language", &[("language", "../../en"), ("here", "")]).await;
        assert_eq!((answer.header("location"), answer.header("set-cookie")), ("/", ""));
        let mut foreign = HeaderMap::new();
        foreign.insert("sec-fetch-site", "cross-site".parse().unwrap());
        foreign.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
        let refused = other.send(Method::POST, "/language", &foreign, "language=fr").await;
        assert_eq!(refused.status(), 403);
        assert_in("en", &other.get("/sign-in").await);
    }
}
