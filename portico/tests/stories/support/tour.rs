//! A tour of every page there is, by addresses and field names, so that it works in any language.

use portico::demo::Script;
use portico::federation::LINK_LIVES;
use portico::platform::hashes::sha256;

use super::app::TestApp;
use super::browser::Browser;
use super::continuity::{LEE_ID, ROOT, SECOND, TOMAS, VERA};
use super::first_time;
use super::idp::{Idp, person};
use super::page::Page;
use super::world::{PASSWORD, code_now};

pub(super) const OMAR: &str = "omar@riverside.example";
const NORA: &str = "nora@riverside.example";
const KIM: &str = "kim@northwind.example";
pub(super) const MAX: &str = "max@northwind.example";
const LEE: &str = "lee@lakeshore.example";
const ADA: &str = "ada@lakeshore.example";

/// All pages, each with a name for the failure message.
pub async fn pages(app: &TestApp) -> Vec<(String, Page)> {
    let mut tour = Tour { app: app.clone(), seen: first_time::pages(app).await };
    tour.sign_in().await;
    tour.second_factor().await;
    tour.refusals().await;
    tour.elsewhere().await;
    tour.recovery().await;
    tour.links().await;
    tour.questions().await;
    tour.signed_in().await;
    tour.own_data().await;
    tour.errors().await;
    tour.contact().await;
    tour.continuity().await;
    tour.passkeys().await;
    tour.sessions().await;
    tour.lost_factors().await;
    tour.seen
}

pub(super) struct Tour {
    pub(super) app: TestApp,
    pub(super) seen: Vec<(String, Page)>,
}

impl Tour {
    pub(super) fn keep(&mut self, name: &str, page: Page) -> Page {
        self.seen.push((name.to_owned(), page.clone()));
        page
    }

    pub(super) async fn named(&self, browser: &Browser, identifier: &str) -> Page {
        browser.post("/sign-in", &[("identifier", identifier)]).await
    }

    pub(super) async fn password(&self, page: &Page, password: &str) -> Page {
        page.browser().post(page.path(), &[("password", password)]).await
    }

    async fn sign_in(&mut self) {
        let browser = self.app.browser();
        self.keep("first page", browser.get("/sign-in").await);
        self.keep("nobody named", browser.post("/sign-in", &[("identifier", "")]).await);
        self.keep("an odd name", browser.post("/sign-in", &[("identifier", "a@")]).await);
        self.keep("no cookies", browser.get("/sign-in?problem=cookies").await);
        let remembered = self.app.browser();
        remembered.post("/sign-in", &[("identifier", OMAR), ("remember", "true")]).await;
        self.keep("a remembered name", remembered.get("/sign-in").await);
        let page = self.named(&browser, OMAR).await;
        let page = self.keep("password", page);
        self.keep("not you", browser.get(&page.path().replace("password", "identify")).await);
        self.keep("no password", self.password(&page, "").await);
        self.keep("a wrong password", self.password(&page, "wrong").await);
        self.password(&page, "wrong").await;
        self.keep("locked", self.password(&page, "wrong").await);
        self.keep("help", browser.get("/help").await);
        let topics = ["first-time", "password", "username", "code", "mail", "wrong", "sites", "locked", "signing-in"];
        for topic in topics.into_iter().chain(["product", "shared", "allow-our-mail", "guide"]) {
            self.keep(&format!("help with {topic}"), browser.get(&format!("/help/{topic}")).await);
        }
        self.keep("help me sign in", browser.get("/help/sign-in").await);
        self.keep("help me sign in, nobody", browser.post("/help/sign-in", &[("identifier", "")]).await);
        self.keep("help me sign in, an odd name", browser.post("/help/sign-in", &[("identifier", "a@")]).await);
        self.app.mail_to(OMAR).await;
    }

