//! Whatever comes in, what goes out is a calm page: what happened, a reference, a way on. Never a 500.

use axum::http::{HeaderMap, HeaderValue, Method, header};

use crate::stories;
use crate::support::{Browser, PASSWORD, Page, TestApp, code_now, form_headers};

const OMAR: &str = "omar@riverside.example";

/// Every address that takes a form, with a field of it. `{}` is an id.
const FORMS: [(&str, &str); 32] = [
    ("/sign-in", "identifier"),
    ("/sign-in/forget", "resume"),
    ("/sign-in/{}/identify", "identifier"),
    ("/sign-in/{}/password", "password"),
    ("/sign-in/{}/code", "code"),
    ("/sign-in/{}/name", "first_name"),
    ("/sign-in/{}/questions", "answer_1"),
    ("/sign-in/{}/questions/later", "resume"),
    ("/sign-in/{}/new-password", "password"),
    ("/sign-in/{}/verify-email", "code"),
    ("/sign-in/{}/verify-email/send", "resume"),
    ("/sign-in/{}/terms", "version"),
    ("/invitation", "password"),
    ("/recover", "identifier"),
    ("/recover/user-name", "email"),
    ("/recover/new-password", "password"),
    ("/recover/code", "code"),
    ("/recover/{}/resend", "nothing"),
    ("/access-requests", "nothing"),
    ("/help/sign-in", "identifier"),
    ("/account/name", "first_name"),
    ("/account/email", "email"),
    ("/account/email/verify", "code"),
    ("/account/email/cancel", "shown"),
    ("/account/user-name", "user_name"),
    ("/account/user-name/remove", "shown"),
    ("/account/password", "current"),
    ("/account/questions", "answer_1"),
    ("/account/questions/remove", "shown"),
    ("/support", "message"),
    ("/support", "form"),
    ("/support", "email"),
];

const PAGES: [&str; 33] = [
    "/",
    "/account",
    "/account/name",
    "/account/email",
    "/account/user-name",
    "/account/password",
    "/account/questions",
    "/help",
    "/help/{}",
    "/help/sign-in",
    "/support",
    "/support/{}",
    "/sign-in",
    "/sign-in/{}",
    "/sign-in/{}/identify",
    "/sign-in/{}/password",
    "/sign-in/{}/code",
    "/sign-in/{}/name",
    "/sign-in/{}/questions",
    "/sign-in/{}/new-password",
    "/sign-in/{}/verify-email",
    "/sign-in/{}/terms",
    "/invitation",
    "/invitation/{}",
    "/sign-in/{}/sso",
    "/sign-in/{}/refused",
    "/recover",
    "/recover/user-name",
    "/recover/link/{}",
    "/recover/{}",
    "/recover/{}/delivery",
    "/open/{}",
    "/assets/{}",
];

/// A page a person can go on from, which tells nothing of what is inside.
#[track_caller]
fn assert_calm(page: &Page, what: &str) {
    assert!(page.status() < 500, "{what}: {} {}", page.status(), page.text());
    if page.leads_to().is_some() || page.header("content-type").starts_with("application/json") {
        return;
    }
    let text = page.text();
    assert!(!page.heading().is_empty(), "{what}: {} without a heading: {}", page.status(), page.body());
    assert!(!page.title().is_empty(), "{what}: no title");
    for inside in
        ["panick", "axum", "serde", "deserialize", "SQLite", "SELECT ", "Postgres", "rusqlite", "column", "body_text"]
    {
        assert!(!page.body().contains(inside), "{what}: speaks of {inside}: {text}");
    }
    if page.status() >= 400 {
        let ways = page.links().into_iter().filter(|(text, _)| !text.is_empty() && !text.starts_with("Skip")).count();
        assert!(ways > 0 && text.contains("Reference"), "{what}: no way on: {text}");
    }
    assert!(!page.header("content-security-policy").is_empty(), "{what}");
}

async fn post(browser: &Browser, path: &str, body: impl Into<axum::body::Body>) -> Page {
    browser.send(Method::POST, path, &form_headers(), body).await
}

