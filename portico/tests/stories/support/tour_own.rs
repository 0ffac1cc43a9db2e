//! The pages of the tour on which people change who they are.

use super::browser::Browser;
use super::tour::Tour;

const EMAIL: &str = "/account/email";
const FREE: &str = "lee.castillo@mail.example";

impl Tour {
    /// In my account of somebody who has nothing special.
    pub(super) async fn own_pages(&mut self, browser: &Browser) {
        self.keep("my account", browser.get("/account").await);
        for done in
            ["name", "email", "email-kept", "user-name", "user-name-gone", "password", "questions", "questions-gone"]
        {
            self.keep(&format!("done: {done}"), browser.get(&format!("/account?done={done}")).await);
        }
        let page = self.keep("my name", browser.get("/account/name").await);
        let shown = page.attributes("[name=shown]", "value").remove(0);
        self.keep("an odd name", browser.post("/account/name", &[("first_name", ""), ("shown", &shown)]).await);
        for problem in ["taken", "same", "needed", "often", "odd", "short", "long", "missing", "stale"] {
            self.keep(
                &format!("my user name: {problem}"),
                browser.get(&format!("/account/user-name?problem={problem}")).await,
            );
        }
        for problem in ["current-missing", "current-wrong", "current-locked", "current-same", "short", "overtaken"] {
            self.keep(
                &format!("my password: {problem}"),
                browser.get(&format!("/account/password?problem={problem}")).await,
            );
        }
        self.keep("my questions", browser.get("/account/questions").await);
        let email = self.keep("my address", browser.get(EMAIL).await);
        let shown = email.attributes("[name=shown]", "value").remove(0);
        for problem in ["same", "second", "domain", "elsewhere", "taken", "odd", "missing"] {
            self.keep(&format!("my address: {problem}"), browser.get(&format!("{EMAIL}?problem={problem}")).await);
        }
        self.keep("a code for an address", browser.post(EMAIL, &[("email", FREE), ("shown", &shown)]).await);
        self.keep("a wrong one", browser.get(&format!("{EMAIL}?problem=code-wrong")).await);
        browser.post("/account/email/cancel", &[("shown", &shown)]).await;
        self.app.mails_to(FREE).await;
    }
}