    async fn second_factor(&mut self) {
        let browser = self.app.browser();
        let page = self.named(&browser, KIM).await;
        let page = self.password(&page, PASSWORD).await;
        let page = self.keep("code", page);
        self.keep("no code", browser.post(page.path(), &[("code", "")]).await);
        self.keep("a wrong code", browser.post(page.path(), &[("code", "000000")]).await);
        browser.post(page.path(), &[("code", "000000")]).await;
        self.keep("codes locked", browser.post(page.path(), &[("code", "000000")]).await);
        self.another_way().await;
    }

    async fn refusals(&mut self) {
        let shared = "UPDATE accounts SET shared_at = $1 WHERE id = 'max@northwind.example'";
        self.app.execute(shared, &[&Some(1_i64)]).await;
        let page = self.named(&self.app.browser(), MAX).await;
        self.keep("no second factor", self.password(&page, PASSWORD).await);
        self.app.execute(shared, &[&None::<i64>]).await;
        self.app.execute("UPDATE accounts SET disabled_at = 1 WHERE id = 'anna-riverside'", &[]).await;
        let page = self.named(&self.app.browser(), "anna@riverside.example").await;
        self.keep("switched off", self.password(&page, PASSWORD).await);
    }

    async fn elsewhere(&mut self) {
        let idp = Idp::start(&self.app).await;
        idp.connect(&self.app, "lakeshore-id", "lakeshore", "lakeshore.example").await;
        let token = "dG91cg";
        let hash = sha256(token.as_bytes());
        let until = self.app.clock().now() + LINK_LIVES;
        self.app.execute("UPDATE connections SET opt_in = $1, opt_in_until = $2", &[&hash, &until]).await;
        let browser = self.app.browser();
        self.keep("a trial", browser.get(&format!("/sign-in/with/{token}")).await);
        self.keep(
            "a trial, nobody named",
            browser.post(&format!("/sign-in/with/{token}"), &[("identifier", "")]).await,
        );
        for error in ["access_denied", "server_error", "invalid_scope", "login_required"] {
            let away = self.named(&browser, LEE).await;
            self.keep(&format!("elsewhere, {error}"), browser.get(&idp.refuse(&away, error)).await);
        }
        let nobodys = person("new", "new@lakeshore.example");
        self.app.at_lakeshore(ADA, "Ada", Some("program_administrator")).await;
        for (name, typed, claims) in [
            ("somebody else", "leo@lakeshore.example", person("lee", LEE)),
            ("nobody", LEE, nobodys),
            ("an administrator", ADA, person("ada", ADA)),
            ("a foreign address", LEE, person("omar", OMAR)),
        ] {
            let away = self.named(&browser, typed).await;
            self.keep(&format!("elsewhere, {name}"), browser.get(&idp.answer(&away, claims)).await);
        }
        self.keep("the page for their IT", browser.get("/federation/lakeshore-id/setup").await);
        self.keep("elsewhere, out of date", browser.get("/federation/lakeshore-id/callback?state=x").await);
        let away = self.named(&browser, LEE).await;
        self.keep("not you, elsewhere", browser.get(&away.path().replace("sso", "identify")).await);
    }