/// A browser in the middle of everything: signed in, with a sign-in, a request and a link of its own. With the ids of the
/// sign-in and of the request.
async fn busy_browser(app: &TestApp) -> (Browser, [String; 2]) {
    let browser = app.browser();
    browser.sign_in(OMAR).await;
    let sign_in = browser.get("/sign-in").await.fill("Email or username", "kim@northwind.example").press("Next").await;
    let check = browser.ask_for_reset("kim@northwind.example").await;
    let link = app.mail_to("kim@northwind.example").await.link("Reset Password");
    browser.get(&link).await;
    let id = |page: &Page| page.path().split('/').nth(2).unwrap().to_owned();
    (browser, [id(&sign_in), id(&check)])
}

stories! {
    async fn what_is_too_large_is_refused_calmly(app: TestApp) {
        let (browser, [id, _]) = busy_browser(&app).await;
        for (path, field) in FORMS {
            let path = path.replace("{}", &id);
            if matches!(field, "nothing") {
                continue;
            }
            let answer = post(&browser, &path, format!("{field}={}", "x".repeat(70_000))).await;
            assert_eq!(answer.status(), 413, "{path}");
            assert_calm(&answer, &path);
            answer.is_headed("We could not read that form");
        }
        assert_eq!(app.events("password.refused").await, 0);
    }

    async fn what_is_almost_too_large_is_read(app: TestApp) {
        let page = app.browser().name(OMAR).await;
        page.try_password(&"x".repeat(60_000)).await.complains("Invalid email and/or password.");
        let long = app.browser().name(&format!("{}@riverside.example", "x".repeat(60_000))).await;
        assert!(long.problem().is_some(), "{}", long.text());
    }

    async fn what_is_no_form_is_refused_calmly(app: TestApp) {
        let (browser, [id, _]) = busy_browser(&app).await;
        let kinds = ["application/json", "multipart/form-data; boundary=x", "text/plain", "", "\u{e9}"];
        for (path, field) in FORMS {
            let path = path.replace("{}", &id);
            for kind in kinds {
                let mut headers = form_headers();
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_bytes(kind.as_bytes()).unwrap());
                let body = format!("{{\"{field}\":\"x\"}}");
                let answer = browser.send(Method::POST, &path, &headers, body).await;
                assert_calm(&answer, &format!("{path} as {kind:?}"));
            }
        }
        app.leaves_mail_behind();
    }

    async fn odd_bytes_in_forms_are_answered_calmly(app: TestApp) {
        let (browser, [id, _]) = busy_browser(&app).await;
        let odd: [&[u8]; 13] = [
            b"",
            b"FIELD=x&sign_in=%00&resume=x",
            b"&&&===",
            b"%",
            b"%zz=%zz",
            b"FIELD=%00",
            b"FIELD=a%00b&again=%00&resume=%00",
            b"FIELD=%ff%fe",
            b"FIELD=\xff\xfe\x00",
            b"FIELD=one&FIELD=two",
            b"FIELD[]=x",
            b"FIELD=%F0%9F%94%91%E2%80%AE%D9%A1&resume=%F0%9F%94%91",
            b"FIELD=%3Cscript%3Ealert(1)%3C/script%3E'\"--;&resume=AAAA",
        ];
        for (path, field) in FORMS {
            let path = path.replace("{}", &id);
            for body in odd {
                let body = String::from_utf8_lossy(body).replace("FIELD", field).into_bytes();
                let answer = post(&browser, &path, body.clone()).await;
                let what = format!("{path} with {}", String::from_utf8_lossy(&body));
                assert_calm(&answer, &what);
                assert!(!answer.body().contains("<script>alert"), "{what}");
                app.execute("DELETE FROM attempt_counters", &[]).await;
            }
        }
        app.leaves_mail_behind();
    }

    async fn odd_ids_in_addresses_are_answered_calmly(app: TestApp) {
        let (browser, [_, request]) = busy_browser(&app).await;
        let long = "x".repeat(5_000);
        let odd = ["%00", "%ff", "..%2f..", "%F0%9F%94%91", "'%20OR%201=1", "%0d%0aSet-Cookie:a=b", &request, &long, "{}"];
        for id in odd.map(|id| id.replace("{}", "%7B%7D")) {
            for path in PAGES.into_iter().chain(FORMS.map(|(path, _)| path)) {
                let path = path.replace("{}", &id);
                let shown = browser.send(Method::GET, &path, &HeaderMap::new(), "").await;
                assert_calm(&shown, &format!("GET {path}"));
                assert!(shown.headers().get("a").is_none());
            }
            for (path, field) in FORMS {
                let path = path.replace("{}", &id);
                assert_calm(&post(&browser, &path, format!("{field}=x")).await, &format!("POST {path}"));
            }
        }
        app.leaves_mail_behind();
    }

    async fn odd_queries_are_answered_calmly(app: TestApp) {
        let (browser, [id, _]) = busy_browser(&app).await;
        let odd = [
            "resume=%00",
            "resume=%ff",
            "resume=one&resume=two",
            "resume[]=x",
            "problem=%00&until=abc",
            "problem=%3Cscript%3Ealert(1)%3C/script%3E",
            "problem=locked&until=9223372036854775807",
            "problem=locked&until=-9223372036854775808",
            "sign_in=%00",
            "product=%00",
            "&&=&%",
        ];
        for query in odd {
            for path in PAGES.into_iter().chain(["/recover/new-password", "/recover/code", "/recover/done"]) {
                let path = format!("{}?{query}", path.replace("{}", &id));
                let shown = browser.send(Method::GET, &path, &HeaderMap::new(), "").await;
                assert_calm(&shown, &path);
                assert_ne!(shown.status(), 400, "{path}: a slip in an address is no error");
                assert!(!shown.body().contains("<script>alert"), "{path}");
            }
            let path = format!("/access-requests?{query}");
            assert_calm(&post(&browser, &path, "").await, &path);
        }
        app.leaves_mail_behind();
    }

    async fn methods_nobody_offers_are_refused_calmly(app: TestApp) {
        let (browser, [id, _]) = busy_browser(&app).await;
        for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW"] {
            let method: Method = method.parse().unwrap();
            for path in PAGES.into_iter().chain(FORMS.map(|(path, _)| path)).chain(["/nowhere"]) {
                let path = path.replace("{}", &id);
                let answer = browser.send(method.clone(), &path, &form_headers(), "").await;
                assert!(matches!(answer.status(), 400 | 404 | 405), "{method} {path}: {}", answer.status());
                if path == "/nowhere" || answer.status() == 405 {
                    assert_calm(&answer, &format!("{method} {path}"));
                }
            }
        }
        for path in ["/sign-out", "/access-requests", "/sign-in/forget"] {
            let answer = browser.send(Method::GET, path, &HeaderMap::new(), "").await;
            assert!(matches!(answer.status(), 303 | 404 | 405), "GET {path}: {}", answer.status());
            assert_calm(&answer, path);
        }
        browser.get("/").await.is_the_portal_of("Omar Haddad");
    }

    async fn pages_that_are_not_here_say_so_and_lead_on(app: TestApp) {
        for path in ["/nowhere", "/sign-in/a/b/c", "/assets/none.css", "/.env", "/wp-login.php", "//evil.example"] {
            let page = app.browser().get(path).await;
            assert_eq!(page.status(), 404, "{path}");
            page.is_headed("This page is not here");
            assert_calm(&page, path);
            let way = page.texts_of("main a.button").remove(0);
            page.click(&way).await.is_the_first_page();
        }
    }

    async fn cookies_that_come_twice_or_are_not_ours_count_as_absent(app: TestApp) {
        let browser = app.browser();
        browser.sign_in(OMAR).await;
        let session = browser.cookie("session").unwrap();
        let bare = app.browser();
        let name = "__Host-portico-session";
        let odd = [
            format!("{name}={session}; {name}={session}"),
            format!("{name}=x; {name}={session}"),
            format!("{name}={session}\u{e9}"),
            format!("{name}=\"{session}\""),
            format!("{name}=%00"),
            format!("{name}={}", "x".repeat(20_000)),
            format!("portico-session={session}"),
            "; ; =; a".to_owned(),
        ];
        for cookie in odd {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_bytes(cookie.as_bytes()).unwrap());
            let answer = bare.send(Method::GET, "/", &headers, "").await;
            assert_eq!(answer.leads_to().as_deref(), Some("/sign-in"), "{cookie}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("a=b; {name}={session}; c=d").parse().unwrap());
        bare.send(Method::GET, "/", &headers, "").await.shows("Omar Haddad");
    }

    async fn sealed_values_of_another_kind_or_another_deployment_open_nothing(app: TestApp) {
        let browser = app.browser();
        let first = browser.get("/").await.fill("Email or username", OMAR).check("Remember me", true);
        first.press("Next").await;
        let remembered = browser.cookie("remembered").unwrap();
        let page = app.browser().get(&format!("/sign-in?resume={remembered}")).await;
        assert_eq!(page.value_of("Email or username"), "");
        let stranger = app.browser();
        let resume = browser.get("/sign-in").await.attributes("input[name=resume]", "value").remove(0);
        stranger.plant_cookie("remembered", &resume);
        assert_eq!(stranger.get("/sign-in").await.value_of("Email or username"), "");
        for cut in [1, remembered.len() / 2, remembered.len() - 1] {
            stranger.plant_cookie("remembered", &remembered[..cut]);
            assert_eq!(stranger.get("/sign-in").await.value_of("Email or username"), "");
        }
    }

    async fn a_form_of_another_site_changes_nothing(app: TestApp) {
        let browser = app.browser();
        let page = browser.name(OMAR).await;
        let foreign = [("https://evil.example", "cross-site"), ("null", "cross-site"), ("https://evil.example", "")];
        let foreign = foreign.map(|(origin, site)| {
            let mut headers = form_headers();
            headers.insert("origin", origin.parse().unwrap());
            headers.insert("sec-fetch-site", site.parse().unwrap());
            headers
        });
        for headers in foreign {
            let body = format!("password={PASSWORD}");
            let answer = browser.send(Method::POST, page.path(), &headers, body).await;
            assert_eq!(answer.status(), 403, "{headers:?}");
            assert_calm(&answer, "a form of another site");
            answer.is_headed("This request came from another page");
        }
        assert_eq!(app.events("password.verified").await, 0);
        let portal = page.try_password(PASSWORD).await;
        let mut headers = form_headers();
        headers.insert("origin", "https://evil.example".parse().unwrap());
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        let answer = portal.browser().send(Method::POST, "/sign-out", &headers, "").await;
        assert_eq!(answer.status(), 403);
        portal.browser().get("/").await.is_the_portal_of("Omar Haddad");
    }

    async fn an_address_that_a_stranger_claims_in_a_header_is_not_believed(app: TestApp) {
        let browser = app.browser().at_address("198.51.100.7");
        let page = browser.try_password("kim@northwind.example", PASSWORD).await;
        let mut headers = form_headers();
        headers.insert("x-forwarded-for", "127.0.0.1, 10.0.0.1, \"; DROP TABLE audit".parse().unwrap());
        let body = format!("code={}", code_now(&app));
        let answer = browser.send(Method::POST, page.path(), &headers, body).await;
        browser.get(&answer.leads_to().unwrap()).await.is_the_portal_of("Kim Nakamura");
        let told = "SELECT count(*) FROM audit WHERE event = 'second_factor.verified' AND source = '198.51.100.7'";
        assert_eq!(app.count(told, &[]).await, 1);
    }

    async fn headers_that_are_too_long_or_not_text_are_no_trouble(app: TestApp) {
        let browser = app.browser();
        for value in [vec![b'x'; 50_000], b"\xff\xfe".to_vec(), Vec::new()] {
            let mut headers = HeaderMap::new();
            for name in [header::USER_AGENT, header::ACCEPT_LANGUAGE, header::ACCEPT_ENCODING, header::REFERER] {
                headers.insert(name, HeaderValue::from_bytes(&value).unwrap());
            }
            for path in ["/", "/sign-in", "/help", "/recover"] {
                assert_calm(&browser.send(Method::GET, path, &headers, "").await, path);
            }
        }
    }
}