    async fn recovery(&mut self) {
        let browser = self.app.browser();
        self.keep("forgot password", browser.get("/recover").await);
        self.keep("forgot password of nobody", browser.post("/recover", &[("identifier", "")]).await);
        self.keep("forgot password of an odd name", browser.post("/recover", &[("identifier", "a@")]).await);
        self.keep("forgot user name", browser.get("/recover/user-name").await);
        self.keep("forgot user name, no address", browser.post("/recover/user-name", &[("email", "")]).await);
        self.keep("forgot user name, odd address", browser.post("/recover/user-name", &[("email", "a@")]).await);
        let names = browser.post("/recover/user-name", &[("email", "night@harbor.example")]).await;
        self.keep("check mail for user names", names);
        let answer = browser.post("/help/sign-in", &[("identifier", NORA)]).await;
        self.keep("check mail for an answer", answer);
        let answer = browser.post("/recover", &[("identifier", "harbor-night"), ("way", "email")]).await;
        self.keep("check mail of a user name", answer);
        let check = browser.post("/recover", &[("identifier", OMAR), ("way", "email")]).await;
        self.keep("check mail", check.clone());
        self.app.mail_server(|server| server.answer(OMAR, "451 later")).await;
        self.app.deliver_mail().await;
        self.keep("mail deferred", browser.get(check.path()).await);
        self.app.pass_seconds(61);
        self.app.mail_server(Script::heal).await;
        self.app.deliver_mail().await;
        self.keep("mail handed over", browser.get(check.path()).await);
        let refused = browser.post("/recover", &[("identifier", NORA), ("way", "email")]).await;
        self.app.mail_server(|server| server.answer(NORA, "550 no")).await;
        self.app.deliver_mail().await;
        self.app.mail_server(Script::heal).await;
        self.keep("mail refused", browser.get(refused.path()).await);
        for _ in 0..5 {
            self.app.pass_seconds(60);
            browser.post(&format!("{}/resend", check.path()), &[]).await;
        }
        self.keep("no more mails", browser.get(check.path()).await);
    }

    async fn links(&mut self) {
        self.app.leaves_mail_behind();
        self.app.pass_seconds(3_600);
        let browser = self.app.browser();
        self.keep("unknown link", browser.get("/recover/link/abc").await);
        let link = self.link_for("dana@riverside.example").await;
        let new = "/recover/new-password";
        self.keep("new password", browser.get(&link).await);
        for (name, password, again) in [
            ("new password missing", "", ""),
            ("new password short", "abc", "abc"),
            ("new password common", "password123", "password123"),
            ("new password named", "riverside2026", "riverside2026"),
            ("new password one pattern", "abcabcabcabc", "abcabcabcabc"),
            ("new password on the keyboard", "qwertasdfgzxcvb", "qwertasdfgzxcvb"),
            ("new password a date", "12.03.1987", "12.03.1987"),
            ("new passwords differ", "tangerine-lantern-ferry", "another"),
        ] {
            self.keep(name, browser.post(new, &[("password", password), ("again", again)]).await);
        }
        let long = "long enough ".repeat(100);
        self.keep("new password long", browser.post(new, &[("password", &long), ("again", &long)]).await);
        let good = "tangerine-lantern-ferry";
        self.keep("reset done", browser.post(new, &[("password", good), ("again", good)]).await);
        self.keep("used link", self.app.browser().get(&link).await);
        let link = self.link_for(KIM).await;
        self.keep("code before a new password", browser.get(&link).await);
        self.keep("wrong code before a new password", browser.post("/recover/code", &[("code", "1")]).await);
        self.keep("no code before a new password", browser.post("/recover/code", &[("code", "")]).await);
        let recovery = "/recover/recovery-code";
        self.keep("a recovery code before a new password", browser.get(recovery).await);
        self.keep("wrong recovery code before a new password", browser.post(recovery, &[("code", "1")]).await);
        self.app.pass_seconds(3_600);
        self.keep("expired link", browser.get(&link).await);
    }

    async fn questions(&mut self) {
        let browser = self.app.browser();
        let mia = "mia@riverside.example";
        self.keep("ways to a new password", browser.post("/recover", &[("identifier", mia)]).await);
        let page = browser.post("/recover", &[("identifier", mia), ("way", "questions")]).await;
        let here = self.keep("questions", page).path().to_owned();
        let answers = |one, two, three| [("answer_1", one), ("answer_2", two), ("answer_3", three)];
        self.keep("not all answered", browser.post(&here, &answers("a", "", "")).await);
        let right = browser.post(&here, &answers("blue", "rex", "paris")).await;
        self.app.pass_seconds(900);
        self.keep("answered too long ago", browser.get(right.path()).await);
        let here = browser.post("/recover", &[("identifier", mia), ("way", "questions")]).await.path().to_owned();
        self.keep("wrong answers", browser.post(&here, &answers("a", "b", "c")).await);
        for _ in 0..2 {
            browser.post(&here, &answers("a", "b", "c")).await;
        }
        self.keep("questions locked", browser.get(&here).await);
        self.app.execute("UPDATE attempt_counters SET total = 10", &[]).await;
        self.keep("questions off", browser.get(&here).await);
        self.app.execute("DELETE FROM attempt_counters", &[]).await;
        let browser = self.app.browser();
        let link = self.link_for("hugo@harbor.example").await;
        self.keep("password challenge", browser.get(&link).await);
        let here = "/recover/challenge";
        self.keep("challenge not answered", browser.post(here, &[("answer", "")]).await);
        self.keep("challenge answered wrong", browser.post(here, &[("answer", "wrong")]).await);
        for _ in 0..2 {
            browser.post(here, &[("answer", "wrong")]).await;
        }
        self.keep("challenge locked", browser.get(here).await);
        self.app.execute("UPDATE attempt_counters SET total = 10", &[]).await;
        self.keep("challenge off", browser.get(here).await);
    }

    async fn link_for(&self, address: &str) -> String {
        self.app.mails_to(address).await;
        self.app.browser().post("/recover", &[("identifier", address), ("way", "email")]).await;
        self.app.mail_to(address).await.first_link()
    }

    async fn signed_in(&mut self) {
        let browser = self.app.browser();
        let page = self.named(&browser, NORA).await;
        let page = self.password(&page, PASSWORD).await;
        self.keep("no sites", page);
        self.keep("asked for access", browser.post("/access-requests", &[]).await);
        self.own_pages(&browser).await;
        self.keep("signed out", browser.post("/sign-out", &[]).await);
        let page = self.named(&browser, "mia@riverside.example").await;
        let page = self.password(&page, PASSWORD).await;
        self.keep("portal with products on their way", page);
        self.keep("a product that has not moved", browser.get("/open/mia-tracer").await);
        let page = self.named(&browser, KIM).await;
        let page = self.password(&page, PASSWORD).await;
        let page = browser.post(page.path(), &[("code", &code_now(&self.app))]).await;
        self.keep("nobody to ask", page);
        self.app.execute("UPDATE licenses SET valid_until = 1 WHERE product_id = 'tracer'", &[]).await;
        let page = self.named(&browser, OMAR).await;
        let page = self.password(&page, PASSWORD).await;
        browser.get("/open/omar-bed-board").await;
        self.keep("portal", page);
        self.keep("portal with a product used", browser.get("/").await);
        self.keep("license ended", browser.get("/open/omar-tracer").await);
        let asking = "/access-requests?product=bed-board&access=omar-bed-board";
        self.keep("on the way to a product", browser.post_and_stay(asking, &[]).await);
    }

    async fn contact(&mut self) {
        let browser = self.app.browser();
        self.keep("contact form", browser.get("/support?topic=locked&reference=AB12-CD34").await);
        let question = [("name", "Nora Lindqvist"), ("email", NORA), ("message", "+1 555 0100")];
        for (name, field, value) in [
            ("contact form without a name", "name", ""),
            ("contact form without an address", "email", ""),
            ("contact form with an odd address", "email", "a@"),
            ("contact form without a question", "message", ""),
            ("contact form with too much", "message", &"-".repeat(2_001)),
            ("contact form without a telephone", "kind", "call_back"),
        ] {
            let mut fields: Vec<_> = question.into_iter().filter(|(name, _)| *name != field).collect();
            fields.push((field, value));
            self.keep(name, browser.post("/support", &fields).await);
        }
        self.keep("contact form sent", browser.post("/support", &question).await);
        let call = [("kind", "call_back"), ("name", "Nora Lindqvist"), ("phone", "+1 555 0100"), ("form", "b")];
        self.keep("call back asked for", browser.post("/support", &call).await);
        let here = [("form", "c"), ("topic", "sites")];
        let fields: Vec<_> = question.into_iter().chain(here).collect();
        self.keep("contact form about sites", browser.post("/support", &fields).await);
        for number in 0..5 {
            let form = number.to_string();
            let fields: Vec<_> = question.into_iter().chain([("form", form.as_str())]).collect();
            browser.post("/support", &fields).await;
        }
        let fields: Vec<_> = question.into_iter().chain([("form", "d")]).collect();
        self.keep("contact form, too often", browser.post("/support", &fields).await);
    }

    async fn continuity(&mut self) {
        let here = "/account/sso/lakeshore";
        self.app.two_license_owners().await;
        self.app.has_second_mailbox(LEE_ID, SECOND).await;
        let [vera, tomas] =
            [self.app.tour_signed_in_before_sso(VERA).await, self.app.tour_signed_in_before_sso(TOMAS).await];
        let second = "/account/secondary-email";
        self.keep("no second mailbox", vera.get(second).await);
        self.keep("an odd second mailbox", vera.post_own(second, &[("email", "a@")]).await);
        self.keep("a second mailbox waits", vera.post_own(second, &[("email", SECOND)]).await);
        let link = self.app.mail_to(SECOND).await.first_link();
        self.keep("is this your mailbox", vera.get(&link).await);
        self.keep("it is", vera.post("/account/secondary-email/confirm", &[]).await);
        self.keep("a second mailbox", vera.get(second).await);
        self.keep("no link to a second mailbox", tomas.get("/account/secondary-email/confirm").await);
        self.keep("single sign-on", vera.get(here).await);
        self.keep("no reason", vera.post_own(&format!("{here}/ask"), &[]).await);
        self.keep("asked", vera.post_own(&format!("{here}/ask"), &[("reason", "Be kind.")]).await);
        self.keep("to be approved", tomas.get(here).await);
        let root = self.app.browser();
        let page = self.named(&root, ROOT).await;
        let page = self.password(&page, PASSWORD).await;
        root.post(page.path(), &[("code", &code_now(&self.app))]).await;
        self.keep("single sign-on to look at", root.get("/account/sso").await);
        self.keep("suspended", tomas.post_own(&format!("{here}/approve"), &[]).await);
        let suspended = self.named(&self.app.browser(), LEE).await;
        self.keep("password while it is suspended", suspended);
        let browser = self.app.browser();
        let check = browser.post("/recover", &[("identifier", LEE), ("way", "email")]).await;
        self.keep("check mail while it is suspended", check);
        let link = self.app.mails_to(LEE).await.pop().unwrap().first_link();
        self.keep("one of two mailboxes", browser.get(&link).await);
        self.keep("now the other one", browser.post("/recover/mailbox", &[]).await);
        for problem in ["not-yet", "missing", "wrong", "burnt"] {
            let page = browser.get(&format!("/recover/mailbox?problem={problem}")).await;
            self.keep(&format!("the other one: {problem}"), page);
        }
        self.keep("second mailboxes stay as they are", vera.get(second).await);
        self.app.pass_seconds(300);
        self.keep("show once more that it is you", vera.get(second).await);
        self.keep("nothing to suspend", root.get("/account/sso/riverside").await);
    }

    async fn errors(&mut self) {
        let browser = self.app.browser();
        self.keep("not found", browser.get("/nowhere").await);
        let odd = browser.post("/sign-in", &[("identifier", "a"), ("identifier", "b")]).await;
        self.keep("not a form", odd);
        let mut foreign = super::form_headers();
        foreign.insert("origin", "https://evil.example".parse().unwrap());
        foreign.insert("sec-fetch-site", "cross-site".parse().unwrap());
        let cross = browser.send(axum::http::Method::POST, "/sign-in", &foreign, "").await;
        self.keep("cross site", cross);
    }
}
